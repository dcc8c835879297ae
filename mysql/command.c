/*
 * command.c - a statement or another command: its span and its times.
 */
#include "mysql/command.h"

#include <string.h>

#include "mysql/conn.h"
#include "shim/clock.h"

static size_t
text_room(const char *text)
{
	return text ? FIELD_TEXT_ROOM + strlen(text) : 0;
}

/* Bytes that the fields of a START need. */
static size_t
begin_room(const struct conn *conn, const struct subject *subject, size_t binds)
{
	size_t room = sizeof(struct call_field) + 2 * FIELD_U64_SIZE +
		      subject->ready_len + binds;

	room += conn ? conn->ready_len : sizeof(struct word_field);
	if (subject->sql)
		room += FIELD_TEXT_ROOM + FIELD_U64_SIZE + subject->sql_len;
	return room + text_room(subject->target);
}

/*
 * How the server will read the text.  What is copied as it is goes without
 * asking.
 */
static struct redact_mode
mode_of(struct conn *conn, const struct subject *subject)
{
	if (!subject->sql || (subject->sql_known && gate_shows_args()))
		return redact_default_mode(REDACT_MYSQL);
	return conn_mode(conn);
}

/* Which binds are not to be shown. */
static const struct hidden *
hidden_of(
    const struct subject *subject, struct redact_mode mode, struct hidden *own)
{
	if (subject->hidden || !subject->binds)
		return subject->hidden;
	*own = hidden_params(mode, subject->sql, subject->sql_len);
	return own;
}

/* Returns whether a credential may be in the text. */
static bool
put_sql(struct fields *fields, struct redact_mode mode,
    const struct subject *subject)
{
	if (subject->ready)
		put_ready(fields, subject->ready, subject->ready_len);
	else if (subject->sql_known)
		put_known_statement(
		    fields, mode, subject->sql, subject->sql_len);
	else if (subject->sql)
		return put_statement(
		    fields, mode, subject->sql, subject->sql_len);
	return !subject->sql && subject->secret;
}

/* The START's fields, but for parameters and statement, which are put last. */
static void
begin_put(struct fields *fields, const struct conn *conn,
    const struct subject *subject)
{
	if (conn)
		put_ready(fields, conn->ready, conn->ready_len);
	else
		put_word(fields, server_system(NULL));
	put_call(fields, &mysql_call[subject->call].field);
	if (subject->target)
		put_text(fields, FIELD_TARGET, subject->target,
		    strlen(subject->target));
	if (subject->index)
		put_u64(fields, FIELD_STATEMENT_INDEX, subject->index);
}

static void
open_and_put(struct command *command, struct conn *conn,
    const struct subject *subject, bool pushed)
{
	struct redact_mode mode = mode_of(conn, subject);
	struct implicit *implicit = conn_implicit(conn);
	struct hidden own;
	const struct hidden *hidden = hidden_of(subject, mode, &own);
	size_t binds = subject->binds
			   ? binds_room(subject->binds, subject->batch, hidden)
			   : 0;
	size_t room = begin_room(conn, subject, binds);
	struct span *span = &command->span;
	struct fields fields;

	if (pushed ? !span_open(span, &fields, subject->caller, implicit, room)
		   : !span_open_detached(
			 span, &fields, subject->caller, implicit, room))
		return;
	begin_put(&fields, conn, subject);
	if (binds)
		binds_put(&fields, subject->binds, subject->batch, hidden);
	span->secret = put_sql(&fields, mode, subject);
	span_publish(span, &fields, clock_ns());
}

void
command_begin(struct command *command, struct conn *conn,
    const struct subject *subject, bool pushed)
{
	*command = (struct command){
	    .caller = subject->caller, .index = subject->index};
	if (gate_open())
		open_and_put(command, conn, subject, pushed);
}

void
command_answered(struct command *command)
{
	if (command->span.recorded)
		command->first_ns = command->last_ns = clock_ns();
}

void
command_fetched(struct command *command, uint64_t begin_ns)
{
	uint64_t end_ns = clock_ns();

	command->application_ns += begin_ns - command->last_ns;
	command->transfer_ns += end_ns - begin_ns;
	command->last_ns = end_ns;
}

void
command_suspend(struct command *command, uint64_t begin_ns)
{
	command->application_ns += begin_ns - command->last_ns;
	command->last_ns = begin_ns;
	command->suspended = true;
}

bool
command_resume(struct command *command, uint64_t *ret_begin_ns)
{
	if (!command->suspended)
		return false;
	command->suspended = false;
	*ret_begin_ns = command->last_ns;
	return true;
}

/* The times of a statement with rows, or that was sent, as in a record. */
static void
put_times(
    struct fields *fields, const struct command *command, uint64_t stop_ns)
{
	uint64_t start_ns = command->span.start_ns;
	uint64_t sent_ns = command->sent_ns ? command->sent_ns : start_ns;
	const struct number_field times[] = {
	    NUMBER_FIELD(FIELD_WAIT, command->first_ns - sent_ns),
	    NUMBER_FIELD(FIELD_TRANSFER, command->transfer_ns),
	    NUMBER_FIELD(FIELD_APPLICATION, command->application_ns),
	};

	put_u64(fields, FIELD_ELAPSED, stop_ns - start_ns);
	if (command->sent_ns)
		put_u64(fields, FIELD_SEND, sent_ns - start_ns);
	if (command->first_ns)
		put_ready(fields, times, sizeof(times));
}

/*
 * The place in its text, of the first statement if another one follows.  What
 * failed has none behind it: the connection may have another one's text.
 */
static void
put_index(struct fields *fields, const struct command *command,
    const struct conn *conn, bool failed)
{
	bool first = command->goes_on || (conn && conn->text.index == 1);

	if (!command->index && first && !failed)
		put_u64(fields, FIELD_STATEMENT_INDEX, 1);
}

static const char skipped_note[] =
    "its answer was read out of sight: its time ends with the next call";

/* Times, connection, index, transaction, note: numbers, a word and a text. */
#define END_ROOM \
 (8 * FIELD_U64_SIZE + sizeof(struct word_field) + FIELD_TEXT_ROOM + \
     sizeof(skipped_note))

void
command_end(
    struct command *command, struct conn *conn, const struct outcome *outcome)
{
	uint64_t stop_ns = command->last_ns;
	struct fields fields;

	command->suspended = false;
	if (!stop_ns && command->span.recorded)
		stop_ns = clock_ns();
	if (!span_close(&command->span, &fields,
		END_ROOM + outcome_room(outcome), stop_ns))
		return;
	outcome_put(&fields, outcome);
	put_times(&fields, command, stop_ns);
	put_index(&fields, command, conn, outcome->code);
	if (command->skipped)
		put_text(&fields, FIELD_NOTE, skipped_note,
		    sizeof(skipped_note) - 1);
	if (conn)
		conn_put_transaction(conn, &fields);
	span_finish(&fields);
	if (conn && gate_wants_transactions())
		conn_tell_transaction(conn, command, outcome, stop_ns);
}
