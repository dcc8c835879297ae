/*
 * result.c - the results of what was sent, one by one.
 *
 * PQgetResult() has no span of its own.  Each result counts for the first
 * command that waits; the NULL behind the last one ends that command's span.
 */
#include "pq/conn.h"
#include "shim/clock.h"

/* What the time since the last call was. */
static void
count_times(struct command *command, const struct outcome *outcome,
    uint64_t begin_ns, uint64_t end_ns)
{
	if (!command->first_ns) {
		command->first_ns = end_ns;
	} else {
		if (status_is_copy(outcome->status))
			command_copied(command, begin_ns);
		else
			command->application_ns += begin_ns - command->last_ns;
		command->transfer_ns += end_ns - begin_ns;
	}
	command->last_ns = end_ns;
}

/*
 * No result: the first command has had its last one, or there is none.  Of a
 * lost connection libpq still gives what came before, then forgets the rest.
 */
static void
take_nothing(struct conn *conn, struct command *first)
{
	if (!first->is_sync && conn->outcome.results)
		conn_end_first(conn);
	else if (PQstatus(conn->pg) == CONNECTION_BAD)
		conn_end_waiting(conn, "connection lost");
	else if (!conn->queue.pipelined)
		conn_end_first(conn);
}

/* Every command before the mark that this is of is over. */
static void
take_sync(struct conn *conn)
{
	struct command *first = queue_first(&conn->queue);

	while (first && !first->is_sync) {
		conn->outcome.ending = "unseen";
		conn_end_first(conn);
		first = queue_first(&conn->queue);
	}
	if (first)
		queue_pop(&conn->queue);
}

/*
 * Whether nothing follows that the program has to fetch: it may give up the
 * connection with this result.  In a pipeline each command has one of its own.
 */
static bool
is_last(const struct conn *conn)
{
	const struct outcome *outcome = &conn->outcome;

	return outcome->status == PGRES_COPY_BOTH ||
	       (outcome->failed && !conn->queue.pipelined &&
		   PQstatus(conn->pg) == CONNECTION_BAD);
}

static void
take_result(struct conn *conn, struct command *first, const PGresult *result)
{
	ExecStatusType status;

	if (!result) {
		take_nothing(conn, first);
		return;
	}
	status = PQresultStatus(result);
	if (status == PGRES_PIPELINE_SYNC) {
		take_sync(conn);
	} else if (first->is_sync) {
		queue_pop(&conn->queue); /* it failed with the connection */
	} else {
		conn->outcome.secret = first->span.secret;
		outcome_take(&conn->outcome, result, status);
		if (is_last(conn))
			conn_end_first(conn);
	}
}

OUT_OF_LINE PGresult *
get_result_traced(PGconn *pg, const void *caller)
{
	struct conn *conn;
	struct command *first;
	uint64_t begin_ns = 0;
	PGresult *result;

	if (PASSES_LATER(caller))
		return PASS(PQgetResult)(pg);
	conn = conn_waiting(pg);
	if (!conn)
		return PQgetResult(pg);
	first = queue_at(&conn->queue, 0);
	/* The wait for the first one began with the sending. */
	if (first->first_ns)
		begin_ns = clock_ns();

	result = PQgetResult(pg);

	/* A notice processor may have sent something, which moves the queue. */
	first = queue_first(&conn->queue);
	if (first) {
		count_times(first, &conn->outcome, begin_ns, clock_ns());
		take_result(conn, first, result);
	}
	return result;
}

PGresult *
osprof_PQgetResult(PGconn *pg)
{
	if (PASSES_AT_ONCE)
		return PASS(PQgetResult)(pg);
	return get_result_traced(pg, CALLER);
}
