/*
 * json_view.h - members of stored JSON, found in the text.
 */
#ifndef CLI_JSON_VIEW_H
#define CLI_JSON_VIEW_H

#include "collectors/json_scan.h"

/*
 * The raw value of the member `key` of the object `json`, the last if there
 * are several; `at` NULL where `json` is no object or has none.
 */
struct text json_member(struct text json, const char *key);

/* Whether the value is there and not null. */
bool json_given(struct text raw);

/*
 * Write JSON as it stands, but for characters that are escaped only because
 * they are not ASCII, to `out`, which has room for raw.len bytes.  Returns the
 * length.
 */
size_t json_readable(struct text raw, char *out);

#endif
