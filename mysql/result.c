/*
 * result.c - the rows of a statement that has some.
 *
 * None of these calls has a span: they end the one of the statement that is
 * open on the connection.  Rows that were stored are the program's own, and
 * fetching them is none of ours; rows that come one by one are counted.
 */
#include "mysql/answer.h"
#include "shim/clock.h"

OUT_OF_LINE MYSQL_RES *
store_result_traced(MYSQL *mysql)
{
	struct conn *conn = answer_open(mysql);
	uint64_t begin_ns;
	MYSQL_RES *result;

	if (!conn)
		return mysql_store_result(mysql);
	begin_ns = clock_ns();

	result = mysql_store_result(mysql);

	answer_stored(conn, result, begin_ns);
	return result;
}

MYSQL_RES *
osprof_mysql_store_result(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_store_result)(mysql);
	return store_result_traced(mysql);
}

OUT_OF_LINE MYSQL_RES *
use_result_traced(MYSQL *mysql)
{
	struct conn *conn = answer_open(mysql);
	uint64_t begin_ns;
	MYSQL_RES *result;

	if (!conn)
		return mysql_use_result(mysql);
	begin_ns = clock_ns();

	result = mysql_use_result(mysql);

	answer_streams(conn, result, begin_ns);
	return result;
}

MYSQL_RES *
osprof_mysql_use_result(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_use_result)(mysql);
	return use_result_traced(mysql);
}

OUT_OF_LINE MYSQL_ROW
fetch_row_traced(MYSQL_RES *result)
{
	struct conn *conn = answer_streamed(result);
	uint64_t begin_ns;
	MYSQL_ROW row;

	if (!conn)
		return mysql_fetch_row(result);
	begin_ns = clock_ns();

	row = mysql_fetch_row(result);

	answer_fetched(conn, row, begin_ns);
	return row;
}

/* Whether no result comes row by row, as mostly. */
static inline bool
all_stored(void)
{
	return atomic_load_explicit(&answer_streaming, memory_order_relaxed) ==
	       0;
}

MYSQL_ROW
osprof_mysql_fetch_row(MYSQL_RES *result)
{
	if (PASSES || all_stored())
		return PASS(mysql_fetch_row)(result);
	return fetch_row_traced(result);
}

OUT_OF_LINE void
free_result_traced(MYSQL_RES *result)
{
	struct conn *conn = answer_streamed(result);
	uint64_t begin_ns = conn ? clock_ns() : 0;

	/* Before the real call: behind it the address may be another's. */
	answer_drops(result);

	mysql_free_result(result);

	if (conn)
		answer_freed(conn, begin_ns);
}

void
osprof_mysql_free_result(MYSQL_RES *result)
{
	if (PASSES || all_stored())
		PASS(mysql_free_result)(result);
	else
		free_result_traced(result);
}
