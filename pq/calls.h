/*
 * calls.h - the calls of libpq that osprof knows.
 *
 * Whoever includes this file first defines CALL(name, class, since).
 *   class  what the call means for spans, and the file of its wrapper
 *          QUERY     one span around the call; a COPY leaves it open
 *          SEND      leaves a span on the connection
 *          RESULT    goes on with or ends the span of what was sent
 *          PIPELINE  only tells of the queue of what was sent
 *          COPY      counts on the open span
 *          LINE      the same; PQendcopy() ends it
 *          OBJECT    one span around the call
 *          CONNECT   one span, from the start to the poll that ends it
 *          CANCEL    one span, likewise
 *          ADMIN     one span around the call, which runs SQL of its own
 *   since  major version of the first libpq that has it; 0: any that osprof
 *          builds with (13)
 * The public header redirects each of them: tests/pq compares the two.
 */
/* clang-format off */
CALL(PQexec,                 QUERY,    0)		/* query.c */
CALL(PQexecParams,           QUERY,    0)
CALL(PQprepare,              QUERY,    0)
CALL(PQexecPrepared,         QUERY,    0)
CALL(PQdescribePrepared,     QUERY,    0)
CALL(PQdescribePortal,       QUERY,    0)
CALL(PQclosePrepared,        QUERY,    17)
CALL(PQclosePortal,          QUERY,    17)
CALL(PQsendQuery,            SEND,     0)		/* send.c */
CALL(PQsendQueryParams,      SEND,     0)
CALL(PQsendPrepare,          SEND,     0)
CALL(PQsendQueryPrepared,    SEND,     0)
CALL(PQsendDescribePrepared, SEND,     0)
CALL(PQsendDescribePortal,   SEND,     0)
CALL(PQsendClosePrepared,    SEND,     17)
CALL(PQsendClosePortal,      SEND,     17)
CALL(PQgetResult,            RESULT,   0)		/* result.c */
CALL(PQenterPipelineMode,    PIPELINE, 14)		/* pipeline.c */
CALL(PQexitPipelineMode,     PIPELINE, 14)
CALL(PQpipelineSync,         PIPELINE, 14)
CALL(PQsendPipelineSync,     PIPELINE, 17)
CALL(PQputCopyData,          COPY,     0)		/* copy.c */
CALL(PQgetCopyData,          COPY,     0)
CALL(PQputline,              LINE,     0)		/* copy_line.c */
CALL(PQputnbytes,            LINE,     0)
CALL(PQgetline,              LINE,     0)
CALL(PQgetlineAsync,         LINE,     0)
CALL(PQendcopy,              LINE,     0)
CALL(PQfn,                   OBJECT,   0)		/* object.c */
CALL(lo_open,                OBJECT,   0)
CALL(lo_close,               OBJECT,   0)
CALL(lo_read,                OBJECT,   0)
CALL(lo_write,               OBJECT,   0)
CALL(lo_lseek,               OBJECT,   0)
CALL(lo_lseek64,             OBJECT,   0)
CALL(lo_creat,               OBJECT,   0)
CALL(lo_create,              OBJECT,   0)
CALL(lo_tell,                OBJECT,   0)
CALL(lo_tell64,              OBJECT,   0)
CALL(lo_truncate,            OBJECT,   0)
CALL(lo_truncate64,          OBJECT,   0)
CALL(lo_unlink,              OBJECT,   0)
CALL(lo_import,              OBJECT,   0)
CALL(lo_import_with_oid,     OBJECT,   0)
CALL(lo_export,              OBJECT,   0)
CALL(PQconnectdb,            CONNECT,  0)		/* connect.c */
CALL(PQconnectdbParams,      CONNECT,  0)
CALL(PQsetdbLogin,           CONNECT,  0)
CALL(PQconnectStart,         CONNECT,  0)
CALL(PQconnectStartParams,   CONNECT,  0)
CALL(PQconnectPoll,          CONNECT,  0)
CALL(PQreset,                CONNECT,  0)
CALL(PQresetStart,           CONNECT,  0)
CALL(PQresetPoll,            CONNECT,  0)
CALL(PQping,                 CONNECT,  0)
CALL(PQpingParams,           CONNECT,  0)
CALL(PQfinish,               CONNECT,  0)
CALL(PQcancel,               CANCEL,   0)		/* cancel.c */
CALL(PQrequestCancel,        CANCEL,   0)
CALL(PQcancelBlocking,       CANCEL,   17)
CALL(PQcancelStart,          CANCEL,   17)
CALL(PQcancelPoll,           CANCEL,   17)
CALL(PQcancelFinish,         CANCEL,   17)
CALL(PQsetClientEncoding,    ADMIN,    0)		/* admin.c */
CALL(PQencryptPasswordConn,  ADMIN,    0)
CALL(PQchangePassword,       ADMIN,    17)
/* clang-format on */
#undef CALL
