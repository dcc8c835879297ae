/*
 * json_string.c - strings in JSON text: stepping over them, decoding them.
 */
#include "collectors/json_take.h"

/* Read XXXX of \uXXXX; -1 where it is not there. */
static int32_t
take_unit(struct scan *scan)
{
	int32_t unit = 0;

	if (scan->end - scan->at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = json_hex_value(*scan->at++);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/* After \u: a character, for which a pair of surrogates is taken together. */
static int32_t
take_code_point(struct scan *scan)
{
	int32_t high = take_unit(scan);
	const char *after = scan->at;
	int32_t low;

	if (high < 0xd800 || high >= 0xe000)
		return high;
	if (high < 0xdc00 && take_word(scan, "\\u")) {
		low = take_unit(scan);
		if (low >= 0xdc00 && low < 0xe000)
			return 0x10000 + ((high - 0xd800) << 10) +
			       (low - 0xdc00);
	}
	scan->at = after;
	return 0xfffd;
}

/* After the backslash.  -1: no such escape. */
static int32_t
take_escape(struct scan *scan)
{
	if (scan->at == scan->end)
		return -1;
	switch (*scan->at++) {
	case '"':
		return '"';
	case '\\':
		return '\\';
	case '/':
		return '/';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'u':
		return take_code_point(scan);
	default:
		return -1;
	}
}

/* Step over what stands for itself and is ASCII, many bytes at a time. */
static void
skip_clean(struct scan *scan)
{
	scan->at += json_clean(scan->at, (size_t)(scan->end - scan->at), NULL);
}

/* The next character of a string; -1: malformed.  Not called at its quote. */
static int32_t
take_char(struct scan *scan)
{
	uint32_t c;
	size_t len;

	if (take(scan, '\\'))
		return take_escape(scan);
	if ((unsigned char)*scan->at < 0x20)
		return -1;
	len = json_utf8(scan->at, (size_t)(scan->end - scan->at), &c);
	scan->at += len;
	return len ? (int32_t)c : -1;
}

/* A string behind its opening quote; it is put unless `out` is NULL. */
static inline bool
take_string(struct scan *scan, struct json_out *out)
{
	for (;;) {
		const char *from = scan->at;
		int32_t c;

		skip_clean(scan);
		if (out)
			json_put_raw(out, from, (size_t)(scan->at - from));
		if (take(scan, '"'))
			return true;
		if (scan->at == scan->end)
			return false;
		c = take_char(scan);
		if (c < 0)
			return false;
		if (out)
			json_put_char(out, (uint32_t)c);
	}
}

bool
string_skip(struct scan *scan)
{
	return take_string(scan, NULL);
}

bool
string_put(struct scan *scan, struct json_out *out)
{
	return take_string(scan, out);
}

bool
scan_is_string(struct text raw)
{
	return raw.at && raw.len >= 2 && raw.at[0] == '"';
}

/* The escapes that JSON inside a string is full of. */
static bool
take_common_escape(struct scan *scan, char *out)
{
	if (scan->end - scan->at < 2 || scan->at[0] != '\\' ||
	    (scan->at[1] != '"' && scan->at[1] != '\\'))
		return false;
	*out = scan->at[1];
	scan->at += 2;
	return true;
}

/* Decode up to the closing quote, which is not in `scan`. */
static bool
decode(struct scan *scan, char **out)
{
	while (scan->at < scan->end) {
		/* What is decoded is never longer: there is room. */
		size_t clean = json_clean(
		    scan->at, (size_t)(scan->end - scan->at), *out);
		int32_t c;

		scan->at += clean;
		*out += clean;
		if (scan->at == scan->end)
			break;
		if (take_common_escape(scan, *out)) {
			++*out;
			continue;
		}
		c = *scan->at == '"' ? -1 : take_char(scan);
		if (c < 0)
			return false;
		*out += json_utf8_put(*out, (uint32_t)c);
	}
	return true;
}

bool
scan_decode_any(struct text raw, char *out, size_t *ret_len)
{
	struct scan scan;
	char *at = out;

	if (!scan_is_string(raw) || raw.at[raw.len - 1] != '"')
		return false;
	scan = (struct scan){raw.at + 1, raw.at + raw.len - 1};
	if (!decode(&scan, &at))
		return false;
	*ret_len = (size_t)(at - out);
	return true;
}

size_t
scan_decode(struct text raw, char *out)
{
	size_t len = 0;

	scan_decode_any(raw, out, &len);
	return len;
}
