/*
 * async.h - calls that come back in their middle, to be gone on with.
 *
 * Connector/C runs X_start on a stack of its own.  Where that has to wait it
 * comes back, and X_cont goes on; whichever returns 0 has the result of X.
 * libmysqlclient is asked the same again until it says something else than
 * that it is not ready.
 *
 * The point begins with the first call and ends with the last one.  Meanwhile
 * it stands in its connection and on no thread's stack: the call may go on in
 * another thread, and this one may have other calls under way.  What nobody
 * goes on with ends with the connection's next call.
 */
#ifndef MYSQL_ASYNC_H
#define MYSQL_ASYNC_H

#include "mysql/answer.h"

/* A call begins that may come back in its middle. */
void async_begin(MYSQL *mysql, const struct subject *subject);

/* The same of one that sends a text. */
void async_begin_text(MYSQL *mysql, const struct subject *subject);

/* A point has begun: it may have to wait. */
void async_keep(struct point *point);

/* Whether a call on the connection is to be gone on with. */
bool async_waits(MYSQL *mysql);

/* It is over: the point to end; false: none is kept. */
bool async_resume(struct point *point, MYSQL *mysql);

/* It is over, and there is no more to tell of it. */
void async_end(MYSQL *mysql, bool failed);
void async_end_text(MYSQL *mysql, bool failed); /* that the call made */

/* It was a reset of the connection. */
void async_end_reset(MYSQL *mysql, bool failed);

/*
 * It sent a text, whose answer another call asks for; or it has that answer.
 * The text is NULL if it was kept already.
 */
void async_end_sent(MYSQL *mysql, bool failed, const char *sql, size_t len);
void async_end_answered(MYSQL *mysql, bool failed, const char *sql, size_t len);

/* Go on with the text that was sent before; false: none was. */
bool async_take_up(MYSQL *mysql);

/* A call for the next result begins, if there is one, and is over. */
void async_begin_next(MYSQL *mysql, enum call_key call, const void *caller);
void async_end_next(MYSQL *mysql, bool failed);

/*
 * It waits for what `events` of Connector/C say: what it sends is sent when
 * that is not to write more.
 */
void async_wait(struct conn *conn, int events);

#endif
