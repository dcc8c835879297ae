/*
 * bind.h - giving a parameter its value.
 *
 * No bind call is a point: what was bound is shown by the span of the run that
 * uses it.  The value is copied before the real call, while the program's
 * memory is sure to be there (SQLite may have its destructor called at once),
 * and counts when the call succeeds.  Nothing is copied where arguments are
 * hidden, or this one is: it then counts whether or not the call succeeds.
 */
#ifndef SQLITE_BIND_H
#define SQLITE_BIND_H

#include "shim/gate.h"
#include "sqlite/stmt.h"

/* Take hold of the statement if the parameter's value is to be staged. */
static inline struct stmt *
bind_begin(sqlite3_stmt *stmt, int index)
{
	struct stmt *seen;

	if (!gate_open() || !gate_shows_args())
		return NULL;
	seen = stmt_take(stmt);
	if (!seen || !hidden_has(&seen->hidden, (unsigned)index))
		return seen;
	stmt_hide(seen, (unsigned)index);
	stmt_drop(seen);
	return NULL;
}

/* The real call returned: the staged value counts, or does not. */
void bind_end(struct stmt *seen, int index, int rc, struct bind *bind);

#endif
