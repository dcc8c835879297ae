/*
 * connecting.h - the point of a connection that is being made, or made anew.
 *
 * What was asked for is never looked at: a connection string, or the values in
 * the place of one, may hold a password.  Who and where the connection is, it
 * tells when it is there, or has failed.
 */
#ifndef PQ_CONNECTING_H
#define PQ_CONNECTING_H

#include "pq/conn.h"

/* One that begins, before there is anything to keep it in. */
struct connecting {
	struct span span;
	struct implicit implicit;
};

/* A call is about to make a connection. */
void connecting_begin(
    struct connecting *connecting, enum call_key call, const void *caller);

/* A call is about to make `pg` anew: what waits on it will have no answer. */
void connecting_again(struct connecting *connecting, enum call_key call,
    const void *caller, PGconn *pg);

/* It is there, or has failed; `pg` is NULL without memory. */
void connecting_end(struct connecting *connecting, PGconn *pg);

/* It goes on after the call: the polls of `pg` will tell. */
void connecting_goes_on(struct connecting *connecting, PGconn *pg);
void connecting_polled(PGconn *pg, PostgresPollingStatusType status);

/* Keep why a connection cannot be had, from what libpq says of it. */
void connecting_fail(struct outcome *outcome, const char *message);

/* It will not be polled to its end. */
void connecting_abandon(struct conn *conn);

#endif
