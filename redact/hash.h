/*
 * hash.h - the fingerprint in the making: the items of a text, one behind the
 * other, through XXH3.
 */
#ifndef REDACT_HASH_H
#define REDACT_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "redact/block.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define HASH_ROOM 512

/* Bytes to hash: few are kept until the end, more go into the state. */
struct hash {
	XXH3_state_t state; /* first: it wants to be aligned */
	bool streams;
	size_t len;
	char bytes[HASH_ROOM + 16];
};

static inline void
hash_flush(struct hash *hash)
{
	if (!hash->streams)
		XXH3_64bits_reset(&hash->state);
	hash->streams = true;
	XXH3_64bits_update(&hash->state, hash->bytes, hash->len);
	hash->len = 0;
}

static inline void
hash_put(struct hash *hash, const char *at, size_t len)
{
	if (len > HASH_ROOM - hash->len) {
		hash_flush(hash);
		if (len > HASH_ROOM) {
			XXH3_64bits_update(&hash->state, at, len);
			return;
		}
	}
	memcpy(hash->bytes + hash->len, at, len);
	hash->len += len;
}

static inline uint64_t
hash_end(struct hash *hash)
{
	if (!hash->streams)
		return XXH3_64bits(hash->bytes, hash->len);
	hash_flush(hash);
	return XXH3_64bits_digest(&hash->state);
}

/* Each item begins with a blank, so that none runs into the next. */
static inline void
hash_byte(struct hash *hash, char byte)
{
	if (HASH_ROOM - hash->len < 2)
		hash_flush(hash);
	hash->bytes[hash->len] = ' ';
	hash->bytes[hash->len + 1] = byte;
	hash->len += 2;
}

static inline void
hash_text(struct hash *hash, const char *at, size_t len)
{
	hash_put(hash, " ", 1);
	hash_put(hash, at, len);
}

static inline char
lower(char byte)
{
	return (char)(byte | (byte >= 'A' && byte <= 'Z' ? 0x20 : 0));
}

/* A word, in lower case. */
void hash_word(struct hash *hash, const char *at, size_t len);

/* The same for one of less than a block, which begins with it. */
static inline void
hash_short_word(struct hash *hash, struct block block, size_t len)
{
	if (HASH_ROOM - hash->len <= BLOCK)
		hash_flush(hash);
	hash->bytes[hash->len] = ' ';
	/* What is too much is written over by what comes next. */
	block_store(block_lower(block), hash->bytes + hash->len + 1);
	hash->len += 1 + len;
}

#endif
