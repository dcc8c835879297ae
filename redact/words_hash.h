/*
 * words_hash.h - the perfect hash of the keywords, for its maker and its user.
 *
 * Bit 20 is the case of a letter.  No byte of a word turns into a letter of
 * another word without it, and words of unlike length are told apart first.
 */
#ifndef REDACT_WORDS_HASH_H
#define REDACT_WORDS_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WORD_FOLD UINT64_C(0xdfdfdfdfdfdfdfdf)
#define WORD_BUCKETS 512
#define WORD_SLOTS 2048

struct word_key {
	uint64_t head; /* the first eight bytes or fewer */
	uint64_t tail; /* the last eight, where there are more */
};

/* Bytes in the order of the text on any machine. */
static inline uint64_t
word_bytes(const char *at, size_t count)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < count; i++)
		bytes |= (uint64_t)(unsigned char)at[i] << 8 * i;
	return bytes;
}

static inline uint64_t
word_eight(const char *at)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t bytes;

	memcpy(&bytes, at, sizeof(bytes));
	return bytes;
#else
	return word_bytes(at, 8);
#endif
}

/* The key of a word of 1 to WORD_MAX bytes in a text that ends at `end`. */
static inline struct word_key
word_key(const char *at, size_t len, const char *end)
{
	struct word_key key;

	if (len >= 8) {
		key.head = word_eight(at) & WORD_FOLD;
		key.tail = word_eight(at + len - 8) & WORD_FOLD;
		return key;
	}
	key.head = end - at >= 8
		       ? word_eight(at) & (UINT64_MAX >> (64 - 8 * len))
		       : word_bytes(at, len);
	key.head &= WORD_FOLD;
	key.tail = len;
	return key;
}

static inline uint64_t
word_hash(struct word_key key, size_t len)
{
	uint64_t hash = (key.head ^ (key.tail << 29 | key.tail >> 35) ^ len) *
			UINT64_C(0x9e3779b97f4a7c15);

	return hash ^ hash >> 29;
}

static inline size_t
word_bucket(uint64_t hash)
{
	return hash % WORD_BUCKETS;
}

static inline size_t
word_slot(uint64_t hash, uint16_t shift)
{
	return (hash >> 20 ^ (uint64_t)shift * 0x9e3f) % WORD_SLOTS;
}

#endif
