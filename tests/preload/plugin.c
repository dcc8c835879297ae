/*
 * plugin.c - a module that brings a copy of SQLite, or finds the program's.
 *
 * plugin_run(name, within, arg) runs four calls of its own: exec of an FTS5
 * table, a failing prepare, an insert of two runs, and a select whose function
 * calls `within(arg)` and runs a statement itself.  It returns 0 if all of it
 * went to this module's own copy, as SQLite's count of its memory tells.
 */
#include <sqlite3.h>

#include <stdio.h>
#include <string.h>

typedef int plugin_function(const char *name, int (*within)(void *), void *arg);
plugin_function plugin_run;

struct within {
	int (*function)(void *);
	void *arg;
	const char *name;
};

static int failed;

static void
want(const char *name, const char *what, int holds)
{
	if (holds)
		return;
	fprintf(stderr, "%s: not so: %s\n", name, what);
	failed = 1;
}
#define WANT(condition) want(name, #condition, (condition))

/* A statement of the program's, inside of another. */
static void
call_within(sqlite3_context *context, int count, sqlite3_value **value)
{
	const struct within *within = sqlite3_user_data(context);
	const char *name = within->name;
	sqlite3 *db = sqlite3_context_db_handle(context);
	sqlite3_stmt *stmt;

	(void)count;
	(void)value;
	if (within->function)
		WANT(within->function(within->arg) == 0);
	WANT(sqlite3_prepare_v2(db, "select 'inside'", -1, &stmt, NULL) == 0);
	WANT(sqlite3_step(stmt) == SQLITE_ROW);
	WANT(sqlite3_finalize(stmt) == 0);
	sqlite3_result_int(context, 1);
}

static void
insert_twice(const char *name, sqlite3 *db)
{
	sqlite3_stmt *stmt;

	WANT(sqlite3_prepare_v2(
		 db, "insert into f values(?)", -1, &stmt, NULL) == 0);
	for (int i = 0; i < 2; i++) {
		WANT(sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC) == 0);
		WANT(sqlite3_step(stmt) == SQLITE_DONE);
		WANT(sqlite3_reset(stmt) == 0);
	}
	WANT(sqlite3_finalize(stmt) == 0);
}

static void
select_within(const char *name, sqlite3 *db, struct within *within)
{
	sqlite3_stmt *stmt;
	char sql[100];

	WANT(sqlite3_create_function(db, "within", 0, SQLITE_UTF8, within,
		 call_within, NULL, NULL) == 0);
	snprintf(sql, sizeof(sql), "select '%s', within()", name);
	WANT(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == 0);
	WANT(sqlite3_step(stmt) == SQLITE_ROW);
	WANT(strcmp((const char *)sqlite3_column_text(stmt, 0), name) == 0);
	WANT(sqlite3_step(stmt) == SQLITE_DONE);
	WANT(sqlite3_finalize(stmt) == 0);
}

int
plugin_run(const char *name, int (*within)(void *), void *arg)
{
	struct within inside = {within, arg, name};
	sqlite3_stmt *stmt;
	sqlite3_int64 before;
	sqlite3 *db;

	failed = 0;
	WANT(sqlite3_initialize() == 0);
	before = sqlite3_memory_used();
	WANT(sqlite3_open(":memory:", &db) == 0);
	WANT(sqlite3_memory_used() > before);
	WANT(sqlite3_exec(db, "create virtual table f using fts5(a)", NULL,
		 NULL, NULL) == 0);
	WANT(sqlite3_prepare_v2(db, "select nowhere", -1, &stmt, NULL) ==
	     SQLITE_ERROR);
	WANT(strcmp(sqlite3_errmsg(db), "no such column: nowhere") == 0);
	insert_twice(name, db);
	select_within(name, db, &inside);
	WANT(sqlite3_close(db) == 0);
	return failed;
}
