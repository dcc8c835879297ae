/*
 * connecting.c - the point of a connection that is being made, or made anew.
 */
#include "mysql/connecting.h"

#include "mysql/session.h"
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
		put_word(&fields, server_system(NULL));
	put_call(&fields, &mysql_call[call].field);
	span_publish(&connecting->span, &fields, clock_ns());
}

void
connecting_begin(struct connecting *connecting, enum call_key call,
    const void *caller, MYSQL *mysql)
{
	struct conn *conn = conn_entry(mysql);

	*connecting = (struct connecting){.span = {.recorded = false}};
	if (!gate_open())
		return;
	if (conn) {
		connecting_abandon(conn);
		connecting->implicit = conn->implicit;
	}
	begin(connecting, call, caller, conn);
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

/*
 * Know the connection.  Whatever had its address before is gone, but for one
 * that is there all the same: the library refused to connect it again.
 */
static struct conn *
learn(MYSQL *mysql, bool failed, const struct address *asked)
{
	if (!failed)
		return conn_connected(mysql, asked);
	if (session_is_there(mysql))
		return conn_find(mysql);
	return conn_failed(mysql, asked);
}

void
connecting_end(struct connecting *connecting, MYSQL *mysql, bool failed,
    const struct address *asked)
{
	struct conn *conn = gate_open() ? learn(mysql, failed, asked) : NULL;
	struct outcome outcome;

	if (conn)
		conn->implicit = connecting->implicit;
	if (!connecting->span.recorded) {
		span_detach(&connecting->span);
		return;
	}
	outcome_clear(&outcome);
	outcome.secret = true;
	if (failed)
		outcome_fail(&outcome, mysql);
	end(&connecting->span, conn, &outcome);
}

void
connecting_goes_on(
    struct connecting *connecting, MYSQL *mysql, const struct address *asked)
{
	/* It is not there yet: all that is known is what was asked for. */
	struct conn *conn = gate_open() ? conn_failed(mysql, asked) : NULL;
	struct outcome outcome;

	span_detach(&connecting->span);
	if (conn) {
		conn->implicit = connecting->implicit;
		conn->connecting = connecting->span;
		conn->call.suspended = true;
		return;
	}
	outcome_clear(&outcome);
	outcome.ending = "unseen";
	end(&connecting->span, NULL, &outcome);
}

bool
connecting_resume(struct connecting *connecting, MYSQL *mysql)
{
	struct conn *conn = conn_entry(mysql);

	if (!conn || !conn_is_suspended(conn))
		return false;
	connecting->span = conn->connecting;
	connecting->implicit = conn->implicit;
	conn->connecting.recorded = conn->call.suspended = false;
	return true;
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

void
connecting_close(MYSQL *mysql)
{
	struct conn *conn = conn_known(mysql);

	if (!conn)
		return;
	connecting_abandon(conn);
	conn_closing(conn);
}
