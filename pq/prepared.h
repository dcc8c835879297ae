/*
 * prepared.h - the statements that were prepared on a connection, by name.
 *
 * A statement counts when its Prepare has succeeded; in a pipeline it is
 * executed before that is known, so one that is being prepared is found too,
 * and before an older one of the same name.  Its text is kept as it may be
 * shown.  The server knows more: what was prepared by SQL, or before tracing
 * began, is not here, and what DISCARD and DEALLOCATE took away may be for a
 * while.  The map is bounded: a full one forgets, and the text is unknown then.
 */
#ifndef PQ_PREPARED_H
#define PQ_PREPARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pq/real.h"
#include "shim/hide.h"

#define PREPARED_BUCKETS 64

/* Statements and bytes that a connection may keep, and bytes of one text. */
#define PREPARED_MAX 1024
#define PREPARED_BYTES (4u * 1024 * 1024)
#define PREPARED_TEXT (256u * 1024)

/* Bytes of a text that stands ready: what a small ring has room for too. */
#define PREPARED_READY 4096

struct prepared {
	struct prepared *next; /* in its bucket, older */
	uint64_t hash;
	uint32_t id;    /* never 0 */
	bool pending;   /* its Prepare has no answer yet */
	unsigned epoch; /* of the gate, that `hidden` and `ready` are of */
	struct hidden hidden;
	size_t size; /* of all of it */
	/*
	 * What the connection's points show, its name and text, as they stand
	 * in a record, to be copied at each execution; NULL: the text is long,
	 * and may have to be cut, or there was no memory.  Owned.
	 */
	char *ready;
	size_t ready_len;
	size_t sql_len;
	int type_count;
	const char *sql;
	const char *name;
	const Oid *types;
};

struct prepared_map {
	struct prepared *bucket[PREPARED_BUCKETS];
	unsigned count;
	unsigned made;
	size_t bytes;
	uint32_t unnamed;      /* its id; 0: there is none */
	struct prepared *last; /* found last; NULL: gone */
	/* Fields that all points of the connection show. */
	const char *shown;
	size_t shown_len;
};

/* What a Prepare says. */
struct prepare {
	const char *name;
	const char *sql;
	int type_count;
	const Oid *types; /* may be NULL */
};

/*
 * Return the statement of that name (NULL: the unnamed one), or NULL.  Where
 * its `epoch` is not the gate's any more, prepared_learn() comes next.
 */
struct prepared *prepared_find(struct prepared_map *map, const char *name);

/* Learn what the configuration in force shows of it. */
void prepared_learn(const struct prepared_map *map, struct prepared *statement,
    struct redact_mode mode);

/*
 * A statement is being prepared.  Returns what settles it: 0 if it will not be
 * known, for want of memory or by its size.
 */
uint32_t prepared_begin(struct prepared_map *map, const struct prepare *prepare,
    struct redact_mode mode);

/* The Prepare has its answer. */
void prepared_settle(struct prepared_map *map, uint32_t id, bool succeeded);

/* It was closed. */
void prepared_forget(struct prepared_map *map, uint32_t id);

/* The next text that is run, or parsed, takes the unnamed statement's place. */
static inline void
prepared_forget_unnamed(struct prepared_map *map)
{
	if (__builtin_expect(map->unnamed, 0)) {
		prepared_forget(map, map->unnamed);
		map->unnamed = 0;
	}
}

void prepared_forget_all(struct prepared_map *map);

#endif
