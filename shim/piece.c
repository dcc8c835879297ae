/*
 * piece.c - pieces of text: what Python holds for characters and white space.
 */
#include "shim/piece.h"

#include <string.h>

/* Python's str.isspace(). */
static const struct range {
	uint32_t first, last;
} spaces[] = {
    {0x09, 0x0d},
    {0x1c, 0x20},
    {0x85, 0x85},
    {0xa0, 0xa0},
    {0x1680, 0x1680},
    {0x2000, 0x200a},
    {0x2028, 0x2029},
    {0x202f, 0x202f},
    {0x205f, 0x205f},
    {0x3000, 0x3000},
};

struct piece
piece_of(const char *text)
{
	return (struct piece){text, strlen(text)};
}

bool
piece_is(struct piece piece, const char *text)
{
	return piece.len == strlen(text) &&
	       memcmp(piece.at, text, piece.len) == 0;
}

bool
piece_equal(struct piece a, struct piece b)
{
	return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The bytes that a character takes, by its first one; 0: none begins so. */
static size_t
utf8_size(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc0)
		return 0;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
}

size_t
utf8_read(const char *at, size_t len, uint32_t *ret_code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t size = len ? utf8_size((unsigned char)*at) : 0;
	uint32_t code;

	if (size == 0 || size > len)
		return 0;
	code = (unsigned char)*at & (size == 1 ? 0x7f : 0x7f >> size);
	for (size_t i = 1; i < size; i++) {
		if (((unsigned char)at[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | ((unsigned char)at[i] & 0x3f);
	}
	if (code < least[size] || code > 0x10ffff ||
	    (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*ret_code = code;
	return size;
}

/* Return the bytes of the white space that `at` begins with, or 0. */
static size_t
space_at(const char *at, size_t len)
{
	uint32_t code;
	size_t size = utf8_read(at, len, &code);

	for (size_t i = 0; size && i < sizeof(spaces) / sizeof(*spaces); i++) {
		if (code >= spaces[i].first && code <= spaces[i].last)
			return size;
	}
	return 0;
}

struct piece
piece_strip_left(struct piece text)
{
	size_t size;

	while ((size = space_at(text.at, text.len)) != 0) {
		text.at += size;
		text.len -= size;
	}
	return text;
}

/* Return the bytes of the white space that `text` ends with, or 0. */
static size_t
space_before_end(struct piece text)
{
	for (size_t n = 1; n <= 3 && n <= text.len; n++) {
		if (space_at(text.at + text.len - n, n) == n)
			return n;
	}
	return 0;
}

struct piece
piece_strip_right(struct piece text)
{
	size_t size;

	while ((size = space_before_end(text)) != 0)
		text.len -= size;
	return text;
}

struct piece
piece_strip(struct piece text)
{
	return piece_strip_left(piece_strip_right(text));
}
