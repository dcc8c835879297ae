/*
 * async_connect.c - connections come, change hands and go, by the pairs of
 * Connector/C.
 *
 * A connection that is asked for is known from then on, by what was asked.  One
 * that is closed is forgotten when that begins.
 */
#include "mysql/async.h"
#include "mysql/connecting.h"
#include "mysql/session.h"

OUT_OF_LINE int
real_connect_start_traced(MYSQL **ret, MYSQL *mysql, const char *host,
    const char *user, const char *password, const char *db, unsigned port,
    const char *socket, unsigned long flags, const void *caller)
{
	const struct address asked = {
	    .host = host,
	    .user = user,
	    .database = db,
	    .socket = socket,
	    .port = port,
	};
	struct connecting connecting;
	int events;

	connecting_begin(
	    &connecting, CALL_mysql_real_connect_start, caller, mysql);

	events = mysql_real_connect_start(
	    ret, mysql, host, user, password, db, port, socket, flags);

	if (events)
		connecting_goes_on(&connecting, mysql, &asked);
	else
		connecting_end(&connecting, mysql, !*ret, &asked);
	return events;
}

int
osprof_mysql_real_connect_start(MYSQL **ret, MYSQL *mysql, const char *host,
    const char *user, const char *password, const char *db, unsigned port,
    const char *socket, unsigned long flags)
{
	if (PASSES)
		return PASS(mysql_real_connect_start)(
		    ret, mysql, host, user, password, db, port, socket, flags);
	return real_connect_start_traced(
	    ret, mysql, host, user, password, db, port, socket, flags, CALLER);
}

static void
end_connect(MYSQL *mysql, bool failed)
{
	struct connecting connecting;

	if (connecting_resume(&connecting, mysql))
		connecting_end(&connecting, mysql, failed, NULL);
}

OUT_OF_LINE int
real_connect_cont_traced(MYSQL **ret, MYSQL *mysql, int status)
{
	int events = mysql_real_connect_cont(ret, mysql, status);

	if (!events)
		end_connect(mysql, !*ret);
	return events;
}

int
osprof_mysql_real_connect_cont(MYSQL **ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_real_connect_cont)(ret, mysql, status);
	return real_connect_cont_traced(ret, mysql, status);
}

static void
begin(MYSQL *mysql, enum call_key call, const char *user, const void *caller)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = user,
	};

	async_begin(mysql, &subject);
}

/* The library knows who the program is now, and where. */
static void
end_change(MYSQL *mysql, bool failed)
{
	struct point point;
	size_t len;

	if (!async_resume(&point, mysql))
		return;
	point.outcome.secret = true;
	if (!failed)
		conn_changed_user(
		    point.conn, NULL, session_database(mysql, &len));
	point_end(&point, failed);
}

OUT_OF_LINE int
change_user_start_traced(my_bool *ret, MYSQL *mysql, const char *user,
    const char *password, const char *db, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_change_user_start, user, caller);

	events = mysql_change_user_start(ret, mysql, user, password, db);

	if (!events)
		end_change(mysql, *ret);
	return events;
}

int
osprof_mysql_change_user_start(my_bool *ret, MYSQL *mysql, const char *user,
    const char *password, const char *db)
{
	if (PASSES)
		return PASS(mysql_change_user_start)(
		    ret, mysql, user, password, db);
	return change_user_start_traced(ret, mysql, user, password, db, CALLER);
}

OUT_OF_LINE int
change_user_cont_traced(my_bool *ret, MYSQL *mysql, int status)
{
	int events = mysql_change_user_cont(ret, mysql, status);

	if (!events)
		end_change(mysql, *ret);
	return events;
}

int
osprof_mysql_change_user_cont(my_bool *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_change_user_cont)(ret, mysql, status);
	return change_user_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
reset_connection_start_traced(int *ret, MYSQL *mysql, const void *caller)
{
	int events;

	begin(mysql, CALL_mysql_reset_connection_start, NULL, caller);

	events = mysql_reset_connection_start(ret, mysql);

	if (!events)
		async_end_reset(mysql, *ret);
	return events;
}

int
osprof_mysql_reset_connection_start(int *ret, MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_reset_connection_start)(ret, mysql);
	return reset_connection_start_traced(ret, mysql, CALLER);
}

OUT_OF_LINE int
reset_connection_cont_traced(int *ret, MYSQL *mysql, int status)
{
	int events = mysql_reset_connection_cont(ret, mysql, status);

	if (!events)
		async_end_reset(mysql, *ret);
	return events;
}

int
osprof_mysql_reset_connection_cont(int *ret, MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_reset_connection_cont)(ret, mysql, status);
	return reset_connection_cont_traced(ret, mysql, status);
}

OUT_OF_LINE int
close_start_traced(MYSQL *mysql)
{
	/* Before the real call: behind it the address may be another's. */
	connecting_close(mysql);

	return mysql_close_start(mysql);
}

int
osprof_mysql_close_start(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_close_start)(mysql);
	return close_start_traced(mysql);
}

int
osprof_mysql_close_cont(MYSQL *mysql, int status)
{
	if (PASSES)
		return PASS(mysql_close_cont)(mysql, status);
	return mysql_close_cont(mysql, status);
}
