/*
 * subject_statements.c - statements of all kinds: answered at once, sent first
 * and fetched later, prepared, in pipelines.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "subject.h"

static void
simple(PGconn *conn)
{
	run(conn, "create table t (id int primary key, name text)");
	run(conn, "insert into t values (1, 'rice'), (2, 'it''s')");
	run(conn, "select * from t order by id");
	run(conn, "update t set name = 'x' where id > 1");
	run(conn, "select 1; select 2; select nothing; select 4");
	run(conn, "selec");
	run(conn, "");
	run(conn, "-- nothing");
	run(conn, "begin");
	run(conn, "select 1/0");
	run(conn, "select 'in a failed transaction'");
	run(conn, "rollback");
	run(conn, "drop table if exists nowhere");
	run(conn, NULL);
	run(NULL, "select 1");
	tell_call(conn, "over", 0);
}

static void
params(PGconn *conn)
{
	static const char number[] = {0, 0, 1, 0};
	const Oid types[] = {23, 25, 0};
	const char *values[] = {number, "caf\303\251", NULL};
	const int lengths[] = {4, -77, 99};
	const int formats[] = {1, 0, 1};

	tell(PQexecParams(conn, "select $1 + 1, $2, $3::bytea", 3, types,
	    values, lengths, formats, 0));
	tell(PQexecParams(conn, "select $1 + 1, $2, $3::bytea", 3, types,
	    values, lengths, formats, 1));
	tell(PQexecParams(
	    conn, "select 1; select 2", 0, NULL, NULL, NULL, NULL, 0));
	tell(PQexecParams(
	    conn, "select $1::int", 1, NULL, &values[1], NULL, NULL, 0));
	tell(PQexecParams(conn, "select $1", 1, NULL, NULL, NULL, NULL, 0));
	tell(PQexecParams(conn, "select 1", -1, NULL, NULL, NULL, NULL, 0));
	tell(PQexecParams(conn, "select 1", 65536, NULL, NULL, NULL, NULL, 0));
	tell(PQexecParams(
	    conn, "select $1::int", 1, NULL, values, NULL, formats, 0));
	tell_call(conn, "over", 0);
}

static void
prepared(PGconn *conn)
{
	const char *values[] = {"41"};

	tell(PQprepare(conn, "add", "select $1::int + 1", 0, NULL));
	tell(PQprepare(conn, "add", "select 2", 0, NULL));
	tell(PQprepare(conn, "bad", "selec", 0, NULL));
	tell(PQprepare(conn, NULL, "select 1", 0, NULL));
	tell(PQexecPrepared(conn, "add", 1, values, NULL, NULL, 0));
	tell(PQexecPrepared(conn, "add", 0, NULL, NULL, NULL, 0));
	tell(PQexecPrepared(conn, "nothing", 0, NULL, NULL, NULL, 0));
	tell(PQexecPrepared(conn, NULL, 0, NULL, NULL, NULL, 0));
	tell(PQdescribePrepared(conn, "add"));
	tell(PQdescribePrepared(conn, NULL));
	tell(PQdescribePortal(conn, "nothing"));
	run(conn, "deallocate add");
	tell(PQexecPrepared(conn, "add", 1, values, NULL, NULL, 0));
	tell_call(conn, "PQsendPrepare",
	    PQsendPrepare(conn, "", "select $1::text", 0, NULL));
	drain(conn);
	tell_call(conn, "PQsendQueryPrepared",
	    PQsendQueryPrepared(conn, "", 1, values, NULL, NULL, 0));
	drain(conn);
	tell_call(
	    conn, "PQsendDescribePrepared", PQsendDescribePrepared(conn, ""));
	drain(conn);
	tell_call(conn, "PQsendDescribePortal",
	    PQsendDescribePortal(conn, "nothing"));
	drain(conn);
}

static void
sent(PGconn *conn)
{
	const char *values[] = {"1"};

	tell_call(conn, "PQsendQuery", PQsendQuery(conn, "select 1; select 2"));
	tell_call(conn, "PQsendQuery", PQsendQuery(conn, "select 'busy'"));
	drain(conn);
	tell(PQgetResult(conn));
	tell_call(conn, "PQsendQueryParams",
	    PQsendQueryParams(conn, "select 1 / ($1::int - 1)", 1, NULL, values,
		NULL, NULL, 0));
	drain(conn);
	tell_call(conn, "PQsendQuery", PQsendQuery(conn, NULL));
	tell_call(conn, "PQsendQuery", PQsendQuery(NULL, "select 1"));
	tell_call(conn, "PQsendQuery", PQsendQuery(conn, "select 'dropped'"));
	run(conn, "select 'next'");
	tell_call(conn, "PQsendQuery", PQsendQuery(conn, "select 'polled'"));
	while (PQisBusy(conn)) {
		await(conn);
		PQconsumeInput(conn);
	}
	drain(conn);
	tell(PQgetResult(NULL));
	PQsendQuery(conn, "select 'never fetched'");
}

static void
rowwise(PGconn *conn)
{
	PQsendQuery(conn, "select i from generate_series(1, 5) i; select 6");
	tell_call(conn, "PQsetSingleRowMode", PQsetSingleRowMode(conn));
	drain(conn);
	PQsendQuery(conn, "select 1 / (3 - i) from generate_series(1, 5) i");
	PQsetSingleRowMode(conn);
	drain(conn);
	tell_call(conn, "PQsetSingleRowMode", PQsetSingleRowMode(conn));
#ifdef LIBPQ_HAS_CHUNK_MODE
	PQsendQuery(conn, "select i from generate_series(1, 5) i");
	tell_call(conn, "PQsetChunkedRowsMode", PQsetChunkedRowsMode(conn, 2));
	drain(conn);
#endif
	PQsendQuery(conn, "select i from generate_series(1, 5) i");
	PQsetSingleRowMode(conn);
	tell(PQgetResult(conn));
	run(conn, "select 'in the middle'");
}

#ifdef LIBPQ_HAS_PIPELINING
static void
queue(PGconn *conn, const char *sql)
{
	tell_call(conn, sql,
	    PQsendQueryParams(conn, sql, 0, NULL, NULL, NULL, NULL, 0));
}

static void
pipeline(PGconn *conn)
{
	const char *values[] = {"7"};

	tell_call(conn, "enter", PQenterPipelineMode(conn));
	run(conn, "select 'not here'");
	tell_call(conn, "PQsendQuery", PQsendQuery(conn, "select 'nor here'"));
	queue(conn, "select 1");
	PQsendPrepare(conn, "seven", "select $1::int", 0, NULL);
	PQsendQueryPrepared(conn, "seven", 1, values, NULL, NULL, 0);
	tell_call(conn, "sync", PQpipelineSync(conn));
	queue(conn, "select 1");
	queue(conn, "select 1/0");
	queue(conn, "select 'not run'");
	PQsendDescribePrepared(conn, "seven");
	tell_call(conn, "sync", PQpipelineSync(conn));
	queue(conn, "select 'after'");
	tell_call(conn, "sync", PQpipelineSync(conn));
	tell_call(conn, "exit", PQexitPipelineMode(conn));
	for (int i = 0; i < 14; i++)
		tell(PQgetResult(conn));
	tell_call(conn, "status", PQpipelineStatus(conn));
	for (int i = 0; i < 4; i++)
		tell(PQgetResult(conn));
	tell_call(conn, "exit", PQexitPipelineMode(conn));
	run(conn, "select 'out of it'");
}

static void
flushed(PGconn *conn)
{
	PQenterPipelineMode(conn);
	queue(conn, "select 1");
	queue(conn, "select 2");
	tell_call(conn, "flush", PQsendFlushRequest(conn));
	tell_call(conn, "flush", PQflush(conn));
	for (int i = 0; i < 6; i++)
		tell(PQgetResult(conn));
	queue(conn, "select i from generate_series(1, 3) i");
	PQpipelineSync(conn);
	tell_call(conn, "single", PQsetSingleRowMode(conn));
	for (int i = 0; i < 6; i++)
		tell(PQgetResult(conn));
	tell_call(conn, "exit", PQexitPipelineMode(conn));
# ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
	PQenterPipelineMode(conn);
	queue(conn, "select 1");
	tell_call(conn, "sync", PQsendPipelineSync(conn));
	PQsendClosePrepared(conn, "nothing");
	tell_call(conn, "sync", PQpipelineSync(conn));
	for (int i = 0; i < 6; i++)
		tell(PQgetResult(conn));
	tell_call(conn, "exit", PQexitPipelineMode(conn));
	tell(PQclosePrepared(conn, "nothing"));
	tell(PQclosePortal(conn, "nothing"));
# endif
}

static void
pipeline_lost(PGconn *conn)
{
	PQenterPipelineMode(conn);
	queue(conn, "select pg_sleep(60)");
	queue(conn, "select 2");
	PQpipelineSync(conn);
	wait_for(conn, "PgSleep");
	terminate(conn);
	for (int i = 0; i < 7; i++)
		tell(PQgetResult(conn));
	tell_call(conn, "exit", PQexitPipelineMode(conn));
	PQreset(conn);
	tell_call(conn, "reset", PQpipelineStatus(conn));
	run(conn, "select 'back'");
}
#endif

static void
print_notice(void *prefix, const char *message)
{
	printf("%s %s", (const char *)prefix, message);
}

/* A notice is told by a query on another connection. */
static void
query_elsewhere(void *other, const PGresult *notice)
{
	const char *values[] = {
	    PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY)};

	tell(PQexecParams(other, "select $1::text as noticed", 1, NULL, values,
	    NULL, NULL, 0));
}

static const char noticing[] = "do $$ begin raise notice 'one'; "
			       "raise warning 'two'; end $$";

static void
notices(PGconn *conn)
{
	static char prefix[] = "notice:";
	PGconn *other = connect_again();
	PQnoticeProcessor processor = PQsetNoticeProcessor(
	    conn, print_notice, prefix);
	PQnoticeReceiver receiver;

	run(conn, noticing);
	tell_call(conn, "processor was the default",
	    PQsetNoticeProcessor(conn, processor, NULL) == print_notice);
	PQsetNoticeProcessor(conn, print_notice, prefix);
	receiver = PQsetNoticeReceiver(conn, query_elsewhere, other);
	run(conn, noticing);
	PQsendQuery(conn, noticing);
	drain(conn);
	PQsetNoticeReceiver(conn, receiver, NULL);
	run(conn, "drop table if exists nothing");
	PQfinish(other);
}

static jmp_buf back;

static void
jump(void *unused, const char *message)
{
	(void)unused;
	printf("jumps from: %s", message);
	longjmp(back, 1);
}

static void
jumping(PGconn *conn)
{
	PGconn *other = connect_again();

	PQsetNoticeProcessor(conn, jump, NULL);
	if (setjmp(back) == 0)
		run(conn, noticing);
	run(other, "select 'elsewhere'");
	PQsetNoticeProcessor(conn, print_notice, "after:");
	drain(conn);
	run(conn, "select 'again'");
	PQfinish(other);
}

const struct scenario statement_scenario[] = {
    {"simple", simple},
    {"params", params},
    {"prepared", prepared},
    {"sent", sent},
    {"rowwise", rowwise},
#ifdef LIBPQ_HAS_PIPELINING
    {"pipeline", pipeline},
    {"flushed", flushed},
    {"pipeline_lost", pipeline_lost},
#endif
    {"notices", notices},
    {"jumping", jumping},
    {NULL, NULL},
};
