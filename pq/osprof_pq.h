/*
 * osprof_pq.h - libpq-fe.h with tracing; include it in place of that.
 *
 * It includes the real header, then turns the names of the calls that osprof
 * traces into those of its wrappers: calls, addresses and tables of functions
 * follow, in C (from C11) and in C++ (from C++11).  A program that includes it
 * links -losprof_pq in front of -lpq (archives: -losprof_pq -losprof): the
 * wrappers call whichever libpq the program is linked with.
 *
 * Traced or not, each call does what the real one does and returns what it
 * returns; errno and the connection's error stay as the real call left them.
 *
 * Define OSPROF_NO_REDIRECT before it to get the declarations without the new
 * names: in a file that makes texts of libpq's names (for dlsym()), or declares
 * its functions in a form that libpq-fe.h does not have.
 *
 * A function that the program's libpq-fe.h lacks is not redirected either; the
 * wrappers of all of them are in the library.
 */
#ifndef OSPROF_PQ_H
#define OSPROF_PQ_H

#include <libpq-fe.h>

#include "osprof.h"

#ifdef __cplusplus
extern "C" {
#endif

/* clang-format off */
/* Statements that are answered when the call returns. */
OSPROF_API __typeof__(PQexec) osprof_PQexec;
OSPROF_API __typeof__(PQexecParams) osprof_PQexecParams;
OSPROF_API __typeof__(PQprepare) osprof_PQprepare;
OSPROF_API __typeof__(PQexecPrepared) osprof_PQexecPrepared;
OSPROF_API __typeof__(PQdescribePrepared) osprof_PQdescribePrepared;
OSPROF_API __typeof__(PQdescribePortal) osprof_PQdescribePortal;
#ifdef LIBPQ_HAS_CLOSE_PREPARED
OSPROF_API __typeof__(PQclosePrepared) osprof_PQclosePrepared;
OSPROF_API __typeof__(PQclosePortal) osprof_PQclosePortal;
#endif

/* Statements that are sent now and answered later. */
OSPROF_API __typeof__(PQsendQuery) osprof_PQsendQuery;
OSPROF_API __typeof__(PQsendQueryParams) osprof_PQsendQueryParams;
OSPROF_API __typeof__(PQsendPrepare) osprof_PQsendPrepare;
OSPROF_API __typeof__(PQsendQueryPrepared) osprof_PQsendQueryPrepared;
OSPROF_API __typeof__(PQsendDescribePrepared) osprof_PQsendDescribePrepared;
OSPROF_API __typeof__(PQsendDescribePortal) osprof_PQsendDescribePortal;
#ifdef LIBPQ_HAS_CLOSE_PREPARED
OSPROF_API __typeof__(PQsendClosePrepared) osprof_PQsendClosePrepared;
OSPROF_API __typeof__(PQsendClosePortal) osprof_PQsendClosePortal;
#endif
OSPROF_API __typeof__(PQgetResult) osprof_PQgetResult;

/* Pipelines. */
#ifdef LIBPQ_HAS_PIPELINING
OSPROF_API __typeof__(PQenterPipelineMode) osprof_PQenterPipelineMode;
OSPROF_API __typeof__(PQexitPipelineMode) osprof_PQexitPipelineMode;
OSPROF_API __typeof__(PQpipelineSync) osprof_PQpipelineSync;
#endif
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
OSPROF_API __typeof__(PQsendPipelineSync) osprof_PQsendPipelineSync;
#endif

/* COPY, and its older calls. */
OSPROF_API __typeof__(PQputCopyData) osprof_PQputCopyData;
OSPROF_API __typeof__(PQgetCopyData) osprof_PQgetCopyData;
OSPROF_API __typeof__(PQputline) osprof_PQputline;
OSPROF_API __typeof__(PQputnbytes) osprof_PQputnbytes;
OSPROF_API __typeof__(PQgetline) osprof_PQgetline;
OSPROF_API __typeof__(PQgetlineAsync) osprof_PQgetlineAsync;
OSPROF_API __typeof__(PQendcopy) osprof_PQendcopy;

/* Functions of the server called by number, and large objects. */
OSPROF_API __typeof__(PQfn) osprof_PQfn;
OSPROF_API __typeof__(lo_open) osprof_lo_open;
OSPROF_API __typeof__(lo_close) osprof_lo_close;
OSPROF_API __typeof__(lo_read) osprof_lo_read;
OSPROF_API __typeof__(lo_write) osprof_lo_write;
OSPROF_API __typeof__(lo_lseek) osprof_lo_lseek;
OSPROF_API __typeof__(lo_lseek64) osprof_lo_lseek64;
OSPROF_API __typeof__(lo_creat) osprof_lo_creat;
OSPROF_API __typeof__(lo_create) osprof_lo_create;
OSPROF_API __typeof__(lo_tell) osprof_lo_tell;
OSPROF_API __typeof__(lo_tell64) osprof_lo_tell64;
OSPROF_API __typeof__(lo_truncate) osprof_lo_truncate;
OSPROF_API __typeof__(lo_truncate64) osprof_lo_truncate64;
OSPROF_API __typeof__(lo_unlink) osprof_lo_unlink;
OSPROF_API __typeof__(lo_import) osprof_lo_import;
OSPROF_API __typeof__(lo_import_with_oid) osprof_lo_import_with_oid;
OSPROF_API __typeof__(lo_export) osprof_lo_export;

/* Connections. */
OSPROF_API __typeof__(PQconnectdb) osprof_PQconnectdb;
OSPROF_API __typeof__(PQconnectdbParams) osprof_PQconnectdbParams;
OSPROF_API __typeof__(PQsetdbLogin) osprof_PQsetdbLogin;
OSPROF_API __typeof__(PQconnectStart) osprof_PQconnectStart;
OSPROF_API __typeof__(PQconnectStartParams) osprof_PQconnectStartParams;
OSPROF_API __typeof__(PQconnectPoll) osprof_PQconnectPoll;
OSPROF_API __typeof__(PQreset) osprof_PQreset;
OSPROF_API __typeof__(PQresetStart) osprof_PQresetStart;
OSPROF_API __typeof__(PQresetPoll) osprof_PQresetPoll;
OSPROF_API __typeof__(PQping) osprof_PQping;
OSPROF_API __typeof__(PQpingParams) osprof_PQpingParams;
OSPROF_API __typeof__(PQfinish) osprof_PQfinish;

/* Cancelling. */
OSPROF_API __typeof__(PQcancel) osprof_PQcancel;
OSPROF_API __typeof__(PQrequestCancel) osprof_PQrequestCancel;
#ifdef LIBPQ_HAS_ASYNC_CANCEL
OSPROF_API __typeof__(PQcancelBlocking) osprof_PQcancelBlocking;
OSPROF_API __typeof__(PQcancelStart) osprof_PQcancelStart;
OSPROF_API __typeof__(PQcancelPoll) osprof_PQcancelPoll;
OSPROF_API __typeof__(PQcancelFinish) osprof_PQcancelFinish;
#endif

/* Calls that run SQL of their own. */
OSPROF_API __typeof__(PQsetClientEncoding) osprof_PQsetClientEncoding;
OSPROF_API __typeof__(PQencryptPasswordConn) osprof_PQencryptPasswordConn;
#ifdef LIBPQ_HAS_CHANGE_PASSWORD
OSPROF_API __typeof__(PQchangePassword) osprof_PQchangePassword;
#endif

#ifdef __cplusplus
}
#endif

#ifndef OSPROF_NO_REDIRECT

#define PQexec				osprof_PQexec
#define PQexecParams			osprof_PQexecParams
#define PQprepare			osprof_PQprepare
#define PQexecPrepared			osprof_PQexecPrepared
#define PQdescribePrepared		osprof_PQdescribePrepared
#define PQdescribePortal		osprof_PQdescribePortal
#ifdef LIBPQ_HAS_CLOSE_PREPARED
#  define PQclosePrepared		osprof_PQclosePrepared
#  define PQclosePortal			osprof_PQclosePortal
#endif

#define PQsendQuery			osprof_PQsendQuery
#define PQsendQueryParams		osprof_PQsendQueryParams
#define PQsendPrepare			osprof_PQsendPrepare
#define PQsendQueryPrepared		osprof_PQsendQueryPrepared
#define PQsendDescribePrepared		osprof_PQsendDescribePrepared
#define PQsendDescribePortal		osprof_PQsendDescribePortal
#ifdef LIBPQ_HAS_CLOSE_PREPARED
#  define PQsendClosePrepared		osprof_PQsendClosePrepared
#  define PQsendClosePortal		osprof_PQsendClosePortal
#endif
#define PQgetResult			osprof_PQgetResult

#ifdef LIBPQ_HAS_PIPELINING
#  define PQenterPipelineMode		osprof_PQenterPipelineMode
#  define PQexitPipelineMode		osprof_PQexitPipelineMode
#  define PQpipelineSync		osprof_PQpipelineSync
#endif
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
#  define PQsendPipelineSync		osprof_PQsendPipelineSync
#endif

#define PQputCopyData			osprof_PQputCopyData
#define PQgetCopyData			osprof_PQgetCopyData
#define PQputline			osprof_PQputline
#define PQputnbytes			osprof_PQputnbytes
#define PQgetline			osprof_PQgetline
#define PQgetlineAsync			osprof_PQgetlineAsync
#define PQendcopy			osprof_PQendcopy

#define PQfn				osprof_PQfn
#define lo_open				osprof_lo_open
#define lo_close			osprof_lo_close
#define lo_read				osprof_lo_read
#define lo_write			osprof_lo_write
#define lo_lseek			osprof_lo_lseek
#define lo_lseek64			osprof_lo_lseek64
#define lo_creat			osprof_lo_creat
#define lo_create			osprof_lo_create
#define lo_tell				osprof_lo_tell
#define lo_tell64			osprof_lo_tell64
#define lo_truncate			osprof_lo_truncate
#define lo_truncate64			osprof_lo_truncate64
#define lo_unlink			osprof_lo_unlink
#define lo_import			osprof_lo_import
#define lo_import_with_oid		osprof_lo_import_with_oid
#define lo_export			osprof_lo_export

#define PQconnectdb			osprof_PQconnectdb
#define PQconnectdbParams		osprof_PQconnectdbParams
#define PQsetdbLogin			osprof_PQsetdbLogin
#define PQconnectStart			osprof_PQconnectStart
#define PQconnectStartParams		osprof_PQconnectStartParams
#define PQconnectPoll			osprof_PQconnectPoll
#define PQreset				osprof_PQreset
#define PQresetStart			osprof_PQresetStart
#define PQresetPoll			osprof_PQresetPoll
#define PQping				osprof_PQping
#define PQpingParams			osprof_PQpingParams
#define PQfinish			osprof_PQfinish

#define PQcancel			osprof_PQcancel
#define PQrequestCancel			osprof_PQrequestCancel
#ifdef LIBPQ_HAS_ASYNC_CANCEL
#  define PQcancelBlocking		osprof_PQcancelBlocking
#  define PQcancelStart			osprof_PQcancelStart
#  define PQcancelPoll			osprof_PQcancelPoll
#  define PQcancelFinish		osprof_PQcancelFinish
#endif

#define PQsetClientEncoding		osprof_PQsetClientEncoding
#define PQencryptPasswordConn		osprof_PQencryptPasswordConn
#ifdef LIBPQ_HAS_CHANGE_PASSWORD
#  define PQchangePassword		osprof_PQchangePassword
#endif
/* clang-format on */

#endif /* OSPROF_NO_REDIRECT */
#endif
