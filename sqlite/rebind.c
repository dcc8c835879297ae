/*
 * rebind.c - calls that change all of a statement's bindings at once.
 *
 * No call here is a point, as in bind.c.
 */
#include "shim/gate.h"
#include "sqlite/stmt.h"

int
osprof_sqlite3_clear_bindings(sqlite3_stmt *stmt)
{
	struct stmt *seen;
	int rc;

	if (gate_shut())
		return sqlite3_clear_bindings(stmt);
	seen = stmt_take_known(stmt);

	rc = sqlite3_clear_bindings(stmt);

	if (seen && rc == SQLITE_OK)
		shadow_clear(&seen->shadow);
	if (seen)
		stmt_drop(seen);
	return rc;
}

int
osprof_sqlite3_transfer_bindings(sqlite3_stmt *from, sqlite3_stmt *to)
{
	struct stmt *seen, *taker;
	int rc;

	if (gate_shut())
		return sqlite3_transfer_bindings(from, to);
	seen = stmt_take(from);
	taker = stmt_take(to); /* NULL if it is the same one */

	rc = sqlite3_transfer_bindings(from, to);

	if (seen && taker && rc == SQLITE_OK)
		shadow_move(&seen->shadow, &taker->shadow);
	if (seen)
		stmt_drop(seen);
	if (taker)
		stmt_drop(taker);
	return rc;
}
