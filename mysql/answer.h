/*
 * answer.h - the answer to a statement that was sent as a text.
 *
 * A statement without rows is over with its answer.  One with rows is open on
 * the connection until the program has stored them, has fetched the last one
 * or has freed the result, and while it does neither.
 */
#ifndef MYSQL_ANSWER_H
#define MYSQL_ANSWER_H

#include <stdatomic.h>

#include "mysql/point.h"

/* Begin the point of a call that sends a text. */
void answer_begin(
    struct point *point, const struct subject *subject, MYSQL *mysql);
void answer_begin_suspended(
    struct point *point, const struct subject *subject, MYSQL *mysql);

/* Say what is known of the result that comes next. */
void answer_next(struct subject *subject, const struct conn *conn);

/* The text was sent: the answer is asked for by another call. */
void answer_wait(struct point *point, const char *sql, size_t len);

/*
 * The call that asked for the answer, or for the next one, has returned.  The
 * text is that which the call sent; NULL: it was sent before.
 */
void answer_take(struct point *point, bool failed, const char *sql, size_t len);

/* The same of a call that makes the text by itself, and gives no rows. */
void answer_end(struct point *point, bool failed);

/* The same of the call for the next result, which is there. */
void answer_take_next(struct point *point, bool failed);

/* The connection, if a statement is open on it whose rows nobody asked for. */
struct conn *answer_open(MYSQL *mysql);

/* How many results come row by row. */
extern atomic_size_t answer_streaming;

/* The open statement's rows were stored; NULL: that failed. */
void answer_stored(struct conn *conn, MYSQL_RES *result, uint64_t begin_ns);

/* They will be fetched one by one; NULL: that failed. */
void answer_streams(struct conn *conn, MYSQL_RES *result, uint64_t begin_ns);

/* A result is the one by which the connection's rows come one by one. */
void answer_watch(struct conn *conn, MYSQL_RES *result);

/* The connection whose rows come one by one by this result; or NULL. */
struct conn *answer_streamed(const MYSQL_RES *result);

/* It is about to be freed. */
void answer_drops(const MYSQL_RES *result);

/* One was fetched; NULL: it was the last one, or that failed. */
void answer_fetched(struct conn *conn, MYSQL_ROW row, uint64_t begin_ns);

/* The result was freed, with all that was left of it. */
void answer_freed(struct conn *conn, uint64_t begin_ns);

#endif
