/*
 * query.c - statements that are answered when the call returns.
 *
 * The span is the call.  A text may hold several statements; the result, and
 * what the span tells, is that of the last one that ran.  A COPY leaves the
 * span open for its data: it ends with the last result (result.c), or when the
 * next call throws it away.
 */
#include <string.h>

#include "pq/point.h"

OUT_OF_LINE PGresult *
exec_traced(PGconn *pg, const char *sql, const void *caller)
{
	const struct subject subject = {
	    .call = CALL_PQexec,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);

	result = PQexec(pg, sql);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQexec(PGconn *pg, const char *sql)
{
	if (PASSES)
		return PASS(PQexec)(pg, sql);
	return exec_traced(pg, sql, CALLER);
}

OUT_OF_LINE PGresult *
exec_params_traced(PGconn *pg, const char *sql, int count, const Oid *types,
    const char *const *values, const int *lengths, const int *formats,
    int result_format, const void *caller)
{
	const struct params params = {
	    .count = count,
	    .types = types,
	    .type_count = count,
	    .values = values,
	    .lengths = lengths,
	    .formats = formats,
	};
	const struct subject subject = {
	    .call = CALL_PQexecParams,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	    .params = &params,
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);

	result = PQexecParams(
	    pg, sql, count, types, values, lengths, formats, result_format);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQexecParams(PGconn *pg, const char *sql, int count, const Oid *types,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	if (PASSES)
		return PASS(PQexecParams)(pg, sql, count, types, values,
		    lengths, formats, result_format);
	return exec_params_traced(pg, sql, count, types, values, lengths,
	    formats, result_format, CALLER);
}
