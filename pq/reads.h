/*
 * reads.h - the functions of libpq that wrappers call and nobody wraps.
 *
 * Whoever includes this file first defines READ(name).  A preload object looks
 * them up beside those of calls.h; what is not in it does not link there.
 */
/* clang-format off */
READ(PQbackendPID)
READ(PQcancelErrorMessage)	/* NULL before 17 */
READ(PQclientEncoding)
READ(PQcmdStatus)
READ(PQdb)
READ(PQerrorMessage)
READ(PQhost)
READ(PQntuples)
READ(PQparameterStatus)
READ(PQpipelineStatus)		/* NULL before 14 */
READ(PQport)
READ(PQregisterEventProc)
READ(PQresultErrorField)
READ(PQresultErrorMessage)
READ(PQresultStatus)
READ(PQserverVersion)
READ(PQstatus)
READ(PQtransactionStatus)
READ(PQuser)
READ(pg_encoding_to_char)
/* clang-format on */
#undef READ
