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

OUT_OF_LINE int
query_start_traced(int *ret, MYSQL *mysql, const char *sql, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_query_start, sql, strlen(sql), caller);

	events = mysql_query_start(ret, mysql, sql);

	if (events)
		wait_with(mysql, events, sql, strlen(sql));
	else
		async_end_answered(mysql, *ret, sql, strlen(sql));
	return events;
}

int
osprof_mysql_query_start(int *ret, MYSQL *mysql, const char *sql)
{
	if (PASSES)
		return PASS(mysql_query_start)(ret, mysql, sql);
	return query_start_traced(ret, mysql, sql, CALLER);
}

OUT_OF_LINE int
query_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_query_cont(ret, mysql, status);

	if (events)
		wait_on(mysql, events);
	else
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_query_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_query_cont)(ret, mysql, status);
	return query_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
real_query_start_traced(int *ret, MYSQL *mysql, const char *sql,
    unsigned long len, const void *caller)
{
	size_t length;
	int events;

	length = real_length(sql, len);
	begin(mysql, CALL_mysql_real_query_start, sql, length, caller);

	events = mysql_real_query_start(ret, mysql, sql, len);

	if (events)
		wait_with(mysql, events, sql, length);
	else
		async_end_answered(mysql, *ret, sql, length);
	return events;
}

int
osprof_mysql_real_query_start(
    int *ret, MYSQL *mysql, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_real_query_start)(ret, mysql, sql, len);
	return real_query_start_traced(ret, mysql, sql, len, CALLER);
}

OUT_OF_LINE int
real_query_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_real_query_cont(ret, mysql, status);

	if (events)
		wait_on(mysql, events);
	else
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_real_query_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_real_query_cont)(ret, mysql, status);
	return real_query_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
send_query_start_traced(int *ret, MYSQL *mysql, const char *sql,
    unsigned long len, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_send_query_start, sql, len, caller);

	events = mysql_send_query_start(ret, mysql, sql, len);

	if (events)
		wait_with(mysql, events, sql, len);
	else
		async_end_sent(mysql, *ret, sql, len);
	return events;
}

int
osprof_mysql_send_query_start(
    int *ret, MYSQL *mysql, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_send_query_start)(ret, mysql, sql, len);
	return send_query_start_traced(ret, mysql, sql, len, CALLER);
}

OUT_OF_LINE int
send_query_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_send_query_cont(ret, mysql, status);

	if (!events)
		async_end_sent(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_send_query_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_send_query_cont)(ret, mysql, status);
	return send_query_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
read_query_result_start_traced(my_bool *ret, MYSQL *mysql)
{
	int events;

	async_take_up(mysql);

	events = mysql_read_query_result_start(ret, mysql);

	if (!events)
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_read_query_result_start(my_bool *ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_read_query_result_start)(ret, mysql);
	return read_query_result_start_traced(ret, mysql);
}

OUT_OF_LINE int
read_query_result_cont_traced(my_bool *ret, MYSQL *mysql, int status)
{
	int events = mysql_read_query_result_cont(ret, mysql, status);

	if (!events)
		async_end_answered(mysql, *ret, NULL, 0);
	return events;
}

int
osprof_mysql_read_query_result_cont(my_bool *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_read_query_result_cont)(ret, mysql, status);
	return read_query_result_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
next_result_start_traced(int *ret, MYSQL *mysql, const void *caller)
{
	int events;

	async_begin_next(mysql, CALL_mysql_next_result_start, caller);

	events = mysql_next_result_start(ret, mysql);

	if (!events)
		async_end_next(mysql, *ret);
	return events;
}

int
osprof_mysql_next_result_start(int *ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_next_result_start)(ret, mysql);
	return next_result_start_traced(ret, mysql, CALLER);
}

OUT_OF_LINE int
next_result_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_next_result_cont(ret, mysql, status);

	if (!events)
		async_end_next(mysql, *ret);
	return events;
}

int
osprof_mysql_next_result_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_next_result_cont)(ret, mysql, status);
	return next_result_cont_traced(ret, mysql, status);
}
