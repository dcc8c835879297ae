/*
 * connecting.h - the point of a connection that is being made, or made anew.
 *
 * A password is never looked at, nor is the host that was asked for if it may
 * be a connection string.  Who and where the connection is, it tells when it is
 * there.
 */
#ifndef MYSQL_CONNECTING_H
#define MYSQL_CONNECTING_H

#include "mysql/conn.h"

/* One that begins. */
struct connecting {
	struct span span;
	struct implicit implicit;
};

/* A call is about to connect `mysql`. */
void connecting_begin(struct connecting *connecting, enum call_key call,
    const void *caller, MYSQL *mysql);

/* The connection is there, or has failed. */
void connecting_end(struct connecting *connecting, MYSQL *mysql, bool failed,
    const struct address *asked);

/*
 * It goes on after the call; the connection keeps it, until a later call has
 * the end of it.
 */
void connecting_goes_on(
    struct connecting *connecting, MYSQL *mysql, const struct address *asked);

/* Go on with it; false: none is kept. */
bool connecting_resume(struct connecting *connecting, MYSQL *mysql);

/* It will not be brought to its end. */
void connecting_abandon(struct conn *conn);

/* The connection is about to be closed, if it is known. */
void connecting_close(MYSQL *mysql);

#endif
