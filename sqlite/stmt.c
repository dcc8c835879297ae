/*
 * stmt.c - what we know of a prepared statement.
 */
#include "sqlite/stmt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "sqlite/conn.h"
#include "sqlite/meeting.h"
#include "sqlite/point.h"

static void
stmt_clear(struct handle *entry)
{
	struct stmt *seen = (struct stmt *)entry;

	free(seen->names);
	seen->names = NULL;
	shadow_free(&seen->shadow);
}

static struct handles stmts = {
    .entry_size = sizeof(struct stmt),
    .clear = stmt_clear,
};

static struct meeting meeting;

/* Learn what SQLite tells of the statement. */
static void
stmt_learn(struct stmt *seen, sqlite3_stmt *stmt, bool legacy)
{
	seen->legacy = legacy;
	seen->readonly = sqlite3_stmt_readonly(stmt);
	seen->epoch = gate_epoch();
	seen->sql = sqlite3_sql(stmt);
	seen->sql_len = seen->sql ? strlen(seen->sql) : 0;
	seen->known = seen->sql &&
		      statement_known(SQLITE_MODE, seen->sql, seen->sql_len);
	seen->hidden = hidden_params(SQLITE_MODE, seen->sql, seen->sql_len);
}

void
stmt_hide(struct stmt *seen, unsigned index)
{
	struct bind bind;

	bind_stage_zeroblob(&bind, 0);
	bind.param.type = PARAM_HIDDEN;
	shadow_set(&seen->shadow, (int)index, &bind);
}

static const struct word_field unseen = WORD_FIELD(FIELD_OUTCOME, "unseen");

/* End a run whose end nobody told us. */
static void
stmt_lose_run(struct stmt *seen)
{
	struct ending ending = ending_ok;

	if (!seen->running)
		return;
	seen->running = false;
	ending.outcome = &unseen;
	ending.rows = seen->run.rows;
	point_end_detached(&seen->run.span, &ending);
}

void
stmt_prepared(sqlite3_stmt *stmt, bool legacy)
{
	struct stmt *seen = stmt_take_known(stmt);

	if (seen)
		stmt_lose_run(seen);
	seen = (struct stmt *)handles_add(&stmts, stmt);
	if (!seen)
		return;
	stmt_learn(seen, stmt, legacy);
	conn_join(conn_find(sqlite3_db_handle(stmt)));
}

/* The entry is of another statement, or missed calls: start over. */
static void
stmt_start_over(struct stmt *seen, sqlite3_stmt *stmt)
{
	int saved = errno;

	stmt_lose_run(seen);
	stmt_clear(&seen->handle);
	seen->names_known = false;
	stmt_learn(seen, stmt, false);
	errno = saved;
}

static struct stmt *
stmt_meet(sqlite3_stmt *stmt)
{
	struct stmt *seen;

	/* One that was finalized: SQLite says so itself. */
	if (!sqlite3_db_handle(stmt))
		return NULL;
	if (!meeting_begin(&meeting))
		return NULL;
	seen = (struct stmt *)handles_find(&stmts, stmt);
	if (!seen) {
		seen = (struct stmt *)handles_add(&stmts, stmt);
		conn_join(seen ? conn_find(sqlite3_db_handle(stmt)) : NULL);
	}
	meeting_end(&meeting);
	return seen;
}

struct stmt *
stmt_take_known(sqlite3_stmt *stmt)
{
	struct stmt *seen;

	if (!gate_open())
		return NULL;
	seen = (struct stmt *)handles_find(&stmts, stmt);
	return seen && hold_take(&seen->hold) ? seen : NULL;
}

struct stmt *
stmt_take(sqlite3_stmt *stmt)
{
	struct stmt *seen;

	if (!stmt || !gate_open())
		return NULL;
	seen = (struct stmt *)handles_find(&stmts, stmt);
	if (__builtin_expect(!seen, 0))
		seen = stmt_meet(stmt);
	if (!seen || !hold_take(&seen->hold))
		return NULL;
	if (__builtin_expect(
		seen->epoch != gate_epoch() || seen->sql != sqlite3_sql(stmt),
		0))
		stmt_start_over(seen, stmt);
	return seen;
}

void
stmt_finalizing(struct stmt *seen, sqlite3_stmt *stmt)
{
	conn_leave(conn_find(sqlite3_db_handle(stmt)));
	seen->running = false;
	stmt_clear(&seen->handle);
	/* Before the real call: after it the address may be another's. */
	atomic_store(&seen->handle.live, HANDLE_DEAD);
}
