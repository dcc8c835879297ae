/*
 * turn.h - what a statement means for the transaction that it runs in, as its
 * first words say.
 *
 * libmysqlclient does not tell whether a transaction is open; this is the best
 * guess.  Where the library tells, it is asked how one ended.
 */
#ifndef MYSQL_TURN_H
#define MYSQL_TURN_H

#include <stdbool.h>
#include <stddef.h>

struct turn {
	const char *words;
	const char *ending; /* FIELD_OUTCOME of the transaction that was open */
	bool begins;        /* and another one is, behind it */
	bool unasked;       /* it ends also if the statement fails */
};

/* NULL: the transaction, or none, goes on. */
const struct turn *turn_of(const char *sql, size_t len);

/*
 * The same of the last statement of a text that has several, where that is
 * seen easily: no quotes behind the last semicolon.
 */
const struct turn *turn_of_last(const char *sql, size_t len);

#endif
