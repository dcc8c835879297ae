/*
 * point.h - the point of a call that has its answer when it returns.
 *
 * The command stands in the connection meanwhile: a program may longjmp() out
 * of a notice processor, and its next call on the connection finds and ends
 * what was left behind.
 */
#ifndef PQ_POINT_H
#define PQ_POINT_H

#include "pq/conn.h"

struct point {
	PGconn *pg;
	struct conn *conn; /* NULL: there is no connection, or no memory */
	struct command *command;
	struct command own; /* of a call without connection */
	struct outcome outcome;
};

/* Begin the point of a call on `pg`, which may be NULL. */
void point_begin(struct point *point, struct subject *subject, PGconn *pg);

/*
 * The same for a call that fails while a command waits, and does not throw that
 * away as the others do.
 */
void point_begin_beside(
    struct point *point, struct subject *subject, PGconn *pg);

/* It returned a result, or NULL for a failure that the connection tells. */
void point_end(struct point *point, const PGresult *result);

/* It ended as point->outcome says. */
void point_end_as_told(struct point *point);

/* The same of a call beside; it threw away what waited after all. */
void point_end_beside(struct point *point);

#endif
