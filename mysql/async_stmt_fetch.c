/*
 * async_stmt_fetch.c - the rows of a prepared statement, and its end, by the
 * pairs of Connector/C.
 *
 * None of these calls has a span (stmt_fetch.c): all the time from X_start to
 * the X_cont that is the last counts as fetching.
 */
#include "mysql/stmt_run.h"
#include "shim/clock.h"

/* The statement, if a call for its rows was suspended, and when that began. */
static struct stmt *
find_suspended(MYSQL_STMT *stmt, uint64_t *ret_begin_ns)
{
	struct stmt *seen = stmt_running(stmt);

	return seen && command_resume(&seen->run, ret_begin_ns) ? seen : NULL;
}

OUT_OF_LINE int
stmt_store_result_start_traced(int *ret, MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_running(stmt);
	uint64_t begin_ns;
	int events;

	if (!seen)
		return mysql_stmt_store_result_start(ret, stmt);
	begin_ns = clock_ns();

	events = mysql_stmt_store_result_start(ret, stmt);

	if (events)
		command_suspend(&seen->run, begin_ns);
	else
		run_stored(seen, stmt, *ret, begin_ns);
	return events;
}

int
osprof_mysql_stmt_store_result_start(int *ret, MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_store_result_start)(ret, stmt);
	return stmt_store_result_start_traced(ret, stmt);
}

static void
end_store(MYSQL_STMT *stmt, int rc)
{
	uint64_t begin_ns;
	struct stmt *seen = find_suspended(stmt, &begin_ns);

	if (seen)
		run_stored(seen, stmt, rc, begin_ns);
}

OUT_OF_LINE int
stmt_store_result_cont_traced(int *ret, MYSQL_STMT *stmt, int status)
{
	int events = mysql_stmt_store_result_cont(ret, stmt, status);

	if (!events)
		end_store(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_store_result_cont(int *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_store_result_cont)(ret, stmt, status);
	return stmt_store_result_cont_traced(ret, stmt, status);
}

OUT_OF_LINE int
stmt_fetch_start_traced(int *ret, MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_running(stmt);
	uint64_t begin_ns;
	int events;

	if (!seen)
		return mysql_stmt_fetch_start(ret, stmt);
	begin_ns = clock_ns();

	events = mysql_stmt_fetch_start(ret, stmt);

	if (events)
		command_suspend(&seen->run, begin_ns);
	else
		run_fetched(seen, stmt, *ret, begin_ns);
	return events;
}

int
osprof_mysql_stmt_fetch_start(int *ret, MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_fetch_start)(ret, stmt);
	return stmt_fetch_start_traced(ret, stmt);
}

static void
end_fetch(MYSQL_STMT *stmt, int rc)
{
	uint64_t begin_ns;
	struct stmt *seen = find_suspended(stmt, &begin_ns);

	if (seen)
		run_fetched(seen, stmt, rc, begin_ns);
}

OUT_OF_LINE int
stmt_fetch_cont_traced(int *ret, MYSQL_STMT *stmt, int status)
{
	int events = mysql_stmt_fetch_cont(ret, stmt, status);

	if (!events)
		end_fetch(stmt, *ret);
	return events;
}

int
osprof_mysql_stmt_fetch_cont(int *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_fetch_cont)(ret, stmt, status);
	return stmt_fetch_cont_traced(ret, stmt, status);
}

/* The rows were let go. */
static void
end_free(MYSQL_STMT *stmt, const char *ending)
{
	uint64_t begin_ns;
	struct stmt *seen = find_suspended(stmt, &begin_ns);

	if (seen)
		run_freed(seen, ending, begin_ns);
}

OUT_OF_LINE int
stmt_free_result_start_traced(my_bool *ret, MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_running(stmt);
	int events;

	if (seen)
		command_suspend(&seen->run, clock_ns());

	events = mysql_stmt_free_result_start(ret, stmt);

	if (!events)
		end_free(stmt, "freed");
	return events;
}

int
osprof_mysql_stmt_free_result_start(my_bool *ret, MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_free_result_start)(ret, stmt);
	return stmt_free_result_start_traced(ret, stmt);
}

OUT_OF_LINE int
stmt_free_result_cont_traced(my_bool *ret, MYSQL_STMT *stmt, int status)
{
	int events = mysql_stmt_free_result_cont(ret, stmt, status);

	if (!events)
		end_free(stmt, "freed");
	return events;
}

int
osprof_mysql_stmt_free_result_cont(my_bool *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_free_result_cont)(ret, stmt, status);
	return stmt_free_result_cont_traced(ret, stmt, status);
}

/* What was sent ahead is gone with the first of the calls. */
OUT_OF_LINE int
stmt_reset_start_traced(my_bool *ret, MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_known(stmt);
	int events;

	if (seen)
		binds_executed(&seen->binds);
	if (seen && stmt_waits(seen))
		run_lose(seen, "reset");
	else if (seen && stmt_runs(seen))
		command_suspend(&seen->run, clock_ns());

	events = mysql_stmt_reset_start(ret, stmt);

	if (!events)
		end_free(stmt, "reset");
	return events;
}

int
osprof_mysql_stmt_reset_start(my_bool *ret, MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_reset_start)(ret, stmt);
	return stmt_reset_start_traced(ret, stmt);
}

OUT_OF_LINE int
stmt_reset_cont_traced(my_bool *ret, MYSQL_STMT *stmt, int status)
{
	int events = mysql_stmt_reset_cont(ret, stmt, status);

	if (!events)
		end_free(stmt, "reset");
	return events;
}

int
osprof_mysql_stmt_reset_cont(my_bool *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_reset_cont)(ret, stmt, status);
	return stmt_reset_cont_traced(ret, stmt, status);
}

/*
 * Whoever closes a statement gives its entry up before, for behind that the
 * address may be another's, and takes it back where that goes on later.
 */
OUT_OF_LINE int
stmt_close_start_traced(my_bool *ret, MYSQL_STMT *stmt)
{
	struct stmt *seen = stmt_known(stmt);
	struct stmt left;
	int events;

	if (!seen)
		return mysql_stmt_close_start(ret, stmt);
	if (stmt_runs(seen))
		command_suspend(&seen->run, clock_ns());
	stmt_leave(seen, &left);

	events = mysql_stmt_close_start(ret, stmt);

	if (events)
		stmt_return(seen, &left);
	else
		stmt_closed(seen, &left, *ret, left.run.last_ns);
	return events;
}

int
osprof_mysql_stmt_close_start(my_bool *ret, MYSQL_STMT *stmt)
{
	if (PASSES)
		return PASS(mysql_stmt_close_start)(ret, stmt);
	return stmt_close_start_traced(ret, stmt);
}

OUT_OF_LINE int
stmt_close_cont_traced(my_bool *ret, MYSQL_STMT *stmt, int status)
{
	struct stmt *seen = stmt_known(stmt);
	struct stmt left;
	int events;

	if (!seen)
		return mysql_stmt_close_cont(ret, stmt, status);
	stmt_leave(seen, &left);

	events = mysql_stmt_close_cont(ret, stmt, status);

	if (events)
		stmt_return(seen, &left);
	else
		stmt_closed(seen, &left, *ret, left.run.last_ns);
	return events;
}

int
osprof_mysql_stmt_close_cont(my_bool *ret, MYSQL_STMT *stmt, int status)
{
	if (PASSES)
		return PASS(mysql_stmt_close_cont)(ret, stmt, status);
	return stmt_close_cont_traced(ret, stmt, status);
}
