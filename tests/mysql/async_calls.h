/*
 * async_calls.h - what the tests of calls that come back in their middle do
 * again and again, over the scripted Connector/C.
 */
#ifndef TESTS_MYSQL_ASYNC_CALLS_H
#define TESTS_MYSQL_ASYNC_CALLS_H

#include <errno.h>
#include <string.h>

#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

static MYSQL *mysql;
static int rc;

static inline void
given(void)
{
	mysql = fake_mysql();
	shim_on();
}

/* Call X_start, and X_cont as long as it waits. */
#define FIRST(first, ...) first
#define RUN(name, ret, ...) \
 for (int events_ = osprof_##name##_start(ret, __VA_ARGS__); events_;) \
 events_ = osprof_##name##_cont(ret, FIRST(__VA_ARGS__, 0), events_)

/* A query that waits so often, and changes as many rows. */
static inline int
start(MYSQL *on, const char *sql, unsigned waits)
{
	int events;

	answer_done("mysql_query", waits)->waits = waits;
	rc = 17;
	events = osprof_mysql_query_start(&rc, on, sql);
	CHECK(errno == ERRNO_AFTER);
	CHECK(rc == 17);
	return events;
}

static inline int
go_on(MYSQL *on, int events)
{
	events = osprof_mysql_query_cont(&rc, on, events);
	CHECK(errno == ERRNO_AFTER);
	return events;
}

static inline void
close_connection(MYSQL *on)
{
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(on);
}

#endif
