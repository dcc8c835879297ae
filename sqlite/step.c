/*
 * step.c - running a statement.
 *
 * The span of a run begins in the first sqlite3_step() after prepare or reset
 * and ends in the step that returns SQLITE_DONE or an error, else in the
 * sqlite3_reset() or sqlite3_finalize() that abandons it.  A step that returns
 * SQLITE_BUSY while it waits for a lock leaves the run open: the next step
 * resumes it.  A step after SQLITE_DONE is a new run.
 *
 * A run that only reads is over, for the clock, with its last step: how long
 * the program then looks at the row before it resets is not the statement's.
 */
#include "shim/gate.h"
#include "sqlite/point.h"
#include "sqlite/run.h"

OUT_OF_LINE int
step_traced(sqlite3_stmt *stmt, const void *caller)
{
	struct stmt *seen;
	int rc;

	seen = stmt_take(stmt);
	if (seen)
		run_step(seen, stmt, caller);

	rc = sqlite3_step(stmt);

	if (seen) {
		run_stepped(seen, stmt, rc);
		stmt_drop(seen);
	}
	return rc;
}

int
osprof_sqlite3_step(sqlite3_stmt *stmt)
{
	if (PASSES)
		return PASS(sqlite3_step)(stmt);
	return step_traced(stmt, CALLER);
}

OUT_OF_LINE int
reset_traced(sqlite3_stmt *stmt)
{
	struct stmt *seen;
	int rc;

	seen = stmt_take_known(stmt);

	rc = sqlite3_reset(stmt);

	if (seen) {
		if (seen->running)
			run_reset(seen, stmt, rc);
		stmt_drop(seen);
	}
	return rc;
}

int
osprof_sqlite3_reset(sqlite3_stmt *stmt)
{
	if (PASSES)
		return PASS(sqlite3_reset)(stmt);
	return reset_traced(stmt);
}

OUT_OF_LINE int
finalize_traced(sqlite3_stmt *stmt)
{
	struct stmt *seen;
	struct run run;
	bool running;
	int rc;

	seen = stmt_take_known(stmt);
	running = seen && seen->running;
	if (running)
		run = seen->run;
	if (seen)
		stmt_finalizing(seen, stmt);

	rc = sqlite3_finalize(stmt);

	if (running)
		run_finalized(&run, rc);
	return rc;
}

int
osprof_sqlite3_finalize(sqlite3_stmt *stmt)
{
	if (PASSES)
		return PASS(sqlite3_finalize)(stmt);
	return finalize_traced(stmt);
}
