/*
 * stmt_prepare.c - prepared statements come and go.
 *
 * A prepare is a point of its own, around the call.  What was prepared before,
 * its parameters and rows, are gone with the call, also if it fails.
 */
#include <string.h>

#include "mysql/stmt_run.h"
#include "shim/clock.h"

/* Nothing was sent: what is open on the connection goes on. */
static void
tell_none_made(MYSQL *mysql, const void *caller)
{
	const struct subject subject = {
	    .call = CALL_mysql_stmt_init, .caller = caller};
	struct point point;

	point_begin(&point, &subject, mysql);
	outcome_fail(&point.outcome, mysql);
	command_end(point.command, point.conn, &point.outcome);
}

OUT_OF_LINE MYSQL_STMT *
stmt_init_traced(MYSQL *mysql, const void *caller)
{
	MYSQL_STMT *stmt;

	stmt = mysql_stmt_init(mysql);

	if (!stmt)
		tell_none_made(mysql, caller);
	else if (gate_open())
		stmt_made(stmt, mysql);
	return stmt;
}

MYSQL_STMT *
osprof_mysql_stmt_init(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_stmt_init)(mysql);
	return stmt_init_traced(mysql, CALLER);
}

OUT_OF_LINE int
stmt_prepare_traced(
    MYSQL_STMT *stmt, const char *sql, unsigned long len, const void *caller)
{
	struct stmt *seen = stmt_find(stmt);
	struct subject subject = {
	    .call = CALL_mysql_stmt_prepare,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = real_length(sql, len),
	};
	struct point point;
	int rc;

	if (seen)
		stmt_unprepared(seen);
	run_begin(&point, seen, &subject);

	rc = mysql_stmt_prepare(stmt, sql, len);

	if (seen)
		binds_forget(&seen->binds);
	if (!rc && seen)
		stmt_prepared(seen, point.conn, sql, subject.sql_len);
	run_prepared(&point, seen, stmt, rc);
	return rc;
}

int
osprof_mysql_stmt_prepare(MYSQL_STMT *stmt, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_stmt_prepare)(stmt, sql, len);
	return stmt_prepare_traced(stmt, sql, len, CALLER);
}

/*
 * A close that failed has freed the statement all the same, but for one that
 * Connector/C refused because another's rows are pending: then the connection
 * is still there.  The statement may not be asked.
 */
static bool
is_refused(const struct stmt *left)
{
	const struct conn *conn = stmt_conn_entry(left);

	return real_is_mariadb() && conn && mysql_get_socket(conn->mysql) >= 0;
}

void
stmt_closed(
    struct stmt *seen, struct stmt *left, bool failed, uint64_t begin_ns)
{
	if (failed && is_refused(left)) {
		stmt_return(seen, left);
		return;
	}
	run_freed(left, "closed", begin_ns);
	stmt_free(left);
}

OUT_OF_LINE my_bool
stmt_close_traced(MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_known(stmt);
	struct stmt left;
	uint64_t begin_ns;
	my_bool rc;

	if (!seen)
		return mysql_stmt_close(stmt);
	begin_ns = stmt_runs(seen) ? clock_ns() : 0;
	stmt_leave(seen, &left);

	rc = mysql_stmt_close(stmt);

	stmt_closed(seen, &left, rc, begin_ns);
	return rc;
}

my_bool
osprof_mysql_stmt_close(MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_close)(stmt);
	return stmt_close_traced(stmt);
}
