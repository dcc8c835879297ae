/*
 * async_query.c - statements as text, by the pairs of Connector/C.
 *
 * A span begins in X_start.  It ends as in X, where that is over: without rows,
 * or when the program has them (async_result.c).
 */
#include <string.h>

#include "mysql/async.h"

static void
begin(MYSQL *mysql, enum call_key call, const char *sql, size_t len,
    const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = len,
	};

	async_begin_text(mysql, &subject);
}

/* The call waits: from now on its text may be gone. */
static void
wait_with(MYSQL *mysql, int events, const char *sql, size_t len)
{
	struct conn *conn = conn_entry(mysql);

	if (!conn || !conn_is_suspended(conn))
		return;
	conn_keep_text(conn, sql, len);
	async_wait(conn, events);
}

static void
wait_on(MYSQL *mysql, int events)
{
	struct conn *conn = conn_entry(mysql);

	if (conn && conn_is_suspended(conn))
		async_wait(conn, events);
}

int
osprof_mysql_query_start(int *ret, MYSQL *mysql, const char *sql)
{
	int events;

	if (PASSES)
		return PASS(mysql_query_start)(ret, mysql, sql);
	begin(mysql, CALL_mysql_query_start, sql, strlen(sql), CALLER);

	events = mysql_query_start(ret, mysql, sql);

	if (events)
		wait_with(mysql, events, sql, strlen(sql));
	else
		async_end_answered(mysql, *ret, sql, strlen(sql));
	return events;
}

int
osprof_mysql_query_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_query_cont(ret, mysql, status);

	if (events && !passes)
		wait_on(mysql, events);
	else if (!passes)
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_real_query_start(
    int *ret, MYSQL *mysql, const char *sql, unsigned long len)
{
	size_t length;
	int events;

	if (PASSES)
		return PASS(mysql_real_query_start)(ret, mysql, sql, len);
	length = real_length(sql, len);
	begin(mysql, CALL_mysql_real_query_start, sql, length, CALLER);

	events = mysql_real_query_start(ret, mysql, sql, len);

	if (events)
		wait_with(mysql, events, sql, length);
	else
		async_end_answered(mysql, *ret, sql, length);
	return events;
}

int
osprof_mysql_real_query_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_real_query_cont(ret, mysql, status);

	if (events && !passes)
		wait_on(mysql, events);
	else if (!passes)
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_send_query_start(
    int *ret, MYSQL *mysql, const char *sql, unsigned long len)
{
	int events;

	if (PASSES)
		return PASS(mysql_send_query_start)(ret, mysql, sql, len);
	begin(mysql, CALL_mysql_send_query_start, sql, len, CALLER);

	events = mysql_send_query_start(ret, mysql, sql, len);

	if (events)
		wait_with(mysql, events, sql, len);
	else
		async_end_sent(mysql, *ret, sql, len);
	return events;
}

int
osprof_mysql_send_query_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_send_query_cont(ret, mysql, status);

	if (!events && !passes)
		async_end_sent(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_read_query_result_start(my_bool *ret, MYSQL *mysql)
{
	int events;

	if (PASSES)
		return PASS(mysql_read_query_result_start)(ret, mysql);
	async_take_up(mysql);

	events = mysql_read_query_result_start(ret, mysql);

	if (!events)
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_read_query_result_cont(my_bool *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_read_query_result_cont(ret, mysql, status);

	if (!events && !passes)
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_next_result_start(int *ret, MYSQL *mysql)
{
	int events;

	if (PASSES)
		return PASS(mysql_next_result_start)(ret, mysql);
	async_begin_next(mysql, CALL_mysql_next_result_start, CALLER);

	events = mysql_next_result_start(ret, mysql);

	if (!events)
		async_end_next(mysql, *ret);
	return events;
}

int
osprof_mysql_next_result_cont(int *ret, MYSQL *mysql, int status)
{
	bool passes = PASSES;
	int events = mysql_next_result_cont(ret, mysql, status);

	if (!events && !passes)
		async_end_next(mysql, *ret);
	return events;
}
