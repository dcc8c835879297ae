/*
 * caller.h - from "module+0xoffset" to function and file:line.
 */
#ifndef CLI_CALLER_H
#define CLI_CALLER_H

#include <stddef.h>

#include "collectors/collector.h"

struct caller_cache;

/* NULL where no memory is left, which caller_text() takes. */
struct caller_cache *caller_open(void);
void caller_close(struct caller_cache *cache);

/*
 * Write "function at file:line" for a call site, as far as the module's file
 * on this machine tells it, else the site as it is; terminated.
 */
void caller_text(
    struct caller_cache *cache, struct text site, char *out, size_t cap);

#endif
