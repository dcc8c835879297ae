/*
 * real.h - the real libpq, as the wrappers call it.
 *
 * The wrappers call the library by its plain names: PQexec() is libpq's own,
 * and goes to a wrapper only where the public header redirects it.  Which libpq
 * that is, the build of the wrappers decides: the program's link where they are
 * linked with it, what the program has loaded in a preload object.
 */
#ifndef PQ_REAL_H
#define PQ_REAL_H

#define OSPROF_NO_REDIRECT
#include "pq/osprof_pq.h"

#include <libpq-events.h>

#include "shim/wrapper.h"

/*
 * Newer than the oldest header that osprof builds with, 13: as libpq-fe.h of
 * 17 declares them.
 */
#ifndef LIBPQ_HAS_PIPELINING
typedef enum {
	PQ_PIPELINE_OFF,
	PQ_PIPELINE_ON,
	PQ_PIPELINE_ABORTED
} PGpipelineStatus;
PGpipelineStatus PQpipelineStatus(const PGconn *conn);
int PQenterPipelineMode(PGconn *conn);
int PQexitPipelineMode(PGconn *conn);
int PQpipelineSync(PGconn *conn);
OSPROF_API __typeof__(PQenterPipelineMode) osprof_PQenterPipelineMode;
OSPROF_API __typeof__(PQexitPipelineMode) osprof_PQexitPipelineMode;
OSPROF_API __typeof__(PQpipelineSync) osprof_PQpipelineSync;
# define PGRES_PIPELINE_SYNC 10
# define PGRES_PIPELINE_ABORTED 11
#endif
#ifndef LIBPQ_HAS_CLOSE_PREPARED
PGresult *PQclosePrepared(PGconn *conn, const char *name);
PGresult *PQclosePortal(PGconn *conn, const char *name);
int PQsendClosePrepared(PGconn *conn, const char *name);
int PQsendClosePortal(PGconn *conn, const char *name);
OSPROF_API __typeof__(PQclosePrepared) osprof_PQclosePrepared;
OSPROF_API __typeof__(PQclosePortal) osprof_PQclosePortal;
OSPROF_API __typeof__(PQsendClosePrepared) osprof_PQsendClosePrepared;
OSPROF_API __typeof__(PQsendClosePortal) osprof_PQsendClosePortal;
#endif
#ifndef LIBPQ_HAS_SEND_PIPELINE_SYNC
int PQsendPipelineSync(PGconn *conn);
OSPROF_API __typeof__(PQsendPipelineSync) osprof_PQsendPipelineSync;
#endif
#ifndef LIBPQ_HAS_CHUNK_MODE
# define PGRES_TUPLES_CHUNK 12
#endif
#ifndef LIBPQ_HAS_ASYNC_CANCEL
typedef struct pg_cancel_conn PGcancelConn;
int PQcancelBlocking(PGcancelConn *cancel);
int PQcancelStart(PGcancelConn *cancel);
PostgresPollingStatusType PQcancelPoll(PGcancelConn *cancel);
char *PQcancelErrorMessage(const PGcancelConn *cancel);
void PQcancelFinish(PGcancelConn *cancel);
OSPROF_API __typeof__(PQcancelBlocking) osprof_PQcancelBlocking;
OSPROF_API __typeof__(PQcancelStart) osprof_PQcancelStart;
OSPROF_API __typeof__(PQcancelPoll) osprof_PQcancelPoll;
OSPROF_API __typeof__(PQcancelFinish) osprof_PQcancelFinish;
#endif
#ifndef LIBPQ_HAS_CHANGE_PASSWORD
PGresult *PQchangePassword(
    PGconn *conn, const char *user, const char *password);
OSPROF_API __typeof__(PQchangePassword) osprof_PQchangePassword;
#endif

/* The real functions by their names, or by addresses found at run time. */
#ifdef OSPROF_PRELOAD
# include "pq/real_preload.h"
#else
# include "pq/real_linked.h"
#endif

#endif
