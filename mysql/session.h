/*
 * session.h - what the server says of a session with each of its answers.
 *
 * It comes as a few bits.  Connector/C shows them; libmysqlclient does not, but
 * goes by one of them when it escapes a string.
 */
#ifndef MYSQL_SESSION_H
#define MYSQL_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "mysql/real.h"
#include "redact/redact.h"

/* As the protocol has them. */
enum session_bit {
	SESSION_IN_TRANSACTION = 1,
	SESSION_NO_BACKSLASH_ESCAPES = 512,
	SESSION_ANSI_QUOTES = 32768, /* of some MariaDB servers */
};

/*
 * Whether there is one.  A handle whose connect failed has lost its character
 * set too, and libmysqlclient looks into that without asking.
 */
static inline bool
session_is_there(MYSQL *mysql)
{
	return mysql_get_host_info(mysql) != NULL;
}

/* The bits of one that is there, as far as the library shows them. */
unsigned session_bits(MYSQL *mysql);

/* The database that the last statement made the current one; NULL: none. */
const char *session_database(MYSQL *mysql, size_t *ret_len);

/* Variables that the last statement set. */
struct session_set {
	char charset[32]; /* the client's; empty: not that */
	bool autocommit;  /* that, to `commits` */
	bool commits;
};

/*
 * Tell what the last statement set: of libmysqlclient, which alone takes no
 * notice of it.  Connector/C is not asked.
 */
struct session_set session_set(MYSQL *mysql);

#endif
