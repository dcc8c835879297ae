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
	struct subject subject = {
	    .call = CALL_PQexec,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	};
	struct point point;
	PGresult *result;

	if (PASSES_LATER(caller))
		return PASS(PQexec)(pg, sql);
	point_begin(&point, &subject, pg);

	result = PQexec(pg, sql);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQexec(PGconn *pg, const char *sql)
{
	if (PASSES_AT_ONCE)
		return PASS(PQexec)(pg, sql);
	return exec_traced(pg, sql, CALLER);
}

OUT_OF_LINE PGresult *
exec_params_traced(PGconn *pg, const char *sql, struct params *params,
    int result_format, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQexecParams,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	    .params = params,
	};
	struct point point;
	PGresult *result;

	if (PASSES_LATER(caller))
		return PASS(PQexecParams)(pg, sql, params->count, params->types,
		    params->values, params->lengths, params->formats,
		    result_format);
	point_begin(&point, &subject, pg);

	result = PQexecParams(pg, sql, params->count, params->types,
	    params->values, params->lengths, params->formats, result_format);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQexecParams(PGconn *pg, const char *sql, int count, const Oid *types,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	if (PASSES_AT_ONCE)
		return PASS(PQexecParams)(pg, sql, count, types, values,
		    lengths, formats, result_format);
	return exec_params_traced(pg, sql,
	    &(struct params){
		.count = count,
		.types = types,
		.type_count = count,
		.values = values,
		.lengths = lengths,
		.formats = formats,
	    },
	    result_format, CALLER);
}

OUT_OF_LINE PGresult *
prepare_traced(PGconn *pg, const char *name, const char *sql, int count,
    const Oid *types, const void *caller)
{
	const struct prepare prepare = {name, sql, count, types};
	struct subject subject = {
	    .call = CALL_PQprepare,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	    .name = name ? name : "",
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);
	if (point.conn)
		conn_prepares(point.conn, point.command, &prepare);

	result = PQprepare(pg, name, sql, count, types);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQprepare(
    PGconn *pg, const char *name, const char *sql, int count, const Oid *types)
{
	if (PASSES)
		return PASS(PQprepare)(pg, name, sql, count, types);
	return prepare_traced(pg, name, sql, count, types, CALLER);
}

OUT_OF_LINE PGresult *
exec_prepared_traced(PGconn *pg, const char *name, struct params *params,
    int result_format, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQexecPrepared,
	    .caller = caller,
	    .name = name ? name : "",
	    .executes = true,
	    .params = params,
	};
	struct point point;
	PGresult *result;

	if (PASSES_LATER(caller))
		return PASS(PQexecPrepared)(pg, name, params->count,
		    params->values, params->lengths, params->formats,
		    result_format);
	point_begin(&point, &subject, pg);

	result = PQexecPrepared(pg, name, params->count, params->values,
	    params->lengths, params->formats, result_format);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQexecPrepared(PGconn *pg, const char *name, int count,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	if (PASSES_AT_ONCE)
		return PASS(PQexecPrepared)(
		    pg, name, count, values, lengths, formats, result_format);
	return exec_prepared_traced(pg, name,
	    &(struct params){
		.count = count,
		.values = values,
		.lengths = lengths,
		.formats = formats,
	    },
	    result_format, CALLER);
}

OUT_OF_LINE PGresult *
describe_prepared_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQdescribePrepared,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);

	result = PQdescribePrepared(pg, name);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQdescribePrepared(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQdescribePrepared)(pg, name);
	return describe_prepared_traced(pg, name, CALLER);
}

OUT_OF_LINE PGresult *
describe_portal_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQdescribePortal,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);

	result = PQdescribePortal(pg, name);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQdescribePortal(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQdescribePortal)(pg, name);
	return describe_portal_traced(pg, name, CALLER);
}

OUT_OF_LINE PGresult *
close_prepared_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQclosePrepared,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);
	if (point.conn)
		conn_closes(point.conn, point.command, name);

	result = PQclosePrepared(pg, name);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQclosePrepared(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQclosePrepared)(pg, name);
	return close_prepared_traced(pg, name, CALLER);
}

OUT_OF_LINE PGresult *
close_portal_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQclosePortal,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct point point;
	PGresult *result;

	point_begin(&point, &subject, pg);

	result = PQclosePortal(pg, name);

	point_end(&point, result);
	return result;
}

PGresult *
osprof_PQclosePortal(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQclosePortal)(pg, name);
	return close_portal_traced(pg, name, CALLER);
}
