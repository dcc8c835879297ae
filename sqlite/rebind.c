/*
 * rebind.c - calls that change all of a statement's bindings at once.
 *
 * No call here is a point, as in bind.h.
 */
#include "shim/gate.h"
#include "sqlite/stmt.h"

OUT_OF_LINE int
clear_bindings_traced(sqlite3_stmt *stmt)
{
	struct stmt *seen;
	int rc;

	seen = stmt_take_known(stmt);

	rc = sqlite3_clear_bindings(stmt);

	if (seen && rc == SQLITE_OK)
		shadow_clear(&seen->shadow);
	if (seen)
		stmt_drop(seen);
	return rc;
}

int
osprof_sqlite3_clear_bindings(sqlite3_stmt *stmt)
{
	if (PASSES)
		return PASS(sqlite3_clear_bindings)(stmt);
	return clear_bindings_traced(stmt);
}

/* Take the bindings over, but not what this statement hides of them. */
static void
take_bindings(struct stmt *taker, struct stmt *from)
{
	shadow_move(&from->shadow, &taker->shadow);
	for (uint32_t i = taker->shadow.highest; i > 0; i--) {
		if (hidden_has(&taker->hidden, i))
			stmt_hide(taker, i);
	}
}

OUT_OF_LINE int
transfer_bindings_traced(sqlite3_stmt *from, sqlite3_stmt *to)
{
	struct stmt *seen, *taker;
	int rc;

	seen = stmt_take(from);
	taker = stmt_take(to); /* NULL if it is the same one */

	rc = sqlite3_transfer_bindings(from, to);

	if (seen && taker && rc == SQLITE_OK)
		take_bindings(taker, seen);
	if (seen)
		stmt_drop(seen);
	if (taker)
		stmt_drop(taker);
	return rc;
}

int
osprof_sqlite3_transfer_bindings(sqlite3_stmt *from, sqlite3_stmt *to)
{
	if (PASSES)
		return PASS(sqlite3_transfer_bindings)(from, to);
	return transfer_bindings_traced(from, to);
}
