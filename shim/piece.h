/*
 * piece.h - pieces of text that lie in somebody else's memory, looked at as
 * Python would.
 */
#ifndef SHIM_PIECE_H
#define SHIM_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Not terminated. */
struct piece {
	const char *at;
	size_t len;
};

struct piece piece_of(const char *text);

/* Whether `piece` and `text`, or two pieces, are the same bytes. */
bool piece_is(struct piece piece, const char *text);
bool piece_equal(struct piece a, struct piece b);

/* Strip what Python's str.strip() strips, or from one end alone. */
struct piece piece_strip(struct piece text);
struct piece piece_strip_left(struct piece text);
struct piece piece_strip_right(struct piece text);

/* Read a character; returns its bytes, 0 where Python's decoder would fail. */
size_t utf8_read(const char *at, size_t len, uint32_t *ret_code);

char ascii_lower(char c);

#endif
