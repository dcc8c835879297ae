/*
 * sign_pack.c - between ids and X-Trace-Info: JSON in URL-safe base64.
 *
 * Written as OSProfiler writes it, to the byte.  Read with the leniency of
 * Python's decoders, but for what no C program could use as an id.
 */
#include "shim/sign.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "shim/json_check.h"
#include "shim/piece.h"

/*
 * Writing.
 */

/* A byte becomes six characters at most, \u00xx. */
#define JSON_SIZE (64 + 2 * 6 * (OSPROF_ID_SIZE - 1))

_Static_assert((JSON_SIZE + 2) / 3 * 4 < SIGN_INFO_SIZE, "the longest fits");

struct json {
	size_t len;
	char text[JSON_SIZE];
};

static void
put(struct json *json, const char *text)
{
	size_t len = strlen(text);

	memcpy(json->text + json->len, text, len);
	json->len += len;
}

static void
put_unit(struct json *json, uint32_t unit)
{
	char text[8];

	snprintf(text, sizeof(text), "\\u%04x", (unsigned)(unit & 0xffff));
	put(json, text);
}

/* One character, as json.dumps() writes it with ensure_ascii. */
static void
put_character(struct json *json, uint32_t code)
{
	static const char special[] = "\"\\\n\r\t\b\f";
	static const char letter[] = "\"\\nrtbf";
	const char *at = code < 0x80 && code ? strchr(special, (int)code)
					     : NULL;

	if (at) {
		put(json, (char[]){'\\', letter[at - special], '\0'});
	} else if (code >= 0x20 && code < 0x7f) {
		put(json, (char[]){(char)code, '\0'});
	} else if (code < 0x10000) {
		put_unit(json, code);
	} else {
		put_unit(json, 0xd800 + ((code - 0x10000) >> 10));
		put_unit(json, 0xdc00 + ((code - 0x10000) & 0x3ff));
	}
}

static bool
put_string(struct json *json, const char *text)
{
	size_t len = strlen(text);

	if (len >= OSPROF_ID_SIZE)
		return false;
	put(json, "\"");
	while (len) {
		uint32_t code = 0xfffd;
		size_t size = utf8_read(text, len, &code);

		put_character(json, code);
		text += size ? size : 1;
		len -= size ? size : 1;
	}
	put(json, "\"");
	return true;
}

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Write three bytes, or the one or two that are left, as four characters. */
static void
put_quad(const char *text, size_t len, char out[4])
{
	uint32_t bits = 0;

	for (size_t i = 0; i < 3; i++)
		bits = bits << 8 | (i < len ? (unsigned char)text[i] : 0);
	for (size_t i = 0; i < 4; i++)
		out[i] = i > len ? '=' : digits[bits >> (18 - 6 * i) & 63];
}

static void
base64_write(const char *text, size_t len, char *out)
{
	for (; len; out += 4) {
		size_t part = len < 3 ? len : 3;

		put_quad(text, part, out);
		text += part;
		len -= part;
	}
	*out = '\0';
}

bool
sign_pack(const char *base_id, const char *parent_id, char info[SIGN_INFO_SIZE])
{
	struct json json = {.len = 0};

	put(&json, "{\"base_id\": ");
	if (!put_string(&json, base_id))
		return false;
	if (parent_id) {
		put(&json, ", \"parent_id\": ");
		if (!put_string(&json, parent_id))
			return false;
	}
	put(&json, "}");
	base64_write(json.text, json.len, info);
	return true;
}

/*
 * Reading.
 */

/* What a character stands for; -1: it is skipped. */
static int
digit_value(char c)
{
	const char *at;

	if (c == '+' || c == '/')
		return c == '+' ? 62 : 63;
	at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

static bool
is_ascii(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/*
 * Decode as binascii.a2b_base64() does where it is not strict: what is no
 * digit is skipped, also inside; `=` counts where it completes four, and what
 * comes after is not looked at; a group that is not complete is an error.
 * Returns the length, -1 where it fails.
 */
static int
base64_read(const char *text, size_t len, char *out)
{
	unsigned quad = 0, pads = 0;
	uint32_t bits = 0;
	int count = 0;

	for (size_t i = 0; i < len; i++) {
		int value = digit_value(text[i]);

		if (text[i] == '=' && quad >= 2 && quad + ++pads >= 4)
			return count;
		if (value < 0)
			continue;
		pads = 0;
		bits = bits << 6 | (uint32_t)value;
		if (quad > 0)
			out[count++] = (char)(bits >> (6 - 2 * quad));
		quad = (quad + 1) % 4;
	}
	return quad ? -1 : count;
}

static bool
is_utf8(const char *text, size_t len)
{
	uint32_t code;

	while (len) {
		size_t size = utf8_read(text, len, &code);

		if (!size)
			return false;
		text += size;
		len -= size;
	}
	return true;
}

/* Four hexadecimal digits, which the JSON was checked to have. */
static uint32_t
hex_unit(const char *at)
{
	uint32_t unit = 0;

	for (int i = 0; i < 4; i++) {
		char c = at[i];

		unit = unit << 4 |
		       (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
	}
	return unit;
}

/*
 * Read one character of a string of checked JSON.  Returns its length there; 0
 * for half a surrogate pair, which Python has in texts and UTF-8 has not.
 */
static size_t
read_character(const char *at, size_t len, uint32_t *ret_code)
{
	static const char letter[] = "\"\\/nrtbf";
	static const char meant[] = "\"\\/\n\r\t\b\f";
	uint32_t low;

	if (*at != '\\')
		return utf8_read(at, len, ret_code);
	if (at[1] != 'u') {
		*ret_code = (uint32_t)meant[strchr(letter, at[1]) - letter];
		return 2;
	}
	*ret_code = hex_unit(at + 2);
	if (*ret_code < 0xd800 || *ret_code > 0xdfff)
		return 6;
	if (*ret_code > 0xdbff || len < 12 || at[6] != '\\' || at[7] != 'u')
		return 0;
	low = hex_unit(at + 8);
	*ret_code = 0x10000 + ((*ret_code - 0xd800) << 10) + (low - 0xdc00);
	return low >= 0xdc00 && low <= 0xdfff ? 12 : 0;
}

static size_t
utf8_write(uint32_t code, char out[4])
{
	size_t size = code < 0x80      ? 1
		      : code < 0x800   ? 2
		      : code < 0x10000 ? 3
				       : 4;
	static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};

	for (size_t i = size; i-- > 1; code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)(first[size] | code);
	return size;
}

/* Read the inside of a string, terminated; no NUL may be in it. */
static bool
read_string(struct piece text, char *out, size_t cap)
{
	size_t len = 0;

	while (text.len) {
		uint32_t code = 0;
		size_t size = read_character(text.at, text.len, &code);
		char utf8[4];
		size_t width = utf8_write(code, utf8);

		if (!size || !code || len + width >= cap)
			return false;
		memcpy(out + len, utf8, width);
		len += width;
		text.at += size;
		text.len -= size;
	}
	out[len] = '\0';
	return true;
}

/* The value between its quotes. */
static struct piece
inside(struct piece string)
{
	return (struct piece){string.at + 1, string.len - 2};
}

static bool
is_integer(struct piece value)
{
	for (size_t i = value.at[0] == '-'; i < value.len; i++)
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
	return true;
}

/* What is false to Python is no id. */
static bool
read_id(struct piece value, char id[OSPROF_ID_SIZE])
{
	id[0] = '\0';
	if (value.at[0] == '"')
		return read_string(inside(value), id, OSPROF_ID_SIZE);
	if (piece_is(value, "null") || piece_is(value, "false") ||
	    piece_is(value, "0") || piece_is(value, "-0"))
		return true;
	if (!is_integer(value) || value.len >= OSPROF_ID_SIZE)
		return false;
	memcpy(id, value.at, value.len);
	id[value.len] = '\0';
	return true;
}

/* What was found in an object so far. */
struct reading {
	struct sign_ids ids;
	bool has_base;
};

/* One member; false if there may be none such. */
static bool
read_member(void *arg, struct piece name, struct piece value)
{
	struct reading *reading = arg;
	char key[16];

	if (!read_string(inside(name), key, sizeof(key)))
		return false;
	if (strcmp(key, "base_id") == 0) {
		reading->has_base = true;
		return read_id(value, reading->ids.base_id);
	}
	if (strcmp(key, "parent_id") == 0)
		return read_id(value, reading->ids.parent_id);
	return strcmp(key, "hmac_key") == 0; /* ours takes its place */
}

bool
sign_unpack(const char *info, size_t len, struct sign_ids *ret_ids)
{
	struct reading reading = {.has_base = false};
	char text[SIGN_INFO_MAX / 4 * 3];
	int size;

	if (len > SIGN_INFO_MAX || !is_ascii(info, len))
		return false;
	size = base64_read(info, len, text);
	if (size < 0 || !is_utf8(text, (size_t)size) ||
	    !json_each_member(text, (size_t)size, read_member, &reading) ||
	    !reading.has_base)
		return false;
	*ret_ids = reading.ids;
	return true;
}
