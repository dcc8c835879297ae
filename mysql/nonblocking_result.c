/*
 * nonblocking_result.c - the rows of a statement, by calls of libmysqlclient
 * that are repeated until ready.
 *
 * None of these calls has a span (result.c): all the time from the first to
 * the last one of them counts as fetching.
 */
#include "mysql/answer.h"
#include "shim/clock.h"

/* When the call for rows of the open statement began. */
static uint64_t
begin_fetch(struct command *open)
{
	uint64_t begin_ns;

	return command_resume(open, &begin_ns) ? begin_ns : clock_ns();
}

OUT_OF_LINE enum net_async_status
store_result_traced(MYSQL *mysql, MYSQL_RES **ret_result)
{
	struct conn *conn = answer_open(mysql);
	enum net_async_status status;
	uint64_t begin_ns;

	if (!conn)
		return mysql_store_result_nonblocking(mysql, ret_result);
	begin_ns = begin_fetch(&conn->open);

	status = mysql_store_result_nonblocking(mysql, ret_result);

	if (status == NET_ASYNC_NOT_READY)
		command_suspend(&conn->open, begin_ns);
	else
		answer_stored(conn,
		    status == NET_ASYNC_ERROR ? NULL : *ret_result, begin_ns);
	return status;
}

enum net_async_status
osprof_mysql_store_result_nonblocking(MYSQL *mysql, MYSQL_RES **ret_result)
{
	if (PASSES)
		return PASS(mysql_store_result_nonblocking)(mysql, ret_result);
	return store_result_traced(mysql, ret_result);
}

OUT_OF_LINE enum net_async_status
fetch_row_traced(MYSQL_RES *result, MYSQL_ROW *ret_row)
{
	struct conn *conn = answer_streamed(result);
	enum net_async_status status;
	uint64_t begin_ns;

	if (!conn)
		return mysql_fetch_row_nonblocking(result, ret_row);
	begin_ns = begin_fetch(&conn->open);

	status = mysql_fetch_row_nonblocking(result, ret_row);

	if (status == NET_ASYNC_NOT_READY)
		command_suspend(&conn->open, begin_ns);
	else
		answer_fetched(conn,
		    status == NET_ASYNC_ERROR ? NULL : *ret_row, begin_ns);
	return status;
}

enum net_async_status
osprof_mysql_fetch_row_nonblocking(MYSQL_RES *result, MYSQL_ROW *ret_row)
{
	if (PASSES)
		return PASS(mysql_fetch_row_nonblocking)(result, ret_row);
	return fetch_row_traced(result, ret_row);
}

/*
 * Whoever frees a result forgets it before, for behind that the address may be
 * another's, and knows it again where that goes on later.
 */
OUT_OF_LINE enum net_async_status
free_result_traced(MYSQL_RES *result)
{
	struct conn *conn = answer_streamed(result);
	uint64_t begin_ns = conn ? begin_fetch(&conn->open) : 0;
	enum net_async_status status;

	answer_drops(result);

	status = mysql_free_result_nonblocking(result);

	if (!conn)
		return status;
	if (status == NET_ASYNC_NOT_READY) {
		answer_watch(conn, result);
		command_suspend(&conn->open, begin_ns);
	} else {
		answer_freed(conn, begin_ns);
	}
	return status;
}

enum net_async_status
osprof_mysql_free_result_nonblocking(MYSQL_RES *result)
{
	if (PASSES)
		return PASS(mysql_free_result_nonblocking)(result);
	return free_result_traced(result);
}
