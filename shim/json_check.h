/*
 * json_check.h - whether a text is a JSON object (RFC 8259), and its members.
 */
#ifndef SHIM_JSON_CHECK_H
#define SHIM_JSON_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/piece.h"

/*
 * Nested at most 64 deep.  Bytes above 0x7f pass inside strings; the message
 * writer replaces those that are no UTF-8.
 */
bool json_is_object(const char *text, size_t len);

/*
 * The same, and tell `each` of its outermost members, as they stand in the
 * text: a name in its quotes, a value.  Ends with false when `each` does.  What
 * comes before a fault has been told by then.
 */
bool json_each_member(const char *text, size_t len,
    bool (*each)(void *arg, struct piece name, struct piece value), void *arg);

#endif
