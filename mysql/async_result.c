/*
 * async_result.c - the rows of a statement, by the pairs of Connector/C.
 *
 * None of these calls has a span (result.c): all the time from X_start to the
 * X_cont that is the last counts as fetching.
 */
#include "mysql/answer.h"
#include "shim/clock.h"

OUT_OF_LINE int
store_result_start_traced(MYSQL_RES **ret, MYSQL *mysql)
{
	struct conn *conn = answer_open(mysql);
	uint64_t begin_ns;
	int events;

	if (!conn)
		return mysql_store_result_start(ret, mysql);
	begin_ns = clock_ns();

	events = mysql_store_result_start(ret, mysql);

	if (events)
		command_suspend(&conn->open, begin_ns);
	else
		answer_stored(conn, *ret, begin_ns);
	return events;
}

int
osprof_mysql_store_result_start(MYSQL_RES **ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_store_result_start)(ret, mysql);
	return store_result_start_traced(ret, mysql);
}

/* The rows are stored, if that was asked for. */
static void
end_store(MYSQL *mysql, MYSQL_RES *result)
{
	struct conn *conn = conn_entry(mysql);
	uint64_t begin_ns;

	if (conn && conn_missed_nothing(conn) &&
	    command_resume(&conn->open, &begin_ns))
		answer_stored(conn, result, begin_ns);
}

OUT_OF_LINE int
store_result_cont_traced(MYSQL_RES **ret, MYSQL *mysql, int status)
{
	int events = mysql_store_result_cont(ret, mysql, status);

	if (!events)
		end_store(mysql, *ret);
	return events;
}

int
osprof_mysql_store_result_cont(MYSQL_RES **ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_store_result_cont)(ret, mysql, status);
	return store_result_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
fetch_row_start_traced(MYSQL_ROW *ret, MYSQL_RES *result)
{
	struct conn *conn = answer_streamed(result);
	uint64_t begin_ns;
	int events;

	if (!conn)
		return mysql_fetch_row_start(ret, result);
	begin_ns = clock_ns();

	events = mysql_fetch_row_start(ret, result);

	if (events)
		command_suspend(&conn->open, begin_ns);
	else
		answer_fetched(conn, *ret, begin_ns);
	return events;
}

int
osprof_mysql_fetch_row_start(MYSQL_ROW *ret, MYSQL_RES *result)
{
	if (PASSES)
		return PASS(mysql_fetch_row_start)(ret, result);
	return fetch_row_start_traced(ret, result);
}

/* A row is there, or none is left. */
static void
end_fetch(MYSQL_RES *result, MYSQL_ROW row)
{
	struct conn *conn = answer_streamed(result);
	uint64_t begin_ns;

	if (conn && command_resume(&conn->open, &begin_ns))
		answer_fetched(conn, row, begin_ns);
}

OUT_OF_LINE int
fetch_row_cont_traced(MYSQL_ROW *ret, MYSQL_RES *result, int status)
{
	int events = mysql_fetch_row_cont(ret, result, status);

	if (!events)
		end_fetch(result, *ret);
	return events;
}

int
osprof_mysql_fetch_row_cont(MYSQL_ROW *ret, MYSQL_RES *result, int status)
{
	if (PASSES)
		return PASS(mysql_fetch_row_cont)(ret, result, status);
	return fetch_row_cont_traced(ret, result, status);
}

/*
 * Whoever frees a result forgets it before, for behind that the address may be
 * another's, and knows it again where that goes on later.
 */
OUT_OF_LINE int
free_result_start_traced(MYSQL_RES *result)
{
	struct conn *conn = answer_streamed(result);
	uint64_t begin_ns = conn ? clock_ns() : 0;
	int events;

	answer_drops(result);

	events = mysql_free_result_start(result);

	if (!conn)
		return events;
	if (events) {
		answer_watch(conn, result);
		command_suspend(&conn->open, begin_ns);
	} else {
		answer_freed(conn, begin_ns);
	}
	return events;
}

int
osprof_mysql_free_result_start(MYSQL_RES *result)
{
	if (PASSES)
		return PASS(mysql_free_result_start)(result);
	return free_result_start_traced(result);
}

OUT_OF_LINE int
free_result_cont_traced(MYSQL_RES *result, int status)
{
	struct conn *conn = answer_streamed(result);
	uint64_t begin_ns;
	int events;

	answer_drops(result);

	events = mysql_free_result_cont(result, status);

	if (conn && events)
		answer_watch(conn, result);
	else if (conn && command_resume(&conn->open, &begin_ns))
		answer_freed(conn, begin_ns);
	return events;
}

int
osprof_mysql_free_result_cont(MYSQL_RES *result, int status)
{
	if (PASSES)
		return PASS(mysql_free_result_cont)(result, status);
	return free_result_cont_traced(result, status);
}
