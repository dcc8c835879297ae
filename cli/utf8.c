/*
 * utf8.c - characters out of bytes that somebody else wrote.
 */
#include "cli/utf8.h"

/* The bytes that follow a first byte; -1: it cannot be first. */
static int
followers(unsigned char first)
{
	if (first < 0x80)
		return 0;
	if (first >= 0xc2 && first <= 0xdf)
		return 1;
	if (first >= 0xe0 && first <= 0xef)
		return 2;
	return first >= 0xf0 && first <= 0xf4 ? 3 : -1;
}

uint32_t
utf8_next(const char **at, const char *end)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	static const unsigned char bits[] = {0x7f, 0x1f, 0x0f, 0x07};
	const char *p = *at;
	unsigned char first = (unsigned char)*p++;
	int more = followers(first);
	uint32_t c;

	(*at)++;
	if (more < 0 || end - p < more)
		return UTF8_BAD;
	c = first & bits[more];
	for (int i = 0; i < more; i++, p++) {
		if ((*p & 0xc0) != 0x80)
			return UTF8_BAD;
		c = c << 6 | (*p & 0x3f);
	}
	if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return UTF8_BAD;
	*at = p;
	return c;
}

unsigned
utf8_put(uint32_t c, char out[4])
{
	static const unsigned char mark[] = {0, 0, 0xc0, 0xe0, 0xf0};
	unsigned len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (unsigned i = len; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(mark[len] | c);
	return len;
}
