/*
 * point.c - the point of a call that has its answer when it returns.
 */
#include "pq/point.h"

#include "shim/clock.h"

static void
find(struct point *point, PGconn *pg)
{
	point->pg = pg;
	point->conn = gate_open() ? conn_find(pg) : NULL;
	point->command = point->conn ? &point->conn->call : &point->own;
	if (point->conn)
		conn_end_call(point->conn, "abandoned");
}

static void
begin(struct point *point, struct subject *subject)
{
	command_begin(point->command, point->conn, subject, true);
	outcome_clear(&point->outcome);
}

void
point_begin(struct point *point, struct subject *subject, PGconn *pg)
{
	find(point, pg);
	/* In a pipeline the call will fail, and leave all as it is. */
	if (point->conn && !point->conn->queue.pipelined)
		conn_end_waiting(point->conn, "discarded");
	begin(point, subject);
}

void
point_begin_beside(struct point *point, struct subject *subject, PGconn *pg)
{
	find(point, pg);
	begin(point, subject);
}

void
point_end_as_told(struct point *point)
{
	command_end(point->command, point->conn, &point->outcome);
}

void
point_end_beside(struct point *point)
{
	struct conn *conn = point->conn;

	if (conn && !conn->queue.pipelined &&
	    PQtransactionStatus(conn->pg) != PQTRANS_ACTIVE)
		conn_end_waiting(conn, "discarded");
	point_end_as_told(point);
}

/* The call began a COPY: its command waits for the data to move. */
static bool
goes_on(struct point *point)
{
	struct conn *conn = point->conn;
	struct command *waiting;

	if (!conn || !status_is_copy(point->outcome.status))
		return false;
	waiting = queue_room(&conn->queue);
	if (!waiting)
		return false;
	span_detach(&point->command->span);
	*waiting = *point->command;
	waiting->first_ns = waiting->last_ns = clock_ns();
	queue_push(&conn->queue);
	conn->outcome = point->outcome;
	point->command->open = false;
	return true;
}

void
point_end(struct point *point, const PGresult *result)
{
	point->outcome.secret |= point->command->span.secret;
	if (result)
		outcome_take(&point->outcome, result, PQresultStatus(result));
	else
		outcome_fail(&point->outcome, point->pg);
	if (!goes_on(point))
		point_end_as_told(point);
}
