/*
 * fake_mysql.h - a client library that plays from a script, for the wrappers'
 * tests.
 *
 * A test says what the next calls come to, in their order; the fake has the
 * library's names, and the wrappers call it.  Any other call, or one out of
 * turn, is a fault.  Functions that only look (mysql/reads.h) are in no script:
 * they answer from the members of a handle, as often as they like; so does the
 * fetch of a row.  What only one of the two libraries has is not there.
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
};

struct MYSQL {
	struct fake_state state;
	bool more;
};

struct MYSQL_STMT {
	struct fake_state state;
	unsigned rows;
	unsigned fetched;
};

struct MYSQL_RES {
	MYSQL *mysql;
	unsigned rows;
	unsigned fetched;
	unsigned code; /* what the end of the rows is; 0: their end */
};

/* A call of the script, and what it comes to. */
struct answer {
	const char *call;
	int number;
	void *pointer;
	struct fake_state state; /* of the handle, from then on */
	bool more;               /* results behind this one */
	/* What the library or the program does inside the call. */
	void (*meanwhile)(void);
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

/* Whether the script was played to its end, without a fault. */
bool played(void);

/* The errno that the last call left. */
#define ERRNO_AFTER 4711

#endif
