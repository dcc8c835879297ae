/*
 * words_hash.h - where a keyword stands in the table, for its maker and its
 * user: words of the same first two letters and length lie together.
 *
 * The letters are known before the length is, so that their line is loaded
 * meanwhile; its bits rule out most names without another look.
 *
 * Bit 20 is the case of a letter.  No byte of a word turns into a letter of
 * another word without it.
 */
#ifndef REDACT_WORDS_HASH_H
#define REDACT_WORDS_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WORD_LINES 1024

/* The words of the same first two letters. */
struct word_line {
	uint32_t lengths; /* a bit for each that one of them has */
	uint16_t base;    /* word_first[base + length] is the first such row */
};

/* The number of a word's line, by its first letters in either case. */
static inline size_t
word_line(uint64_t head)
{
	return (size_t)((head & 31) << 5 | (head >> 8 & 31));
}

/* Which bits of eight bytes are letters of a word of that length. */
static inline uint64_t
word_mask(size_t len)
{
	return UINT64_C(0xdfdfdfdfdfdfdfdf) >> (len < 8 ? 64 - 8 * len : 0);
}

/* The first eight bytes of a word or fewer, in the text's order on any machine;
 * `end` is that of the text. */
static inline uint64_t
word_head(const char *at, size_t len, const char *end)
{
	const size_t count = end - at < 8 ? (size_t)(end - at) : 8;
	uint64_t head = 0;

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (count == 8)
		memcpy(&head, at, sizeof(head));
	else
#endif
		for (size_t i = 0; i < count; i++)
			head |= (uint64_t)(unsigned char)at[i] << 8 * i;
	return head & word_mask(len);
}

#endif
