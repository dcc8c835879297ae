/*
 * make_call.c - one call of each, by the wrapper or without.
 */
#include "tests/pq/make_call.h"

#include <libpq/libpq-fs.h>
#include <stdio.h>

static const Oid types[] = {23, 25};
static const char *const values[] = {"\0\0\0\7", "two"};
static const int lengths[] = {4, 3};
static const int formats[] = {1, 0};
static const char *const keys[] = {"dbname", NULL};
static char *row;

/* The same call of the wrapper, or of libpq. */
#define OF(name) (wrapped ? osprof_##name : name)
#define RETURNS(call) ((uintptr_t)(call))

static uintptr_t
statement(enum call_key key, PGconn *conn, bool wrapped)
{
	switch (key) {
	case CALL_PQexec:
		return RETURNS(OF(PQexec)(conn, "q"));
	case CALL_PQexecParams:
		return RETURNS(OF(PQexecParams)(
		    conn, "q", 2, types, values, lengths, formats, 1));
	case CALL_PQprepare:
		return RETURNS(OF(PQprepare)(conn, "s", "q", 2, types));
	case CALL_PQexecPrepared:
		return RETURNS(OF(PQexecPrepared)(
		    conn, "s", 2, values, lengths, formats, 1));
	case CALL_PQdescribePrepared:
		return RETURNS(OF(PQdescribePrepared)(conn, NULL));
	case CALL_PQdescribePortal:
		return RETURNS(OF(PQdescribePortal)(conn, "p"));
	case CALL_PQclosePrepared:
		return RETURNS(OF(PQclosePrepared)(conn, NULL));
	case CALL_PQclosePortal:
		return RETURNS(OF(PQclosePortal)(conn, "p"));
	case CALL_PQsendQuery:
		return RETURNS(OF(PQsendQuery)(conn, "q"));
	case CALL_PQsendQueryParams:
		return RETURNS(OF(PQsendQueryParams)(
		    conn, "q", 2, types, values, lengths, formats, 1));
	case CALL_PQsendPrepare:
		return RETURNS(OF(PQsendPrepare)(conn, "s", "q", 2, types));
	case CALL_PQsendQueryPrepared:
		return RETURNS(OF(PQsendQueryPrepared)(
		    conn, "s", 2, values, lengths, formats, 1));
	case CALL_PQsendDescribePrepared:
		return RETURNS(OF(PQsendDescribePrepared)(conn, NULL));
	case CALL_PQsendDescribePortal:
		return RETURNS(OF(PQsendDescribePortal)(conn, "p"));
	case CALL_PQsendClosePrepared:
		return RETURNS(OF(PQsendClosePrepared)(conn, NULL));
	case CALL_PQsendClosePortal:
		return RETURNS(OF(PQsendClosePortal)(conn, "p"));
	default:
		return 0;
	}
}

static uintptr_t
flow(enum call_key key, PGconn *conn, bool wrapped)
{
	switch (key) {
	case CALL_PQgetResult:
		return RETURNS(OF(PQgetResult)(conn));
	case CALL_PQenterPipelineMode:
		return RETURNS(OF(PQenterPipelineMode)(conn));
	case CALL_PQexitPipelineMode:
		return RETURNS(OF(PQexitPipelineMode)(conn));
	case CALL_PQpipelineSync:
		return RETURNS(OF(PQpipelineSync)(conn));
	case CALL_PQsendPipelineSync:
		return RETURNS(OF(PQsendPipelineSync)(conn));
	case CALL_PQputCopyData:
		return RETURNS(OF(PQputCopyData)(conn, "data", 4));
	case CALL_PQgetCopyData:
		return RETURNS(OF(PQgetCopyData)(conn, &row, 1));
	default:
		return 0;
	}
}

static uintptr_t
line(enum call_key key, PGconn *conn, bool wrapped)
{
	static char to[8] = "line";

	switch (key) {
	case CALL_PQputline:
		return RETURNS(OF(PQputline)(conn, "line\n"));
	case CALL_PQputnbytes:
		return RETURNS(OF(PQputnbytes)(conn, "bytes", 5));
	case CALL_PQgetline:
		return RETURNS(OF(PQgetline)(conn, to, 8));
	case CALL_PQgetlineAsync:
		return RETURNS(OF(PQgetlineAsync)(conn, to, 8));
	case CALL_PQendcopy:
		return RETURNS(OF(PQendcopy)(conn));
	default:
		return 0;
	}
}

static uintptr_t
object(enum call_key key, PGconn *conn, bool wrapped)
{
	static char data[8];
	static int number, len;

	switch (key) {
	case CALL_PQfn:
		return RETURNS(OF(PQfn)(conn, 951, &number, &len, 1, NULL, 0));
	case CALL_lo_open:
		return RETURNS(OF(lo_open)(conn, 7, INV_READ));
	case CALL_lo_close:
		return RETURNS(OF(lo_close)(conn, 3));
	case CALL_lo_read:
		return RETURNS(OF(lo_read)(conn, 3, data, 8));
	case CALL_lo_write:
		return RETURNS(OF(lo_write)(conn, 3, data, 8));
	case CALL_lo_lseek:
		return RETURNS(OF(lo_lseek)(conn, 3, 5, SEEK_SET));
	case CALL_lo_lseek64:
		return RETURNS(OF(lo_lseek64)(conn, 3, 5, SEEK_SET));
	case CALL_lo_creat:
		return RETURNS(OF(lo_creat)(conn, INV_READ));
	case CALL_lo_create:
		return RETURNS(OF(lo_create)(conn, 7));
	case CALL_lo_tell:
		return RETURNS(OF(lo_tell)(conn, 3));
	case CALL_lo_tell64:
		return RETURNS(OF(lo_tell64)(conn, 3));
	case CALL_lo_truncate:
		return RETURNS(OF(lo_truncate)(conn, 3, 8));
	case CALL_lo_truncate64:
		return RETURNS(OF(lo_truncate64)(conn, 3, 8));
	case CALL_lo_unlink:
		return RETURNS(OF(lo_unlink)(conn, 7));
	case CALL_lo_import:
		return RETURNS(OF(lo_import)(conn, "file"));
	case CALL_lo_import_with_oid:
		return RETURNS(OF(lo_import_with_oid)(conn, "file", 7));
	case CALL_lo_export:
		return RETURNS(OF(lo_export)(conn, 7, "file"));
	default:
		return 0;
	}
}

static uintptr_t
connection(enum call_key key, PGconn *conn, bool wrapped)
{
	switch (key) {
	case CALL_PQconnectdb:
		return RETURNS(OF(PQconnectdb)("dbname=a"));
	case CALL_PQconnectdbParams:
		return RETURNS(OF(PQconnectdbParams)(keys, values, 1));
	case CALL_PQsetdbLogin:
		return RETURNS(
		    OF(PQsetdbLogin)("h", "1", "o", "t", "d", "u", "p"));
	case CALL_PQconnectStart:
		return RETURNS(OF(PQconnectStart)("dbname=a"));
	case CALL_PQconnectStartParams:
		return RETURNS(OF(PQconnectStartParams)(keys, values, 1));
	case CALL_PQconnectPoll:
		return RETURNS(OF(PQconnectPoll)(conn));
	case CALL_PQreset:
		OF(PQreset)(conn);
		return 0;
	case CALL_PQresetStart:
		return RETURNS(OF(PQresetStart)(conn));
	case CALL_PQresetPoll:
		return RETURNS(OF(PQresetPoll)(conn));
	case CALL_PQping:
		return RETURNS(OF(PQping)("dbname=a"));
	case CALL_PQpingParams:
		return RETURNS(OF(PQpingParams)(keys, values, 1));
	case CALL_PQfinish:
		OF(PQfinish)(conn);
		return 0;
	default:
		return 0;
	}
}

static uintptr_t
other(enum call_key key, PGconn *conn, bool wrapped)
{
	static char message[64] = "why not";
	static char for_cancel;
	PGcancel *cancel = (PGcancel *)(void *)&for_cancel;
	PGcancelConn *cancelling = (PGcancelConn *)(void *)&for_cancel;

	switch (key) {
	case CALL_PQcancel:
		return RETURNS(OF(PQcancel)(cancel, message, 64));
	case CALL_PQrequestCancel:
		return RETURNS(OF(PQrequestCancel)(conn));
	case CALL_PQcancelBlocking:
		return RETURNS(OF(PQcancelBlocking)(cancelling));
	case CALL_PQcancelStart:
		return RETURNS(OF(PQcancelStart)(cancelling));
	case CALL_PQcancelPoll:
		return RETURNS(OF(PQcancelPoll)(cancelling));
	case CALL_PQcancelFinish:
		OF(PQcancelFinish)(cancelling);
		return 0;
	case CALL_PQsetClientEncoding:
		return RETURNS(OF(PQsetClientEncoding)(conn, "UTF8"));
	case CALL_PQencryptPasswordConn:
		return RETURNS(
		    OF(PQencryptPasswordConn)(conn, "pw", "user", NULL));
	case CALL_PQchangePassword:
		return RETURNS(OF(PQchangePassword)(conn, "user", "pw"));
	default:
		return 0;
	}
}

uintptr_t
make_call(enum call_key key, PGconn *conn, bool wrapped)
{
	switch (pq_call[key].class) {
	case CALL_QUERY:
	case CALL_SEND:
		return statement(key, conn, wrapped);
	case CALL_RESULT:
	case CALL_PIPELINE:
	case CALL_COPY:
		return flow(key, conn, wrapped);
	case CALL_LINE:
		return line(key, conn, wrapped);
	case CALL_OBJECT:
		return object(key, conn, wrapped);
	case CALL_CONNECT:
		return connection(key, conn, wrapped);
	default:
		return other(key, conn, wrapped);
	}
}
