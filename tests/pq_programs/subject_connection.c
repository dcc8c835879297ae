/*
 * subject_connection.c - connections: lost, reset, cancelled, notified, and
 * with what the program itself hangs on them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "subject.h"
#include <libpq-events.h>

static void
lost(PGconn *conn)
{
	terminate(conn);
	run(conn, "select 1");
	run(conn, "select 2");
	tell_call(conn, "PQsendQuery", PQsendQuery(conn, "select 3"));
	PQreset(conn);
	run(conn, "select 4");
	PQsendQuery(conn, "select pg_sleep(60)");
	wait_for(conn, "PgSleep");
	terminate(conn);
	drain(conn);
	drain(conn);
	tell_call(conn, "PQresetStart", PQresetStart(conn));
	while (PQresetPoll(conn) != PGRES_POLLING_OK)
		continue;
	run(conn, "select 5");
	PQsendQuery(conn, "select 'waits'");
	PQreset(conn);
	run(conn, "select 6");
}

static void
refused(PGconn *conn)
{
	PGconn *other = PQconnectdb("port=1 password=secret");

	tell_call(other, "connect", PQstatus(other));
	run(other, "select 1");
	tell_call(other, "PQsendQuery", PQsendQuery(other, "select 1"));
	PQreset(other);
	tell_call(other, "reset", PQstatus(other));
	PQfinish(other);
	other = PQconnectdb("nonsense");
	tell_call(other, "connect", PQstatus(other));
	PQfinish(other);
	PQfinish(NULL);
	run(conn, "select 1");
	tell_call(conn, "ping", PQping(""));
	tell_call(conn, "ping", PQping("port=1"));
}

static void
cancelled(PGconn *conn)
{
	PGcancel *cancel = PQgetCancel(conn);
	char text[256] = "";

	tell_call(conn, "PQcancel", PQcancel(NULL, text, sizeof(text)));
	puts(text);
	PQsendQuery(conn, "select pg_sleep(60)");
	wait_for(conn, "PgSleep");
	tell_call(conn, "PQcancel", PQcancel(cancel, text, sizeof(text)));
	drain(conn);
	PQfreeCancel(cancel);
	PQsendQuery(conn, "select pg_sleep(60)");
	wait_for(conn, "PgSleep");
	tell_call(conn, "PQrequestCancel", PQrequestCancel(conn));
	drain(conn);
#ifdef LIBPQ_HAS_ASYNC_CANCEL
	PGcancelConn *asking = PQcancelCreate(conn);

	PQsendQuery(conn, "select pg_sleep(60)");
	wait_for(conn, "PgSleep");
	tell_call(conn, "PQcancelBlocking", PQcancelBlocking(asking));
	drain(conn);
	puts(PQcancelErrorMessage(asking));
	PQcancelFinish(asking);
#endif
}

static void
notified(PGconn *conn)
{
	PGconn *other = connect_again();
	PGnotify *notify;

	run(conn, "listen heard");
	run(other, "notify heard, 'so'");
	while (!(notify = PQnotifies(conn))) {
		await(conn);
		PQconsumeInput(conn);
	}
	printf("%s %s\n", notify->relname, notify->extra);
	PQfreemem(notify);
	run(conn, "notify heard, 'own'");
	notify = PQnotifies(conn);
	printf("%s\n", notify ? notify->extra : "(none)");
	PQfreemem(notify);
	PQfinish(other);
}

/* What the program hangs on its connections and results. */
static int
happened(PGEventId id, void *info, void *through)
{
	(void)info;
	printf("event %d for %s\n", (int)id, (const char *)through);
	return 1;
}

static void
events(PGconn *conn)
{
	static char own[] = "own", data[] = "data";

	tell_call(conn, "register",
	    PQregisterEventProc(conn, happened, "the program's", own));
	tell_call(conn, "register",
	    PQregisterEventProc(conn, happened, "the program's", own));
	tell_call(conn, "set", PQsetInstanceData(conn, happened, data));
	run(conn, "select 1");
	tell_call(conn, "get", PQinstanceData(conn, happened) == data);
	PQsendQuery(conn, "select i from generate_series(1, 3) i");
	PQsetSingleRowMode(conn);
	drain(conn);
	PQreset(conn);
	run(conn, "select 2");
	tell_call(conn, "get", PQinstanceData(conn, happened) == data);
}

static void
administered(PGconn *conn)
{
	char *encrypted;

	tell_call(conn, "encoding", PQsetClientEncoding(conn, "LATIN1"));
	tell_call(conn, "encoding", PQsetClientEncoding(conn, "nothing"));
	tell_call(conn, "encoding", PQclientEncoding(conn));
	encrypted = PQencryptPasswordConn(conn, "secret", "osprof", NULL);
	printf("%.6s\n", encrypted);
	PQfreemem(encrypted);
	encrypted = PQencryptPasswordConn(conn, "secret", "osprof", "md5");
	printf("%s\n", encrypted);
	PQfreemem(encrypted);
	run(conn, "select e'\\351' = U&'\\00e9'");
	run(conn, "set standard_conforming_strings = off");
	run(conn, "select 'a\\'b'");
}

/* A function by its address, in a table, by a name of its own. */
static void
addresses(PGconn *conn)
{
	PGresult *(*const exec[])(PGconn *, const char *) = {PQexec, &PQexec};
	PGresult *(*next)(PGconn *) = PQgetResult;

	tell(exec[0](conn, "select 1"));
	tell((*exec[1])(conn, "select 2"));
	tell((PQexec)(conn, "select 3"));
	PQsendQuery(conn, "select 4");
	tell(next(conn));
	tell(next(conn));
	tell_call(conn, "one address", exec[0] == exec[1]);
}

const struct scenario connection_scenario[] = {
    {"lost", lost},
    {"refused", refused},
    {"cancelled", cancelled},
    {"notified", notified},
    {"events", events},
    {"administered", administered},
    {"addresses", addresses},
    {NULL, NULL},
};
