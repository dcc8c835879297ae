/*
 * conn.c - what we know of a connection.
 */
#include "mysql/conn.h"

#include <errno.h>
#include <string.h>

#include "mysql/session.h"
#include "shim/clock.h"

static void
conn_clear(struct handle *entry)
{
	struct conn *conn = (struct conn *)entry;

	text_free(&conn->text);
}

static struct handles conns = {
    .entry_size = sizeof(struct conn),
    .clear = conn_clear,
};

/* What all points of the connection show. */
static void
conn_make_ready(struct conn *conn)
{
	struct fields fields = fields_ready(conn->ready, sizeof(conn->ready));

	if (conn->thread_id)
		put_u64(&fields, FIELD_CONNECTION_ID, conn->thread_id);
	server_put(&fields, &conn->server);
	conn->ready_len = (size_t)(fields.at - conn->ready);
}

/* How the server reads texts, as far as each answer does not say it. */
static void
conn_new_session(struct conn *conn)
{
	conn->mode = redact_default_mode(REDACT_MYSQL);
	conn->charset = NULL;
	text_forget(&conn->text);
}

static void
conn_learn(struct conn *conn, MYSQL *mysql, const struct address *asked)
{
	int saved = errno;

	conn->mysql = mysql;
	conn->epoch = gate_epoch();
	conn->thread_id = mysql_thread_id(mysql);
	conn->stream = NULL;
	conn_new_session(conn);
	if (conn->thread_id)
		server_learn(&conn->server, mysql, asked);
	else if (asked)
		server_guess(&conn->server, asked);
	conn_make_ready(conn);
	errno = saved;
}

static struct conn *
conn_new(MYSQL *mysql, const struct address *asked)
{
	struct conn *conn = (struct conn *)handles_add(&conns, mysql);

	if (conn)
		conn_learn(conn, mysql, asked);
	return conn;
}

/*
 * Whether tracing went on from then to now: the epoch counts each change of
 * the gate, and one change that begins and ends with an open gate shut nothing.
 */
static bool
was_open_since(unsigned epoch)
{
	return (epoch & GATE_SQL) &&
	       gate_epoch() / GATE_EPOCH - epoch / GATE_EPOCH <= 1;
}

static bool
is_same(const struct conn *conn, MYSQL *mysql)
{
	return mysql_thread_id(mysql) == conn->thread_id;
}

/* The entry is not up to date. */
static struct conn *
conn_catch_up(struct conn *conn, MYSQL *mysql)
{
	if (!is_same(conn, mysql) || !was_open_since(conn->epoch)) {
		conn_end_all(conn, "unseen");
		conn_learn(conn, mysql, NULL);
	}
	if (conn->epoch != gate_epoch())
		text_forget(&conn->text); /* it may show too much now */
	conn->epoch = gate_epoch();
	return conn;
}

struct conn *
conn_entry(const MYSQL *mysql)
{
	return (struct conn *)handles_find(&conns, mysql);
}

struct conn *
conn_known(MYSQL *mysql)
{
	struct conn *conn = conn_entry(mysql);

	if (!conn)
		return NULL;
	if (__builtin_expect(
		conn->epoch == gate_epoch() && is_same(conn, mysql), 1))
		return conn;
	return conn_catch_up(conn, mysql);
}

struct conn *
conn_find(MYSQL *mysql)
{
	struct conn *conn = conn_known(mysql);

	return conn || !mysql ? conn : conn_new(mysql, NULL);
}

struct conn *
conn_connected(MYSQL *mysql, const struct address *asked)
{
	struct conn *conn = conn_entry(mysql);

	if (!conn)
		return conn_new(mysql, asked);
	conn_end_all(conn, "unseen");
	conn_learn(conn, mysql, asked);
	return conn;
}

void
conn_changed_user(struct conn *conn, const char *user, const char *db)
{
	server_change_user(&conn->server, conn->mysql, user);
	server_change_database(
	    &conn->server, db ? db : "", db ? strlen(db) : 0);
	conn_reset(conn);
}

void
conn_reset(struct conn *conn)
{
	conn_end_open(conn, "connection reset");
	transaction_end(&conn->transaction, "connection reset");
	conn_new_session(conn);
	conn_make_ready(conn);
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
conn_sends(struct conn *conn, const char *sql, size_t len)
{
	conn->turn = turn_of(sql, len);
	if (session_sets_quotes(sql, len))
		conn->mode.quotes = REDACT_UNKNOWN;
}

void
conn_keep_text(struct conn *conn, const char *sql, size_t len)
{
	if (text_goes_on(sql, len))
		text_keep(&conn->text, conn_mode(conn), sql, len);
	else
		text_forget(&conn->text);
}

/* The library made the connection anew: what was open on the old one is over.
 */
static void
moved(struct conn *conn)
{
	conn_end_open(conn, "connection lost");
	transaction_end(&conn->transaction, "connection lost");
	conn->thread_id = mysql_thread_id(conn->mysql);
	conn->in_transaction = false;
	conn_new_session(conn);
	conn_make_ready(conn);
}

/* Whether a transaction is open now. */
static bool
is_inside(const struct conn *conn, const struct outcome *outcome)
{
	if (real_is_mariadb())
		return session_bits(conn->mysql) & SESSION_IN_TRANSACTION;
	if (outcome_is_lost(outcome))
		return false;
	return conn->turn && !outcome->code ? !conn->turn->ending
					    : conn->in_transaction;
}

void
conn_called(struct conn *conn, struct outcome *outcome)
{
	const char *db;
	size_t len;

	if (!is_same(conn, conn->mysql)) {
		moved(conn);
		outcome->note = "the library connected anew for this call";
	}
	if (outcome->code != ERROR_OUT_OF_SYNC)
		conn_end_open(conn,
		    outcome_is_lost(outcome) ? "connection lost" : "unseen");
	if (!outcome->code && (db = session_database(conn->mysql, &len)))
		use(conn, db, len);
	else if (outcome->code && outcome->code != ERROR_OUT_OF_SYNC)
		text_forget(&conn->text);
	conn->in_transaction = is_inside(conn, outcome);
}

void
conn_end_open(struct conn *conn, const char *ending)
{
	if (!conn->open.span.recorded)
		return;
	conn->outcome.ending = ending;
	command_end(&conn->open, conn, &conn->outcome);
	conn->stream = NULL;
}

void
conn_end_call(struct conn *conn, const char *ending)
{
	struct outcome outcome;

	if (!conn->call.span.recorded && !conn->call.span.pushed)
		return;
	outcome_clear(&outcome);
	outcome.ending = ending;
	command_end(&conn->call, conn, &outcome);
}

void
conn_end_all(struct conn *conn, const char *ending)
{
	conn_end_call(conn, ending);
	conn_end_open(conn, ending);
	transaction_end(&conn->transaction, ending);
}

void
conn_keep_open(struct conn *conn, struct command *command)
{
	span_detach(&command->span);
	conn->open = *command;
	command->span.recorded = false;
	outcome_clear(&conn->outcome);
	conn->stream = NULL;
}

void
conn_closing(struct conn *conn)
{
	conn_end_all(conn, "connection closed");
	conn_clear(&conn->handle);
	atomic_store(&conn->handle.live, HANDLE_DEAD);
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

struct redact_mode
conn_mode(struct conn *conn)
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
	    .ending = outcome->code ? "failed"
		      : conn->turn  ? conn->turn->ending
				    : NULL,
	    .inside = conn->in_transaction,
	};

	if (outcome_is_lost(outcome))
		transaction_end(&conn->transaction, "connection lost");
	else
		transaction_step(&conn->transaction, &step);
}
