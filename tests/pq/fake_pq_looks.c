/*
 * fake_pq_looks.c - the fake's calls that only look, and PQclear().
 */
#include <string.h>

#include "tests/pq/fake_pq_script.h"

/* What looks at a result; the program may have cleared it. */

static bool
can_look(const PGresult *result)
{
	if (result && result->cleared)
		fault("a result", "cleared", "it can be looked at");
	return result && !result->cleared;
}

ExecStatusType
PQresultStatus(const PGresult *result)
{
	return can_look(result) ? result->status : PGRES_FATAL_ERROR;
}

int
PQntuples(const PGresult *result)
{
	return can_look(result) ? result->rows : 0;
}

char *
PQcmdStatus(PGresult *result)
{
	static char none[1];

	if (!can_look(result))
		return NULL;
	return result->tag ? (char *)(uintptr_t)result->tag : none;
}

char *
PQresultErrorMessage(const PGresult *result)
{
	static char none[1];

	if (!can_look(result) || !result->message)
		return none;
	return (char *)(uintptr_t)result->message;
}

char *
PQresultErrorField(const PGresult *result, int key)
{
	if (!can_look(result))
		return NULL;
	if (key == PG_DIAG_SQLSTATE)
		return (char *)(uintptr_t)result->sqlstate;
	if (key == PG_DIAG_MESSAGE_PRIMARY)
		return (char *)(uintptr_t)result->primary;
	return NULL;
}

void
PQclear(PGresult *result)
{
	if (result)
		result->cleared = true;
}

/* What looks at a connection: NULL is allowed, as in libpq. */

ConnStatusType
PQstatus(const PGconn *conn)
{
	return conn ? conn->status : CONNECTION_BAD;
}

PGTransactionStatusType
PQtransactionStatus(const PGconn *conn)
{
	return conn ? conn->transaction : PQTRANS_UNKNOWN;
}

PGpipelineStatus
PQpipelineStatus(const PGconn *conn)
{
	return conn ? conn->pipeline : PQ_PIPELINE_OFF;
}

int
PQbackendPID(const PGconn *conn)
{
	return conn ? conn->pid : 0;
}

int
PQserverVersion(const PGconn *conn)
{
	return conn && conn->status == CONNECTION_OK ? 150020 : 0;
}

int
PQclientEncoding(const PGconn *conn)
{
	return conn && conn->status == CONNECTION_OK ? conn->encoding : -1;
}

const char *
pg_encoding_to_char(int encoding)
{
	return encoding == 6 ? "UTF8" : encoding == 8 ? "LATIN1" : "";
}

char *
PQerrorMessage(const PGconn *conn)
{
	static char no_conn[] = "connection pointer is NULL\n";

	return conn ? (char *)(uintptr_t)conn->error : no_conn;
}

char *
PQcancelErrorMessage(const PGcancelConn *cancel)
{
	static char message[] = "it failed\n";

	(void)cancel;
	return message;
}

char *
PQhost(const PGconn *conn)
{
	return conn ? (char *)(uintptr_t)conn->host : NULL;
}

char *
PQport(const PGconn *conn)
{
	return conn ? (char *)(uintptr_t)conn->port : NULL;
}

char *
PQdb(const PGconn *conn)
{
	return conn ? (char *)(uintptr_t)conn->db : NULL;
}

char *
PQuser(const PGconn *conn)
{
	return conn ? (char *)(uintptr_t)conn->user : NULL;
}

const char *
PQparameterStatus(const PGconn *conn, const char *name)
{
	if (!conn)
		return NULL;
	if (strcmp(name, "server_version") == 0)
		return conn->version;
	if (strcmp(name, "standard_conforming_strings") == 0)
		return conn->strings;
	if (strcmp(name, "search_path") == 0)
		return conn->search_path;
	return NULL;
}
