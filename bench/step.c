/*
 * step.c - a program that uses SQLite: a point select again and again, timed;
 * or so many of them and nothing else, for callgrind, which counts what runs
 * below one_select().
 *
 *	bench-step KEY [NUMBER]
 *
 * It is built with SQLite's own header and with ours, and knows nothing of
 * either: what traces it, a preload object or the header, is the only
 * difference.
 */
#include STEP_HEADER

#include <stdio.h>
#include <stdlib.h>

#include "bench/measure.h"

#define TIMES 1000
#define ROWS 10000

static sqlite3_stmt *stmt;

/* callgrind looks for it by its name. */
__attribute__((noinline)) static void
one_select(size_t number)
{
	sqlite3_bind_int64(stmt, 1, (sqlite3_int64)(number % ROWS));
	sqlite3_step(stmt);
	sqlite3_reset(stmt);
}

static void
run(size_t times)
{
	for (size_t i = 0; i < times; i++)
		one_select(i);
}

static void
fill(sqlite3 *db)
{
	sqlite3_exec(db,
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, v); WITH RECURSIVE n(i) "
	    "AS (VALUES (0) UNION ALL SELECT i + 1 FROM n LIMIT 10000) "
	    "INSERT INTO t SELECT i, 'v' || i FROM n",
	    NULL, NULL, NULL);
}

int
main(int argc, char **argv)
{
	struct subject subject = {argc > 1 ? argv[1] : "", run, NULL, 0};
	sqlite3 *db;

	if (argc < 2) {
		fprintf(stderr, "usage: bench-step KEY [NUMBER]\n");
		return 2;
	}
	sqlite3_open(":memory:", &db);
	fill(db);
	sqlite3_prepare_v2(db, "SELECT v FROM t WHERE id = ?", -1, &stmt, NULL);
	if (argc > 2)
		run(strtoul(argv[2], NULL, 10));
	else
		measure(&subject, 1, 101, TIMES);
	sqlite3_finalize(stmt);
	return sqlite3_close(db);
}
