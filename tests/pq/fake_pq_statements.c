/*
 * fake_pq_statements.c - the fake's calls that run, send and fetch.
 */
#include <errno.h>

#include "tests/pq/fake_pq_script.h"

PGresult *
PQexec(PGconn *conn, const char *sql)
{
	return play("PQexec", conn, sql, ARGUMENTS(ARG(conn), ARG(sql))).result;
}

PGresult *
PQexecParams(PGconn *conn, const char *sql, int count, const Oid *types,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	return play("PQexecParams", conn, sql,
	    ARGUMENTS(ARG(conn), ARG(sql), ARG(count), ARG(types), ARG(values),
		ARG(lengths), ARG(formats), ARG(result_format)))
	    .result;
}

PGresult *
PQprepare(PGconn *conn, const char *name, const char *sql, int count,
    const Oid *types)
{
	return play("PQprepare", conn, sql,
	    ARGUMENTS(ARG(conn), ARG(name), ARG(sql), ARG(count), ARG(types)))
	    .result;
}

PGresult *
PQexecPrepared(PGconn *conn, const char *name, int count,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	return play("PQexecPrepared", conn, name,
	    ARGUMENTS(ARG(conn), ARG(name), ARG(count), ARG(values),
		ARG(lengths), ARG(formats), ARG(result_format)))
	    .result;
}

PGresult *
PQdescribePrepared(PGconn *conn, const char *name)
{
	return play(
	    "PQdescribePrepared", conn, name, ARGUMENTS(ARG(conn), ARG(name)))
	    .result;
}

PGresult *
PQdescribePortal(PGconn *conn, const char *name)
{
	return play(
	    "PQdescribePortal", conn, name, ARGUMENTS(ARG(conn), ARG(name)))
	    .result;
}

PGresult *
PQclosePrepared(PGconn *conn, const char *name)
{
	return play(
	    "PQclosePrepared", conn, name, ARGUMENTS(ARG(conn), ARG(name)))
	    .result;
}

PGresult *
PQclosePortal(PGconn *conn, const char *name)
{
	return play(
	    "PQclosePortal", conn, name, ARGUMENTS(ARG(conn), ARG(name)))
	    .result;
}

int
PQsendQuery(PGconn *conn, const char *sql)
{
	return play("PQsendQuery", conn, sql, ARGUMENTS(ARG(conn), ARG(sql)))
	    .number;
}

int
PQsendQueryParams(PGconn *conn, const char *sql, int count, const Oid *types,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	return play("PQsendQueryParams", conn, sql,
	    ARGUMENTS(ARG(conn), ARG(sql), ARG(count), ARG(types), ARG(values),
		ARG(lengths), ARG(formats), ARG(result_format)))
	    .number;
}

int
PQsendPrepare(PGconn *conn, const char *name, const char *sql, int count,
    const Oid *types)
{
	return play("PQsendPrepare", conn, sql,
	    ARGUMENTS(ARG(conn), ARG(name), ARG(sql), ARG(count), ARG(types)))
	    .number;
}

int
PQsendQueryPrepared(PGconn *conn, const char *name, int count,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	return play("PQsendQueryPrepared", conn, name,
	    ARGUMENTS(ARG(conn), ARG(name), ARG(count), ARG(values),
		ARG(lengths), ARG(formats), ARG(result_format)))
	    .number;
}

int
PQsendDescribePrepared(PGconn *conn, const char *name)
{
	return play("PQsendDescribePrepared", conn, name,
	    ARGUMENTS(ARG(conn), ARG(name)))
	    .number;
}

int
PQsendDescribePortal(PGconn *conn, const char *name)
{
	return play(
	    "PQsendDescribePortal", conn, name, ARGUMENTS(ARG(conn), ARG(name)))
	    .number;
}

int
PQsendClosePrepared(PGconn *conn, const char *name)
{
	return play(
	    "PQsendClosePrepared", conn, name, ARGUMENTS(ARG(conn), ARG(name)))
	    .number;
}

int
PQsendClosePortal(PGconn *conn, const char *name)
{
	return play(
	    "PQsendClosePortal", conn, name, ARGUMENTS(ARG(conn), ARG(name)))
	    .number;
}

/* Event procedures hear of each result that is made here. */
static void
fire(PGconn *conn, PGresult *result)
{
	PGEventResultCreate made = {.conn = conn, .result = result};

	if (conn && conn->proc && result)
		conn->proc(PGEVT_RESULTCREATE, &made, NULL);
}

PGresult *
PQgetResult(PGconn *conn)
{
	PGresult *result =
	    play("PQgetResult", conn, NULL, ARGUMENTS(ARG(conn))).result;

	fire(conn, result);
	return result;
}

int
PQpipelineSync(PGconn *conn)
{
	return play("PQpipelineSync", conn, NULL, ARGUMENTS(ARG(conn))).number;
}

int
PQsendPipelineSync(PGconn *conn)
{
	return play("PQsendPipelineSync", conn, NULL, ARGUMENTS(ARG(conn)))
	    .number;
}

int
PQputCopyData(PGconn *conn, const char *data, int size)
{
	return play("PQputCopyData", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(data), ARG(size)))
	    .number;
}

int
PQputCopyEnd(PGconn *conn, const char *message)
{
	return play(
	    "PQputCopyEnd", conn, message, ARGUMENTS(ARG(conn), ARG(message)))
	    .number;
}

int
PQputline(PGconn *conn, const char *line)
{
	return play("PQputline", conn, line, ARGUMENTS(ARG(conn), ARG(line)))
	    .number;
}

int
PQputnbytes(PGconn *conn, const char *data, int size)
{
	return play("PQputnbytes", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(data), ARG(size)))
	    .number;
}

int
PQgetline(PGconn *conn, char *line, int size)
{
	return play(
	    "PQgetline", conn, NULL, ARGUMENTS(ARG(conn), ARG(line), ARG(size)))
	    .number;
}

int
PQgetlineAsync(PGconn *conn, char *line, int size)
{
	return play("PQgetlineAsync", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(line), ARG(size)))
	    .number;
}

/* It keeps the result to itself. */
int
PQendcopy(PGconn *conn)
{
	struct played played = play(
	    "PQendcopy", conn, NULL, ARGUMENTS(ARG(conn)));

	fire(conn, played.result);
	return played.number;
}

/* Wrappers may do so at any time; errno is libpq's malloc()'s. */
int
PQregisterEventProc(
    PGconn *conn, PGEventProc proc, const char *name, void *unused)
{
	bool first = conn && !conn->proc && name && *name;

	(void)unused;
	if (first)
		conn->proc = proc;
	errno = ENOMEM;
	return first;
}

int
PQenterPipelineMode(PGconn *conn)
{
	int entered = play(
	    "PQenterPipelineMode", conn, NULL, ARGUMENTS(ARG(conn)))
			  .number;

	if (entered)
		conn->pipeline = PQ_PIPELINE_ON;
	return entered;
}

/* Of a lost connection libpq says that it left, and stays. */
int
PQexitPipelineMode(PGconn *conn)
{
	int left =
	    play("PQexitPipelineMode", conn, NULL, ARGUMENTS(ARG(conn))).number;

	if (left && conn->status == CONNECTION_OK)
		conn->pipeline = PQ_PIPELINE_OFF;
	return left;
}

int
PQgetCopyData(PGconn *conn, char **ret_row, int async)
{
	struct played played = play("PQgetCopyData", conn, NULL,
	    ARGUMENTS(ARG(conn), ARG(ret_row), ARG(async)));

	*ret_row = played.pointer;
	return played.number;
}
