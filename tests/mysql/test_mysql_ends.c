/*
 * test_mysql_ends.c - what waits on a handle ends when the handle does, in
 * whatever order a program closes, loses or leaves its handles, and nothing of
 * one that was is seen on the next one at its address.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

#include <errno.h>
#include <setjmp.h>

static MYSQL *mysql;
static jmp_buf back;

static void
given(void)
{
	mysql = fake_mysql();
	shim_on();
}

/* A statement that comes to rows, which nobody has taken. */
static void
ask(const char *sql)
{
	answer_rows("mysql_query", 1);
	CHECK(osprof_mysql_query(mysql, sql) == 0);
}

static void
change(const char *sql)
{
	answer_done("mysql_query", 1);
	CHECK(osprof_mysql_query(mysql, sql) == 0);
}

static MYSQL_STMT *
prepared(void)
{
	MYSQL_STMT *stmt = fake_stmt(2);

	answer_pointer("mysql_stmt_init", stmt);
	answer_rows("mysql_stmt_prepare", 1);
	CHECK(osprof_mysql_stmt_init(mysql) == stmt);
	CHECK(osprof_mysql_stmt_prepare(stmt, "select a", 8) == 0);
	return stmt;
}

static void
execute(MYSQL_STMT *stmt)
{
	answer_rows("mysql_stmt_execute", 1);
	CHECK(osprof_mysql_stmt_execute(stmt) == 0);
}

static void
close_connection(void)
{
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(mysql);
}

static void
test_errno_is_the_librarys(void)
{
	given();
	ask("select a");
	CHECK(errno == ERRNO_AFTER);
	answer_pointer("mysql_store_result", fake_result(mysql, 1));
	osprof_mysql_store_result(mysql);
	CHECK(errno == ERRNO_AFTER);
	CHECK(played());
}

static void
test_a_close_ends_what_nobody_took(void)
{
	given();
	ask("select a");
	close_connection();

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection closed");
}

static void
test_a_result_that_cannot_be_stored_is_an_error(void)
{
	given();
	ask("select a");
	answer_error("mysql_store_result", 2013, "HY000");
	CHECK(!osprof_mysql_store_result(mysql));

	CHECK(played());
	CHECK(point_ended(0));
	CHECK(point_code(0) == 2013);
}

static void
test_rows_may_be_lost_in_the_middle(void)
{
	MYSQL_RES *result;

	given();
	result = fake_result(mysql, 2);
	result->code = 2013;
	ask("select a");
	answer_pointer("mysql_use_result", result);
	CHECK(osprof_mysql_use_result(mysql) == result);
	while (osprof_mysql_fetch_row(result))
		;
	osprof_mysql_free_result(result);
	close_connection();

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK(point_code(0) == 2013);
	CHECK_U64(point_number(0, FIELD_ROWS), 2);
}

static void
test_a_result_may_be_freed_behind_its_connection(void)
{
	MYSQL_RES *result;

	given();
	result = fake_result(mysql, 2);
	ask("select a");
	answer_pointer("mysql_use_result", result);
	osprof_mysql_use_result(mysql);
	close_connection();
	osprof_mysql_free_result(result);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
}

static void
test_a_statement_outlives_its_connection(void)
{
	MYSQL_STMT *stmt;

	given();
	stmt = prepared();
	execute(stmt);
	close_connection();
	answer_error("mysql_stmt_execute", 2013, "HY000");
	CHECK(osprof_mysql_stmt_execute(stmt) == 1);
	answer_done("mysql_stmt_close", 0);
	osprof_mysql_stmt_close(stmt);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK(point_ended(1));
	CHECK(point_ended(2));
	CHECK(point_code(2) == 2013);
	CHECK_STR(point_text(2, FIELD_STATEMENT), "select a");
}

static void
test_a_statement_that_cannot_be_made_is_told(void)
{
	given();
	ask("select a");
	answer_error("mysql_stmt_init", 2008, "HY000");
	CHECK(!osprof_mysql_stmt_init(mysql));

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(!point_ended(0));
	CHECK(point_ended(1));
	CHECK_STR(point_text(1, FIELD_CALL), "mysql_stmt_init");
	CHECK(point_code(1) == 2008);
	close_connection();
}

static void
test_a_statement_that_was_left_is_not_the_next_at_its_address(void)
{
	MYSQL_STMT *stmt;

	given();
	stmt = prepared();
	execute(stmt);
	close_connection();
	fake_mysql_connect(mysql, 999);
	answer_pointer("mysql_stmt_init", stmt);
	osprof_mysql_stmt_init(mysql);
	answer_rows("mysql_stmt_prepare", 1);
	osprof_mysql_stmt_prepare(stmt, "select b", 8);
	execute(stmt);
	answer_done("mysql_stmt_store_result", 0);
	osprof_mysql_stmt_store_result(stmt);

	CHECK(played());
	CHECK_U64(points(), 4);
	CHECK_STR(point_text(3, FIELD_STATEMENT), "select b");
	CHECK_U64(point_number(3, FIELD_CONNECTION_ID), 999);
	CHECK_U64(point_number(3, FIELD_ROWS), 2);
}

static void
test_a_handle_in_the_programs_own_memory_may_be_another(void)
{
	given();
	ask("select a");
	/* Neither freed nor closed: the memory was on the stack. */
	CHECK(osprof_mysql_init(mysql) == mysql);
	fake_mysql_connect(mysql, 999);
	change("insert");

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(1, FIELD_STATEMENT), "insert");
	CHECK_U64(point_number(1, FIELD_CONNECTION_ID), 999);
	CHECK_U64(point_number(1, FIELD_CHANGES), 1);
	CHECK(point_ended(1));
}

static void
test_a_library_that_connects_anew_is_told_by_its_number(void)
{
	MYSQL_STMT *stmt;
	struct answer *asked;

	given();
	stmt = prepared();
	execute(stmt);
	asked = answer_done("mysql_query", 7);
	asked->state.thread = 999;
	osprof_mysql_query(mysql, "second");
	change("third");

	CHECK(played());
	CHECK(point_ended(1));
	CHECK_STR(point_text(1, FIELD_OUTCOME), "connection lost");
	CHECK_STR(point_text(2, FIELD_STATEMENT), "second");
	CHECK_U64(point_number(2, FIELD_CHANGES), 7);
	CHECK_STR(point_text(3, FIELD_STATEMENT), "third");
	CHECK_U64(point_number(3, FIELD_CONNECTION_ID), 999);
}

static void
leave(void)
{
	longjmp(back, 1);
}

static void
test_a_program_that_jumps_out_of_a_call_is_traced_on(void)
{
	given();
	answer_done("mysql_query", 0)->meanwhile = leave;
	if (!setjmp(back))
		osprof_mysql_query(mysql, "left in its middle");
	change("after it");
	change("and after that");
	close_connection();

	CHECK(played());
	CHECK_STR(point_text(0, FIELD_STATEMENT), "left in its middle");
	CHECK_STR(point_text(points() - 1, FIELD_STATEMENT), "and after that");
	CHECK(point_ended(points() - 1));
}

static MYSQL *first, *second;

static void
ask_another(void)
{
	answer_done("mysql_query", 3);
	osprof_mysql_query(second, "inside");
}

static void
test_a_callback_may_use_another_connection(void)
{
	given();
	first = mysql;
	second = fake_mysql_another();
	answer_done("mysql_query", 5)->meanwhile = ask_another;
	osprof_mysql_query(first, "outside");

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_STATEMENT), "outside");
	CHECK_STR(point_text(1, FIELD_STATEMENT), "inside");
	CHECK_U64(point_number(0, FIELD_CHANGES), 5);
	CHECK_U64(point_number(1, FIELD_CHANGES), 3);
	CHECK_U64(point_number(1, FIELD_CONNECTION_ID), second->state.thread);
}

static void
test_what_was_sent_and_never_read_ends(void)
{
	given();
	answer_done("mysql_send_query", 0);
	CHECK(osprof_mysql_send_query(mysql, "sent", 4) == 0);
	answer_error("mysql_read_query_result", 2013, "HY000");
	CHECK(osprof_mysql_read_query_result(mysql) == 1);
	answer_done("mysql_send_query", 0);
	osprof_mysql_send_query(mysql, "again", 5);
	close_connection();

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_code(0) == 2013);
	CHECK(point_ended(1));
	CHECK_STR(point_text(1, FIELD_OUTCOME), "connection closed");
}

/* The text that is kept is the one whose results are yet to come. */
static void
test_a_call_that_is_refused_has_no_place_in_a_text(void)
{
	given();
	answer_done("mysql_query", 1)->more = true;
	CHECK(osprof_mysql_query(mysql, "insert a; insert b") == 0);
	answer_error("mysql_query", 2014, "HY000")->more = true;
	CHECK(osprof_mysql_query(mysql, "refused") != 0);
	answer_done("mysql_next_result", 1);
	CHECK(osprof_mysql_next_result(mysql) == 0);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_STATEMENT_INDEX), 1);
	CHECK(point_code(1) == 2014);
	CHECK(!point_has(1, FIELD_STATEMENT_INDEX));
	CHECK_U64(point_number(2, FIELD_STATEMENT_INDEX), 2);
}

static void
test_a_handle_is_closed_while_off_and_its_address_comes_again(void)
{
	given();
	ask("select a");
	shim_off();
	close_connection();
	fake_mysql_connect(mysql, 999);
	shim_on_again();
	change("insert");

	CHECK(played());
	CHECK_STR(point_text(points() - 1, FIELD_STATEMENT), "insert");
	CHECK(point_ended(points() - 1));
	CHECK_U64(point_number(points() - 1, FIELD_CONNECTION_ID), 999);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_errno_is_the_librarys),
	TEST(test_a_close_ends_what_nobody_took),
	TEST(test_a_result_that_cannot_be_stored_is_an_error),
	TEST(test_rows_may_be_lost_in_the_middle),
	TEST(test_a_result_may_be_freed_behind_its_connection),
	TEST(test_a_statement_outlives_its_connection),
	TEST(test_a_statement_that_cannot_be_made_is_told),
	TEST(test_a_statement_that_was_left_is_not_the_next_at_its_address),
	TEST(test_a_handle_in_the_programs_own_memory_may_be_another),
	TEST(test_a_library_that_connects_anew_is_told_by_its_number),
	TEST(test_a_program_that_jumps_out_of_a_call_is_traced_on),
	TEST(test_a_callback_may_use_another_connection),
	TEST(test_what_was_sent_and_never_read_ends),
	TEST(test_a_call_that_is_refused_has_no_place_in_a_text),
	TEST(test_a_handle_is_closed_while_off_and_its_address_comes_again))
/* clang-format on */
