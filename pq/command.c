/*
 * command.c - a command: its span, its times, its place in a pipeline.
 */
#include "pq/command.h"

#include <string.h>

#include "pq/conn.h"
#include "shim/clock.h"

static const char pipeline_note[] =
    "sent in a pipeline: the server's own time for it cannot be seen";

static size_t
text_room(const char *text)
{
	return text ? FIELD_TEXT_ROOM + strlen(text) : 0;
}

/* Bytes that the fields of a START need, but for its parameters. */
static size_t
begin_room(
    const struct conn *conn, const struct subject *subject, const char *schema)
{
	size_t room = sizeof(struct call_field) + 2 * FIELD_U64_SIZE +
		      text_room(schema);

	room += conn ? conn->ready_len : FIELD_TEXT_ROOM + sizeof(SYSTEM);
	if (subject->sql)
		room += FIELD_TEXT_ROOM + FIELD_U64_SIZE + subject->sql_len;
	return room + text_room(subject->name) + text_room(subject->target);
}

static void
put_name(struct fields *fields, enum field_key key, const char *name)
{
	if (name)
		put_text(fields, key, name, strlen(name));
}

static struct redact_mode
unknown_mode(void)
{
	struct redact_mode mode = redact_default_mode(REDACT_POSTGRES);

	mode.backslash = REDACT_UNKNOWN;
	mode.charset = REDACT_CHARSET_UNKNOWN;
	return mode;
}

/* How the server will read the text. */
static struct redact_mode
mode_of(struct conn *conn, const struct subject *subject)
{
	return conn && subject->sql ? conn_mode(conn) : unknown_mode();
}

/* Returns whether a credential may be in the text. */
static bool
put_sql(struct fields *fields, struct redact_mode mode,
    const struct subject *subject)
{
	if (!subject->sql_known)
		return put_statement(
		    fields, mode, subject->sql, subject->sql_len);
	put_known_statement(fields, mode, subject->sql, subject->sql_len);
	return false;
}

/* The START's fields, but for its statement, which is put last. */
static void
begin_put(struct fields *fields, const struct conn *conn,
    const struct subject *subject, const char *schema)
{
	if (conn)
		put_ready(fields, conn->ready, conn->ready_len);
	else
		put_text(fields, FIELD_SYSTEM, SYSTEM, sizeof(SYSTEM) - 1);
	put_call(fields, &pq_call[subject->call].field);
	put_name(fields, FIELD_SCHEMA, schema);
	put_name(fields, FIELD_STATEMENT_NAME, subject->name);
	put_name(fields, FIELD_TARGET, subject->target);
}

static const char *
schema_of(const struct conn *conn)
{
	return conn && conn->reports_schema
		   ? PQparameterStatus(conn->pg, "search_path")
		   : NULL;
}

/* Show the statement that was prepared under the subject's name, if known. */
static void
look_up(struct subject *subject, struct conn *conn)
{
	/* Of one that nobody knows, any parameter may be hidden. */
	static const struct hidden all = {
	    true, {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
	const struct prepared *statement = conn ? conn_prepared(
						      conn, subject->name)
						: NULL;

	if (!statement) {
		if (hides_params())
			subject->params->hidden = &all;
		return;
	}
	subject->ready = statement->ready;
	subject->ready_len = statement->ready_len;
	if (!statement->ready) {
		subject->sql = statement->sql;
		subject->sql_len = statement->sql_len;
		subject->sql_known = true;
	}
	subject->params->types = statement->types;
	subject->params->type_count = statement->type_count;
	if (statement->hidden.any)
		subject->params->hidden = &statement->hidden;
}

static bool
open_span(struct command *command, struct fields *fields,
    struct implicit *implicit, size_t room, bool pushed)
{
	struct span *span = &command->span;

	return pushed ? span_open(span, fields, command->caller, implicit, room)
		      : span_open_detached(
			    span, fields, command->caller, implicit, room);
}

/*
 * Whether a text is copied as it is and hides no parameter.  How the server
 * reads it does not matter then: to ask libpq for that would take a third of
 * all that a statement costs.
 */
static bool
is_simple(const struct subject *subject)
{
	return !subject->name && gate_shows_args() &&
	       statement_is_simple(subject->sql, subject->sql_len) &&
	       !(subject->params && hides_params());
}

/*
 * Tell of a prepared statement that stands ready, or of a simple text: all but
 * what few calls have.
 */
static inline void
tell_ready(struct command *command, struct conn *conn, struct subject *subject,
    struct implicit *implicit, bool pushed)
{
	const char *schema = schema_of(conn);
	size_t with_params = subject->params ? params_room(subject->params) : 0;
	size_t room = subject->ready_len + sizeof(struct call_field) +
		      FIELD_TEXT_ROOM + 2 * FIELD_U64_SIZE + subject->sql_len +
		      text_room(schema) + with_params;
	struct fields fields;

	if (!open_span(command, &fields, implicit, room, pushed))
		return;
	put_ready_call(&fields, subject->ready, subject->ready_len,
	    &pq_call[subject->call].field);
	put_name(&fields, FIELD_SCHEMA, schema);
	if (with_params)
		params_put(&fields, subject->params);
	if (subject->sql)
		put_known_statement(
		    &fields, unknown_mode(), subject->sql, subject->sql_len);
	span_publish(&command->span, &fields, clock_ns());
}

OUT_OF_LINE void
tell(struct command *command, struct conn *conn, struct subject *subject,
    struct implicit *implicit, bool pushed)
{
	struct redact_mode mode = mode_of(conn, subject);
	const char *schema = schema_of(conn);
	struct params *params = subject->params;
	size_t with_params = params ? params_room(params) : 0;
	size_t room = begin_room(conn, subject, schema) + with_params;
	struct hidden hidden;
	struct fields fields;

	if (with_params && subject->sql && !subject->executes) {
		hidden = hidden_params(mode, subject->sql, subject->sql_len);
		params->hidden = &hidden;
	}
	if (!open_span(command, &fields, implicit, room, pushed))
		return;
	begin_put(&fields, conn, subject, schema);
	if (with_params)
		params_put(&fields, params);
	if (subject->sql)
		command->span.secret = put_sql(&fields, mode, subject);
	span_publish(&command->span, &fields, clock_ns());
}

/* The connection's own trace; a new one where a transaction may begin. */
static struct implicit *
take_implicit(struct conn *conn)
{
	if (!conn || !gate_wants_handles())
		return NULL;
	if (PQtransactionStatus(conn->pg) == PQTRANS_IDLE)
		implicit_renew(&conn->implicit);
	return &conn->implicit;
}

/*
 * What is not set, but for the span's ids.  Field by field: gcc takes longer to
 * clear all of it.
 */
static void
command_clear(struct command *command)
{
	command->span.start_ns = 0;
	command->span.recorded = command->span.pushed = false;
	command->span.secret = false;
	command->sent_ns = command->first_ns = command->last_ns = 0;
	command->transfer_ns = command->application_ns = command->copy_ns = 0;
	command->batch = command->batch_position = command->batch_size = 0;
	command->prepares = command->closes = 0;
	command->open = command->is_sync = false;
}

void
command_begin(struct command *command, struct conn *conn,
    struct subject *subject, bool pushed)
{
	struct implicit *implicit;

	command_clear(command);
	command->caller = subject->caller;
	if (conn && subject->sql && !subject->name)
		prepared_forget_unnamed(&conn->prepared);
	command->open = gate_open();
	if (!command->open)
		return;
	if (subject->executes) {
		look_up(subject, conn);
	} else if (conn && subject->sql && is_simple(subject)) {
		subject->ready = conn->ready;
		subject->ready_len = conn->ready_len;
	}
	implicit = take_implicit(conn);
	if (subject->ready)
		tell_ready(command, conn, subject, implicit, pushed);
	else
		tell(command, conn, subject, implicit, pushed);
}

/* What the transaction is after the command. */
static const struct word_field transaction_field[] = {
    [PQTRANS_IDLE] = WORD_FIELD(FIELD_TRANSACTION, "idle"),
    [PQTRANS_ACTIVE] = WORD_FIELD(FIELD_TRANSACTION, "active"),
    [PQTRANS_INTRANS] = WORD_FIELD(FIELD_TRANSACTION, "open"),
    [PQTRANS_INERROR] = WORD_FIELD(FIELD_TRANSACTION, "failed"),
};

static char *
write_transaction(char *at, const struct conn *conn)
{
	unsigned status = (unsigned)PQtransactionStatus(conn->pg);

	return status < PQTRANS_UNKNOWN
		   ? write_word(at, &transaction_field[status])
		   : at;
}

/*
 * The times.  A command that was not sent has results of its own where it is a
 * COPY that PQexec() began.
 */
static char *
write_times(char *at, const struct command *command, uint64_t stop_ns)
{
	uint64_t sent_ns = command->sent_ns, first_ns = command->first_ns;
	uint64_t start_ns = command->span.start_ns;

	at = write_u64(at, FIELD_ELAPSED, stop_ns - start_ns);
	if (sent_ns)
		at = write_u64(at, FIELD_SEND, sent_ns - start_ns);
	if (!first_ns)
		return at;
	if (sent_ns)
		at = write_u64(at, FIELD_WAIT, first_ns - sent_ns);
	at = write_u64(at, FIELD_TRANSFER, command->transfer_ns);
	at = write_u64(at, FIELD_APPLICATION, command->application_ns);
	if (command->copy_ns)
		at = write_u64(at, FIELD_COPY, command->copy_ns);
	return at;
}

OUT_OF_LINE void
put_batch(struct fields *fields, const struct command *command)
{
	static const struct word_field sync = WORD_FIELD(
	    FIELD_BATCH_SYNC, "sync");
	static const struct word_field none = WORD_FIELD(
	    FIELD_BATCH_SYNC, "none");

	put_u64(fields, FIELD_BATCH, command->batch);
	put_u64(fields, FIELD_BATCH_POSITION, command->batch_position);
	if (command->batch_size)
		put_u64(fields, FIELD_BATCH_SIZE, command->batch_size);
	put_word(fields, command->batch_size ? &sync : &none);
	put_text(fields, FIELD_NOTE, pipeline_note, sizeof(pipeline_note) - 1);
}

/* What its success or failure means for the statement that it is about. */
static void
settle_prepared(
    struct command *command, struct conn *conn, const struct outcome *outcome)
{
	bool succeeded = outcome->status == PGRES_COMMAND_OK;

	if (command->prepares)
		prepared_settle(&conn->prepared, command->prepares, succeeded);
	else if (succeeded)
		prepared_forget(&conn->prepared, command->closes);
	command->prepares = command->closes = 0;
}

/* A word, and six numbers; with the batch three more and two texts. */
#define TIMES_ROOM (sizeof(struct word_field) + 6 * FIELD_U64_SIZE)
/* clang-format off */
#define END_ROOM (TIMES_ROOM + sizeof(struct word_field) + \
	    3 * FIELD_U64_SIZE + FIELD_TEXT_ROOM + sizeof(pipeline_note))
/* clang-format on */

/*
 * Tell the transaction.  While commands wait in a pipeline libpq does not know
 * whether one is open: what was so before counts.
 */
OUT_OF_LINE void
tell_transaction(const struct command *command, struct conn *conn,
    const struct outcome *outcome, uint64_t stop_ns)
{
	PGTransactionStatusType status = PQtransactionStatus(conn->pg);
	/* One that found no room has read no clock. */
	uint64_t end_ns = stop_ns ? stop_ns : clock_ns();
	uint64_t begin_ns = command->span.start_ns;
	const struct transaction_step step = {
	    .begin_ns = begin_ns ? begin_ns : end_ns,
	    .end_ns = end_ns,
	    .ready = conn->ready,
	    .ready_len = conn->ready_len,
	    .caller = command->caller,
	    .implicit = gate_wants_handles() ? &conn->implicit : NULL,
	    .ending = outcome->failed         ? "failed"
		      : outcome->tag.head.len ? outcome->tag.text
					      : NULL,
	    .inside = status == PQTRANS_INTRANS || status == PQTRANS_INERROR ||
		      (status == PQTRANS_ACTIVE && conn->transaction.open),
	};

	if (status == PQTRANS_UNKNOWN)
		transaction_end(&conn->transaction, "connection lost");
	else
		transaction_step(&conn->transaction, &step);
}

/* The STOP's fields, behind those of the outcome. */
static void
end_put(struct fields *fields, const struct command *command,
    const struct conn *conn, uint64_t stop_ns)
{
	char *at = fields->at;

	if (!fields_hold(fields, TIMES_ROOM))
		return;
	if (conn)
		at = write_transaction(at, conn);
	fields->at = write_times(at, command, stop_ns);
	if (command->batch)
		put_batch(fields, command);
}

void
command_end(
    struct command *command, struct conn *conn, const struct outcome *outcome)
{
	uint64_t stop_ns = command->last_ns;
	struct fields fields;

	if (command->prepares | command->closes)
		settle_prepared(command, conn, outcome);
	if (!command->open)
		return;
	command->open = false;
	if (!stop_ns && command->span.recorded)
		stop_ns = clock_ns();
	if (span_close(&command->span, &fields,
		END_ROOM + outcome_room(outcome), stop_ns)) {
		outcome_put(&fields, outcome);
		end_put(&fields, command, conn, stop_ns);
		span_finish(&fields);
	}
	/* Also of one that found no room: it may have ended a transaction. */
	if (conn && gate_wants_transactions())
		tell_transaction(command, conn, outcome, stop_ns);
}
