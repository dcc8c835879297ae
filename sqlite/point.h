/*
 * point.h - trace points of SQLite's calls: how they begin and what they end
 * with.
 */
#ifndef SQLITE_POINT_H
#define SQLITE_POINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "shim/span.h"
#include "sqlite/call.h"
#include "sqlite/conn.h"
#include "sqlite/real.h"

/* What a point shows of its call's arguments.  What is NULL is left out. */
struct subject {
	enum call_key call;
	const void *caller;
	const char *sql;
	size_t sql_len;
	bool sql_known; /* it holds no credential: asked before */
	const char *target;
	size_t target_len;
	/* Parameters: `put_params` puts them, in `params_room` bytes at most.
	 */
	size_t params_room;
	void (*put_params)(struct fields *fields, void *arg);
	void *params;
};

#define UNKNOWN UINT64_MAX

/* How a call ended.  What is NULL or UNKNOWN is left out. */
struct ending {
	int code;         /* extended; SQLITE_OK: success */
	int error_offset; /* in the statement; -1: none */
	const char *message;
	const struct word_field *outcome;
	uint64_t rows;
	uint64_t changes;
	uint64_t retries; /* 0 is left out */
	uint64_t bytes;
	uint64_t pages;
	uint64_t remaining;
	uint64_t engine_ns;
	uint64_t stop_ns; /* 0: now */
	/* Not 0: the call still runs, since then; that counts as engine_ns. */
	uint64_t last_step_ns;
};

extern const struct ending ending_ok;

/* Fill in the error of a call on `conn` that returned `rc`. */
void ending_fail(
    struct ending *ending, sqlite3 *db, const struct conn *conn, int rc);

/* The same without asking the connection, which may be gone. */
void ending_fail_alone(struct ending *ending, int rc);

/* One call: a span on the thread's trace stack. */
struct point {
	struct span span;
	struct conn *conn;
	sqlite3 *db;
};

/*
 * Begin the point of a whole call on `db` (may be NULL).  The caller makes the
 * real call next, then ends the point, whatever this comes to.
 */
void point_begin(
    struct point *point, const struct subject *subject, sqlite3 *db);
void point_end(struct point *point, const struct ending *ending);

/* Fill in the error of the point's call. */
void point_fail(const struct point *point, struct ending *ending, int rc);

/* Begin a span that is on no stack: of a handle that lives on. */
void point_begin_detached(struct span *span, const struct subject *subject,
    sqlite3 *db, struct conn *conn);
void point_end_detached(struct span *span, const struct ending *ending);

/*
 * Record a call that is only worth a point because it failed: it began at
 * `begin_ns` and ends now.
 */
void point_failed(const struct subject *subject, sqlite3 *db, struct conn *conn,
    uint64_t begin_ns, const struct ending *ending);

#endif
