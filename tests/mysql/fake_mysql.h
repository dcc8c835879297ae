/*
 * fake_mysql.h - a client library that plays from a script, for the wrappers'
 * tests.
 *
 * A test says what the next calls come to, in their order; the fake has the
 * library's names, and the wrappers call it.  Any other call, or one out of
 * turn, is a fault.  Functions that only look (mysql/reads.h) are in no script:
 * they answer from the members of a handle, as often as they like; so do the
 * fetch of a row and the end of a result.
 *
 * What only one of the two libraries has is in files of its own; a test is
 * linked with those of either library, which the wrappers then find.  The calls
 * of both that come back in their middle are the plain ones' too: the script
 * says mysql_query(), and by how many waits that takes longer.
 *
 *	mysql = fake_mysql();
 *	answer_rows("mysql_query", 1);
 *	answer_pointer("mysql_store_result", fake_result(mysql, 3));
 *	... calls of osprof_mysql_*() ...
 *	CHECK(played());
 *
 * Each thread has a script of its own.
 */
#ifndef TESTS_FAKE_MYSQL_H
#define TESTS_FAKE_MYSQL_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/mysql/coroutine.h"

/* The wrappers by their own names: the tests say which of the two they mean. */
#include "mysql/real.h"

/* What of a handle is told by those who only look. */
struct fake_state {
	unsigned code;
	const char *sqlstate;
	const char *error;
	unsigned fields;
	my_ulonglong changes;
	unsigned long thread;
	unsigned status; /* of the session, as Connector/C tells it */
};

/* A call of the script, and what it comes to. */
struct answer {
	const char *call;
	int number;
	void *pointer;
	struct fake_state state; /* of the handle, from then on */
	bool more;               /* results behind this one */
	bool skipped;            /* sent, and its answer is yet to be read */
	unsigned waits;          /* for the server */
	/* What the library or the program does inside the call, behind them. */
	void (*meanwhile)(void);
};

/* One of libmysqlclient's that is asked again and again. */
struct polled {
	struct answer answer;
	const void *text;
	unsigned long len;
	bool under_way;
};

struct MYSQL {
	struct fake_state state;
	bool more;
	size_t bytes_read;
	struct polled polled;
	struct coroutine call; /* of Connector/C's, the one that waits */
	int events;            /* what for; 0: none does */
};

struct MYSQL_STMT {
	MYSQL *mysql;
	struct fake_state state;
	unsigned progress; /* as Connector/C tells it */
	unsigned rows;
	unsigned fetched;
	unsigned code;  /* what the end of the rows is; 0: their end */
	unsigned waits; /* of each fetch */
};

struct MYSQL_RES {
	MYSQL *mysql;
	unsigned rows;
	unsigned fetched;
	unsigned code;   /* what the end of the rows is; 0: their end */
	unsigned waits;  /* of each fetch, and of its end */
	unsigned waited; /* by the call that is under way */
};

/* A bit of fake_state.status. */
#define IN_TRANSACTION 1

/* What a call of Connector/C waits for. */
enum {
	EVENT_READ = 1,
	EVENT_WRITE = 2,
};

/* Begin a test with an empty script: a connection to start with, or more. */
MYSQL *fake_mysql(void);
MYSQL *fake_mysql_another(void);

/* As mysql_init() leaves it, when it is server's connection `thread`. */
void fake_mysql_connect(MYSQL *mysql, unsigned long thread);

/* For as long as the test runs. */
MYSQL_STMT *fake_stmt(unsigned rows);
MYSQL_RES *fake_result(MYSQL *mysql, unsigned rows);

/*
 * The next call of the script is answered so.  What is returned is the answer,
 * for more to be said of it.
 */
struct answer *answer_done(const char *call, my_ulonglong changes);
struct answer *answer_rows(const char *call, unsigned fields);
struct answer *answer_error(
    const char *call, unsigned code, const char *sqlstate);
struct answer *answer_pointer(const char *call, void *pointer);
struct answer *answer_skipped(const char *call);

/* Connector/C's methods by which a program reads what was skipped. */
int fake_read_prepare_response(MYSQL_STMT *stmt);
int fake_read_execute_response(MYSQL_STMT *stmt);

/* Whether the script was played to its end, without a fault. */
bool played(void);

/* The errno that the last call left. */
#define ERRNO_AFTER 4711

#endif
