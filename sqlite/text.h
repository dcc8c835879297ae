/*
 * text.h - texts as SQLite's callers give them.
 */
#ifndef SQLITE_TEXT_H
#define SQLITE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/record.h"
#include "shim/text.h"
#include "sqlite/real.h"

/* How a record calls a text of an encoding of SQLite's. */
static inline enum param_type
text_type(unsigned char encoding)
{
	switch (encoding) {
	case SQLITE_UTF16LE:
		return PARAM_TEXT16LE;
	case SQLITE_UTF16BE:
		return PARAM_TEXT16BE;
	case SQLITE_UTF16:
		return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
			   ? PARAM_TEXT16LE
			   : PARAM_TEXT16BE;
	default:
		return PARAM_TEXT;
	}
}

/* Where the whole characters in the first `len` bytes end. */
size_t text_cut16(const unsigned char *text, size_t len, bool big_endian);

/* Bytes before the 16-bit NUL. */
size_t text_len16(const void *text);

/*
 * Return `len` bytes of UTF-16 in the machine's order as terminated UTF-8, to
 * be freed; NULL without memory.  Half a surrogate pair becomes U+FFFD.
 */
char *text_from16(const void *text, size_t len);

#endif
