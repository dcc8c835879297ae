/*
 * text.h - where a text may be cut.
 */
#ifndef SHIM_TEXT_H
#define SHIM_TEXT_H

#include <stddef.h>

/* Where the whole UTF-8 characters in the first `len` bytes end. */
static inline size_t
text_cut8(const char *text, size_t len)
{
	size_t start = len;

	/* At most three bytes lead back to where the last character begins. */
	while (start > 0 && len - start < 3 &&
	       ((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start == 0)
		return len;

	unsigned char lead = (unsigned char)text[start - 1];
	size_t wants = lead >= 0xf0   ? 4
		       : lead >= 0xe0 ? 3
		       : lead >= 0xc0 ? 2
				      : 1;

	return len - start + 1 < wants ? start - 1 : len;
}

#endif
