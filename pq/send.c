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
send_begin(struct sending *sending, const struct subject *subject, PGconn *pg)
{
	struct conn *conn = gate_open() ? conn_find(pg) : NULL;
	struct command *place = conn ? queue_room(&conn->queue) : NULL;

	sending->pg = pg;
	sending->conn = place ? conn : NULL;
	sending->command = place ? place : &sending->own;
	command_begin(sending->command, conn, subject, false);
}

/* Nothing was sent, or nobody will be told of the answer. */
static void
send_end(struct sending *sending, bool sent)
{
	struct outcome outcome;

	outcome_clear(&outcome);
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
	queue_sent(&conn->queue);
	if (conn->queue.count == 1)
		outcome_clear(&conn->outcome);
}

OUT_OF_LINE int
send_query_traced(PGconn *pg, const char *sql, const void *caller)
{
	const struct subject subject = {
	    .call = CALL_PQsendQuery,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	};
	struct sending sending;
	int sent;

	send_begin(&sending, &subject, pg);

	sent = PQsendQuery(pg, sql);

	send_done(&sending, sent);
	return sent;
}

int
osprof_PQsendQuery(PGconn *pg, const char *sql)
{
	if (PASSES)
		return PASS(PQsendQuery)(pg, sql);
	return send_query_traced(pg, sql, CALLER);
}
