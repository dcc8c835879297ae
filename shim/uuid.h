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
 * A generator for one thread: xoshiro256**, seeded by getrandom().  All zero
 * means not seeded, so that memory wiped at a fork seeds itself anew.
 */
struct uuid_source {
	uint64_t state[4];
};

/* Seed `source` from the kernel; from the clock where that has nothing. */
void uuid_seed(struct uuid_source *source);

static inline uint64_t
uuid_rotate(uint64_t word, int by)
{
	return (word << by) | (word >> (64 - by));
}

/* xoshiro256** 1.0 of Blackman and Vigna, public domain. */
static inline uint64_t
uuid_word(struct uuid_source *source)
{
	uint64_t *state = source->state;
	uint64_t word = uuid_rotate(state[1] * 5, 7) * 9;
	uint64_t shifted = state[1] << 17;

	state[2] ^= state[0];
	state[3] ^= state[1];
	state[1] ^= state[2];
	state[0] ^= state[3];
	state[2] ^= shifted;
	state[3] = uuid_rotate(state[3], 45);
	return word;
}

/* A word whose byte number `at` in memory is `byte`. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
# define UUID_LITTLE(byte, at) ((uint64_t)(byte) << ((at) * 8))
#else
# define UUID_LITTLE(byte, at) ((uint64_t)(byte) << ((7 - (at)) * 8))
#endif

/* Make the next id.  The first call of a source enters the kernel. */
static inline void
uuid_next(struct uuid_source *source, struct uuid *ret_id)
{
	uint64_t word[2];

	if (__builtin_expect(
		!(source->state[0] | source->state[1] | source->state[2]), 0))
		uuid_seed(source);
	/* Byte 6 holds version 4, byte 8 the RFC's variant. */
	word[0] = (uuid_word(source) & ~UUID_LITTLE(0xf0, 6)) |
	    UUID_LITTLE(0x40, 6);
	word[1] = (uuid_word(source) & ~UUID_LITTLE(0xc0, 0)) |
	    UUID_LITTLE(0x80, 0);
	memcpy(ret_id->byte, word, sizeof(word));
}

/* Write 36 characters, lower case with dashes, not terminated. */
void uuid_format(const struct uuid *id, char out[UUID_TEXT_LEN]);

/*
 * Read the canonical form alone: 36 characters, lower case, dashes in place.
 * What else may name a trace is kept as text (osprof_init).
 */
bool uuid_parse(const char *text, size_t len, struct uuid *ret_id);

#endif
