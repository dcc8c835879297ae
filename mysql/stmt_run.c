/*
 * stmt_run.c - the execution of a prepared statement, from the call until its
 * rows are there.
 */
#include "mysql/stmt_run.h"

#include "mysql/skipped.h"
#include "shim/clock.h"

/* What is known of the statement, for a call that has no text of its own. */
static void
show_text(struct subject *subject, const struct stmt *seen)
{
	if (subject->sql)
		return;
	subject->hidden = &seen->hidden;
	subject->secret = text_is_secret(&seen->text);
	if (seen->text.len) {
		subject->ready = seen->text.ready;
		subject->ready_len = seen->text.len;
	}
}

void
run_show_params(struct subject *subject, const struct stmt *seen)
{
	subject->binds = &seen->binds;
	subject->batch = &seen->batch;
}

bool
run_has_next(const struct stmt *seen)
{
	struct conn *conn = seen ? stmt_conn(seen) : NULL;

	return conn && mysql_more_results(conn->mysql);
}

/* The connection for the call, which knows what is about to be executed. */
static struct conn *
prepare_conn(struct stmt *seen, struct subject *subject)
{
	struct conn *conn;

	if (!seen) {
		subject->secret = true; /* nothing is known of its text */
		return NULL;
	}
	run_lose(seen, stmt_waits(seen) ? "unseen" : "discarded");
	show_text(subject, seen);
	conn = stmt_conn(seen);
	if (!conn)
		return NULL;
	conn->turn = seen->turn;
	conn->last_turn = NULL;
	if (seen->sets_quotes)
		conn->mode.quotes = REDACT_UNKNOWN;
	return conn;
}

void
run_begin(struct point *point, struct stmt *seen, struct subject *subject)
{
	struct conn *conn = prepare_conn(seen, subject);

	point_begin_at(point, subject, conn, true);
}

void
run_begin_suspended(
    struct point *point, struct stmt *seen, struct subject *subject)
{
	struct conn *conn = prepare_conn(seen, subject);

	point_begin_at(point, subject, conn, false);
}

static void
take_warnings(
    struct outcome *outcome, const struct conn *conn, MYSQL_STMT *stmt)
{
	if (real_is_mariadb())
		outcome->warnings = (unsigned)mysql_stmt_warning_count(stmt);
	else if (conn)
		outcome->warnings = mysql_warning_count(conn->mysql);
}

/*
 * mariadb_stmt_execute_direct() that skips its answers (skipped.h) throws them
 * away, and fails without an error.
 */
static void
fail(struct outcome *outcome, MYSQL_STMT *stmt)
{
	unsigned code = mysql_stmt_errno(stmt);

	if (code)
		outcome_fail_as(outcome, code, mysql_stmt_sqlstate(stmt),
		    mysql_stmt_error(stmt));
	else
		outcome->ending = "unseen";
}

/* Another result follows: this is the first of several. */
static void
look_for_more(
    struct command *command, const struct stmt *seen, const struct conn *conn)
{
	if (seen && seen->text.index <= 1 && conn)
		command->goes_on = mysql_more_results(conn->mysql);
}

static void
end_without_rows(struct point *point, const struct stmt *seen, MYSQL_STMT *stmt)
{
	struct outcome *outcome = &point->outcome;

	outcome->changes = mysql_stmt_affected_rows(stmt);
	outcome->insert_id = mysql_stmt_insert_id(stmt);
	take_warnings(outcome, point->conn, stmt);
	look_for_more(point->command, seen, point->conn);
	point_end_as_told(point);
}

/* Have the connection end it, should it be closed before. */
static void
remember(struct conn *conn, const MYSQL_STMT *stmt)
{
	unsigned last = (conn->run_count - 1) % CONN_RUNS;

	if (conn->runs[last] != stmt)
		conn->runs[conn->run_count++ % CONN_RUNS] = stmt;
}

/* Its rows are the program's to fetch. */
static void
go_on(struct point *point, struct stmt *seen, MYSQL_STMT *stmt)
{
	struct command *command = point->command;

	if (!seen) {
		point->outcome.ending = "unseen";
		point_end_as_told(point);
		return;
	}
	if (point->conn)
		conn_called(point->conn, &point->outcome);
	command_answered(command);
	span_detach(&command->span);
	seen->run = *command;
	seen->rows = 0;
	command->span.recorded = false;
	if (point->conn)
		remember(point->conn, stmt);
}

void
run_answered(struct point *point, struct stmt *seen, MYSQL_STMT *stmt)
{
	if (mysql_stmt_field_count(stmt) == 0)
		end_without_rows(point, seen, stmt);
	else
		go_on(point, seen, stmt);
}

/* The call is over, with all that there is to tell of it. */
static void
end_call(struct point *point, MYSQL_STMT *stmt, bool failed)
{
	if (failed)
		fail(&point->outcome, stmt);
	point_end_as_told(point);
}

void
run_take(struct point *point, struct stmt *seen, MYSQL_STMT *stmt, bool failed)
{
	if (seen)
		binds_executed(&seen->binds);
	if (failed) {
		end_call(point, stmt, true);
	} else if (seen && skipped_execute(point->conn, stmt)) {
		skipped_keep(point, seen, stmt, false);
	} else {
		if (point->conn)
			conn_answered(point->conn);
		run_answered(point, seen, stmt);
	}
}

void
run_prepared(
    struct point *point, struct stmt *seen, MYSQL_STMT *stmt, bool failed)
{
	if (!failed && seen && skipped_prepare(point->conn, stmt))
		skipped_keep(point, seen, stmt, true);
	else
		end_call(point, stmt, failed);
	if (failed && seen)
		stmt_unprepared(seen);
}

/* End the run; without `stmt` the library is not asked. */
static void
end_run(struct stmt *seen, MYSQL_STMT *stmt, struct outcome *outcome)
{
	struct conn *conn = stmt_conn_entry(seen);

	if (stmt && !outcome->code) {
		take_warnings(outcome, conn, stmt);
		look_for_more(&seen->run, seen, conn);
	}
	if (conn && outcome_is_lost(outcome))
		conn->in_transaction = false;
	command_end(&seen->run, conn, outcome);
}

static void
fail_run(struct stmt *seen, MYSQL_STMT *stmt)
{
	struct outcome outcome;

	/* It was refused, and the rows wait on. */
	if (mysql_stmt_errno(stmt) == ERROR_OUT_OF_SYNC)
		return;
	outcome_clear(&outcome);
	outcome.secret = seen->run.span.secret;
	outcome.rows = seen->rows;
	fail(&outcome, stmt);
	end_run(seen, stmt, &outcome);
}

static void
finish_run(struct stmt *seen, MYSQL_STMT *stmt, uint64_t rows)
{
	struct outcome outcome;

	outcome_clear(&outcome);
	outcome.rows = rows;
	end_run(seen, stmt, &outcome);
}

void
run_stored(struct stmt *seen, MYSQL_STMT *stmt, int rc, uint64_t begin_ns)
{
	command_fetched(&seen->run, begin_ns);
	if (rc)
		fail_run(seen, stmt);
	else
		finish_run(seen, stmt, mysql_stmt_num_rows(stmt));
}

void
run_fetched(struct stmt *seen, MYSQL_STMT *stmt, int rc, uint64_t begin_ns)
{
	command_fetched(&seen->run, begin_ns);
	if (rc == 0 || rc == FETCH_CUT)
		seen->rows++;
	else if (rc == FETCH_END)
		finish_run(seen, stmt, seen->rows);
	else
		fail_run(seen, stmt);
}

void
run_freed(struct stmt *seen, const char *ending, uint64_t begin_ns)
{
	if (stmt_runs(seen))
		command_fetched(&seen->run, begin_ns);
	run_lose(seen, ending);
}

void
run_lose(struct stmt *seen, const char *ending)
{
	struct outcome outcome;

	if (!seen->run.span.recorded)
		return;
	outcome_clear(&outcome);
	outcome.rows = seen->rows;
	outcome.ending = ending;
	end_run(seen, NULL, &outcome);
}
