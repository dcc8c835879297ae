/*
 * subject.h - a program that uses libpq in every way, and tells what it sees.
 *
 * It is compiled as it is and with osprof_pq.h in front, and has to print the
 * same, whoever traces it.
 */
#ifndef SUBJECT_H
#define SUBJECT_H

#include <libpq-fe.h>
#include <stdbool.h>

/* A scenario: what it is called by, and what it does on a connection. */
struct scenario {
	const char *name;
	void (*play)(PGconn *conn);
};

extern const struct scenario statement_scenario[];
extern const struct scenario copy_scenario[];
extern const struct scenario connection_scenario[];

/* Print what the last call left: errno, and the connection's message. */
void tell_call(PGconn *conn, const char *call, int rc);

/*
 * Whether tell() prints the size of a result.  That alone may differ: with
 * tracing on, results are larger on a connection that called PQendcopy().
 */
extern bool sizes_are_told;

/* Print all of a result, and clear it. */
void tell(PGresult *result);

/* Fetch and print results up to the next NULL. */
void drain(PGconn *conn);

/* Run one statement, and print its result. */
void run(PGconn *conn, const char *sql);

/* Another connection to the same server. */
PGconn *connect_again(void);

/* Have the server end the connection. */
void terminate(PGconn *conn);

/* Wait until the server waits for `event` in a query of `conn`. */
void wait_for(PGconn *conn, const char *event);

/* Wait until there is something to read. */
void await(PGconn *conn);

#endif
