/*
 * select.c - a point select on SQLite: untraced, through the wrappers with
 * tracing off and on, and as one would trace it by SQLite's own hook.
 */
#define OSPROF_NO_REDIRECT
#include <osprof_sqlite.h>

#include <stdio.h>
#include <stdlib.h>

#include "bench/measure.h"
#include "bench/traced.h"

#define TIMES 1000
#define ROWS 10000

static sqlite3 *db, *hooked;
static sqlite3_stmt *plain, *wrapped, *hooked_stmt;
static const char *config_off, *config_on;
static FILE *sink;

static void
plain_run(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		sqlite3_bind_int64(plain, 1, (sqlite3_int64)(i % ROWS));
		sqlite3_step(plain);
		sqlite3_reset(plain);
	}
}

static void
wrapped_run(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		osprof_sqlite3_bind_int64(
		    wrapped, 1, (sqlite3_int64)(i % ROWS));
		osprof_sqlite3_step(wrapped);
		osprof_sqlite3_reset(wrapped);
	}
}

static void
hooked_run(size_t times)
{
	for (size_t i = 0; i < times; i++) {
		sqlite3_bind_int64(hooked_stmt, 1, (sqlite3_int64)(i % ROWS));
		sqlite3_step(hooked_stmt);
		sqlite3_reset(hooked_stmt);
	}
}

static void
plain_null(size_t times)
{
	for (size_t i = 0; i < times; i++)
		sqlite3_reset(NULL);
}

static void
wrapped_null(size_t times)
{
	for (size_t i = 0; i < times; i++)
		osprof_sqlite3_reset(NULL);
}

static void
turn_off(void)
{
	osprof_init_from_conf(config_off, NULL, NULL, NULL);
}

static void
turn_on(void)
{
	osprof_init_from_conf(config_on, NULL, NULL, NULL);
	traced_catch_up();
}

static int
trace(unsigned event, void *arg, void *stmt, void *text)
{
	char *expanded = sqlite3_expanded_sql(stmt);

	(void)event;
	(void)arg;
	(void)text;
	fprintf(sink, "%s\n", expanded);
	sqlite3_free(expanded);
	return 0;
}

static sqlite3 *
fill(void)
{
	sqlite3 *made;
	char sql[200];

	sqlite3_open(":memory:", &made);
	sqlite3_exec(made, "CREATE TABLE t (id INTEGER PRIMARY KEY, v); BEGIN",
	    NULL, NULL, NULL);
	for (int i = 0; i < ROWS; i++) {
		snprintf(
		    sql, sizeof(sql), "INSERT INTO t VALUES (%d, 'v%d')", i, i);
		sqlite3_exec(made, sql, NULL, NULL, NULL);
	}
	sqlite3_exec(made, "COMMIT", NULL, NULL, NULL);
	return made;
}

int
main(int argc, char **argv)
{
	static const char sql[] = "SELECT v FROM t WHERE id = ?";
	struct subject subjects[] = {
	    {"select_plain", plain_run, NULL, 0},
	    {"select_off", wrapped_run, turn_off, 0},
	    {"select_on", wrapped_run, turn_on, 0},
	    {"select_hook", hooked_run, NULL, 0},
	};
	struct subject calls[] = {
	    {"call_plain", plain_null, NULL, 0},
	    {"call_off", wrapped_null, turn_off, 0},
	};

	if (argc != 3) {
		fprintf(stderr, "usage: select OFF.ini ON.ini\n");
		return 2;
	}
	config_off = argv[1];
	config_on = argv[2];
	sink = fopen("/dev/null", "w");
	osprof_set_notifier(traced_drop, NULL);
	db = fill();
	hooked = fill();
	sqlite3_prepare_v2(db, sql, -1, &plain, NULL);
	sqlite3_prepare_v2(db, sql, -1, &wrapped, NULL);
	sqlite3_prepare_v2(hooked, sql, -1, &hooked_stmt, NULL);
	sqlite3_trace_v2(hooked, SQLITE_TRACE_STMT, trace, NULL);
	measure(subjects, 4, 101, TIMES);
	measure(calls, 2, 101, TIMES * 20);
	return 0;
}
