/*
 * bound.h - one statement, whose parameters a test binds: the steps.
 */
#ifndef TESTS_SQLITE_BOUND_H
#define TESTS_SQLITE_BOUND_H

#include <osprof_sqlite.h>

#include "fake_shim.h"

static sqlite3 *db;
static sqlite3_stmt *stmt;

static void
given(const char *sql)
{
	shim_set_limits(256, 256);
	shim_on();
	sqlite3_open(":memory:", &db);
	sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
}

static void
run(void)
{
	while (sqlite3_step(stmt) == SQLITE_ROW)
		;
	sqlite3_reset(stmt);
}

static void
done(void)
{
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

#endif
