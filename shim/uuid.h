/*
 * uuid.h - ids of traces and trace points: UUIDv4 (RFC 9562).
 */
#ifndef SHIM_UUID_H
#define SHIM_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Make the next id.  The first call of a source enters the kernel. */
void uuid_next(struct uuid_source *source, struct uuid *ret_id);

/* Write 36 characters, lower case with dashes, not terminated. */
void uuid_format(const struct uuid *id, char out[UUID_TEXT_LEN]);

/*
 * Read the canonical form alone: 36 characters, lower case, dashes in place.
 * What else may name a trace is kept as text (osprof_init).
 */
bool uuid_parse(const char *text, size_t len, struct uuid *ret_id);

#endif
