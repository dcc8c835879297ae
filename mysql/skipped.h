/*
 * skipped.h - answers to prepared statements that are read out of our sight.
 *
 * Under MARIADB_OPT_SKIP_READ_RESPONSE a prepare or an execution of Connector/C
 * only sends.  The program reads the answer through the library's table of
 * methods, which is no call of ours.  Its point waits on the statement, and the
 * next call on that or on its connection looks whether the answer was there.
 * If it was not when another command is sent, the point is over as unseen; so
 * are those behind it, until a command has its answer with it again: nobody
 * can tell whose the answers are.
 */
#ifndef MYSQL_SKIPPED_H
#define MYSQL_SKIPPED_H

#include "mysql/point.h"
#include "mysql/stmt.h"

/* Whether a call that succeeded has left its answer to be read. */
bool skipped_prepare(const struct conn *conn, MYSQL_STMT *stmt);
bool skipped_execute(const struct conn *conn, MYSQL_STMT *stmt);

/* It has: its point waits. */
void skipped_keep(
    struct point *point, struct stmt *seen, MYSQL_STMT *stmt, bool prepares);

/* Go on with what waits on the connection, if its answer was read. */
void skipped_look(struct conn *conn);

/* It is over, as FIELD_OUTCOME says. */
void skipped_end(struct conn *conn, const char *ending);

#endif
