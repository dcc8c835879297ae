/*
 * point.h - the point of a call that has its answer when it returns.
 *
 * The command stands in the connection meanwhile: a program may longjmp() out
 * of a callback, and its next call on the connection finds and ends what was
 * left behind.  So does a call that is suspended, and goes on with the same
 * command.
 */
#ifndef MYSQL_POINT_H
#define MYSQL_POINT_H

#include "mysql/conn.h"

struct point {
	MYSQL *mysql;
	struct conn *conn; /* NULL: there is no memory */
	struct command *command;
	struct command own; /* of a call without connection */
	struct outcome outcome;
};

/* Begin the point of a call on `mysql`. */
void point_begin(
    struct point *point, const struct subject *subject, MYSQL *mysql);

/*
 * The same of a call that may be suspended, and of one that goes on: nothing
 * hangs below it, and the point is that of the connection's `call`.
 */
void point_begin_suspended(
    struct point *point, const struct subject *subject, MYSQL *mysql);
void point_resume(struct point *point, MYSQL *mysql);

/* Begin one on a connection that was found, or that is not known: NULL. */
void point_begin_at(struct point *point, const struct subject *subject,
    struct conn *conn, bool pushed);

/* The call that begins is about the statement that is open. */
void point_take_up(struct point *point, struct conn *conn);

/*
 * It succeeded, or failed: then the connection says why.  What is open on the
 * connection is over too, unless the call was refused because of it.
 */
void point_end(struct point *point, bool failed);

/* It ended as point->outcome says. */
void point_end_as_told(struct point *point);

#endif
