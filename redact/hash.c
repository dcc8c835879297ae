/*
 * hash.c - words of any length, to hash.
 */
#include "redact/hash.h"

/* Names are no longer than a part of the room. */
#define PART 64

void
hash_word(struct hash *hash, const char *at, size_t len)
{
	char low[PART];
	size_t part;

	hash_put(hash, " ", 1);
	for (; len > 0; len -= part, at += part) {
		part = len < PART ? len : PART;
		for (size_t i = 0; i < part; i++)
			low[i] = lower(at[i]);
		hash_put(hash, low, part);
	}
}
