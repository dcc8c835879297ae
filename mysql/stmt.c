/*
 * stmt.c - what we know of a prepared statement.
 */
#include "mysql/stmt.h"

#include <errno.h>
#include <string.h>

#include "mysql/stmt_run.h"

void
stmt_free(struct stmt *left)
{
	int saved = errno;

	text_free(&left->text);
	binds_free(&left->binds);
	errno = saved;
}

static void
stmt_clear(struct handle *entry)
{
	stmt_free((struct stmt *)entry);
}

static struct handles stmts = {
    .entry_size = sizeof(struct stmt),
    .clear = stmt_clear,
};

static void
stmt_start(struct stmt *seen, MYSQL *mysql)
{
	struct conn *conn = mysql ? conn_find(mysql) : NULL;

	seen->mysql = conn ? mysql : NULL;
	seen->session = conn ? conn->session : 0;
	seen->batch.mariadb = real_is_mariadb();
	seen->epoch = gate_epoch();
	stmt_unprepared(seen);
}

struct stmt *
stmt_entry(const MYSQL_STMT *stmt)
{
	return (struct stmt *)handles_find(&stmts, stmt);
}

static struct stmt *
stmt_new(MYSQL_STMT *stmt, MYSQL *mysql)
{
	struct stmt *seen = (struct stmt *)handles_add(&stmts, stmt);

	if (seen)
		stmt_start(seen, mysql);
	return seen;
}

void
stmt_made(MYSQL_STMT *stmt, MYSQL *mysql)
{
	struct stmt *seen = stmt_entry(stmt);

	/* One of that address went out of our sight. */
	if (seen)
		run_lose(seen, "unseen");
	stmt_new(stmt, mysql);
}

/* Calls were missed: the address may be another statement's by now. */
static void
stmt_start_over(struct stmt *seen)
{
	run_lose(seen, "unseen");
	stmt_free(seen);
	memset(&seen->batch, 0, sizeof(seen->batch));
	stmt_start(seen, NULL);
}

/* The configuration may show less now, or hide other parameters. */
static void
stmt_learn_again(struct stmt *seen)
{
	struct field head;

	binds_learn(&seen->binds);
	if (!seen->text.len) {
		seen->hidden = hidden_params(seen->mode, NULL, 0);
		return;
	}
	memcpy(&head, seen->text.ready, sizeof(head));
	seen->hidden = hidden_params(
	    seen->mode, seen->text.ready + sizeof(head), head.len);
	text_keep_again(&seen->text, seen->mode);
}

OUT_OF_LINE struct stmt *
stmt_catch_up(struct stmt *seen)
{
	if (!gate_was_open_since(seen->epoch))
		stmt_start_over(seen);
	else if (seen->epoch != gate_epoch())
		stmt_learn_again(seen);
	seen->epoch = gate_epoch();
	if (stmt_waits(seen))
		stmt_conn(seen); /* which looks for the answer */
	return seen;
}

struct stmt *
stmt_known(MYSQL_STMT *stmt)
{
	struct stmt *seen = gate_open() ? stmt_entry(stmt) : NULL;

	if (__builtin_expect(
		!seen || (seen->epoch == gate_epoch() && !stmt_waits(seen)), 1))
		return seen;
	return stmt_catch_up(seen);
}

struct stmt *
stmt_find(MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_known(stmt);

	if (__builtin_expect(seen != NULL, 1))
		return seen;
	return stmt && gate_open() ? stmt_new(stmt, NULL) : NULL;
}

static bool
is_of(const struct stmt *seen, const struct conn *conn)
{
	return conn && conn->session == seen->session;
}

struct conn *
stmt_conn_entry(const struct stmt *seen)
{
	struct conn *conn = seen->mysql ? conn_entry(seen->mysql) : NULL;

	return is_of(seen, conn) ? conn : NULL;
}

struct conn *
stmt_conn(const struct stmt *seen)
{
	struct conn *conn = stmt_conn_entry(seen);

	/* The handle is asked only where it is known to be there. */
	if (!conn)
		return NULL;
	conn = conn_current(conn, seen->mysql);
	return is_of(seen, conn) ? conn : NULL;
}

void
stmt_unprepared(struct stmt *seen)
{
	text_forget(&seen->text);
	seen->mode = redact_default_mode(REDACT_MYSQL);
	seen->hidden = hidden_params(seen->mode, NULL, 0);
	seen->sets_quotes = false;
	seen->turn = NULL;
}

void
stmt_prepared(struct stmt *seen, struct conn *conn, const char *sql, size_t len)
{
	if (conn)
		seen->mode = conn_mode(conn);
	seen->hidden = hidden_params(seen->mode, sql, len);
	seen->sets_quotes = text_sets_quotes(sql, len);
	seen->turn = turn_of(sql, len);
	text_keep(&seen->text, seen->mode, sql, len);
}

void
stmt_leave(struct stmt *seen, struct stmt *ret_left)
{
	size_t head = sizeof(seen->handle);

	memcpy(ret_left, seen, sizeof(*seen));
	memset((char *)seen + head, 0, sizeof(*seen) - head);
	/* Before the real call: after it the address may be another's. */
	atomic_store(&seen->handle.live, HANDLE_DEAD);
}

/* The entry that was given up; or another, if the table has taken that back. */
static struct stmt *
entry_again(struct stmt *seen, const struct stmt *left)
{
	unsigned char dead = HANDLE_DEAD;

	if (atomic_compare_exchange_strong(
		&seen->handle.live, &dead, HANDLE_LIVE)) {
		if (seen->handle.address == left->handle.address)
			return seen;
		atomic_store(&seen->handle.live, HANDLE_DEAD);
	}
	return (struct stmt *)handles_add(&stmts, left->handle.address);
}

void
stmt_return(struct stmt *seen, struct stmt *left)
{
	size_t head = sizeof(seen->handle);

	seen = entry_again(seen, left);
	if (seen) {
		memcpy((char *)seen + head, (char *)left + head,
		    sizeof(*seen) - head);
		return;
	}
	run_lose(left, "unseen");
	stmt_free(left);
}

void
run_lose_all(struct conn *conn, const char *ending)
{
	for (size_t i = 0; i < CONN_RUNS; i++) {
		struct stmt *seen = stmt_entry(conn->runs[i]);

		if (seen && is_of(seen, conn))
			run_lose(seen, ending);
		conn->runs[i] = NULL;
	}
}
