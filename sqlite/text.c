/*
 * text.c - texts as SQLite's callers give them.
 */
#include "sqlite/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t
text_cut16(const unsigned char *text, size_t len, bool big_endian)
{
	len &= ~(size_t)1;
	/* A high surrogate at the end has lost its other half. */
	if (len >= 2 && (text[len - (big_endian ? 2 : 1)] & 0xfc) == 0xd8)
		len -= 2;
	return len;
}

size_t
text_len16(const void *text)
{
	const unsigned char *at = text;
	size_t len = 0;

	while (at[len] || at[len + 1])
		len += 2;
	return len;
}

static uint32_t
unit_at(const unsigned char *text, size_t len, size_t i)
{
	uint16_t unit = 0;

	if (i + 2 <= len)
		memcpy(&unit, text + i, sizeof(unit));
	return unit;
}

/* The character at *i, which moves past it. */
static uint32_t
next_character(const unsigned char *text, size_t len, size_t *i)
{
	uint32_t high = unit_at(text, len, *i);
	uint32_t low = unit_at(text, len, *i + 2);

	*i += 2;
	if ((high & 0xf800) != 0xd800)
		return high;
	if ((high & 0xfc00) != 0xd800 || (low & 0xfc00) != 0xdc00)
		return 0xfffd;
	*i += 2;
	return 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
}

static char *
put_character(char *out, uint32_t c)
{
	if (c < 0x80) {
		*out++ = (char)c;
		return out;
	}
	if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*out++ = (char)(0xe0 | c >> 12);
		} else {
			*out++ = (char)(0xf0 | c >> 18);
			*out++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*out++ = (char)(0x80 | (c & 0x3f));
	return out;
}

char *
text_from16(const void *text, size_t len)
{
	char *utf8 = malloc(len / 2 * 3 + 1), *out = utf8;

	if (!utf8)
		return NULL;
	for (size_t i = 0; i + 2 <= len;)
		out = put_character(out, next_character(text, len, &i));
	*out = '\0';
	return utf8;
}
