/*
 * ld_cache.h - /etc/ld.so.cache: where the loader's libraries lie.
 */
#ifndef CLI_LD_CACHE_H
#define CLI_LD_CACHE_H

#include <stddef.h>

/*
 * The next path that the cache has for a library's name; NULL after the last.
 * `*at` begins at 0.  The cache is read once and kept; the caller does not
 * trust it more than any other file.
 */
const char *ld_cache_next(const char *name, size_t *at);

/* The same in a cache of `size` bytes. */
const char *ld_cache_next_in(
    const void *bytes, size_t size, const char *name, size_t *at);

#endif
