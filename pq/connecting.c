/*
 * connecting.c - the point of a connection that is being made, or made anew.
 */
#include "pq/connecting.h"

#include <string.h>

#include "shim/clock.h"

/* Fields beside those that stand ready in the connection. */
#define BEGIN_ROOM (sizeof(struct call_field) + 64)
#define END_ROOM 64

/* Begin the span: what the program's hooks run meanwhile hangs below it. */
static void
begin(struct connecting *connecting, enum call_key call, const void *caller,
    const struct conn *conn)
{
	struct implicit *implicit = gate_wants_handles() ? &connecting->implicit
							 : NULL;
	size_t room = BEGIN_ROOM + (conn ? conn->ready_len : 0);
	struct fields fields;

	if (!span_open(&connecting->span, &fields, caller, implicit, room))
		return;
	if (conn)
		put_ready(&fields, conn->ready, conn->ready_len);
	else
		put_text(&fields, FIELD_SYSTEM, SYSTEM, sizeof(SYSTEM) - 1);
	put_call(&fields, &pq_call[call].field);
	span_publish(&connecting->span, &fields, clock_ns());
}

void
connecting_begin(
    struct connecting *connecting, enum call_key call, const void *caller)
{
	*connecting = (struct connecting){.span = {.recorded = false}};
	if (gate_open())
		begin(connecting, call, caller, NULL);
}

void
connecting_again(struct connecting *connecting, enum call_key call,
    const void *caller, PGconn *pg)
{
	struct conn *conn = gate_open() ? conn_find(pg) : NULL;

	*connecting = (struct connecting){.span = {.recorded = false}};
	if (!conn)
		return;
	connecting_abandon(conn);
	conn_end_all(conn, "connection reset");
	connecting->implicit = conn->implicit;
	begin(connecting, call, caller, conn);
}

/*
 * Where in a message, which has several lines, the last attempt's reason is:
 * behind "connection to server at ... failed: ", which other fields tell.
 */
static const char *
reason(const char *message)
{
	static const char attempt[] = "connection to server ";
	static const char failed[] = " failed: ";
	const char *found = message, *last = NULL;

	while ((found = strstr(found, attempt))) {
		if (found == message || found[-1] == '\n')
			last = found;
		found++;
	}
	found = last ? strstr(last, failed) : NULL;
	return found ? found + sizeof(failed) - 1 : message;
}

void
connecting_fail(struct outcome *outcome, const char *message)
{
	const char *at = reason(message);

	outcome->word = "CONNECTION_BAD";
	outcome_fail_hidden(outcome, at, strcspn(at, "\n"));
}

static void
tell(struct outcome *outcome, const PGconn *pg)
{
	outcome_clear(outcome);
	if (PQstatus(pg) == CONNECTION_OK)
		outcome->word = "CONNECTION_OK";
	else
		connecting_fail(outcome, PQerrorMessage(pg));
}

/* Write the STOP; `conn` has learned who it is. */
static void
end(struct span *span, const struct conn *conn, const struct outcome *outcome)
{
	size_t room = END_ROOM + outcome_room(outcome) +
		      (conn ? conn->ready_len : 0);
	uint64_t stop_ns = span->recorded ? clock_ns() : 0;
	struct fields fields;

	if (!span_close(span, &fields, room, stop_ns))
		return;
	if (conn)
		put_ready(&fields, conn->ready, conn->ready_len);
	outcome_put(&fields, outcome);
	put_u64(&fields, FIELD_ELAPSED, stop_ns - span->start_ns);
	span_finish(&fields);
}

/* Nobody will say how it went. */
static void
end_as(struct span *span, const struct conn *conn, const char *ending)
{
	struct outcome outcome;

	if (!span->recorded)
		return;
	outcome_clear(&outcome);
	outcome.ending = ending;
	end(span, conn, &outcome);
}

/* Know the connection; whatever had its address before is gone. */
static struct conn *
learn(const struct connecting *connecting, PGconn *pg)
{
	struct conn *conn = conn_entry(pg);

	if (!pg || !gate_open())
		return NULL;
	if (conn)
		connecting_abandon(conn);
	conn = conn_connected(pg);
	if (conn)
		conn->implicit = connecting->implicit;
	return conn;
}

void
connecting_end(struct connecting *connecting, PGconn *pg)
{
	struct conn *conn = learn(connecting, pg);
	struct outcome outcome;

	if (!connecting->span.recorded) {
		span_detach(&connecting->span);
		return;
	}
	tell(&outcome, pg);
	end(&connecting->span, conn, &outcome);
}

void
connecting_goes_on(struct connecting *connecting, PGconn *pg)
{
	struct conn *conn;

	if (PQstatus(pg) == CONNECTION_BAD) {
		connecting_end(connecting, pg);
		return;
	}
	span_detach(&connecting->span);
	conn = learn(connecting, pg);
	if (conn)
		conn->connecting = connecting->span;
	else
		end_as(&connecting->span, NULL, "unseen");
}

void
connecting_polled(PGconn *pg, PostgresPollingStatusType status)
{
	struct conn *conn = conn_entry(pg);
	struct outcome outcome;

	if (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED)
		return;
	if (!conn || !conn->connecting.recorded)
		return;
	conn_connected(pg);
	tell(&outcome, pg);
	end(&conn->connecting, conn, &outcome);
}

void
connecting_abandon(struct conn *conn)
{
	end_as(&conn->connecting, conn, "abandoned");
}
