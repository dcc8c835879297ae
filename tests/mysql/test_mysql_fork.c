/*
 * test_mysql_fork.c - a forked child has copies of what its parent began: it
 * may go on with them, end them or leave them, and all that is told of them is
 * the parent's to tell.
 */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/mysql/async_calls.h"

static MYSQL_RES *result;
static MYSQL_STMT *stmt;
static int events;

/* How many of the first points have ended. */
static size_t
ended(size_t first)
{
	size_t count = 0;

	for (size_t i = 0; i < first; i++)
		count += point_ended(i);
	return count;
}

/*
 * Whether a child does that, plays its script to the end and ends none of the
 * points that there were.
 */
static bool
child(void (*work)(void))
{
	size_t before = points(), ended_before = ended(before);
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		work();
		CHECK_U64(ended(before), ended_before);
		_exit(played() && !check_failures ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
insert(const char *sql, unsigned changes)
{
	answer_done("mysql_query", changes);
	CHECK(osprof_mysql_query(mysql, sql) == 0);
}

/* What the child runs by itself is a point like any other. */
static void
insert_in_child(void)
{
	size_t before = points();

	insert("of the child", 8);
	CHECK_U64(points() - before, 1);
	CHECK(point_ended(before));
	CHECK_STR(point_text(before, FIELD_STATEMENT), "of the child");
	CHECK_U64(point_number(before, FIELD_CHANGES), 8);
}

static void
close_it(void)
{
	close_connection(mysql);
}

static void
leave_it(void)
{
}

static void
exit_from_it(void)
{
	exit(0);
}

static void
store(void)
{
	answer_pointer("mysql_store_result", fake_result(mysql, 4));
	CHECK(osprof_mysql_store_result(mysql));
}

static void
store_and_insert(void)
{
	store();
	insert_in_child();
}

static void
test_an_open_statement_is_the_parents_to_end(void)
{
	given();
	answer_rows("mysql_query", 1);
	CHECK(osprof_mysql_query(mysql, "select") == 0);

	CHECK(child(store_and_insert));
	CHECK(child(insert_in_child));
	CHECK(child(close_it));
	CHECK(child(leave_it));
	CHECK(child(exit_from_it));

	store();
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0) && !point_has(0, FIELD_OUTCOME));
	CHECK_U64(point_number(0, FIELD_ROWS), 4);
}

static void
fetch_all(void)
{
	while (osprof_mysql_fetch_row(result))
		;
	osprof_mysql_free_result(result);
}

static void
fetch_and_insert(void)
{
	fetch_all();
	insert_in_child();
}

static void
free_and_close(void)
{
	osprof_mysql_free_result(result);
	close_it();
}

static void
test_rows_that_come_one_by_one_are_the_parents_to_count(void)
{
	given();
	answer_rows("mysql_query", 1);
	CHECK(osprof_mysql_query(mysql, "select") == 0);
	result = fake_result(mysql, 5);
	answer_pointer("mysql_use_result", result);
	CHECK(osprof_mysql_use_result(mysql) == result);
	CHECK(osprof_mysql_fetch_row(result));

	CHECK(child(fetch_and_insert));
	CHECK(child(free_and_close));
	CHECK(child(insert_in_child));
	CHECK(child(leave_it));

	fetch_all();
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0) && !point_has(0, FIELD_OUTCOME));
	CHECK_U64(point_number(0, FIELD_ROWS), 5);
}

static void
go_on_to_the_end(void)
{
	while (events)
		events = go_on(mysql, events);
}

static void
go_on_and_insert(void)
{
	go_on_to_the_end();
	insert_in_child();
}

/* The library lets go of a call that waits when its connection is closed. */
static void
test_a_call_that_waits_is_the_parents_to_end(void)
{
	given();
	events = start(mysql, "insert", 3);

	CHECK(child(go_on_and_insert));
	CHECK(child(close_it));
	CHECK(child(leave_it));
	CHECK(child(exit_from_it));

	go_on_to_the_end();
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0) && !point_has(0, FIELD_OUTCOME));
	CHECK_U64(point_number(0, FIELD_CHANGES), 3);
}

static void
connect_on(void)
{
	MYSQL *connected = NULL;

	while (events)
		events = osprof_mysql_real_connect_cont(
		    &connected, mysql, events);
	CHECK(connected == mysql);
}

static void
connect_on_and_insert(void)
{
	connect_on();
	insert_in_child();
}

static void
test_a_connect_that_waits_is_the_parents_to_end(void)
{
	MYSQL *connected;

	given();
	answer_pointer("mysql_real_connect", mysql)->waits = 2;
	events = osprof_mysql_real_connect_start(
	    &connected, mysql, "host", "user", "word", "db", 0, NULL, 0);

	CHECK(child(connect_on_and_insert));
	CHECK(child(close_it));

	connect_on();
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0) && !point_has(0, FIELD_OUTCOME));
}

static void
fetch_from_stmt(void)
{
	while (osprof_mysql_stmt_fetch(stmt) == 0)
		;
}

static void
fetch_from_stmt_and_insert(void)
{
	fetch_from_stmt();
	insert_in_child();
}

static void
execute_again(void)
{
	size_t before = points();

	answer_done("mysql_stmt_execute", 6);
	CHECK(osprof_mysql_stmt_execute(stmt) == 0);
	CHECK_U64(points() - before, 1);
	CHECK_U64(point_number(before, FIELD_CHANGES), 6);
}

static void
close_stmt(void)
{
	answer_done("mysql_stmt_close", 0);
	osprof_mysql_stmt_close(stmt);
	insert_in_child();
}

static void
test_rows_of_a_prepared_statement_are_the_parents_to_end(void)
{
	given();
	stmt = fake_stmt(3);
	answer_pointer("mysql_stmt_init", stmt);
	osprof_mysql_stmt_init(mysql);
	answer_rows("mysql_stmt_execute", 1);
	CHECK(osprof_mysql_stmt_execute(stmt) == 0);
	CHECK(osprof_mysql_stmt_fetch(stmt) == 0);

	CHECK(child(fetch_from_stmt_and_insert));
	CHECK(child(execute_again));
	CHECK(child(close_stmt));
	CHECK(child(close_it));

	fetch_from_stmt();
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0) && !point_has(0, FIELD_OUTCOME));
	CHECK_U64(point_number(0, FIELD_ROWS), 3);
}

static void
commit(void)
{
	answer_done("mysql_commit", 0);
	CHECK(osprof_mysql_commit(mysql) == 0);
}

static void
test_a_transaction_is_the_parents_to_end(void)
{
	shim_transactions(true);
	given();
	answer_done("mysql_query", 0)->state.status = IN_TRANSACTION;
	osprof_mysql_query(mysql, "begin");
	CHECK_U64(points(), 2);
	CHECK(!point_ended(1));

	answer_rows("mysql_query", 1)->state.status = IN_TRANSACTION;
	osprof_mysql_query(mysql, "select");
	CHECK(child(close_it));
	store();

	commit();
	shim_transactions(false);
	CHECK(played());
	CHECK(point_ended(1));
	CHECK_U64(point_number(1, FIELD_STATEMENTS), 3);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_an_open_statement_is_the_parents_to_end),
	TEST(test_rows_that_come_one_by_one_are_the_parents_to_count),
	TEST(test_a_call_that_waits_is_the_parents_to_end),
	TEST(test_a_connect_that_waits_is_the_parents_to_end),
	TEST(test_rows_of_a_prepared_statement_are_the_parents_to_end),
	TEST(test_a_transaction_is_the_parents_to_end))
/* clang-format on */
