/*
 * traceparent.c - reading and writing W3C Trace Context's traceparent.
 */
#include "shim/traceparent.h"

#include <string.h>

/* version-traceid-parentid-flags */
#define AT_VERSION 0
#define AT_TRACE 3
#define AT_SPAN 36
#define AT_FLAGS 53

#define SPAN_BYTES 8
#define SPAN_AT 8 /* in a UUID */

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static bool
read_hex(const char *text, size_t count, unsigned char *ret_bytes)
{
	for (size_t i = 0; i < count; i++) {
		int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		ret_bytes[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool
is_zero(const unsigned char *bytes, size_t count)
{
	unsigned any = 0;

	for (size_t i = 0; i < count; i++)
		any |= bytes[i];
	return any == 0;
}

/* Whether the dashes and the length are as the version wants them. */
static bool
is_shaped(const char *text, size_t len, unsigned version)
{
	if (text[AT_TRACE - 1] != '-' || text[AT_SPAN - 1] != '-' ||
	    text[AT_FLAGS - 1] != '-' || version == 0xff)
		return false;
	return len == TRACEPARENT_LEN ||
	       (version > 0 && text[TRACEPARENT_LEN] == '-');
}

bool
traceparent_parse(const char *text, size_t len, struct uuid *ret_base,
    struct uuid *ret_parent)
{
	struct uuid base, parent = {{0}};
	unsigned char version, flags;

	if (len < TRACEPARENT_LEN ||
	    !read_hex(text + AT_VERSION, 1, &version) ||
	    !is_shaped(text, len, version) ||
	    !read_hex(text + AT_TRACE, sizeof(base.byte), base.byte) ||
	    !read_hex(text + AT_SPAN, SPAN_BYTES, parent.byte + SPAN_AT) ||
	    !read_hex(text + AT_FLAGS, 1, &flags) ||
	    is_zero(base.byte, sizeof(base.byte)) ||
	    is_zero(parent.byte, sizeof(parent.byte)))
		return false;
	*ret_base = base;
	*ret_parent = parent;
	return true;
}

static char *
put_hex(char *out, const unsigned char *bytes, size_t count)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < count; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	return out;
}

bool
traceparent_format(const struct uuid *base, const struct uuid *parent,
    char out[TRACEPARENT_LEN + 1])
{
	if (is_zero(base->byte, sizeof(base->byte)) ||
	    is_zero(parent->byte + SPAN_AT, SPAN_BYTES))
		return false;
	memcpy(out, "00-", 3);
	*put_hex(out + AT_TRACE, base->byte, sizeof(base->byte)) = '-';
	*put_hex(out + AT_SPAN, parent->byte + SPAN_AT, SPAN_BYTES) = '-';
	memcpy(out + AT_FLAGS, "01", 3);
	return true;
}
