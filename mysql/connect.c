/*
 * connect.c - connections come, change hands and go.
 *
 * The span of a connect is the call, with the SQL that the library runs to set
 * the session up; so is that of a change of user and of a reset.  The library's
 * own connect and close, in the middle of a call that finds its connection
 * lost, are part of that call.
 */
#include <string.h>

#include "mysql/connecting.h"
#include "mysql/point.h"

/* Only tells that whatever had the address before is gone. */
OUT_OF_LINE MYSQL *
init_traced(MYSQL *mysql)
{
	MYSQL *made = mysql_init(mysql);
	struct conn *conn = conn_entry(made);

	if (conn) {
		connecting_abandon(conn);
		conn_end_all(conn, "unseen");
		conn_closing(conn);
	}
	return made;
}

MYSQL *
osprof_mysql_init(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_init)(mysql);
	return init_traced(mysql);
}

OUT_OF_LINE MYSQL *
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
	MYSQL *connected;

	connecting_begin(&connecting, CALL_mysql_real_connect, caller, mysql);

	connected = mysql_real_connect(
	    mysql, host, user, password, db, port, socket, flags);

	connecting_end(&connecting, mysql, !connected, &asked);
	return connected;
}

MYSQL *
osprof_mysql_real_connect(MYSQL *mysql, const char *host, const char *user,
    const char *password, const char *db, unsigned port, const char *socket,
    unsigned long flags)
{
	if (PASSES)
		return PASS(mysql_real_connect)(
		    mysql, host, user, password, db, port, socket, flags);
	return real_connect_traced(
	    mysql, host, user, password, db, port, socket, flags, CALLER);
}

OUT_OF_LINE MYSQL *
real_connect_dns_srv_traced(MYSQL *mysql, const char *name, const char *user,
    const char *password, const char *db, unsigned long flags,
    const void *caller)
{
	const struct address asked = {
	    .host = name,
	    .user = user,
	    .database = db,
	};
	struct connecting connecting;
	MYSQL *connected;

	connecting_begin(
	    &connecting, CALL_mysql_real_connect_dns_srv, caller, mysql);

	connected = mysql_real_connect_dns_srv(
	    mysql, name, user, password, db, flags);

	connecting_end(&connecting, mysql, !connected, &asked);
	return connected;
}

MYSQL *
osprof_mysql_real_connect_dns_srv(MYSQL *mysql, const char *name,
    const char *user, const char *password, const char *db, unsigned long flags)
{
	if (PASSES)
		return PASS(mysql_real_connect_dns_srv)(
		    mysql, name, user, password, db, flags);
	return real_connect_dns_srv_traced(
	    mysql, name, user, password, db, flags, CALLER);
}

OUT_OF_LINE my_bool
reconnect_traced(MYSQL *mysql, const void *caller)
{
	struct connecting connecting;
	my_bool failed;

	connecting_begin(&connecting, CALL_mariadb_reconnect, caller, mysql);

	failed = mariadb_reconnect(mysql);

	connecting_end(&connecting, mysql, failed, NULL);
	return failed;
}

my_bool
osprof_mariadb_reconnect(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mariadb_reconnect)(mysql);
	return reconnect_traced(mysql, CALLER);
}

OUT_OF_LINE my_bool
change_user_traced(MYSQL *mysql, const char *user, const char *password,
    const char *db, const void *caller)
{
	struct subject subject = {
	    .call = CALL_mysql_change_user,
	    .caller = caller,
	    .target = user,
	};
	struct point point;
	my_bool failed;

	point_begin(&point, &subject, mysql);

	failed = mysql_change_user(mysql, user, password, db);

	point.outcome.secret = true;
	if (!failed && point.conn)
		conn_changed_user(point.conn, user, db);
	point_end(&point, failed);
	return failed;
}

my_bool
osprof_mysql_change_user(
    MYSQL *mysql, const char *user, const char *password, const char *db)
{
	if (PASSES)
		return PASS(mysql_change_user)(mysql, user, password, db);
	return change_user_traced(mysql, user, password, db, CALLER);
}

OUT_OF_LINE int
reset_connection_traced(MYSQL *mysql, const void *caller)
{
	struct subject subject = {
	    .call = CALL_mysql_reset_connection, .caller = caller};
	struct point point;
	int rc;

	point_begin(&point, &subject, mysql);

	rc = mysql_reset_connection(mysql);

	if (!rc && point.conn)
		conn_reset(point.conn);
	point_end(&point, rc);
	return rc;
}

int
osprof_mysql_reset_connection(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_reset_connection)(mysql);
	return reset_connection_traced(mysql, CALLER);
}

OUT_OF_LINE void
close_traced(MYSQL *mysql)
{
	/* Before the real call: behind it the address may be another's. */
	connecting_close(mysql);

	mysql_close(mysql);
}

void
osprof_mysql_close(MYSQL *mysql)
{
	if (PASSES)
		PASS(mysql_close)(mysql);
	else
		close_traced(mysql);
}
