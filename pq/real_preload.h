/*
 * real_preload.h - what real.h means in the preload object.
 *
 * A wrapper has the real function's name there, so the real function is called
 * by an address that was found at run time (shim/preload.h).  Each #define has
 * its row in calls.h or reads.h; a missing one does not link.
 */
#ifndef PQ_REAL_PRELOAD_H
#define PQ_REAL_PRELOAD_H

#include "pq/call.h"
#include "shim/preload.h"

/* Rows of preload.name: those of calls.h, and behind them those of reads.h. */
enum read_key {
	READ_FIRST = CALL_COUNT - 1,
#define READ(name) READ_##name,
#include "pq/reads.h"
	REAL_COUNT,
};

/* A wrapper is known to the linker by the real function's name. */
/* clang-format off */
#define CALL(name, class, since) \
	OSPROF_API __typeof__(name) osprof_##name __asm__(#name);
#include "pq/calls.h"
/* clang-format on */

#define PASSES preload_passes(CALLER)
#define PASSES_AT_ONCE preload_passes_at_once(CALLER)
#define PASSES_LATER(caller) preload_passes_later(caller)
#define PASS(name) PRELOAD_REAL(name, CALL_##name)
#define REAL_CALL(name, ...) PRELOAD_CALL(name, CALL_##name, __VA_ARGS__)
#define REAL_RUN(name, ...) PRELOAD_RUN(name, CALL_##name, __VA_ARGS__)
#define REAL_READ(name) PRELOAD_REAL(name, READ_##name)

/* clang-format off */
/* The real function, where the handler of a signal may be the caller. */
#define HANDLER_REAL(name, ret_passes)					\
	((__typeof__(&name))preload_in_handler(CALLER, ret_passes)	\
		->function[CALL_##name])

#define PQexec(...) \
	REAL_CALL(PQexec, __VA_ARGS__)
#define PQexecParams(...) \
	REAL_CALL(PQexecParams, __VA_ARGS__)
#define PQprepare(...) \
	REAL_CALL(PQprepare, __VA_ARGS__)
#define PQexecPrepared(...) \
	REAL_CALL(PQexecPrepared, __VA_ARGS__)
#define PQdescribePrepared(...) \
	REAL_CALL(PQdescribePrepared, __VA_ARGS__)
#define PQdescribePortal(...) \
	REAL_CALL(PQdescribePortal, __VA_ARGS__)
#define PQclosePrepared(...) \
	REAL_CALL(PQclosePrepared, __VA_ARGS__)
#define PQclosePortal(...) \
	REAL_CALL(PQclosePortal, __VA_ARGS__)
#define PQsendQuery(...) \
	REAL_CALL(PQsendQuery, __VA_ARGS__)
#define PQsendQueryParams(...) \
	REAL_CALL(PQsendQueryParams, __VA_ARGS__)
#define PQsendPrepare(...) \
	REAL_CALL(PQsendPrepare, __VA_ARGS__)
#define PQsendQueryPrepared(...) \
	REAL_CALL(PQsendQueryPrepared, __VA_ARGS__)
#define PQsendDescribePrepared(...) \
	REAL_CALL(PQsendDescribePrepared, __VA_ARGS__)
#define PQsendDescribePortal(...) \
	REAL_CALL(PQsendDescribePortal, __VA_ARGS__)
#define PQsendClosePrepared(...) \
	REAL_CALL(PQsendClosePrepared, __VA_ARGS__)
#define PQsendClosePortal(...) \
	REAL_CALL(PQsendClosePortal, __VA_ARGS__)
#define PQgetResult(...) \
	REAL_CALL(PQgetResult, __VA_ARGS__)
#define PQenterPipelineMode(...) \
	REAL_CALL(PQenterPipelineMode, __VA_ARGS__)
#define PQexitPipelineMode(...) \
	REAL_CALL(PQexitPipelineMode, __VA_ARGS__)
#define PQpipelineSync(...) \
	REAL_CALL(PQpipelineSync, __VA_ARGS__)
#define PQsendPipelineSync(...) \
	REAL_CALL(PQsendPipelineSync, __VA_ARGS__)
#define PQputCopyData(...) \
	REAL_CALL(PQputCopyData, __VA_ARGS__)
#define PQgetCopyData(...) \
	REAL_CALL(PQgetCopyData, __VA_ARGS__)
#define PQputline(...) \
	REAL_CALL(PQputline, __VA_ARGS__)
#define PQputnbytes(...) \
	REAL_CALL(PQputnbytes, __VA_ARGS__)
#define PQgetline(...) \
	REAL_CALL(PQgetline, __VA_ARGS__)
#define PQgetlineAsync(...) \
	REAL_CALL(PQgetlineAsync, __VA_ARGS__)
#define PQendcopy(...) \
	REAL_CALL(PQendcopy, __VA_ARGS__)
#define PQfn(...) \
	REAL_CALL(PQfn, __VA_ARGS__)
#define lo_open(...) \
	REAL_CALL(lo_open, __VA_ARGS__)
#define lo_close(...) \
	REAL_CALL(lo_close, __VA_ARGS__)
#define lo_read(...) \
	REAL_CALL(lo_read, __VA_ARGS__)
#define lo_write(...) \
	REAL_CALL(lo_write, __VA_ARGS__)
#define lo_lseek(...) \
	REAL_CALL(lo_lseek, __VA_ARGS__)
#define lo_lseek64(...) \
	REAL_CALL(lo_lseek64, __VA_ARGS__)
#define lo_creat(...) \
	REAL_CALL(lo_creat, __VA_ARGS__)
#define lo_create(...) \
	REAL_CALL(lo_create, __VA_ARGS__)
#define lo_tell(...) \
	REAL_CALL(lo_tell, __VA_ARGS__)
#define lo_tell64(...) \
	REAL_CALL(lo_tell64, __VA_ARGS__)
#define lo_truncate(...) \
	REAL_CALL(lo_truncate, __VA_ARGS__)
#define lo_truncate64(...) \
	REAL_CALL(lo_truncate64, __VA_ARGS__)
#define lo_unlink(...) \
	REAL_CALL(lo_unlink, __VA_ARGS__)
#define lo_import(...) \
	REAL_CALL(lo_import, __VA_ARGS__)
#define lo_import_with_oid(...) \
	REAL_CALL(lo_import_with_oid, __VA_ARGS__)
#define lo_export(...) \
	REAL_CALL(lo_export, __VA_ARGS__)
#define PQconnectdb(...) \
	REAL_CALL(PQconnectdb, __VA_ARGS__)
#define PQconnectdbParams(...) \
	REAL_CALL(PQconnectdbParams, __VA_ARGS__)
#define PQsetdbLogin(...) \
	REAL_CALL(PQsetdbLogin, __VA_ARGS__)
#define PQconnectStart(...) \
	REAL_CALL(PQconnectStart, __VA_ARGS__)
#define PQconnectStartParams(...) \
	REAL_CALL(PQconnectStartParams, __VA_ARGS__)
#define PQconnectPoll(...) \
	REAL_CALL(PQconnectPoll, __VA_ARGS__)
#define PQreset(...) \
	REAL_RUN(PQreset, __VA_ARGS__)
#define PQresetStart(...) \
	REAL_CALL(PQresetStart, __VA_ARGS__)
#define PQresetPoll(...) \
	REAL_CALL(PQresetPoll, __VA_ARGS__)
#define PQping(...) \
	REAL_CALL(PQping, __VA_ARGS__)
#define PQpingParams(...) \
	REAL_CALL(PQpingParams, __VA_ARGS__)
#define PQfinish(...) \
	REAL_RUN(PQfinish, __VA_ARGS__)
#define PQrequestCancel(...) \
	REAL_CALL(PQrequestCancel, __VA_ARGS__)
#define PQcancelBlocking(...) \
	REAL_CALL(PQcancelBlocking, __VA_ARGS__)
#define PQcancelStart(...) \
	REAL_CALL(PQcancelStart, __VA_ARGS__)
#define PQcancelPoll(...) \
	REAL_CALL(PQcancelPoll, __VA_ARGS__)
#define PQcancelFinish(...) \
	REAL_RUN(PQcancelFinish, __VA_ARGS__)
#define PQsetClientEncoding(...) \
	REAL_CALL(PQsetClientEncoding, __VA_ARGS__)
#define PQencryptPasswordConn(...) \
	REAL_CALL(PQencryptPasswordConn, __VA_ARGS__)
#define PQchangePassword(...) \
	REAL_CALL(PQchangePassword, __VA_ARGS__)

#define PQbackendPID	REAL_READ(PQbackendPID)
#define PQcancelErrorMessage	REAL_READ(PQcancelErrorMessage)
#define PQclientEncoding	REAL_READ(PQclientEncoding)
#define PQcmdStatus	REAL_READ(PQcmdStatus)
#define PQdb	REAL_READ(PQdb)
#define PQerrorMessage	REAL_READ(PQerrorMessage)
#define PQhost	REAL_READ(PQhost)
#define PQntuples	REAL_READ(PQntuples)
#define PQparameterStatus	REAL_READ(PQparameterStatus)
#define PQpipelineStatus	REAL_READ(PQpipelineStatus)
#define PQport	REAL_READ(PQport)
#define PQregisterEventProc	REAL_READ(PQregisterEventProc)
#define PQresultErrorField	REAL_READ(PQresultErrorField)
#define PQresultErrorMessage	REAL_READ(PQresultErrorMessage)
#define PQresultStatus	REAL_READ(PQresultStatus)
#define PQserverVersion	REAL_READ(PQserverVersion)
#define PQstatus	REAL_READ(PQstatus)
#define PQtransactionStatus	REAL_READ(PQtransactionStatus)
#define PQuser	REAL_READ(PQuser)
#define pg_encoding_to_char	REAL_READ(pg_encoding_to_char)
/* clang-format on */

#endif
