/*
 * server.h - who and where a connection is.
 *
 * Connector/C tells all of it.  libmysqlclient tells the host and the server's
 * version alone, so that of its connections the rest is what the program asked
 * for; of one that we did not see being made it is not known.
 */
#ifndef MYSQL_SERVER_H
#define MYSQL_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "mysql/real.h"
#include "shim/span.h"
#include "shim/wrapper.h"

/* What a program asks for.  The host may be a connection string, and then has
 * the password in it. */
struct address {
	const char *host;
	const char *user;
	const char *database;
	const char *socket;
	unsigned port;
};

/* All zero is nothing known; longer names are cut. */
struct server {
	unsigned port;
	char host[256];
	char user[128];
	char database[256];
	char version[64];
	bool mariadb;
};

/*
 * Know what a connection that is there says of itself, and of the rest what was
 * asked for, which may be NULL.
 */
void server_learn(
    struct server *server, MYSQL *mysql, const struct address *asked);

/* It could not be had: show of what was asked for what is plainly a name. */
void server_guess(struct server *server, const struct address *asked);

/* The program now is somebody else. */
void server_change_user(struct server *server, MYSQL *mysql, const char *user);

/* Note the current database; false: it was known to be that. */
bool server_change_database(
    struct server *server, const char *database, size_t len);

/* FIELD_SYSTEM; of a server that is not known, NULL, by the library. */
const struct word_field *server_system(const struct server *server);

/* Put all fields. */
void server_put(struct fields *fields, const struct server *server);

#endif
