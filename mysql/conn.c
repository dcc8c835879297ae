/*
 * conn.c - what we know of a connection.
 */
#include "mysql/conn.h"

#include <errno.h>
#include <string.h>

#include "mysql/attributes.h"
#include "mysql/skipped.h"
#include "mysql/stmt_run.h"

static void
conn_clear(struct handle *entry)
{
	struct conn *conn = (struct conn *)entry;

	text_free(&conn->text);
	attributes_free(conn);
}

static struct handles conns = {
    .entry_size = sizeof(struct conn),
    .clear = conn_clear,
};

void
conn_make_ready(struct conn *conn)
{
	struct fields fields = fields_ready(conn->ready, sizeof(conn->ready));

	if (conn->thread_id)
		put_u64(&fields, FIELD_CONNECTION_ID, conn->thread_id);
	server_put(&fields, &conn->server);
	conn->ready_len = (size_t)(fields.at - conn->ready);
}

static void
conn_begin(struct conn *conn, MYSQL *mysql)
{
	static atomic_ullong sessions;

	conn->session = ++sessions;
	conn->mysql = mysql;
	conn->epoch = gate_epoch();
	conn->thread_id = mysql_thread_id(mysql);
	conn->stream = NULL;
	conn_new_session(conn);
}

static void
conn_learn(struct conn *conn, MYSQL *mysql, const struct address *asked)
{
	int saved = errno;

	conn_begin(conn, mysql);
	if (conn->thread_id)
		server_learn(&conn->server, mysql, asked);
	conn->in_transaction = conn_is_inside(conn);
	conn_make_ready(conn);
	errno = saved;
}

static struct conn *
conn_new(MYSQL *mysql)
{
	struct conn *conn = (struct conn *)handles_add(&conns, mysql);

	if (conn)
		conn_learn(conn, mysql, NULL);
	return conn;
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
	if (!is_same(conn, mysql) || !gate_was_open_since(conn->epoch)) {
		conn_end_all(conn, "unseen");
		conn_learn(conn, mysql, NULL);
	}
	if (conn->epoch != gate_epoch())
		text_free(&conn->text); /* it may show too much now */
	conn->epoch = gate_epoch();
	if (conn->skipped)
		skipped_look(conn);
	return conn;
}

struct conn *
conn_entry(const MYSQL *mysql)
{
	return (struct conn *)handles_find(&conns, mysql);
}

struct conn *
conn_current(struct conn *conn, MYSQL *mysql)
{
	if (__builtin_expect(conn->epoch == gate_epoch() &&
				 is_same(conn, mysql) && !conn->skipped,
		1))
		return conn;
	return conn_catch_up(conn, mysql);
}

struct conn *
conn_known(MYSQL *mysql)
{
	struct conn *conn = conn_entry(mysql);

	return conn ? conn_current(conn, mysql) : NULL;
}

struct conn *
conn_find(MYSQL *mysql)
{
	struct conn *conn = conn_known(mysql);

	return conn || !mysql ? conn : conn_new(mysql);
}

/* The entry of a connection that begins anew. */
static struct conn *
conn_again(MYSQL *mysql)
{
	struct conn *conn = conn_entry(mysql);

	if (!conn)
		return (struct conn *)handles_add(&conns, mysql);
	conn_end_all(conn, "connection reset");
	return conn;
}

struct conn *
conn_connected(MYSQL *mysql, const struct address *asked)
{
	struct conn *conn = conn_again(mysql);

	if (conn)
		conn_learn(conn, mysql, asked);
	return conn;
}

struct conn *
conn_failed(MYSQL *mysql, const struct address *asked)
{
	struct conn *conn = conn_again(mysql);

	if (!conn)
		return NULL;
	conn_begin(conn, mysql);
	if (asked)
		server_guess(&conn->server, asked);
	conn_make_ready(conn);
	return conn;
}

void
conn_end_open(struct conn *conn, const char *ending)
{
	if (conn->skipped)
		skipped_end(conn, ending);
	if (conn_waits(conn))
		text_forget(&conn->text);
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

	conn->call.suspended = false;
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
	run_lose_all(conn, ending);
	transaction_end(&conn->transaction, ending);
}

void
conn_keep_open(struct conn *conn, struct command *command)
{
	span_detach(&command->span);
	conn->open = *command;
	command->span.recorded = false;
	outcome_clear(&conn->outcome);
	conn->outcome.secret = conn->open.span.secret;
	conn->stream = NULL;
	conn->refusal = 0;
}

void
conn_closing(struct conn *conn)
{
	conn_end_all(conn, "connection closed");
	conn_clear(&conn->handle);
	atomic_store(&conn->handle.live, HANDLE_DEAD);
}
