/*
 * json.c - an append-only writer of JSON, as Python's json.dumps() writes it.
 *
 * Clean text is copied 8 or 16 bytes at a time: the escape of a statement byte
 * by byte would cost more than all the rest of its record.
 */
#include "collectors/json.h"

#include <stdlib.h>

#define REPLACEMENT 0xfffd
#define FIRST_SIZE 4096

/* The longest that one byte of input becomes: \uXXXX. */
#define ESCAPE_MAX 6

static const char hex_digit[] = "0123456789abcdef";

void
json_fixed(struct json_out *out, char *start, size_t cap)
{
	*out = (struct json_out){
	    .start = start, .at = start, .end = start + cap, .fixed = true};
}

void
json_free(struct json_out *out)
{
	if (!out->fixed)
		free(out->start);
	*out = (struct json_out){0};
}

bool
json_grow(struct json_out *out, size_t len)
{
	size_t used = (size_t)(out->at - out->start);
	size_t cap = (size_t)(out->end - out->start);
	char *start;

	if (out->failed || out->fixed || len > SIZE_MAX / 4 - used)
		goto fail;
	cap = cap ? cap : FIRST_SIZE;
	while (cap < used + len)
		cap *= 2;
	start = realloc(out->start, cap);
	if (!start)
		goto fail;
	out->start = start;
	out->at = start + used;
	out->end = start + cap;
	return true;
fail:
	out->failed = true;
	return false;
}

static bool
is_tail(const unsigned char *text, size_t len, size_t i)
{
	return i < len && (text[i] & 0xc0) == 0x80;
}

size_t
json_utf8(const char *bytes, size_t len, uint32_t *ret_code_point)
{
	const unsigned char *text = (const unsigned char *)bytes;
	uint32_t c = text[0];

	if (c < 0x80) {
		*ret_code_point = c;
		return 1;
	}
	if (c < 0xc2 || c > 0xf4 || !is_tail(text, len, 1))
		return 0;
	if (c < 0xe0) {
		*ret_code_point = (c & 0x1f) << 6 | (text[1] & 0x3f);
		return 2;
	}
	if (!is_tail(text, len, 2))
		return 0;
	if (c < 0xf0) {
		c = (c & 0x0f) << 12 | (text[1] & 0x3fU) << 6 |
		    (text[2] & 0x3f);
		*ret_code_point = c;
		return c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 0 : 3;
	}
	if (!is_tail(text, len, 3))
		return 0;
	c = (c & 0x07) << 18 | (text[1] & 0x3fU) << 12 |
	    (text[2] & 0x3fU) << 6 | (text[3] & 0x3f);
	*ret_code_point = c;
	return c < 0x10000 || c > 0x10ffff ? 0 : 4;
}

size_t
json_utf8_put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static char *
put_unit(char *at, uint32_t unit)
{
	at[0] = '\\';
	at[1] = 'u';
	at[2] = hex_digit[unit >> 12 & 15];
	at[3] = hex_digit[unit >> 8 & 15];
	at[4] = hex_digit[unit >> 4 & 15];
	at[5] = hex_digit[unit & 15];
	return at + 6;
}

/* The letter after the backslash, or 0 where there is no short form. */
static char
short_escape(uint32_t c)
{
	switch (c) {
	case '"':
	case '\\':
		return (char)c;
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	default:
		return 0;
	}
}

char *
json_escape(char *at, uint32_t c)
{
	char letter = short_escape(c);

	if (letter) {
		*at++ = '\\';
		*at++ = letter;
		return at;
	}
	if (c >= 0x20 && c < 0x7f) {
		*at++ = (char)c;
		return at;
	}
	if (c < 0x10000)
		return put_unit(at, c);
	at = put_unit(at, 0xd800 + ((c - 0x10000) >> 10));
	return put_unit(at, 0xdc00 + ((c - 0x10000) & 0x3ff));
}

/* Put the character at *text and step over it. */
static char *
put_next(char *at, const char **text, const char *end)
{
	uint32_t c;
	size_t len = json_utf8(*text, (size_t)(end - *text), &c);

	*text += len ? len : 1;
	return json_escape(at, len ? c : REPLACEMENT);
}

/* The last bytes, too few for a word. */
static char *
put_rest(char *at, const char *text, const char *end)
{
	while (text < end) {
		if (json_is_clean(*text))
			*at++ = *text++;
		else
			at = put_next(at, &text, end);
	}
	return at;
}

void
json_put_escaped(struct json_out *out, const char *text, size_t len)
{
	const char *end = text + len;
	char *at;

	if (len > SIZE_MAX / 8 ||
	    !json_reserve(out, ESCAPE_MAX * len + sizeof(uint64_t)))
		return;
	at = out->at;
	while (end - text >= (ptrdiff_t)sizeof(uint64_t)) {
		size_t clean = json_clean(text, (size_t)(end - text), at);

		text += clean;
		at += clean;
		if (text < end)
			at = put_next(at, &text, end);
	}
	out->at = put_rest(at, text, end);
}

void
json_put_string(struct json_out *out, const char *text, size_t len)
{
	json_put_raw(out, "\"", 1);
	json_put_escaped(out, text, len);
	json_put_raw(out, "\"", 1);
}

void
json_put_char(struct json_out *out, uint32_t code_point)
{
	if (!json_reserve(out, 2 * ESCAPE_MAX))
		return;
	if ((code_point >= 0xd800 && code_point < 0xe000) ||
	    code_point > 0x10ffff)
		code_point = REPLACEMENT;
	out->at = json_escape(out->at, code_point);
}

static uint32_t
unit16(const unsigned char *at, bool big_endian)
{
	return big_endian ? (uint32_t)at[0] << 8 | at[1]
			  : (uint32_t)at[1] << 8 | at[0];
}

void
json_put_string16(
    struct json_out *out, const void *text, size_t len, bool big_endian)
{
	const unsigned char *at = text;
	const unsigned char *end = at + (len & ~(size_t)1);

	json_put_raw(out, "\"", 1);
	while (at < end) {
		uint32_t c = unit16(at, big_endian);
		uint32_t low = 0;

		at += 2;
		if (c >= 0xd800 && c < 0xdc00 && at < end)
			low = unit16(at, big_endian);
		if (low >= 0xdc00 && low < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			at += 2;
		}
		json_put_char(out, c);
	}
	if (len & 1)
		json_put_char(out, REPLACEMENT);
	json_put_raw(out, "\"", 1);
}

void
json_put_u64(struct json_out *out, uint64_t value)
{
	char digits[20];
	char *at = digits + sizeof(digits);

	do
		*--at = (char)('0' + value % 10);
	while (value /= 10);
	json_put_raw(out, at, (size_t)(digits + sizeof(digits) - at));
}

void
json_put_i64(struct json_out *out, int64_t value)
{
	if (value >= 0) {
		json_put_u64(out, (uint64_t)value);
		return;
	}
	json_put_raw(out, "-", 1);
	json_put_u64(out, -(uint64_t)value);
}

void
json_put_us(struct json_out *out, uint64_t ns)
{
	unsigned rest = (unsigned)(ns % 1000);
	char part[] = {'.', (char)('0' + rest / 100),
	    (char)('0' + rest / 10 % 10), (char)('0' + rest % 10)};
	size_t len = sizeof(part);

	while (len > 2 && part[len - 1] == '0')
		len--;
	json_put_u64(out, ns / 1000);
	json_put_raw(out, part, len);
}

void
json_put_hex(struct json_out *out, const void *bytes, size_t len)
{
	const unsigned char *from = bytes;
	char *at;

	if (len > SIZE_MAX / 8 || !json_reserve(out, 2 * len))
		return;
	at = out->at;
	for (size_t i = 0; i < len; i++) {
		*at++ = hex_digit[from[i] >> 4];
		*at++ = hex_digit[from[i] & 15];
	}
	out->at = at;
}
