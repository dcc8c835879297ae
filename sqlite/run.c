/*
 * run.c - the run of a statement: what its span tells, from step to step.
 */
#include "sqlite/run.h"

#include "shim/gate.h"
#include "sqlite/point.h"

static const struct word_field reset = WORD_FIELD(FIELD_OUTCOME, "reset");
static const struct word_field finalized = WORD_FIELD(
    FIELD_OUTCOME, "finalized");

static void
put_shadow(struct fields *fields, void *arg)
{
	const struct stmt *seen = arg;

	shadow_put(fields, &seen->shadow, seen->names);
}

static size_t
params_room(struct stmt *seen, sqlite3_stmt *stmt)
{
	if (!seen->shadow.highest || !gate_shows_args())
		return 0;
	if (!seen->names_known) {
		seen->names = names_of(stmt);
		seen->names_known = true;
	}
	return shadow_room(&seen->shadow, seen->names);
}

static void
run_begin(struct stmt *seen, sqlite3_stmt *stmt, const void *caller)
{
	struct run *run = &seen->run;
	sqlite3 *db = sqlite3_db_handle(stmt);
	struct subject subject = {
	    .call = CALL_sqlite3_step,
	    .caller = caller,
	    .sql = seen->sql,
	    .sql_len = seen->sql_len,
	    .sql_known = seen->known,
	    .params_room = params_room(seen, stmt),
	    .put_params = put_shadow,
	    .params = seen,
	};

	run->rows = run->retries = run->engine_ns = run->steps = 0;
	run->pause_ns = 0;
	run->held = SQLITE_OK;
	if (!seen->readonly)
		run->total_changes = conn_total_changes(db);
	seen->running = true;
	seen->conn = conn_find_again(seen->conn, db);
	point_begin_detached(&run->span, &subject, db, seen->conn);
	run->step_ns = run->span.start_ns;
}

static void
run_end(struct run *run, struct ending *ending)
{
	ending->rows = run->rows;
	ending->retries = run->retries;
	ending->engine_ns = run->engine_ns;
	point_end_detached(&run->span, ending);
}

/* The rows that a run has changed, of a connection that is still there. */
static uint64_t
run_changes(const struct stmt *seen, sqlite3_stmt *stmt)
{
	sqlite3 *db;

	if (seen->readonly)
		return UNKNOWN;
	db = sqlite3_db_handle(stmt);
	/* Statements that change nothing leave the last one's count. */
	if (conn_total_changes(db) == seen->run.total_changes)
		return 0;
	return (uint64_t)conn_changes(db);
}

static void
run_fail(struct ending *ending, sqlite3_stmt *stmt, int rc)
{
	sqlite3 *db = sqlite3_db_handle(stmt);

	ending_fail(ending, db, conn_find(db), rc);
}

/* The step is over, and the run with it. */
static void
run_done(struct stmt *seen, sqlite3_stmt *stmt, int rc)
{
	struct ending ending = ending_ok;

	seen->running = false;
	if (!seen->run.span.recorded) {
		run_end(&seen->run, &ending);
		return;
	}
	ending.changes = run_changes(seen, stmt);
	if (rc != SQLITE_DONE)
		run_fail(&ending, stmt, rc);
	ending.last_step_ns = seen->run.step_ns;
	run_end(&seen->run, &ending);
}

/* The step is over, the run is not. */
static void
run_pause(struct stmt *seen)
{
	struct run *run = &seen->run;
	uint64_t now_ns;

	run->steps++;
	if (!run->span.recorded)
		return;
	now_ns = clock_ns();
	run->engine_ns += now_ns - run->step_ns;
	/* What writes may commit in its reset, which takes its time. */
	run->pause_ns = seen->readonly ? now_ns : 0;
}

void
run_step(struct stmt *seen, sqlite3_stmt *stmt, const void *caller)
{
	/* A failed legacy statement that steps again was reset inside. */
	if (seen->running && seen->legacy && seen->run.held == SQLITE_ERROR)
		run_reset(seen, stmt, SQLITE_ERROR);
	if (!seen->running)
		run_begin(seen, stmt, caller);
	else if (seen->run.span.recorded)
		seen->run.step_ns = clock_ns();
}

void
run_stepped(struct stmt *seen, sqlite3_stmt *stmt, int rc)
{
	struct run *run = &seen->run;

	switch (rc & 0xff) {
	case SQLITE_ROW:
		run->held = SQLITE_OK;
		run->rows++;
		run_pause(seen);
		return;
	case SQLITE_BUSY:
		if (!sqlite3_stmt_busy(stmt))
			break;
		/* It waits for a lock; the next step resumes it. */
		run->held = rc;
		run->retries++;
		run_pause(seen);
		return;
	case SQLITE_ERROR:
		if (!seen->legacy)
			break;
		/* What it really was comes with the reset. */
		run->held = rc;
		run_pause(seen);
		return;
	case SQLITE_MISUSE:
		/* The step was refused, the run goes on. */
		if (run->steps)
			return;
		break;
	}
	run_done(seen, stmt, rc);
}

void
run_reset(struct stmt *seen, sqlite3_stmt *stmt, int rc)
{
	struct ending ending = ending_ok;

	seen->running = false;
	if (seen->run.span.recorded) {
		ending.changes = run_changes(seen, stmt);
		if (rc != SQLITE_OK)
			run_fail(&ending, stmt, rc);
		else if (seen->run.held)
			ending_fail_alone(&ending, seen->run.held);
		ending.outcome = &reset;
		ending.stop_ns = seen->run.pause_ns;
	}
	run_end(&seen->run, &ending);
}

void
run_finalized(struct run *run, int rc)
{
	struct ending ending = ending_ok;

	if (rc == SQLITE_OK)
		rc = run->held;
	if (rc != SQLITE_OK)
		ending_fail_alone(&ending, rc);
	ending.outcome = &finalized;
	ending.stop_ns = run->pause_ns;
	run_end(run, &ending);
}
