/*
 * parts.h - a binary record taken apart and checked.
 *
 * A record may come from a file that another process left: every length in it
 * is checked before it is believed.  The texts of the parts lie in the record.
 */
#ifndef COLLECTORS_PARTS_H
#define COLLECTORS_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collectors/collector.h"
#include "collectors/params.h"
#include "shim/record.h"

/* Where a field stands in a message's info. */
enum field_place {
	DB,
	INFO,
	SELF,
};

struct field_fact {
	const char *key; /* "name":  with its quotes, colon and space */
	size_t key_len;
	const char *name;
	enum value_type type;
	enum field_place place;
};

/* What is known of each field, by its key: shim/fields.h. */
extern const struct field_fact field_facts[FIELD_COUNT];

/* A record taken apart. */
struct parts {
	struct record record;
	struct text at[FIELD_COUNT];
	uint64_t seen; /* bits of the keys that are there */
	uint64_t cut;
	uint8_t order[FIELD_COUNT];
	unsigned count;
	struct params params;
};

static inline bool
parts_have(const struct parts *parts, enum field_key key)
{
	return parts->seen >> key & 1;
}

/* Take apart the record at `at`, of which `room` bytes are there. */
bool parts_take(struct parts *parts, const char *at, size_t room);

#endif
