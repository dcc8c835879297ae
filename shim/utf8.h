/*
 * utf8.h - where a text may be cut.
 */
#ifndef SHIM_UTF8_H
#define SHIM_UTF8_H

#include <stddef.h>

/* Where the whole characters in the first `len` bytes end. */
static inline size_t
utf8_cut(const char *text, size_t len)
{
	size_t start = len, wants = 1;
	unsigned char lead;

	/* At most three bytes lead back to where the last character begins. */
	while (start > 0 && len - start < 3 &&
	       ((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start == 0)
		return len;
	lead = (unsigned char)text[start - 1];
	if (lead >= 0xc0)
		wants = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	return len - start + 1 < wants ? start - 1 : len;
}

#endif
