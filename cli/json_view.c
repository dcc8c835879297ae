/*
 * json_view.c - members of stored JSON, found in the text.
 */
#include "cli/json_view.h"

struct text
json_member(struct text json, const char *key)
{
	struct scan scan = {.at = json.at, .end = json.at + json.len};
	struct text name, value, found = {0};

	if (!json.at || !scan_open(&scan))
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
