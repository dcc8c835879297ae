/*
 * utf8.h - characters out of bytes that somebody else wrote.
 */
#ifndef CLI_UTF8_H
#define CLI_UTF8_H

#include <stdint.h>

#define UTF8_BAD 0xfffd

/*
 * Read the character at *at, which is before `end`, and step over it.  Where
 * the bytes are no UTF-8 (RFC 3629: shortest form, no surrogates) steps over
 * one byte and returns UTF8_BAD.
 */
uint32_t utf8_next(const char **at, const char *end);

/* Write the character `c` as UTF-8; returns its length. */
unsigned utf8_put(uint32_t c, char out[4]);

/* The value of a hexadecimal digit; -1: it is none. */
static inline int
utf8_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
