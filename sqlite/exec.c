/*
 * exec.c - a text run as a whole.
 *
 * The span is the call.  It shows the whole text, which may hold several
 * statements; the rows that the program was given, unknown for exec() without
 * a callback; and the rows changed by all of it, its triggers' included.
 */
#include <string.h>

#include "shim/gate.h"
#include "sqlite/point.h"

typedef int exec_callback(void *arg, int columns, char **text, char **name);

/* Stands between SQLite and the program's callback. */
struct exec_rows {
	exec_callback *callback;
	void *arg;
	uint64_t rows;
};

static int
count_row(void *arg, int columns, char **text, char **name)
{
	struct exec_rows *rows = arg;

	rows->rows++;
	return rows->callback(rows->arg, columns, text, name);
}

/* A text that is run as a whole. */
struct script {
	struct point point;
	sqlite3_int64 total_changes;
};

static void
script_begin(struct script *script, enum call_key call, const void *caller,
    sqlite3 *db, const char *sql)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = sql ? strlen(sql) : 0,
	};

	script->total_changes = db ? conn_total_changes(db) : 0;
	point_begin(&script->point, &subject, db);
}

static void
script_end(struct script *script, uint64_t rows, int rc)
{
	struct ending ending = ending_ok;
	struct point *point = &script->point;

	ending.rows = rows;
	if (point->span.recorded && point->db)
		ending.changes = (uint64_t)(conn_total_changes(point->db) -
					    script->total_changes);
	if (rc != SQLITE_OK)
		point_fail(point, &ending, rc);
	point_end(point, &ending);
}

OUT_OF_LINE int
exec_traced(sqlite3 *db, const char *sql, exec_callback *callback, void *arg,
    char **message, const void *caller)
{
	struct exec_rows rows = {.callback = callback, .arg = arg};
	struct script script;
	int rc;

	script_begin(&script, CALL_sqlite3_exec, caller, db, sql);

	rc = callback ? sqlite3_exec(db, sql, count_row, &rows, message)
		      : sqlite3_exec(db, sql, NULL, arg, message);

	script_end(&script, callback ? rows.rows : UNKNOWN, rc);
	return rc;
}

int
osprof_sqlite3_exec(sqlite3 *db, const char *sql, exec_callback *callback,
    void *arg, char **message)
{
	if (PASSES)
		return PASS(sqlite3_exec)(db, sql, callback, arg, message);
	return exec_traced(db, sql, callback, arg, message, CALLER);
}

OUT_OF_LINE int
get_table_traced(sqlite3 *db, const char *sql, char ***table, int *ret_rows,
    int *ret_columns, char **message, const void *caller)
{
	struct script script;
	int rows = 0, rc;

	script_begin(&script, CALL_sqlite3_get_table, caller, db, sql);

	rc = sqlite3_get_table(
	    db, sql, table, ret_rows ? ret_rows : &rows, ret_columns, message);

	if (ret_rows)
		rows = *ret_rows;
	script_end(&script, (uint64_t)rows, rc);
	return rc;
}

int
osprof_sqlite3_get_table(sqlite3 *db, const char *sql, char ***table,
    int *ret_rows, int *ret_columns, char **message)
{
	if (PASSES)
		return PASS(sqlite3_get_table)(
		    db, sql, table, ret_rows, ret_columns, message);
	return get_table_traced(
	    db, sql, table, ret_rows, ret_columns, message, CALLER);
}
