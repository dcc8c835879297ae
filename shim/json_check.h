/*
 * json_check.h - whether a text is a JSON object (RFC 8259).
 */
#ifndef SHIM_JSON_CHECK_H
#define SHIM_JSON_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Nested at most 64 deep.  Bytes above 0x7f pass inside strings; the message
 * writer replaces those that are no UTF-8.
 */
bool json_is_object(const char *text, size_t len);

#endif
