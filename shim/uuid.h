/*
 * uuid.h - ids of traces and trace points: UUIDv4 (RFC 9562).
 */
#ifndef SHIM_UUID_H
#define SHIM_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct uuid {
	unsigned char byte[16]; /* in the order in which they are printed */
};

#define UUID_TEXT_LEN 36

/*
 * A generator for one thread: xoroshiro128++, seeded by getrandom().  All zero
 * means not seeded, so that memory wiped at a fork seeds itself anew.
 */
struct uuid_source {
	uint64_t state[2];
};

/*
 * Seed `source` from the kernel, or from the clock where that has nothing,
 * unless it is seeded.
 */
void uuid_seed(struct uuid_source *source);

static inline uint64_t
uuid_rotate(uint64_t word, int by)
{
	return (word << by) | (word >> (64 - by));
}

/* xoroshiro128++ 1.0 of Blackman and Vigna, public domain. */
static inline uint64_t
uuid_word(struct uuid_source *source)
{
	uint64_t first = source->state[0], second = source->state[1];
	uint64_t word = uuid_rotate(first + second, 17) + first;

	second ^= first;
	source->state[0] = uuid_rotate(first, 49) ^ second ^ (second << 21);
	source->state[1] = uuid_rotate(second, 28);
	return word;
}

/* A word whose byte number `at` in memory is `byte`. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
# define UUID_LITTLE(byte, at) ((uint64_t)(byte) << ((at)*8))
#else
# define UUID_LITTLE(byte, at) ((uint64_t)(byte) << ((7 - (at)) * 8))
#endif

/*
 * Make the next id of a source that is seeded.  One step gives both its words:
 * the output, and half of the state it came from.  Ids are unlike each other
 * and cannot repeat within a thread; they are no secrets.
 */
static inline void
uuid_next(struct uuid_source *source, struct uuid *ret_id)
{
	uint64_t word[2];

	word[1] = source->state[1];
	word[0] = uuid_word(source);
	/* Byte 6 holds version 4, byte 8 the RFC's variant. */
	word[0] = (word[0] & ~UUID_LITTLE(0xf0, 6)) | UUID_LITTLE(0x40, 6);
	word[1] = (word[1] & ~UUID_LITTLE(0xc0, 0)) | UUID_LITTLE(0x80, 0);
	memcpy(ret_id->byte, word, sizeof(word));
}

/*
 * Copy an id that uuid_next() has just made: by its words, as they were
 * written.  A load across two stores that are under way has to wait for them.
 */
static inline void
uuid_copy(struct uuid *to, const struct uuid *from)
{
	uint64_t word;

	memcpy(&word, from->byte, sizeof(word));
	__asm__("" : "+r"(word)); /* keep the halves apart */
	memcpy(to->byte, &word, sizeof(word));
	memcpy(&word, from->byte + sizeof(word), sizeof(word));
	memcpy(to->byte + sizeof(word), &word, sizeof(word));
}

/* Write 36 characters, lower case with dashes, not terminated. */
void uuid_format(const struct uuid *id, char out[UUID_TEXT_LEN]);

/*
 * Read the canonical form alone: 36 characters, lower case, dashes in place.
 * What else may name a trace is kept as text (osprof_init).
 */
bool uuid_parse(const char *text, size_t len, struct uuid *ret_id);

#endif
