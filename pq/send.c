/*
 * send.c - statements that are sent now and answered later.
 *
 * A span begins in the call that sends, waits on the connection, and ends in
 * the PQgetResult() that returns the NULL behind the command's last result
 * (result.c): one command, one span.  A call that could not send is a point of
 * its own, which ends with the connection's error; what was sent before waits
 * on.
 */
#include <string.h>

#include "pq/conn.h"
#include "shim/clock.h"

/* A command on its way, with or without a place in a queue. */
struct sending {
	PGconn *pg;
	struct conn *conn;
	struct command *command;
	struct command own;
};

static void
send_begin(struct sending *sending, struct subject *subject, PGconn *pg)
{
	struct conn *conn = gate_open() ? conn_find(pg) : NULL;
	struct command *place = conn ? conn_room(conn) : NULL;

	if (conn)
		conn_end_call(conn, "abandoned");
	sending->pg = pg;
	sending->conn = place ? conn : NULL;
	sending->command = place ? place : &sending->own;
	command_begin(sending->command, conn, subject, false);
}

/* Nothing was sent, or nobody will be told of the answer. */
OUT_OF_LINE void
send_end(struct sending *sending, bool sent)
{
	struct outcome outcome;

	outcome_clear(&outcome);
	outcome.secret = sending->command->span.secret;
	if (sent)
		outcome.ending = "unseen";
	else
		outcome_fail(&outcome, sending->pg);
	command_end(sending->command, sending->conn, &outcome);
}

/* `sent`: what the call returned. */
static void
send_done(struct sending *sending, int sent)
{
	struct conn *conn = sending->conn;

	if (!sent || !conn) {
		send_end(sending, sent);
		return;
	}
	if (sending->command->span.recorded)
		sending->command->sent_ns = clock_ns();
	/* Nothing waits in libpq: somebody else has fetched it. */
	if (!conn->queue.pipelined)
		conn_end_waiting(conn, "unseen");
	queue_sent(&conn->queue);
}

OUT_OF_LINE int
send_query_traced(PGconn *pg, const char *sql, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsendQuery,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	};
	struct sending sending;
	int sent;

	if (PASSES_LATER(caller))
		return PASS(PQsendQuery)(pg, sql);
	send_begin(&sending, &subject, pg);

	sent = PQsendQuery(pg, sql);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendQuery(PGconn *pg, const char *sql)
{
	if (PASSES_AT_ONCE)
		return PASS(PQsendQuery)(pg, sql);
	return send_query_traced(pg, sql, CALLER);
}

OUT_OF_LINE int
send_query_params_traced(PGconn *pg, const char *sql, struct params *params,
    int result_format, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsendQueryParams,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	    .params = params,
	};
	struct sending sending;
	int sent;

	if (PASSES_LATER(caller))
		return PASS(PQsendQueryParams)(pg, sql, params->count,
		    params->types, params->values, params->lengths,
		    params->formats, result_format);
	send_begin(&sending, &subject, pg);

	sent = PQsendQueryParams(pg, sql, params->count, params->types,
	    params->values, params->lengths, params->formats, result_format);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendQueryParams(PGconn *pg, const char *sql, int count,
    const Oid *types, const char *const *values, const int *lengths,
    const int *formats, int result_format)
{
	if (PASSES_AT_ONCE)
		return PASS(PQsendQueryParams)(pg, sql, count, types, values,
		    lengths, formats, result_format);
	return send_query_params_traced(pg, sql,
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

OUT_OF_LINE int
send_prepare_traced(PGconn *pg, const char *name, const char *sql, int count,
    const Oid *types, const void *caller)
{
	const struct prepare prepare = {name, sql, count, types};
	struct subject subject = {
	    .call = CALL_PQsendPrepare,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	    .name = name ? name : "",
	};
	struct sending sending;
	int sent;

	send_begin(&sending, &subject, pg);
	if (sending.conn)
		conn_prepares(sending.conn, sending.command, &prepare);

	sent = PQsendPrepare(pg, name, sql, count, types);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendPrepare(
    PGconn *pg, const char *name, const char *sql, int count, const Oid *types)
{
	if (PASSES)
		return PASS(PQsendPrepare)(pg, name, sql, count, types);
	return send_prepare_traced(pg, name, sql, count, types, CALLER);
}

OUT_OF_LINE int
send_query_prepared_traced(PGconn *pg, const char *name, struct params *params,
    int result_format, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsendQueryPrepared,
	    .caller = caller,
	    .name = name ? name : "",
	    .executes = true,
	    .params = params,
	};
	struct sending sending;
	int sent;

	if (PASSES_LATER(caller))
		return PASS(PQsendQueryPrepared)(pg, name, params->count,
		    params->values, params->lengths, params->formats,
		    result_format);
	send_begin(&sending, &subject, pg);

	sent = PQsendQueryPrepared(pg, name, params->count, params->values,
	    params->lengths, params->formats, result_format);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendQueryPrepared(PGconn *pg, const char *name, int count,
    const char *const *values, const int *lengths, const int *formats,
    int result_format)
{
	if (PASSES_AT_ONCE)
		return PASS(PQsendQueryPrepared)(
		    pg, name, count, values, lengths, formats, result_format);
	return send_query_prepared_traced(pg, name,
	    &(struct params){
		.count = count,
		.values = values,
		.lengths = lengths,
		.formats = formats,
	    },
	    result_format, CALLER);
}

OUT_OF_LINE int
send_describe_prepared_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsendDescribePrepared,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct sending sending;
	int sent;

	send_begin(&sending, &subject, pg);

	sent = PQsendDescribePrepared(pg, name);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendDescribePrepared(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQsendDescribePrepared)(pg, name);
	return send_describe_prepared_traced(pg, name, CALLER);
}

OUT_OF_LINE int
send_describe_portal_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsendDescribePortal,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct sending sending;
	int sent;

	send_begin(&sending, &subject, pg);

	sent = PQsendDescribePortal(pg, name);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendDescribePortal(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQsendDescribePortal)(pg, name);
	return send_describe_portal_traced(pg, name, CALLER);
}

OUT_OF_LINE int
send_close_prepared_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsendClosePrepared,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct sending sending;
	int sent;

	send_begin(&sending, &subject, pg);
	if (sending.conn)
		conn_closes(sending.conn, sending.command, name);

	sent = PQsendClosePrepared(pg, name);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendClosePrepared(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQsendClosePrepared)(pg, name);
	return send_close_prepared_traced(pg, name, CALLER);
}

OUT_OF_LINE int
send_close_portal_traced(PGconn *pg, const char *name, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQsendClosePortal,
	    .caller = caller,
	    .name = name ? name : "",
	};
	struct sending sending;
	int sent;

	send_begin(&sending, &subject, pg);

	sent = PQsendClosePortal(pg, name);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendClosePortal(PGconn *pg, const char *name)
{
	if (PASSES)
		return PASS(PQsendClosePortal)(pg, name);
	return send_close_portal_traced(pg, name, CALLER);
}
