/*
 * conn.h - what we know of a connection.
 *
 * An entry begins with the connect, or with the first use that we see, and
 * ends with mysql_close().  The libraries want one thread at a time on a
 * connection, and that goes for its entry.
 *
 * A MYSQL is often the program's own memory, and one that was closed out of
 * our sight may leave its address to another.  The server's thread tells them
 * apart: it changes with a new connection alone, also with one that the library
 * makes by itself in the middle of a call.
 *
 * What the libraries call of their own functions meanwhile is no call of the
 * program's: the preload object tells them apart by the module that calls
 * (shim/preload.h), so that a call that is left open by a longjmp(), or that is
 * suspended, blocks nothing.
 */
#ifndef MYSQL_CONN_H
#define MYSQL_CONN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mysql/command.h"
#include "mysql/server.h"
#include "mysql/text.h"
#include "mysql/turn.h"
#include "shim/gate.h"
#include "shim/handles.h"
#include "shim/transaction.h"

/* Fields that all points of a connection show; longer names are cut. */
#define CONN_READY 960

/* Prepared statements with rows to come that end with their connection. */
#define CONN_RUNS 4

struct conn {
	struct handle handle;
	MYSQL *mysql;
	unsigned epoch;          /* of the gate */
	unsigned long thread_id; /* the server's; 0: not connected yet */
	struct server server;
	struct redact_mode mode;
	const char *charset; /* the client's, that mode.charset is of */
	struct implicit implicit;
	struct span connecting;  /* of a connect that is polled */
	struct command call;     /* of the call that runs, if it has one */
	struct command open;     /* of a statement that has yet to be fetched */
	struct outcome outcome;  /* of that, so far */
	const MYSQL_RES *stream; /* its rows, if they come one by one */
	unsigned refusal; /* error of a call refused meanwhile; 0: none */
	struct text text;
	const struct turn *turn;      /* of the text that was sent last */
	const struct turn *last_turn; /* of its last statement, if several */
	bool simple;                  /* that text is, as most are */
	struct binds *attributes;     /* of the next one; owned */
	uint64_t session; /* tells it from others of the same address */
	const MYSQL_STMT *runs[CONN_RUNS]; /* those seen last */
	unsigned run_count;
	MYSQL_STMT *skipped; /* it waits: skipped.h */
	unsigned unread;     /* answers that were sent for, and not seen read */
	bool skips;          /* the last command came back before its answer */
	bool in_transaction;
	bool holds; /* each statement begins one: autocommit is off */
	struct transaction transaction;
	size_t ready_len;
	char ready[CONN_READY];
};

/* Return the entry of a connection, made if need be; NULL without memory. */
struct conn *conn_find(MYSQL *mysql);

/* Return it if there is one already; it may have missed calls. */
struct conn *conn_known(MYSQL *mysql);

/* The same as it is, of a connection in the making or at its end. */
struct conn *conn_entry(const MYSQL *mysql);

/* Bring that up to date, of a connection that is there. */
struct conn *conn_current(struct conn *conn, MYSQL *mysql);

/*
 * The connection is there, or could not be had, as it was asked for; NULL: as
 * before.
 */
struct conn *conn_connected(MYSQL *mysql, const struct address *asked);
struct conn *conn_failed(MYSQL *mysql, const struct address *asked);

/* The program is another user, and the session anew; or the session alone. */
void conn_changed_user(struct conn *conn, const char *user, const char *db);
void conn_reset(struct conn *conn);

/* The database is that now. */
void conn_use(struct conn *conn, const char *db);

/*
 * A text is about to be sent: what it may do to the session.  A simple one
 * (statement_is_simple) does nothing to it, and has one result.
 */
void conn_sends(struct conn *conn, const char *sql, size_t len, bool simple);

/* It was sent: keep it for the results behind its first one, if any. */
void conn_keep_text(struct conn *conn, const char *sql, size_t len);

/* A result is over.  Behind the last one its text is not kept. */
void conn_ends_result(struct conn *conn);

/*
 * A call has returned: note what that means for the session, and for what is
 * open.  The library may have made the connection anew meanwhile.
 */
void conn_called(struct conn *conn, struct outcome *outcome);

/* The same of one that only sent: its answer will be read later. */
void conn_sent(struct conn *conn, struct outcome *outcome);

/* The server's session begins: nothing is set, open or to come. */
void conn_new_session(struct conn *conn);

/* Make ready what all points of the connection show. */
void conn_make_ready(struct conn *conn);

/* It is about to be closed for good. */
void conn_closing(struct conn *conn);

/* End the statement that is open, or all there is, as FIELD_OUTCOME says. */
void conn_end_open(struct conn *conn, const char *ending);
void conn_end_all(struct conn *conn, const char *ending);

/* A call begins: one that a longjmp() left open before it is over. */
void conn_end_call(struct conn *conn, const char *ending);

/* Whether a statement is open that has its answer, but not all its rows. */
static inline bool
conn_has_open(const struct conn *conn)
{
	return conn->open.span.recorded && conn->open.first_ns;
}

/* Whether one is that was sent and has no answer yet. */
static inline bool
conn_waits(const struct conn *conn)
{
	return conn->open.span.recorded && !conn->open.first_ns;
}

/* Whether no call was missed since the entry was up to date last. */
static inline bool
conn_missed_nothing(const struct conn *conn)
{
	return gate_was_open_since(conn->epoch);
}

/* Whether its call came back in its middle, and is to be gone on with. */
static inline bool
conn_is_suspended(const struct conn *conn)
{
	return conn->call.suspended && conn_missed_nothing(conn);
}

/* A command's answer came with it: there is none before to be read. */
static inline void
conn_answered(struct conn *conn)
{
	conn->unread = 0;
	conn->skips = false;
}

/* An answer is about to be read: whether it is that of what waits. */
static inline bool
conn_reads_last(struct conn *conn)
{
	if (conn->unread)
		conn->unread--;
	return !conn->unread && conn_waits(conn);
}

/* The call's command goes on, as the statement that is open. */
void conn_keep_open(struct conn *conn, struct command *command);

/* The connection's own trace, where spans want one; a new one where a
 * transaction may begin. */
struct implicit *conn_implicit(struct conn *conn);

/* How the server reads a text that is sent now; `conn` may be NULL. */
struct redact_mode conn_mode(struct conn *conn);

/* Whether a transaction is open now, as far as anybody tells. */
bool conn_is_inside(const struct conn *conn);

/* Put FIELD_TRANSACTION, where the library tells it. */
void conn_put_transaction(const struct conn *conn, struct fields *fields);

/* A statement is over: tell the transaction that it is in, or opens. */
void conn_tell_transaction(struct conn *conn, const struct command *command,
    const struct outcome *outcome, uint64_t stop_ns);

#endif
