/*
 * test_mysql_async_stmt.c - prepared statements and connects by the calls of
 * Connector/C that come back in their middle.
 */
#include "tests/mysql/async_calls.h"

#define MANY 4000

static MYSQL_STMT *stmt;
static my_bool failed;

static MYSQL_STMT *
make(unsigned rows)
{
	MYSQL_STMT *made = fake_stmt(rows);

	answer_pointer("mysql_stmt_init", made);
	osprof_mysql_stmt_init(mysql);
	return made;
}

/* A statement with so many rows, prepared behind a wait. */
static void
given_prepared(unsigned rows)
{
	char sql[] = "select a";

	given();
	stmt = make(rows);
	stmt->waits = 1;
	answer_rows("mysql_stmt_prepare", 1)->waits = 2;
	for (int events = osprof_mysql_stmt_prepare_start(
		 &rc, stmt, sql, sizeof(sql) - 1);
	     events;) {
		memset(sql, 'x', sizeof(sql) - 1); /* the program's own */
		CHECK(!point_ended(0));
		events = osprof_mysql_stmt_prepare_cont(&rc, stmt, events);
	}
	CHECK(rc == 0 && point_ended(0));
}

static void
execute(void)
{
	answer_rows("mysql_stmt_execute", 1)->waits = 2;
	RUN(mysql_stmt_execute, &rc, stmt);
	CHECK(rc == 0);
}

static void
fetch(void)
{
	RUN(mysql_stmt_fetch, &rc, stmt);
	CHECK(errno == ERRNO_AFTER);
}

static void
test_rows_that_are_waited_for_are_counted(void)
{
	given_prepared(3);
	execute();
	do
		fetch();
	while (rc == 0);

	CHECK(rc == 100);
	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(1));
	CHECK_STR(point_text(1, FIELD_CALL), "mysql_stmt_execute_start");
	CHECK_STR(point_text(1, FIELD_STATEMENT), "select a");
	CHECK_U64(point_number(1, FIELD_ROWS), 3);
	CHECK(point_has(1, FIELD_SEND));
}

static void
test_a_run_ends_behind_the_wait_of_what_ends_it(void)
{
	int events;

	given_prepared(3);
	execute();
	answer_done("mysql_stmt_store_result", 0)->waits = 2;
	events = osprof_mysql_stmt_store_result_start(&rc, stmt);
	CHECK(events && !point_ended(1));
	while (events)
		events = osprof_mysql_stmt_store_result_cont(&rc, stmt, events);
	execute();
	answer_done("mysql_stmt_free_result", 0)->waits = 2;
	RUN(mysql_stmt_free_result, &failed, stmt);
	execute();
	answer_done("mysql_stmt_reset", 0)->waits = 2;
	RUN(mysql_stmt_reset, &failed, stmt);
	execute();
	answer_done("mysql_stmt_close", 0)->waits = 2;
	RUN(mysql_stmt_close, &failed, stmt);

	CHECK(played());
	CHECK_U64(points(), 5);
	CHECK_U64(point_number(1, FIELD_ROWS), 3);
	CHECK_STR(point_text(2, FIELD_OUTCOME), "freed");
	CHECK_STR(point_text(3, FIELD_OUTCOME), "reset");
	CHECK_STR(point_text(4, FIELD_OUTCOME), "closed");
	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i));
}

static void
test_an_execution_that_fails_behind_a_wait_says_why(void)
{
	given_prepared(1);
	answer_error("mysql_stmt_execute", 1062, "23000")->waits = 2;
	RUN(mysql_stmt_execute, &rc, stmt);
	answer_error("mysql_stmt_prepare", 1064, "42000")->waits = 1;
	RUN(mysql_stmt_prepare, &rc, stmt, "nonsense", 8);

	CHECK(rc == 1);
	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK(point_code(1) == 1062 && point_code(2) == 1064);
}

static void
test_a_close_of_the_connection_ends_all_that_waits(void)
{
	given_prepared(2);
	execute();
	CHECK(osprof_mysql_stmt_fetch_start(&rc, stmt));
	close_connection(mysql);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(1, FIELD_OUTCOME), "connection closed");
}

static void
make_many(void)
{
	for (int i = 0; i < MANY; i++)
		make(0);
}

/* The table of statements grows while this one is about to be closed. */
static void
test_a_close_that_is_refused_leaves_the_run(void)
{
	given_prepared(2);
	execute();
	answer_error("mysql_stmt_close", 2014, "HY000")->meanwhile = make_many;
	CHECK(osprof_mysql_stmt_close(stmt) == 1);
	CHECK(!point_ended(1));
	fetch();
	fetch();
	fetch();
	execute();
	close_connection(mysql);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK(point_ended(1) && !point_has(1, FIELD_OUTCOME));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	CHECK_STR(point_text(2, FIELD_STATEMENT), "select a");
}

static int
start_connect(MYSQL **ret, unsigned waits)
{
	answer_pointer("mysql_real_connect", mysql)->waits = waits;
	return osprof_mysql_real_connect_start(
	    ret, mysql, "host", "user", "word", "db", 0, NULL, 0);
}

static void
test_a_connect_that_waits_is_one_point(void)
{
	MYSQL *connected = NULL;
	int events;

	given();
	events = start_connect(&connected, 3);
	CHECK(events && !connected);
	while (events)
		events = osprof_mysql_real_connect_cont(
		    &connected, mysql, events);
	CHECK(errno == ERRNO_AFTER);
	CHECK(connected == mysql);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0) && !point_has(0, FIELD_OUTCOME));
	CHECK_STR(point_text(0, FIELD_CALL), "mysql_real_connect_start");
	CHECK_STR(point_text(0, FIELD_HOST), "scripted");
}

static void
test_a_connect_that_is_left_ends_with_its_handle(void)
{
	MYSQL *connected = NULL;

	given();
	CHECK(start_connect(&connected, 2));
	close_connection(mysql);
	fake_mysql_connect(mysql, 998);
	CHECK(start_connect(&connected, 2));
	/* Neither freed nor closed: the memory was on the stack. */
	fake_mysql_connect(mysql, 999);
	osprof_mysql_init(mysql);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "abandoned");
	CHECK_STR(point_text(1, FIELD_OUTCOME), "abandoned");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_rows_that_are_waited_for_are_counted),
	TEST(test_a_run_ends_behind_the_wait_of_what_ends_it),
	TEST(test_an_execution_that_fails_behind_a_wait_says_why),
	TEST(test_a_close_of_the_connection_ends_all_that_waits),
	TEST(test_a_close_that_is_refused_leaves_the_run),
	TEST(test_a_connect_that_waits_is_one_point),
	TEST(test_a_connect_that_is_left_ends_with_its_handle))
/* clang-format on */
