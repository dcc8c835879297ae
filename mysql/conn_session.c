/*
 * conn_session.c - what calls make of a connection's session.
 *
 * What the libraries tell of it they are asked after each call, and before each
 * text (session.h).
 */
#include <string.h>

#include "mysql/attributes.h"
#include "mysql/conn.h"
#include "mysql/session.h"
#include "mysql/stmt_run.h"

void
conn_new_session(struct conn *conn)
{
	conn->mode = redact_default_mode(REDACT_MYSQL);
	conn->charset = NULL;
	conn->turn = conn->last_turn = NULL;
	conn->in_transaction = conn->holds = false;
	conn->skipped = NULL;
	conn_answered(conn);
	text_forget(&conn->text);
}

/* It starts over, on the same connection. */
static void
restart(struct conn *conn)
{
	conn_end_open(conn, "connection reset");
	run_lose_all(conn, "connection reset");
	transaction_end(&conn->transaction, "connection reset");
	conn_new_session(conn);
	conn_make_ready(conn);
}

/* What is bound to the connection stays. */
void
conn_changed_user(struct conn *conn, const char *user, const char *db)
{
	server_change_user(&conn->server, conn->mysql, user);
	server_change_database(
	    &conn->server, db ? db : "", db ? strlen(db) : 0);
	restart(conn);
}

void
conn_reset(struct conn *conn)
{
	attributes_forget(conn);
	restart(conn);
}

static void
use(struct conn *conn, const char *db, size_t len)
{
	if (server_change_database(&conn->server, db, len))
		conn_make_ready(conn);
}

void
conn_use(struct conn *conn, const char *db)
{
	use(conn, db, strlen(db));
}

void
conn_sends(struct conn *conn, const char *sql, size_t len, bool simple)
{
	if (!len)
		return;
	conn->turn = simple ? NULL : turn_of(sql, len);
	conn->last_turn = simple ? NULL : turn_of_last(sql, len);
	conn->simple = simple;
	if (!simple && text_sets_quotes(sql, len))
		conn->mode.quotes = REDACT_UNKNOWN;
}

void
conn_keep_text(struct conn *conn, const char *sql, size_t len)
{
	if (len && !conn->simple && text_goes_on(sql, len))
		text_keep(&conn->text, conn_mode(conn), sql, len);
	else
		text_forget(&conn->text);
}

void
conn_ends_result(struct conn *conn)
{
	if (mysql_more_results(conn->mysql))
		return;
	text_forget(&conn->text);
	if (conn->last_turn)
		conn->turn = conn->last_turn;
	conn->last_turn = NULL;
}

/* The library made the connection anew: what was open on the old one is over.
 */
static void
moved(struct conn *conn)
{
	conn_end_open(conn, "connection lost");
	run_lose_all(conn, "connection lost");
	transaction_end(&conn->transaction, "connection lost");
	conn->thread_id = mysql_thread_id(conn->mysql);
	conn->in_transaction = false;
	conn_new_session(conn);
	conn_make_ready(conn);
}

bool
conn_is_inside(const struct conn *conn)
{
	if (real_is_mariadb())
		return session_bits(conn->mysql) & SESSION_IN_TRANSACTION;
	if (conn->turn)
		return conn->turn->begins;
	return conn->in_transaction || conn->holds;
}

static void
look_at_variables(struct conn *conn)
{
	struct session_set set = session_set(conn->mysql);

	if (set.charset[0])
		conn->mode.charset = (uint8_t)charset_named(set.charset);
	if (set.autocommit) {
		conn->holds = !set.commits;
		conn->in_transaction = false;
	}
}

/* Note what a call that succeeded has set. */
static void
look_at_session(struct conn *conn)
{
	size_t len;
	const char *db = session_database(conn->mysql, &len);

	if (db)
		use(conn, db, len);
	conn->in_transaction = conn_is_inside(conn);
	if (!real_is_mariadb())
		look_at_variables(conn);
}

/*
 * Whether the failure ends the transaction, which no library tells: by a
 * deadlock, or with a statement that was read and would have ended it anyway.
 */
static bool
ends_transaction(const struct conn *conn, const struct outcome *outcome)
{
	return outcome_is_lost(outcome) || outcome_is_rollback(outcome) ||
	       (conn->turn && conn->turn->unasked &&
		   outcome->code != ERROR_NOT_READ);
}

/* A call failed, and not because the library refused it. */
static void
look_at_failure(struct conn *conn, const struct outcome *outcome)
{
	bool lost = outcome_is_lost(outcome);

	conn_end_open(conn, lost ? "connection lost" : "unseen");
	if (ends_transaction(conn, outcome))
		conn->in_transaction = false;
	else
		conn->turn = NULL;
	text_forget(&conn->text);
}

static void
look_whether_moved(struct conn *conn, struct outcome *outcome)
{
	if (mysql_thread_id(conn->mysql) == conn->thread_id)
		return;
	moved(conn);
	outcome->connection_id = conn->thread_id;
}

void
conn_sent(struct conn *conn, struct outcome *outcome)
{
	look_whether_moved(conn, outcome);
	conn_end_open(conn, "unseen");
	conn->unread++;
}

void
conn_called(struct conn *conn, struct outcome *outcome)
{
	look_whether_moved(conn, outcome);
	if (!outcome->code) {
		conn_end_open(conn, "unseen");
		look_at_session(conn);
	} else if (outcome_is_refused(outcome)) {
		conn->refusal = outcome->code;
	} else {
		look_at_failure(conn, outcome);
	}
}

struct implicit *
conn_implicit(struct conn *conn)
{
	if (!conn || !gate_wants_handles())
		return NULL;
	if (!conn->in_transaction)
		implicit_renew(&conn->implicit);
	return &conn->implicit;
}

/* Nobody tells: what either reading hides is hidden. */
static struct redact_mode
unknown_mode(void)
{
	struct redact_mode mode = redact_default_mode(REDACT_MYSQL);

	mode.backslash = mode.quotes = REDACT_UNKNOWN;
	mode.charset = REDACT_CHARSET_UNKNOWN;
	return mode;
}

static struct redact_mode
session_mode(struct conn *conn)
{
	const char *charset = mysql_character_set_name(conn->mysql);
	unsigned bits = session_bits(conn->mysql);
	struct redact_mode mode;

	if (charset != conn->charset) {
		conn->charset = charset;
		conn->mode.charset = (uint8_t)charset_named(charset);
	}
	mode = conn->mode;
	if (bits & SESSION_NO_BACKSLASH_ESCAPES)
		mode.backslash = REDACT_NO;
	if (bits & SESSION_ANSI_QUOTES)
		mode.quotes = REDACT_NO;
	return mode;
}

struct redact_mode
conn_mode(struct conn *conn)
{
	if (conn && session_is_there(conn->mysql))
		return session_mode(conn);
	return unknown_mode();
}

void
conn_put_transaction(const struct conn *conn, struct fields *fields)
{
	static const struct word_field idle = WORD_FIELD(
	    FIELD_TRANSACTION, "idle");
	static const struct word_field open = WORD_FIELD(
	    FIELD_TRANSACTION, "open");

	if (real_is_mariadb())
		put_word(fields, conn->in_transaction ? &open : &idle);
}

/* How the statement ended a transaction, if it did. */
static const char *
ending_of(const struct conn *conn, const struct outcome *outcome)
{
	if (outcome->code && !(conn->turn && conn->turn->unasked))
		return "failed";
	return conn->turn ? conn->turn->ending : NULL;
}

void
conn_tell_transaction(struct conn *conn, const struct command *command,
    const struct outcome *outcome, uint64_t stop_ns)
{
	const struct transaction_step step = {
	    .begin_ns = command->span.start_ns,
	    .end_ns = stop_ns,
	    .ready = conn->ready,
	    .ready_len = conn->ready_len,
	    .caller = command->caller,
	    .implicit = gate_wants_handles() ? &conn->implicit : NULL,
	    .ending = ending_of(conn, outcome),
	    .inside = conn->in_transaction,
	};

	if (outcome_is_lost(outcome)) {
		transaction_end(&conn->transaction, "connection lost");
		return;
	}
	if (conn->turn && conn->turn->begins && !outcome->code)
		transaction_end(&conn->transaction, conn->turn->ending);
	transaction_step(&conn->transaction, &step);
	conn->turn = NULL; /* told */
}
