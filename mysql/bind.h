/*
 * bind.h - the parameters that a program bound to a statement, or the query
 * attributes of a connection.
 *
 * Both libraries copy the array of MYSQL_BIND when it is bound, and read the
 * buffers that it points to when the statement is executed; so do we.  Memory
 * is taken when more is bound than before, never by an execution.
 *
 * A value that was sent ahead (mysql_stmt_send_long_data()) is gone by then:
 * its beginning is kept from the first chunk on, for the next execution only.
 */
#ifndef MYSQL_BIND_H
#define MYSQL_BIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mysql/value.h"
#include "shim/hide.h"
#include "shim/span.h"

#define BINDS_FIXED 8 /* parameters without an allocation */

/* The beginning of what was sent ahead. */
struct sent {
	uint32_t size;
	uint32_t kept;
	char at[];
};

struct place {
	struct bind bind;
	struct sent *sent; /* owned; the value if `is_sent` */
	uint64_t sent_len;
	bool is_sent;
	bool hidden; /* by its name */
	uint8_t name_len;
	uint32_t name_at; /* in binds.names */
};

/* All zero: nothing is bound. */
struct binds {
	struct place fixed[BINDS_FIXED];
	struct place *more; /* owned */
	uint32_t more_count;
	uint32_t count; /* parameters; may exceed the places */
	bool sends;     /* something was sent ahead */
	char *names;    /* owned */
	size_t names_size;
	size_t names_len; /* of all names */
};

/*
 * The array was bound, successfully.  `names` may be NULL, or hold NULLs.
 * Without memory the last parameters count as omitted.
 */
void binds_take(struct binds *binds, const MYSQL_BIND *array, unsigned count,
    const char *const *names);

/* What is bound now is not known. */
void binds_forget(struct binds *binds);

/* The configuration has changed: ask again which names are hidden. */
void binds_learn(struct binds *binds);

/* A chunk of the parameter's value was sent; indexes count from 0 here. */
void binds_send(struct binds *binds, const struct hidden *hidden,
    unsigned index, const char *data, unsigned long len);

/* What was sent has been used up. */
void binds_use_up(struct binds *binds);
static inline void
binds_executed(struct binds *binds)
{
	if (binds->sends)
		binds_use_up(binds);
}

/* Free what is owned; nothing is bound then. */
void binds_free(struct binds *binds);

/*
 * Room that binds_put() needs at most; 0: there is nothing to put.  Few are
 * given all that they could take, rather than read twice.
 */
size_t binds_room(const struct binds *binds, const struct batch *batch,
    const struct hidden *hidden);

/*
 * Put FIELD_PARAMS, FIELD_BATCH_SIZE of an array and FIELD_PARAMS_OMITTED
 * where it cannot be all.  The rows of an array follow each other: parameter p
 * of row r, both from 1, has the index (r - 1) * parameters + p.  No value is
 * read where arguments are hidden, nor is that of a hidden parameter.
 */
void binds_put(struct fields *fields, const struct binds *binds,
    const struct batch *batch, const struct hidden *hidden);

#endif
