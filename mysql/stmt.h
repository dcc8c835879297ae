/*
 * stmt.h - what we know of a prepared statement.
 *
 * An entry begins with mysql_stmt_init(), or with the first use that we see,
 * and ends with mysql_stmt_close().  A statement outlives its connection, and
 * so does its entry: it knows the connection by address and session, and finds
 * none once that is closed.  No library tells the connection of a statement, so
 * one that was made out of our sight has none.
 *
 * A run is an execution that has rows: it is over when the program has stored
 * them all, fetched the last one, or let go of them.
 */
#ifndef MYSQL_STMT_H
#define MYSQL_STMT_H

#include "mysql/conn.h"

struct stmt {
	struct handle handle;
	MYSQL *mysql;     /* it was made for; NULL: not known */
	uint64_t session; /* of that connection */
	unsigned epoch;   /* of the gate */
	struct redact_mode mode;
	struct text text;     /* that was prepared, and the result's index */
	struct hidden hidden; /* parameters */
	bool sets_quotes;
	const struct turn *turn;
	struct binds binds;
	struct batch batch;
	struct command run; /* while its span is recorded */
	uint64_t rows;      /* of the run */
	bool prepares;      /* what waits is no run, but a prepare */
	size_t bytes_read;  /* by the connection, when that was sent */
};

/* A statement was made. */
void stmt_made(MYSQL_STMT *stmt, MYSQL *mysql);

/*
 * Return the entry of a statement, made if need be.  NULL without memory, or
 * while nothing is traced: do without, then.
 */
struct stmt *stmt_find(MYSQL_STMT *stmt);

/* The same, but NULL for one that we do not know. */
struct stmt *stmt_known(MYSQL_STMT *stmt);

/* The same as it is, of one that may be at its end. */
struct stmt *stmt_entry(const MYSQL_STMT *stmt);

/* Its connection; NULL: it is closed, or not known. */
struct conn *stmt_conn(const struct stmt *seen);

/* The same as it is, of one that may be at its end. */
struct conn *stmt_conn_entry(const struct stmt *seen);

/* A text was prepared; or nothing is any more. */
void stmt_prepared(
    struct stmt *seen, struct conn *conn, const char *sql, size_t len);
void stmt_unprepared(struct stmt *seen);

/*
 * It is about to be closed: the entry is given up, and all that it has is the
 * caller's.  It comes back if the library refuses, or is freed.
 */
void stmt_leave(struct stmt *seen, struct stmt *ret_left);
void stmt_return(struct stmt *seen, struct stmt *left);
void stmt_free(struct stmt *left);

/* Whether it has rows to be fetched. */
static inline bool
stmt_runs(const struct stmt *seen)
{
	return seen->run.span.recorded && seen->run.first_ns;
}

/* Whether it waits for an answer that is read out of our sight: skipped.h. */
static inline bool
stmt_waits(const struct stmt *seen)
{
	return seen->run.span.recorded && !seen->run.first_ns;
}

/* The entry of a statement that has a run open; or NULL. */
static inline struct stmt *
stmt_running(MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_known(stmt);

	return seen && stmt_runs(seen) ? seen : NULL;
}

#endif
