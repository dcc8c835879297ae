/*
 * stmt_fetch.c - the rows of a prepared statement.
 *
 * None of these calls has a span: they go on with the one of the run that is
 * open, or end it.  A run whose rows were stored is over, and fetching them is
 * none of ours.
 */
#include "mysql/stmt_run.h"
#include "shim/clock.h"

OUT_OF_LINE int
stmt_store_result_traced(MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_running(stmt);
	uint64_t begin_ns;
	int rc;

	if (!seen)
		return mysql_stmt_store_result(stmt);
	begin_ns = clock_ns();

	rc = mysql_stmt_store_result(stmt);

	run_stored(seen, stmt, rc, begin_ns);
	return rc;
}

int
osprof_mysql_stmt_store_result(MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_store_result)(stmt);
	return stmt_store_result_traced(stmt);
}

OUT_OF_LINE int
stmt_fetch_traced(MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_running(stmt);
	uint64_t begin_ns;
	int rc;

	if (!seen)
		return mysql_stmt_fetch(stmt);
	begin_ns = clock_ns();

	rc = mysql_stmt_fetch(stmt);

	run_fetched(seen, stmt, rc, begin_ns);
	return rc;
}

int
osprof_mysql_stmt_fetch(MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_fetch)(stmt);
	return stmt_fetch_traced(stmt);
}

OUT_OF_LINE my_bool
stmt_free_result_traced(MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_running(stmt);
	uint64_t begin_ns;
	my_bool rc;

	if (!seen)
		return mysql_stmt_free_result(stmt);
	begin_ns = clock_ns();

	rc = mysql_stmt_free_result(stmt);

	run_freed(seen, "freed", begin_ns);
	return rc;
}

my_bool
osprof_mysql_stmt_free_result(MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_free_result)(stmt);
	return stmt_free_result_traced(stmt);
}

OUT_OF_LINE my_bool
stmt_reset_traced(MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_known(stmt);
	uint64_t begin_ns = seen && stmt_runs(seen) ? clock_ns() : 0;
	my_bool rc;

	rc = mysql_stmt_reset(stmt);

	if (!seen)
		return rc;
	binds_executed(&seen->binds);
	run_freed(seen, "reset", begin_ns);
	return rc;
}

my_bool
osprof_mysql_stmt_reset(MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_reset)(stmt);
	return stmt_reset_traced(stmt);
}
