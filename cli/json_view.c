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

/* The escape at `at`, which is a backslash, or two that may be a pair. */
static size_t
escape_len(const char *at, size_t room)
{
	if (room < 2 || at[1] != 'u')
		return room < 2 ? room : 2;
	if (room >= 12 && at[6] == '\\' && at[7] == 'u')
		return 12;
	return room < 6 ? room : 6;
}

/* Decode escapes of characters that are not ASCII; leave all others. */
static size_t
unescape(const char *at, size_t len, char *out)
{
	char quoted[16] = "\"", decoded[16];
	size_t used;

	if (len < 6) {
		memcpy(out, at, len);
		return len;
	}
	memcpy(quoted + 1, at, len);
	quoted[len + 1] = '"';
	used = scan_decode((struct text){quoted, len + 2}, decoded);
	/* Two ASCII ones would be two bytes; they stay, as one does. */
	if (used > len / 6) {
		memcpy(out, decoded, used);
		return used;
	}
	memcpy(out, at, len);
	return len;
}

size_t
json_readable(struct text raw, char *out)
{
	const char *at = raw.at, *end = raw.at + raw.len;
	char *to = out;

	while (at < end) {
		size_t len = 1;

		if (*at == '\\')
			len = escape_len(at, (size_t)(end - at));
		to += unescape(at, len, to);
		at += len;
	}
	return (size_t)(to - out);
}
