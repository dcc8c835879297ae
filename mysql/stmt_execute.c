/*
 * stmt_execute.c - prepared statements are executed.
 *
 * The span begins with the call, before which the parameters are read: the
 * library reads them in it, and a callback may change them.  It ends as
 * stmt_run.h says.  Each further result, the OUT parameters of a procedure
 * among them, is a point of its own.
 */
#include <string.h>

#include "mysql/stmt_run.h"

OUT_OF_LINE int
stmt_execute_traced(MYSQL_STMT *stmt, const void *caller)
{
	struct stmt *seen = stmt_find(stmt);
	struct subject subject = {
	    .call = CALL_mysql_stmt_execute, .caller = caller};
	struct point point;
	int rc;

	if (seen) {
		seen->text.index = 1;
		run_show_params(&subject, seen);
	}
	run_begin(&point, seen, &subject);

	rc = mysql_stmt_execute(stmt);

	run_take(&point, seen, stmt, rc);
	return rc;
}

int
osprof_mysql_stmt_execute(MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_execute)(stmt);
	return stmt_execute_traced(stmt, CALLER);
}

OUT_OF_LINE int
stmt_execute_direct_traced(
    MYSQL_STMT *stmt, const char *sql, size_t len, const void *caller)
{
	struct stmt *seen = stmt_find(stmt);
	struct subject subject = {
	    .call = CALL_mariadb_stmt_execute_direct,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = len == (size_t)-1 ? strlen(sql) : len,
	};
	struct point point;
	int rc;

	if (seen) {
		/* The library drops what was bound to another text. */
		if (seen->text.len)
			binds_forget(&seen->binds);
		stmt_prepared(seen, stmt_conn(seen), sql, subject.sql_len);
		run_show_params(&subject, seen);
		subject.hidden = &seen->hidden;
	}
	run_begin(&point, seen, &subject);

	rc = mariadb_stmt_execute_direct(stmt, sql, len);

	run_take(&point, seen, stmt, rc);
	return rc;
}

int
osprof_mariadb_stmt_execute_direct(
    MYSQL_STMT *stmt, const char *sql, size_t len)
{
	if (PASSES)
		return PASS(mariadb_stmt_execute_direct)(stmt, sql, len);
	return stmt_execute_direct_traced(stmt, sql, len, CALLER);
}

OUT_OF_LINE int
stmt_next_result_traced(MYSQL_STMT *stmt, const void *caller)
{
	struct stmt *seen = stmt_known(stmt);
	struct subject subject = {
	    .call = CALL_mysql_stmt_next_result, .caller = caller};
	struct point point;
	int rc;

	if (!run_has_next(seen))
		return mysql_stmt_next_result(stmt);
	subject.index = ++seen->text.index;
	run_begin(&point, seen, &subject);

	rc = mysql_stmt_next_result(stmt);

	run_take(&point, seen, stmt, rc);
	return rc;
}

int
osprof_mysql_stmt_next_result(MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_next_result)(stmt);
	return stmt_next_result_traced(stmt, CALLER);
}
