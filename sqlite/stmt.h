/*
 * stmt.h - what we know of a prepared statement, and of its run.
 *
 * An entry begins with the prepare, or with the first use that we see, and
 * ends with the finalize.  SQLite gives a finalized statement's address to the
 * next one at once, so an entry is also told by its text's address: a
 * statement that came and went out of our sight does not leave its parameters
 * to the next.  The entry belongs to the statement, never to a thread.
 *
 * A run begins with the first step after prepare or reset and ends with DONE,
 * an error, a reset or the finalize: one run is one span.
 */
#ifndef SQLITE_STMT_H
#define SQLITE_STMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/handles.h"
#include "shim/hide.h"
#include "shim/span.h"
#include "sqlite/hold.h"
#include "sqlite/real.h"
#include "sqlite/shadow.h"

struct run {
	struct span span;
	sqlite3_int64 total_changes; /* of the connection, when it began */
	uint64_t rows;
	uint64_t retries;
	uint64_t engine_ns; /* inside the steps that are over */
	uint64_t step_ns;   /* when the current step began */
	uint64_t pause_ns;  /* when the last one was over; 0: ask the clock */
	uint64_t steps;     /* that came back without ending the run */
	int held;           /* error that the run may yet get over, or 0 */
};

struct stmt {
	struct handle handle;
	struct hold hold; /* of all below */
	bool legacy;      /* prepare() without _v2: errors come at the reset */
	bool readonly;
	bool running;
	bool names_known;
	unsigned epoch;
	struct conn *conn; /* as last found; may be another's by now */
	const char *sql;   /* SQLite's own, stays while the statement does */
	size_t sql_len;
	bool known;           /* no credential in it, whatever is shown */
	struct hidden hidden; /* parameters */
	struct names *names;  /* owned; NULL: none or not known */
	struct run run;       /* while `running` */
	struct shadow shadow;
};

/* A statement was prepared. */
void stmt_prepared(sqlite3_stmt *stmt, bool legacy);

/*
 * Take hold of a statement's entry, made if need be.  NULL without memory, for
 * a NULL statement, or while another thread holds it: do without, then.
 */
struct stmt *stmt_take(sqlite3_stmt *stmt);

/* The same, but NULL for one that we do not know. */
struct stmt *stmt_take_known(sqlite3_stmt *stmt);

static inline void
stmt_drop(struct stmt *seen)
{
	hold_drop(&seen->hold);
}

/* Keep of a parameter that it was bound, and nothing of its value. */
void stmt_hide(struct stmt *seen, unsigned index);

/* It is about to be finalized. */
void stmt_finalizing(struct stmt *seen, sqlite3_stmt *stmt);

#endif
