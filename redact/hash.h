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

#define XXH_INLINE_ALL
#include <xxhash.h>

#define HASH_ROOM 512

/* Bytes to hash: few are kept until the end, more go into the state. */
struct hash {
	XXH3_state_t state; /* first: it wants to be aligned */
	bool streams;
	size_t len;
	const char *text_end; /* up to which may be read */
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

/* Eight letters at once: those from A to Z get their bit 20. */
static inline uint64_t
lower_eight(uint64_t bytes)
{
	const uint64_t every = UINT64_C(0x0101010101010101);
	const uint64_t low = bytes & every * 0x7f;
	const uint64_t from = low + every * (0x80 - 'A');
	const uint64_t behind = low + every * (0x80 - 'Z' - 1);

	return bytes | (from & ~behind & ~bytes & every * 0x80) >> 2;
}

/* A word, in lower case. */
static inline void
hash_word(struct hash *hash, const char *at, size_t len)
{
	char *to;

	while (len + 1 > HASH_ROOM / 2) { /* longer than names are */
		char low[64];

		for (size_t i = 0; i < sizeof(low); i++)
			low[i] = lower(at[i]);
		hash_put(hash, low, sizeof(low));
		at += sizeof(low);
		len -= sizeof(low);
	}
	if (len + 1 > HASH_ROOM - hash->len)
		hash_flush(hash);
	to = hash->bytes + hash->len;
	hash->len += len + 1;
	*to++ = ' ';
	if (hash->text_end - at >= 16 && len <= 16) {
		uint64_t bytes[2];

		/* What is too much is written over by what comes next. */
		memcpy(bytes, at, 16);
		bytes[0] = lower_eight(bytes[0]);
		bytes[1] = lower_eight(bytes[1]);
		memcpy(to, bytes, 16);
		return;
	}
	for (; len > 0; len--)
		*to++ = lower(*at++);
}

#endif
