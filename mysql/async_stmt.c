/*
 * async_stmt.c - prepared statements, by the pairs of Connector/C.
 *
 * A span begins in X_start, before which parameters are read, and ends as in X,
 * where that is over.  Meanwhile it stands in the statement's connection: one
 * whose connection is not known cannot be gone on with.
 */
#include "mysql/async.h"
#include "mysql/stmt_run.h"

static void
begin(struct stmt *seen, struct subject *subject)
{
	struct point point;

	run_begin_suspended(&point, seen, subject);
	async_keep(&point);
}

/* It waits, and has been sent if not for more to write. */
static void
wait_on(MYSQL_STMT *stmt, int events)
{
	const struct stmt *seen = stmt_known(stmt);
	struct conn *conn = seen ? stmt_conn_entry(seen) : NULL;

	if (conn && conn_is_suspended(conn))
		async_wait(conn, events);
}

/* It is over: the statement and its point; or NULL. */
static struct stmt *
resume(struct point *point, MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_known(stmt);
	const struct conn *conn = seen ? stmt_conn_entry(seen) : NULL;

	return conn && async_resume(point, conn->mysql) ? seen : NULL;
}

/* The text may be gone before it is known whether it is prepared. */
static void
begin_prepare(MYSQL_STMT *stmt, const char *sql, size_t len, const void *caller)
{
	struct stmt *seen = stmt_find(stmt);
	struct subject subject = {
	    .call = CALL_mysql_stmt_prepare_start,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = len,
	};

	if (seen)
		stmt_unprepared(seen);
	begin(seen, &subject);
	if (!seen)
		return;
	binds_forget(&seen->binds);
	stmt_prepared(seen, stmt_conn_entry(seen), sql, len);
}

static void
end_prepare(MYSQL_STMT *stmt, bool failed)
{
	struct point point;
	struct stmt *seen = resume(&point, stmt);

	if (seen)
		run_prepared(&point, seen, stmt, failed);
}

OUT_OF_LINE int
stmt_prepare_start_traced(int *ret, MYSQL_STMT *stmt, const char *sql,
    unsigned long len, const void *caller)
{
	int events;

	begin_prepare(stmt, sql, real_length(sql, len), caller);

	events = mysql_stmt_prepare_start(ret, stmt, sql, len);

	if (!events)
		end_prepare(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_prepare_start(
    int *ret, MYSQL_STMT *stmt, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_stmt_prepare_start)(ret, stmt, sql, len);
	return stmt_prepare_start_traced(ret, stmt, sql, len, CALLER);
}

OUT_OF_LINE int
stmt_prepare_cont_traced(int *ret, MYSQL_STMT *stmt, int status)
{
	int events = mysql_stmt_prepare_cont(ret, stmt, status);

	if (!events)
		end_prepare(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_prepare_cont(int *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_prepare_cont)(ret, stmt, status);
	return stmt_prepare_cont_traced(ret, stmt, status);
}

/* What is sent, or waits to be, is the parameter's. */
OUT_OF_LINE int
stmt_send_long_data_start_traced(my_bool *ret, MYSQL_STMT *stmt, unsigned index,
    const char *data, unsigned long len)
{
	struct stmt *seen = stmt_known(stmt);
	int events;

	events = mysql_stmt_send_long_data_start(ret, stmt, index, data, len);

	if (seen && (events || !*ret))
		binds_send(&seen->binds, &seen->hidden, index, data, len);
	return events;
}

int
osprof_mysql_stmt_send_long_data_start(my_bool *ret, MYSQL_STMT *stmt,
    unsigned index, const char *data, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_stmt_send_long_data_start)(
		    ret, stmt, index, data, len);
	return stmt_send_long_data_start_traced(ret, stmt, index, data, len);
}

int
osprof_mysql_stmt_send_long_data_cont(
    my_bool *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_send_long_data_cont)(ret, stmt, status);
	return mysql_stmt_send_long_data_cont(ret, stmt, status);
}

static void
begin_execute(MYSQL_STMT *stmt, const void *caller)
{
	struct stmt *seen = stmt_find(stmt);
	struct subject subject = {
	    .call = CALL_mysql_stmt_execute_start, .caller = caller};

	if (seen) {
		seen->text.index = 1;
		run_show_params(&subject, seen);
	}
	begin(seen, &subject);
}

static void
end_result(MYSQL_STMT *stmt, bool failed)
{
	struct point point;
	struct stmt *seen = resume(&point, stmt);

	if (seen)
		run_take(&point, seen, stmt, failed);
}

OUT_OF_LINE int
stmt_execute_start_traced(int *ret, MYSQL_STMT *stmt, const void *caller)
{
	int events;

	begin_execute(stmt, caller);

	events = mysql_stmt_execute_start(ret, stmt);

	if (events)
		wait_on(stmt, events);
	else
		end_result(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_execute_start(int *ret, MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_execute_start)(ret, stmt);
	return stmt_execute_start_traced(ret, stmt, CALLER);
}

OUT_OF_LINE int
stmt_execute_cont_traced(int *ret, MYSQL_STMT *stmt, int status)
{
	int events = mysql_stmt_execute_cont(ret, stmt, status);

	if (events)
		wait_on(stmt, events);
	else
		end_result(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_execute_cont(int *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_execute_cont)(ret, stmt, status);
	return stmt_execute_cont_traced(ret, stmt, status);
}

/* Begin the point of the next result, if there is one. */
static void
begin_next(MYSQL_STMT *stmt, const void *caller)
{
	struct stmt *seen = stmt_known(stmt);
	struct subject subject = {
	    .call = CALL_mysql_stmt_next_result_start, .caller = caller};

	if (!run_has_next(seen))
		return;
	subject.index = ++seen->text.index;
	begin(seen, &subject);
}

OUT_OF_LINE int
stmt_next_result_start_traced(int *ret, MYSQL_STMT *stmt, const void *caller)
{
	int events;

	begin_next(stmt, caller);

	events = mysql_stmt_next_result_start(ret, stmt);

	if (!events)
		end_result(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_next_result_start(int *ret, MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_next_result_start)(ret, stmt);
	return stmt_next_result_start_traced(ret, stmt, CALLER);
}

OUT_OF_LINE int
stmt_next_result_cont_traced(int *ret, MYSQL_STMT *stmt, int status)
{
	int events = mysql_stmt_next_result_cont(ret, stmt, status);

	if (!events)
		end_result(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_next_result_cont(int *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_next_result_cont)(ret, stmt, status);
	return stmt_next_result_cont_traced(ret, stmt, status);
}
