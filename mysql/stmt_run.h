/*
 * stmt_run.h - the execution of a prepared statement, from the call until its
 * rows are there.
 *
 * Each result is a point: one without rows ends with the call that asked for
 * it, one with rows stays open on the statement.
 */
#ifndef MYSQL_STMT_RUN_H
#define MYSQL_STMT_RUN_H

#include "mysql/point.h"
#include "mysql/stmt.h"

/* What mysql_stmt_fetch() returns for no row, and for a row that was cut. */
enum {
	FETCH_END = 100,
	FETCH_CUT = 101,
};

/* Show the parameters as they are bound now. */
void run_show_params(struct subject *subject, const struct stmt *seen);

/* Whether there is a next result, which is a point; `seen` may be NULL. */
bool run_has_next(const struct stmt *seen);

/*
 * Begin the point of a call that executes the statement, whose entry may be
 * NULL, or asks for its next result.  A run that is open is over.
 */
void run_begin(struct point *point, struct stmt *seen, struct subject *subject);

/*
 * The same for a call that may be suspended: it goes on with
 * async_resume() of the connection.
 */
void run_begin_suspended(
    struct point *point, struct stmt *seen, struct subject *subject);

/* It has returned. */
void run_take(
    struct point *point, struct stmt *seen, MYSQL_STMT *stmt, bool failed);

/* Its answer is there, and no error. */
void run_answered(struct point *point, struct stmt *seen, MYSQL_STMT *stmt);

/* The same of a call that prepares. */
void run_prepared(
    struct point *point, struct stmt *seen, MYSQL_STMT *stmt, bool failed);

/*
 * A call for the rows of the run that is open began at `begin_ns`, and has
 * returned what the library's call returns.
 */
void run_stored(struct stmt *seen, MYSQL_STMT *stmt, int rc, uint64_t begin_ns);
void run_fetched(
    struct stmt *seen, MYSQL_STMT *stmt, int rc, uint64_t begin_ns);

/* They were let go, as FIELD_OUTCOME says; the statement may be gone. */
void run_freed(struct stmt *seen, const char *ending, uint64_t begin_ns);

/*
 * A close that began at `begin_ns`, if a run is open, has returned; `left` is
 * what stmt_leave() gave.
 */
void stmt_closed(
    struct stmt *seen, struct stmt *left, bool failed, uint64_t begin_ns);

/* The run is over, if there is one: nobody told us when. */
void run_lose(struct stmt *seen, const char *ending);

/* So are those of the connection's statements. */
void run_lose_all(struct conn *conn, const char *ending);

#endif
