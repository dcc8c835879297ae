/*
 * conn.c - what we know of a connection.
 */
#include "pq/conn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/clock.h"

static void
conn_clear(struct handle *entry)
{
	struct conn *conn = (struct conn *)entry;

	queue_free(&conn->queue);
	prepared_forget_all(&conn->prepared);
}

struct handles pq_conns = {
    .entry_size = sizeof(struct conn),
    .clear = conn_clear,
};

static void
ready_text(struct fields *fields, enum field_key key, const char *text)
{
	if (text && *text)
		put_text(fields, key, text, strlen(text));
}

#define HEX "0123456789abcdefABCDEF"
#define LETTERS "ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ" HEX

/* Whether a text is a name, a socket's folder or an address, as most are. */
static bool
is_plain(const char *text)
{
	return !text[strspn(text, LETTERS "_.-")] ||
	       (*text == '/' && !text[strspn(text, LETTERS "_.-/")]) ||
	       !text[strspn(text, HEX ":.")];
}

/*
 * Put a name.  One that no server has accepted may be anything: the database of
 * postgres://user:se/cret@host/db is "cret@host/db".
 */
static void
ready_name(struct fields *fields, enum field_key key, const struct conn *conn,
    const char *name)
{
	bool shown = !name || conn->backend_pid || is_plain(name);

	ready_text(fields, key, shown ? name : "?");
}

static void
ready_port(struct fields *fields, const char *port)
{
	char *end;
	unsigned long number = port ? strtoul(port, &end, 10) : 0;

	if (number && !*end)
		put_u64(fields, FIELD_PORT, number);
}

/* What all points of the connection show. */
static void
conn_make_ready(struct conn *conn)
{
	struct fields fields = fields_ready(conn->ready, sizeof(conn->ready));
	PGconn *pg = conn->pg;

	put_text(&fields, FIELD_SYSTEM, SYSTEM, sizeof(SYSTEM) - 1);
	if (conn->backend_pid)
		put_u64(
		    &fields, FIELD_CONNECTION_ID, (uint64_t)conn->backend_pid);
	ready_port(&fields, PQport(pg));
	ready_name(&fields, FIELD_HOST, conn, PQhost(pg));
	ready_name(&fields, FIELD_DATABASE, conn, PQdb(pg));
	ready_name(&fields, FIELD_USER, conn, PQuser(pg));
	ready_text(&fields, FIELD_SERVER_VERSION,
	    PQparameterStatus(pg, "server_version"));
	conn->ready_len = (size_t)(fields.at - conn->ready);
	conn->prepared.shown = conn->ready;
	conn->prepared.shown_len = conn->ready_len;
}

static void
conn_learn(struct conn *conn, PGconn *pg)
{
	int saved = errno;

	prepared_forget_all(&conn->prepared);
	conn->pg = pg;
	outcome_clear(&conn->outcome);
	conn->epoch = gate_epoch();
	conn->backend_pid = PQbackendPID(pg);
	conn->mode = redact_default_mode(REDACT_POSTGRES);
	conn->encoding = -1;
	queue_pipelined(&conn->queue,
	    PQpipelineStatus && PQpipelineStatus(pg) != PQ_PIPELINE_OFF);
	conn->queue.astray = PQtransactionStatus(pg) == PQTRANS_ACTIVE;
	conn->reports_schema = PQparameterStatus(pg, "search_path") != NULL;
	conn_make_ready(conn);
	errno = saved;
}

struct conn *
conn_new(PGconn *pg)
{
	struct conn *conn = pg ? (struct conn *)handles_add(&pq_conns, pg)
			       : NULL;

	if (conn)
		conn_learn(conn, pg);
	return conn;
}

struct conn *
conn_catch_up(struct conn *conn, PGconn *pg)
{
	if (!conn_is_same(conn, pg) || !gate_was_open_since(conn->epoch)) {
		conn_end_all(conn, "unseen");
		conn_learn(conn, pg);
	}
	conn->epoch = gate_epoch();
	return conn;
}

struct conn *
conn_connected(PGconn *pg)
{
	struct conn *conn = (struct conn *)handles_find(&pq_conns, pg);

	if (!conn)
		return conn_new(pg);
	conn_end_all(conn, "unseen");
	conn_learn(conn, pg);
	return conn;
}

void
conn_copied(PGconn *pg, size_t bytes, unsigned rows)
{
	struct conn *conn = conn_entry(pg);

	if (conn && status_is_copy(conn->outcome.status))
		outcome_count(&conn->outcome, bytes, rows);
}

void
conn_end_first(struct conn *conn)
{
	command_end(queue_first(&conn->queue), conn, &conn->outcome);
	queue_pop(&conn->queue);
	outcome_clear(&conn->outcome);
}

void
conn_end_queue(struct conn *conn, const char *ending)
{
	struct command *first = queue_first(&conn->queue);

	while (first) {
		if (status_is_copy(conn->outcome.status))
			command_copied(first, clock_ns());
		if (!outcome_is_verdict(&conn->outcome))
			conn->outcome.ending = ending;
		conn_end_first(conn);
		first = queue_first(&conn->queue);
	}
}

/*
 * In a pipeline, one command that is not in the queue makes all behind it
 * somebody else's: none is queued until libpq has answered every one.
 */
struct command *
conn_make_room(struct conn *conn)
{
	struct queue *queue = &conn->queue;
	struct command *place;

	if (queue->astray && PQtransactionStatus(conn->pg) == PQTRANS_ACTIVE)
		return NULL;
	queue->astray = false;
	place = queue_room(queue);
	if (!place) {
		conn_end_waiting(conn, "unseen");
		queue->astray = true;
	}
	return place;
}

void
conn_abandon_call(struct conn *conn, const char *ending)
{
	struct outcome outcome;

	outcome_clear(&outcome);
	outcome.ending = ending;
	command_end(&conn->call, conn, &outcome);
}

void
conn_end_all(struct conn *conn, const char *ending)
{
	conn_end_call(conn, ending);
	conn_end_waiting(conn, ending);
	transaction_end(&conn->transaction, ending);
}

void
conn_finishing(struct conn *conn)
{
	conn_end_all(conn, "connection closed");
	conn_clear(&conn->handle);
	atomic_store(&conn->handle.live, HANDLE_DEAD);
}

struct redact_mode
conn_mode(struct conn *conn)
{
	const char *standard = PQparameterStatus(
	    conn->pg, "standard_conforming_strings");
	int encoding = PQclientEncoding(conn->pg);

	if (encoding != conn->encoding) {
		conn->encoding = encoding;
		conn->mode.charset = (uint8_t)charset_named(
		    encoding < 0 ? "unknown" : pg_encoding_to_char(encoding));
	}
	conn->mode.backslash = !standard                     ? REDACT_UNKNOWN
			       : strcmp(standard, "on") == 0 ? REDACT_NO
							     : REDACT_YES;
	return conn->mode;
}

const struct prepared *
conn_look_up(struct conn *conn, const char *name)
{
	struct prepared *statement = prepared_find(&conn->prepared, name);

	if (statement && statement->epoch != gate_epoch())
		prepared_learn(&conn->prepared, statement, conn_mode(conn));
	return statement;
}

void
conn_prepares(
    struct conn *conn, struct command *command, const struct prepare *prepare)
{
	command->prepares = prepared_begin(
	    &conn->prepared, prepare, conn_mode(conn));
}

void
conn_closes(struct conn *conn, struct command *command, const char *name)
{
	const struct prepared *statement = prepared_find(&conn->prepared, name);

	command->closes = statement ? statement->id : 0;
}
