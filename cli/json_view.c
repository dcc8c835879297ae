/*
 * json_view.c - members of stored JSON, found in the text.
 */
#include "cli/json_view.h"

struct text
json_member(struct text json, const char *key)
{
	struct text name, value, found = {0};
	struct scan scan;

	if (!json.at)
		return found;
	scan = (struct scan){.at = json.at, .end = json.at + json.len};
	if (!scan_open(&scan))
		return found;
	while (scan_key(&scan, &name) && scan_value(&scan, &value))
		if (text_is(name, key))
			found = value;
	return found;
}

bool
json_given(struct text raw)
{
	return raw.at && !text_is(raw, "null");
}
