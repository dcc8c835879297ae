/*
 * fake_pq.h - a libpq that plays from a script, for the wrappers' tests.
 *
 * A test says which calls libpq is going to see, and what each comes to; the
 * fake has libpq's names, and the wrappers call it.  Any other call, or one
 * out of turn, is a fault.  Functions that only look are in no script: they
 * answer from the connection's and the result's members, as often as they like.
 * Others that the wrappers were to call do not link.
 *
 *	conn = fake_pq();
 *	answer_number("PQsendQuery", 1);
 *	answer_error("PQgetResult", "57P01", "terminating")->lost = true;
 *	answer_null("PQgetResult");
 *	... calls of osprof_PQ*() ...
 *	CHECK(played());
 *
 * Each thread has a script of its own.
 */
#ifndef TESTS_FAKE_PQ_H
#define TESTS_FAKE_PQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The wrappers by their own names: the tests say which of the two they mean. */
#include "pq/real.h"

#include <libpq-events.h>

/* Of a connection, what its getters answer. */
struct pg_conn {
	ConnStatusType status;
	PGTransactionStatusType transaction;
	PGpipelineStatus pipeline;
	int pid;
	int encoding; /* 6: UTF8, 8: LATIN1, -1: unknown */
	const char *host;
	const char *port;
	const char *db;
	const char *user;
	const char *version;
	const char *strings;     /* standard_conforming_strings */
	const char *search_path; /* NULL: the server reports none */
	const char *error;
	PGEventProc proc; /* registered on it */
};

struct pg_result {
	ExecStatusType status;
	int rows;
	const char *tag;
	const char *sqlstate;
	const char *primary; /* NULL: libpq's own error has only the next */
	const char *message;
	bool cleared;
};

/* A call of the script, and what it comes to. */
struct answer {
	const char *call;
	const char *text; /* the statement, or the name, that it must be given;
			     NULL: any */
	unsigned times;   /* how often in a row */
	int number;
	void *pointer;
	bool has_result;
	struct pg_result result;
	const char *error; /* the connection's, from then on */
	bool lost;         /* the connection, from then on */
	int pid;           /* the server's process from then on; 0: the same */
	int transaction;   /* from then on; -1: the same */
	/* What the program does inside the call: a notice processor. */
	void (*meanwhile)(PGconn *conn);
};

/*
 * Begin a test with an empty script: a connection to start with, or more.
 * Those of the test before are finished, so tracing must be on as it was.
 */
PGconn *fake_pq(void);
PGconn *fake_pq_another(void);

/* Connect it, as it was when new, to process `pid` of the server. */
void fake_pq_connect(PGconn *conn, int pid);

/*
 * The next call of the script is answered so.  What is returned is the answer,
 * for more to be said of it.
 */
struct answer *answer_number(const char *call, int number);
struct answer *answer_null(const char *call);
struct answer *answer_rows(
    const char *call, ExecStatusType status, int rows, const char *tag);
struct answer *answer_status(const char *call, ExecStatusType status);
struct answer *answer_error(
    const char *call, const char *sqlstate, const char *message);

/* Whether the script was played to its end, without a fault. */
bool played(void);

/* What the last call was given: of its arguments the one with this number. */
uintptr_t given_argument(unsigned i);

/* The errno that the last call found, and the one that it left. */
#define ERRNO_BEFORE 811
#define ERRNO_AFTER 4711
int given_errno(void);

#endif
