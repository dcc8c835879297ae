/*
 * nonblocking.c - calls of libmysqlclient that are repeated until ready.
 *
 * A span begins with the first of them, and ends as that of the call without
 * the name's end, with the one that says something else than NOT_READY.
 * mysql_send_query_nonblocking() leaves it to mysql_real_query_nonblocking(),
 * which then reads the answer to what was sent.
 */
#include "mysql/async.h"
#include "mysql/connecting.h"

/* Whether the connection's call has begun before. */
static bool
goes_on(MYSQL *mysql)
{
	struct conn *conn = gate_open() ? conn_known(mysql) : NULL;

	return conn && conn->call.suspended;
}

OUT_OF_LINE enum net_async_status
real_connect_traced(MYSQL *mysql, const char *host, const char *user,
    const char *password, const char *db, unsigned port, const char *socket,
    unsigned long flags, const void *caller)
{
	const struct address asked = {
	    .host = host,
	    .user = user,
	    .database = db,
	    .socket = socket,
	    .port = port,
	};
	struct connecting connecting;
	enum net_async_status status;

	if (!connecting_resume(&connecting, mysql))
		connecting_begin(&connecting,
		    CALL_mysql_real_connect_nonblocking, caller, mysql);

	status = mysql_real_connect_nonblocking(
	    mysql, host, user, password, db, port, socket, flags);

	if (status == NET_ASYNC_NOT_READY)
		connecting_goes_on(&connecting, mysql, &asked);
	else
		connecting_end(
		    &connecting, mysql, status == NET_ASYNC_ERROR, &asked);
	return status;
}

enum net_async_status
osprof_mysql_real_connect_nonblocking(MYSQL *mysql, const char *host,
    const char *user, const char *password, const char *db, unsigned port,
    const char *socket, unsigned long flags)
{
	if (PASSES)
		return PASS(mysql_real_connect_nonblocking)(
		    mysql, host, user, password, db, port, socket, flags);
	return real_connect_traced(
	    mysql, host, user, password, db, port, socket, flags, CALLER);
}

static void
begin_text(MYSQL *mysql, enum call_key call, const char *sql, size_t len,
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

OUT_OF_LINE enum net_async_status
send_query_nonblocking_traced(
    MYSQL *mysql, const char *sql, unsigned long len, const void *caller)
{
	enum net_async_status status;

	if (!goes_on(mysql))
		begin_text(
		    mysql, CALL_mysql_send_query_nonblocking, sql, len, caller);

	status = mysql_send_query_nonblocking(mysql, sql, len);

	if (status != NET_ASYNC_NOT_READY)
		async_end_sent(mysql, status == NET_ASYNC_ERROR, sql, len);
	return status;
}

enum net_async_status
osprof_mysql_send_query_nonblocking(
    MYSQL *mysql, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_send_query_nonblocking)(mysql, sql, len);
	return send_query_nonblocking_traced(mysql, sql, len, CALLER);
}

/* Go on with the statement that was sent, or begin one. */
static void
begin_query(MYSQL *mysql, const char *sql, size_t len, const void *caller)
{
	if (!async_take_up(mysql))
		begin_text(
		    mysql, CALL_mysql_real_query_nonblocking, sql, len, caller);
}

OUT_OF_LINE enum net_async_status
real_query_nonblocking_traced(
    MYSQL *mysql, const char *sql, unsigned long len, const void *caller)
{
	enum net_async_status status;

	if (!goes_on(mysql))
		begin_query(mysql, sql, len, caller);

	status = mysql_real_query_nonblocking(mysql, sql, len);

	if (status != NET_ASYNC_NOT_READY)
		async_end_answered(mysql, status == NET_ASYNC_ERROR, sql, len);
	return status;
}

enum net_async_status
osprof_mysql_real_query_nonblocking(
    MYSQL *mysql, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_real_query_nonblocking)(mysql, sql, len);
	return real_query_nonblocking_traced(mysql, sql, len, CALLER);
}

OUT_OF_LINE enum net_async_status
next_result_nonblocking_traced(MYSQL *mysql, const void *caller)
{
	enum net_async_status status;

	if (!goes_on(mysql))
		async_begin_next(
		    mysql, CALL_mysql_next_result_nonblocking, caller);

	status = mysql_next_result_nonblocking(mysql);

	if (status != NET_ASYNC_NOT_READY)
		async_end_next(mysql, status == NET_ASYNC_ERROR);
	return status;
}

enum net_async_status
osprof_mysql_next_result_nonblocking(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_next_result_nonblocking)(mysql);
	return next_result_nonblocking_traced(mysql, CALLER);
}

OUT_OF_LINE enum net_async_status
reset_connection_nonblocking_traced(MYSQL *mysql, const void *caller)
{
	struct subject subject = {
	    .call = CALL_mysql_reset_connection_nonblocking};
	enum net_async_status status;

	subject.caller = caller;
	if (!goes_on(mysql))
		async_begin(mysql, &subject);

	status = mysql_reset_connection_nonblocking(mysql);

	if (status != NET_ASYNC_NOT_READY)
		async_end_reset(mysql, status == NET_ASYNC_ERROR);
	return status;
}

enum net_async_status
osprof_mysql_reset_connection_nonblocking(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_reset_connection_nonblocking)(mysql);
	return reset_connection_nonblocking_traced(mysql, CALLER);
}
