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
reason(const char *message, const char *end)
{
	static const char attempt[] = "connection to server ";
	static const char failed[] = " failed: ";
	const char *found = message, *last = NULL;

	while ((found = memmem(found, (size_t)(end - found), attempt,
		    sizeof(attempt) - 1))) {
		if (found == message || found[-1] == '\n')
			last = found;
		found += sizeof(attempt) - 1;
	}
	if (last)
		found = memmem(
		    last, (size_t)(end - last), failed, sizeof(failed) - 1);
	return found ? found + sizeof(failed) - 1 : message;
}

void
connecting_fail(struct outcome *outcome, const char *message, size_t len)
{
	const char *end = message + len;
	const char *at = reason(message, end);
	const char *line = memchr(at, '\n', (size_t)(end - at));

	outcome->word = "CONNECTION_BAD";
	outcome_fail_hidden(outcome, at, (size_t)((line ? line : end) - at));
}

static void
tell(struct outcome *outcome, const PGconn *pg)
{
	const char *message;

	outcome_clear(outcome);
	if (PQstatus(pg) == CONNECTION_OK) {
		outcome->word = "CONNECTION_OK";
		return;
	}
	message = PQerrorMessage(pg);
	connecting_fail(outcome, message, strlen(message));
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

void
connecting_end(struct connecting *connecting, PGconn *pg)
{
	struct conn *conn = pg && gate_open() ? conn_connected(pg) : NULL;
	struct outcome outcome;

	if (conn) {
		connecting_abandon(conn); /* of one that had this address */
		conn->implicit = connecting->implicit;
	}
	if (!connecting->span.recorded)
		return;
	tell(&outcome, pg);
	end(&connecting->span, conn, &outcome);
}

void
connecting_goes_on(struct connecting *connecting, PGconn *pg)
{
	struct conn *conn;

	if (!pg || PQstatus(pg) == CONNECTION_BAD || !gate_open()) {
		connecting_end(connecting, pg);
		return;
	}
	conn = conn_connected(pg);
	if (!conn) {
		connecting_end(connecting, NULL);
		return;
	}
	connecting_abandon(conn);
	conn->implicit = connecting->implicit;
	span_detach(&connecting->span);
	conn->connecting = connecting->span;
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
	struct outcome outcome;

	if (!conn->connecting.recorded)
		return;
	outcome_clear(&outcome);
	outcome.ending = "abandoned";
	end(&conn->connecting, conn, &outcome);
}
