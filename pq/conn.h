/*
 * conn.h - what we know of a connection.
 *
 * An entry begins with the connect, or with the first use that we see, and
 * ends with PQfinish().  libpq wants one thread at a time on a connection, and
 * that goes for its entry.
 *
 * A PGconn that was made and finished out of our sight may leave its address
 * to another.  The server's process tells them apart: of a live connection it
 * never changes, but for PQreset(), and of a lost one it is 0.
 */
#ifndef PQ_CONN_H
#define PQ_CONN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "pq/command.h"
#include "pq/prepared.h"
#include "pq/queue.h"
#include "shim/gate.h"
#include "shim/handles.h"
#include "shim/transaction.h"

/* What FIELD_SYSTEM says. */
#define SYSTEM "postgresql"

/* Fields that all points of a connection show; longer names are cut. */
#define CONN_READY 768

struct conn {
	struct handle handle;
	PGconn *pg;
	unsigned epoch;      /* of the gate */
	int backend_pid;     /* 0: not connected yet */
	bool reports_schema; /* the server, of each change of it: 18 does */
	struct redact_mode mode;
	int encoding; /* the client's, that mode.charset is of */
	struct implicit implicit;
	struct span connecting; /* of a connect or reset that is polled */
	struct command call;    /* of the call that runs, if it has one */
	struct queue queue;     /* of commands that were sent */
	struct outcome outcome; /* of the first of them, so far */
	struct prepared_map prepared;
	struct transaction transaction;
	size_t ready_len;
	char ready[CONN_READY];
};

extern struct handles pq_conns;

/* Return the entry as it is: of a connection in the making. */
static inline struct conn *
conn_entry(const PGconn *pg)
{
	return (struct conn *)handles_find(&pq_conns, pg);
}

/* Whether it is the connection that we know, be it a lost one. */
static inline bool
conn_is_same(const struct conn *conn, const PGconn *pg)
{
	int pid = PQbackendPID(pg);

	return pid == conn->backend_pid || pid == 0;
}

/* Whether the entry has missed nothing. */
static inline bool
conn_is_current(const struct conn *conn, const PGconn *pg)
{
	return __builtin_expect(
	    conn->epoch == gate_epoch() && conn_is_same(conn, pg), 1);
}

/* The entry is not up to date: mend it, and return it. */
struct conn *conn_catch_up(struct conn *conn, PGconn *pg);

/* Return the entry if there is one already; it may have missed calls. */
static inline struct conn *
conn_known(PGconn *pg)
{
	struct conn *conn = conn_entry(pg);

	if (!conn)
		return NULL;
	return conn_is_current(conn, pg) ? conn : conn_catch_up(conn, pg);
}

/* Make an entry; NULL without memory, or connection. */
struct conn *conn_new(PGconn *pg);

/* Return the entry, made if need be; NULL likewise. */
static inline struct conn *
conn_find(PGconn *pg)
{
	struct conn *conn = conn_known(pg);

	return __builtin_expect(conn != NULL, 1) ? conn : conn_new(pg);
}

/*
 * Return the entry of a connection on which commands wait, or NULL.  One that
 * has given the first command's first result is not asked who it is.
 */
static inline struct conn *
conn_waiting(PGconn *pg)
{
	struct conn *conn = conn_entry(pg);

	if (!conn || !conn->queue.count)
		return NULL;
	if (conn->epoch == gate_epoch() &&
	    (conn->outcome.status != STATUS_NONE || conn_is_same(conn, pg)))
		return conn;
	return conn_catch_up(conn, pg)->queue.count ? conn : NULL;
}

/*
 * A COPY that is open on the connection moved bytes, and rows to the program.
 * This is once a row: whether calls were missed, the next one of another kind
 * will tell.
 */
void conn_copied(PGconn *pg, size_t bytes, unsigned rows);

/* The connection is there, anew after a reset: learn who and where it is. */
struct conn *conn_connected(PGconn *pg);

/* It is about to be finished for good. */
void conn_finishing(struct conn *conn);

/* The first command that waits is over. */
void conn_end_first(struct conn *conn);

/*
 * End the commands that wait, or all there is, as FIELD_OUTCOME says: libpq
 * will give no result for them.
 */
void conn_end_queue(struct conn *conn, const char *ending);
void conn_end_all(struct conn *conn, const char *ending);

static inline void
conn_end_waiting(struct conn *conn, const char *ending)
{
	if (__builtin_expect(conn->queue.count != 0, 0))
		conn_end_queue(conn, ending);
}

/* The queue is full, or astray. */
struct command *conn_make_room(struct conn *conn);

/*
 * Return a place in the queue (queue_room) for what is about to be sent; NULL:
 * nobody will be told of its answer, for want of memory or because libpq is
 * still busy with commands that were not seen.
 */
static inline struct command *
conn_room(struct conn *conn)
{
	struct queue *queue = &conn->queue;

	if (__builtin_expect(queue->astray || queue->count == queue->size, 0))
		return conn_make_room(conn);
	return queue_at(queue, queue->count);
}

/* A call begins: one that a longjmp() left open before it is over. */
void conn_abandon_call(struct conn *conn, const char *ending);

static inline void
conn_end_call(struct conn *conn, const char *ending)
{
	if (__builtin_expect(conn->call.open, 0))
		conn_abandon_call(conn, ending);
}

/* Look for the statement that was prepared under the name; NULL: none was. */
const struct prepared *conn_look_up(struct conn *conn, const char *name);

/* Return it.  Programs execute one statement again and again. */
static inline const struct prepared *
conn_prepared(struct conn *conn, const char *name)
{
	const struct prepared *last = conn->prepared.last;

	if (last && last->epoch == gate_epoch() &&
	    strcmp(last->name, name) == 0)
		return last;
	return conn_look_up(conn, name);
}

/* The command prepares, or closes, a statement: known when it succeeded. */
void conn_prepares(
    struct conn *conn, struct command *command, const struct prepare *prepare);
void conn_closes(struct conn *conn, struct command *command, const char *name);

/* How the server reads a text that is sent now. */
struct redact_mode conn_mode(struct conn *conn);

#endif
