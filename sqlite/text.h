/*
 * text.h - texts as SQLite's callers give them.
 */
#ifndef SQLITE_TEXT_H
#define SQLITE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/text.h"

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
