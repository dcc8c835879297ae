/*
 * test_mysql_memory.c - a program that has no memory left gets what the library
 * gives it, and what is not told of a handle then is told of the next.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"
#include "tests/no_memory.h"

#include <errno.h>

static MYSQL *mysql;

static void
given(void)
{
	mysql = fake_mysql();
	shim_on();
}

/* The first of all: no table of handles is there yet. */
static void
test_the_first_call_without_memory_is_the_librarys(void)
{
	given();
	no_memory = true;
	answer_done("mysql_query", 3);
	CHECK(osprof_mysql_query(mysql, "insert") == 0);
	no_memory = false;

	CHECK(errno == ERRNO_AFTER);
	CHECK(played());
	CHECK_U64(mysql_affected_rows(mysql), 3);
}

static void
test_rows_without_memory_are_the_librarys(void)
{
	MYSQL_RES *result;
	unsigned rows = 0;

	given();
	result = fake_result(mysql, 3);
	no_memory = true;
	answer_rows("mysql_query", 1);
	CHECK(osprof_mysql_query(mysql, "select a") == 0);
	answer_pointer("mysql_use_result", result);
	CHECK(osprof_mysql_use_result(mysql) == result);
	while (osprof_mysql_fetch_row(result))
		rows++;
	osprof_mysql_free_result(result);
	no_memory = false;

	CHECK(rows == 3);
	CHECK(played());
}

static void
test_a_statement_made_without_memory_is_the_librarys(void)
{
	MYSQL_STMT *stmt = fake_stmt(2);
	MYSQL_BIND bind = {.buffer_type = 253, .buffer = "x"};

	given();
	no_memory = true;
	answer_pointer("mysql_stmt_init", stmt);
	answer_rows("mysql_stmt_prepare", 1);
	answer_done("mysql_stmt_bind_param", 0);
	answer_done("mysql_stmt_send_long_data", 0);
	answer_rows("mysql_stmt_execute", 1);
	CHECK(osprof_mysql_stmt_init(mysql) == stmt);
	CHECK(osprof_mysql_stmt_prepare(stmt, "select ?", 8) == 0);
	CHECK(osprof_mysql_stmt_bind_param(stmt, &bind) == 0);
	CHECK(osprof_mysql_stmt_send_long_data(stmt, 0, "abc", 3) == 0);
	CHECK(osprof_mysql_stmt_execute(stmt) == 0);
	CHECK(osprof_mysql_stmt_fetch(stmt) == 0);
	no_memory = false;
	CHECK(errno == ERRNO_AFTER);
	CHECK(osprof_mysql_stmt_fetch(stmt) == 0);
	CHECK(osprof_mysql_stmt_fetch(stmt) == 100);
	answer_done("mysql_stmt_close", 0);
	CHECK(osprof_mysql_stmt_close(stmt) == 0);

	CHECK(played());
}

static void
test_what_comes_behind_it_is_told(void)
{
	given();
	answer_done("mysql_query", 3);
	CHECK(osprof_mysql_query(mysql, "insert") == 0);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_CHANGES), 3);
	CHECK_U64(point_number(0, FIELD_CONNECTION_ID), mysql->state.thread);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_the_first_call_without_memory_is_the_librarys),
	TEST(test_rows_without_memory_are_the_librarys),
	TEST(test_a_statement_made_without_memory_is_the_librarys),
	TEST(test_what_comes_behind_it_is_told))
/* clang-format on */
