/*
 * cancel.c - asking the server to stop a statement.
 *
 * The span is the call, or goes from PQcancelStart() to the poll that tells;
 * PQcancelFinish() ends one that was abandoned.  That a cancel was sent is all
 * it can tell: the statement that was hit ends with 57014 in its own span, or
 * was over before.
 *
 * PQcancel() is called in handlers of signals, on any thread, in the middle of
 * anything.  Its wrapper asks for no lock, memory or table: where a span would
 * need one, the call goes untraced.
 */
#include "pq/connecting.h"

/* `message`: why it was not sent; NULL if it was. */
static void
cancel_end(struct command *command, struct conn *conn, const char *message)
{
	struct outcome outcome;

	outcome_clear(&outcome);
	if (message)
		connecting_fail(&outcome, message);
	else
		outcome.ending = "sent";
	command_end(command, conn, &outcome);
}

typedef int cancel_function(PGcancel *cancel, char *message, int size);

/* Of no connection: which one is asked for is known to libpq alone. */
OUT_OF_LINE int
cancel_traced(cancel_function *real, PGcancel *cancel, char *message, int size,
    const void *caller)
{
	struct subject subject = {.call = CALL_PQcancel, .caller = caller};
	struct command command;
	int sent;

	command_begin(&command, NULL, &subject, false);

	sent = real(cancel, message, size);

	if (sent)
		message = NULL;
	else if (size <= 0)
		message = "";
	cancel_end(&command, NULL, message);
	return sent;
}

/* Whether a span can begin here and now, at no cost but its own. */
static bool
is_ready(void)
{
	unsigned bits = atomic_load_explicit(&gate, memory_order_relaxed);

	return bits && !(bits & GATE_UNKNOWN) && span_ready();
}

int
osprof_PQcancel(PGcancel *cancel, char *message, int size)
{
	bool passes;
	cancel_function *real = HANDLER_REAL(PQcancel, &passes);

	if (passes || !is_ready())
		return real(cancel, message, size);
	return cancel_traced(real, cancel, message, size, CALLER);
}

/* The connection may have a statement that waits: it goes on. */
OUT_OF_LINE int
request_cancel_traced(PGconn *pg, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQrequestCancel, .caller = caller};
	struct conn *conn = gate_open() ? conn_find(pg) : NULL;
	struct command command;
	int sent;

	command_begin(&command, conn, &subject, true);

	sent = PQrequestCancel(pg);

	cancel_end(&command, conn, sent ? NULL : PQerrorMessage(pg));
	return sent;
}

int
osprof_PQrequestCancel(PGconn *pg)
{
	if (PASSES)
		return PASS(PQrequestCancel)(pg);
	return request_cancel_traced(pg, CALLER);
}

/* Those that were started and are polled. */
struct started {
	struct handle handle;
	struct command command;
};

static struct handles all_started = {
    .entry_size = sizeof(struct started),
};

static struct started *
started_find(const PGcancelConn *cancel)
{
	return (struct started *)handles_find(&all_started, cancel);
}

/* It will not be polled to its end. */
static void
started_abandon(PGcancelConn *cancel)
{
	struct started *started = started_find(cancel);
	struct outcome outcome;

	if (!started)
		return;
	outcome_clear(&outcome);
	outcome.ending = "abandoned";
	command_end(&started->command, NULL, &outcome);
	atomic_store(&started->handle.live, HANDLE_DEAD);
}

/* Keep what was begun until a poll tells; false without memory. */
static bool
started_add(PGcancelConn *cancel, const struct command *command)
{
	struct started *started;

	started_abandon(cancel);
	started = (struct started *)handles_add(&all_started, cancel);
	if (started)
		started->command = *command;
	return started;
}

static void
cancel_done(struct command *command, PGcancelConn *cancel, bool sent)
{
	cancel_end(command, NULL, sent ? NULL : PQcancelErrorMessage(cancel));
}

OUT_OF_LINE int
cancel_blocking_traced(PGcancelConn *cancel, const void *caller)
{
	struct subject subject = {
	    .call = CALL_PQcancelBlocking, .caller = caller};
	struct command command;
	int sent;

	command_begin(&command, NULL, &subject, true);

	sent = PQcancelBlocking(cancel);

	cancel_done(&command, cancel, sent);
	return sent;
}

int
osprof_PQcancelBlocking(PGcancelConn *cancel)
{
	if (PASSES)
		return PASS(PQcancelBlocking)(cancel);
	return cancel_blocking_traced(cancel, CALLER);
}

OUT_OF_LINE int
cancel_start_traced(PGcancelConn *cancel, const void *caller)
{
	struct subject subject = {.call = CALL_PQcancelStart, .caller = caller};
	struct command command;
	int started;

	command_begin(&command, NULL, &subject, false);

	started = PQcancelStart(cancel);

	if (!started || !started_add(cancel, &command))
		cancel_done(&command, cancel, started);
	return started;
}

int
osprof_PQcancelStart(PGcancelConn *cancel)
{
	if (PASSES)
		return PASS(PQcancelStart)(cancel);
	return cancel_start_traced(cancel, CALLER);
}

OUT_OF_LINE PostgresPollingStatusType
cancel_poll_traced(PGcancelConn *cancel)
{
	PostgresPollingStatusType status = PQcancelPoll(cancel);
	struct started *started = started_find(cancel);

	if (started &&
	    (status == PGRES_POLLING_OK || status == PGRES_POLLING_FAILED)) {
		cancel_done(
		    &started->command, cancel, status == PGRES_POLLING_OK);
		atomic_store(&started->handle.live, HANDLE_DEAD);
	}
	return status;
}

PostgresPollingStatusType
osprof_PQcancelPoll(PGcancelConn *cancel)
{
	if (PASSES)
		return PASS(PQcancelPoll)(cancel);
	return cancel_poll_traced(cancel);
}

OUT_OF_LINE void
cancel_finish_traced(PGcancelConn *cancel)
{
	started_abandon(cancel);

	PQcancelFinish(cancel);
}

void
osprof_PQcancelFinish(PGcancelConn *cancel)
{
	if (PASSES)
		PASS(PQcancelFinish)(cancel);
	else
		cancel_finish_traced(cancel);
}
