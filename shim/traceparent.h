/*
 * traceparent.h - W3C Trace Context's traceparent, and ids there and here.
 *
 * A trace id is the 16 bytes of a base_id, a span id the low 8 bytes of a
 * point's id.  The other way, the base_id is the trace id in UUID form and the
 * parent_id 00000000-0000-0000-hhhh-hhhhhhhhhhhh, whose low half gives the
 * span id back.
 */
#ifndef SHIM_TRACEPARENT_H
#define SHIM_TRACEPARENT_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/uuid.h"

#define TRACEPARENT_LEN 55 /* version 00 */

/*
 * Read a traceparent.  False for what W3C says to ignore: version ff, ids all
 * zero, capitals, a length that does not belong to the version.
 */
bool traceparent_parse(const char *text, size_t len, struct uuid *ret_base,
    struct uuid *ret_parent);

/*
 * Write the traceparent of version 00 that names these ids, as sampled and
 * without the random-trace-id bit: a base_id may come from anyone.  False
 * where one of the W3C ids would be all zero.
 */
bool traceparent_format(const struct uuid *base, const struct uuid *parent,
    char out[TRACEPARENT_LEN + 1]);

#endif
