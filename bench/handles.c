/*
 * handles.c - traced point selects while few statements are live and while a
 * million are.  With a million, once on the same ten again and again, which
 * tells what finding one among so many costs; and once on another one each
 * time, where SQLite itself and whoever looks at its statements wait for
 * memory: so that the untraced select is measured in the same order.
 *
 *	bench-handles ON.ini [COUNT]
 */
#define OSPROF_NO_REDIRECT
#include <osprof_sqlite.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/traced.h"

#define TIMES 1000
#define FEW 10

static sqlite3 *db;
static sqlite3_stmt **stmts;
static size_t count = 1000000, next;

static void
plain_run(sqlite3_stmt *stmt)
{
	sqlite3_bind_int64(stmt, 1, 7);
	sqlite3_step(stmt);
	sqlite3_reset(stmt);
}

static void
wrapped_run(sqlite3_stmt *stmt)
{
	osprof_sqlite3_bind_int64(stmt, 1, 7);
	osprof_sqlite3_step(stmt);
	osprof_sqlite3_reset(stmt);
}

/* Far from the last one, and each comes up before any does again. */
static sqlite3_stmt *
another(void)
{
	next = (next + 618033) % count;
	return stmts[next];
}

static void
plain_few(size_t times)
{
	for (size_t i = 0; i < times; i++)
		plain_run(stmts[i % FEW]);
}

static void
wrapped_few(size_t times)
{
	for (size_t i = 0; i < times; i++)
		wrapped_run(stmts[i % FEW]);
}

static void
plain_all(size_t times)
{
	for (size_t i = 0; i < times; i++)
		plain_run(another());
}

static void
wrapped_all(size_t times)
{
	for (size_t i = 0; i < times; i++)
		wrapped_run(another());
}

static void
prepare(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (osprof_sqlite3_prepare_v2(db, "SELECT v FROM t WHERE id=?",
			-1, &stmts[i], NULL) == SQLITE_OK)
			continue;
		fprintf(stderr, "bench-handles: no memory for %zu statements\n",
		    count);
		exit(1);
	}
}

int
main(int argc, char **argv)
{
	struct subject few[] = {
	    {"few_plain", plain_few, traced_catch_up, 0},
	    {"few_traced", wrapped_few, traced_catch_up, 0},
	};
	struct subject many[] = {
	    {"many_plain", plain_few, traced_catch_up, 0},
	    {"many_traced", wrapped_few, traced_catch_up, 0},
	    {"spread_plain", plain_all, traced_catch_up, 0},
	    {"spread_traced", wrapped_all, traced_catch_up, 0},
	};

	if (argc < 2 ||
	    osprof_init_from_conf(argv[1], NULL, NULL, NULL) != OSPROF_OK) {
		fprintf(stderr, "usage: bench-handles ON.ini [COUNT]\n");
		return 2;
	}
	if (argc > 2)
		count = (size_t)atol(argv[2]);
	stmts = calloc(count, sizeof(*stmts));
	if (!stmts)
		return 1;
	osprof_set_notifier(traced_drop, NULL);
	osprof_sqlite3_open(":memory:", &db);
	sqlite3_exec(db,
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, v);"
	    "INSERT INTO t VALUES (7, 'v7')",
	    NULL, NULL, NULL);
	prepare(0, FEW);
	measure(few, 2, 101, TIMES);
	prepare(FEW, count);
	measure(many, 4, 101, TIMES);
	_exit(0); /* the statements go with the process */
}
