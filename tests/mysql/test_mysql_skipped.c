/*
 * test_mysql_skipped.c - a command of Connector/C that only sends is a point
 * with its own answer, whenever and by whomever that is read; no point has the
 * answer of another, and none is left open.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

#include <string.h>

#define CODE 1062

static MYSQL *mysql;
static MYSQL_STMT *stmt;

static MYSQL_STMT *
made(void)
{
	MYSQL_STMT *another = fake_stmt(2);

	answer_pointer("mysql_stmt_init", another);
	return osprof_mysql_stmt_init(mysql);
}

static void
given(void)
{
	mysql = fake_mysql();
	shim_on();
	stmt = made();
}

static void
prepare(MYSQL_STMT *on, const char *sql)
{
	answer_skipped("mysql_stmt_prepare");
	osprof_mysql_stmt_prepare(on, sql, strlen(sql));
}

static void
execute(MYSQL_STMT *on)
{
	answer_skipped("mysql_stmt_execute");
	osprof_mysql_stmt_execute(on);
}

/* Begin with a statement that is prepared: the first point. */
static void
given_a_statement(const char *sql)
{
	given();
	answer_done("mysql_stmt_prepare", 0);
	osprof_mysql_stmt_prepare(stmt, sql, strlen(sql));
}

/* The program reads what an execution comes to, by a method. */
static void
read_changes(MYSQL_STMT *on, my_ulonglong changes)
{
	answer_done("db_read_execute_response", changes);
	fake_read_execute_response(on);
}

static void
read_rows(MYSQL_STMT *on)
{
	answer_rows("db_read_execute_response", 1);
	fake_read_execute_response(on);
}

static void
read_error(MYSQL_STMT *on)
{
	answer_error("db_read_execute_response", CODE, "23000");
	fake_read_execute_response(on);
}

/* A command that has its answer with it. */
static void
query(void)
{
	answer_done("mysql_query", 7);
	osprof_mysql_query(mysql, "insert");
}

static void
close_connection(void)
{
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(mysql);
}

static void
test_a_prepare_waits_for_its_answer(void)
{
	given();
	prepare(stmt, "select a");
	CHECK(!point_ended(0));
	answer_rows("db_read_prepare_response", 1);
	fake_read_prepare_response(stmt);
	execute(stmt);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(0));
	CHECK(!point_has(0, FIELD_OUTCOME));
	CHECK(point_has(0, FIELD_SEND));
	CHECK(point_has(0, FIELD_NOTE));
	CHECK_STR(point_text(1, FIELD_STATEMENT), "select a");
	CHECK(!point_ended(1));
}

static void
test_a_prepare_that_is_refused_has_the_connections_error(void)
{
	given();
	prepare(stmt, "select nonsense");
	answer_error("db_read_prepare_response", CODE, "42S22");
	fake_read_prepare_response(stmt);
	answer_error("mysql_stmt_execute", 2014, "HY000");
	osprof_mysql_stmt_execute(stmt);

	CHECK(played());
	CHECK(point_code(0) == CODE);
	CHECK(point_code(1) == 2014);
	CHECK_STR(point_text(1, FIELD_STATEMENT), "");
}

static void
test_an_execution_has_what_it_changed(void)
{
	given_a_statement("insert");
	execute(stmt);
	CHECK(!point_ended(1));
	read_changes(stmt, 5);
	execute(stmt);
	read_changes(stmt, 6);
	query();

	CHECK(played());
	CHECK_U64(points(), 4);
	CHECK_U64(point_number(1, FIELD_CHANGES), 5);
	CHECK_U64(point_number(2, FIELD_CHANGES), 6);
	CHECK_U64(point_number(3, FIELD_CHANGES), 7);
}

static void
test_an_execution_has_its_rows(void)
{
	given_a_statement("select a");
	execute(stmt);
	read_rows(stmt);
	while (osprof_mysql_stmt_fetch(stmt) == 0)
		;

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(1));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	CHECK(point_has(1, FIELD_WAIT));
	CHECK(point_has(1, FIELD_NOTE));
}

static void
test_an_error_is_that_of_the_statement_that_was_sent(void)
{
	MYSQL_STMT *other;

	given_a_statement("insert");
	other = made();
	answer_done("mysql_stmt_prepare", 0);
	osprof_mysql_stmt_prepare(other, "update", 6);
	execute(stmt);
	read_error(stmt);
	execute(other);
	read_changes(other, 5);
	query();

	CHECK(played());
	CHECK(point_code(2) == CODE);
	CHECK_STR(point_text(2, FIELD_STATEMENT), "insert");
	CHECK(!point_has(3, FIELD_CODE));
	CHECK_U64(point_number(3, FIELD_CHANGES), 5);
}

static void
test_an_error_of_a_credential_is_hidden(void)
{
	given_a_statement("set password identified");
	execute(stmt);
	read_error(stmt);
	query();

	CHECK_STR(point_text(1, FIELD_MESSAGE), "hidden");
}

static void
test_a_call_that_is_refused_meanwhile_has_its_own_error(void)
{
	given_a_statement("insert");
	execute(stmt);
	answer_error("mysql_query", 2014, "HY000");
	osprof_mysql_query(mysql, "refused");
	CHECK(!point_ended(1));
	read_changes(stmt, 5);
	query();

	CHECK(played());
	CHECK(point_code(2) == 2014);
	CHECK(!point_has(1, FIELD_CODE));
	CHECK_U64(point_number(1, FIELD_CHANGES), 5);
}

static void
test_nobody_has_an_answer_that_may_be_anothers(void)
{
	given_a_statement("insert");
	for (int i = 0; i < 3; i++)
		execute(stmt);
	read_changes(stmt, 1);
	execute(stmt);
	for (int i = 0; i < 3; i++)
		read_changes(stmt, 1);
	query();
	execute(stmt);
	read_changes(stmt, 5);
	query();

	CHECK(played());
	for (size_t i = 1; i <= 4; i++) {
		CHECK(point_ended(i));
		CHECK_STR(point_text(i, FIELD_OUTCOME), "unseen");
		CHECK(!point_has(i, FIELD_CHANGES));
	}
	CHECK_U64(point_number(6, FIELD_CHANGES), 5);
}

static void
test_an_answer_to_a_text_is_read_in_turn(void)
{
	given();
	for (int i = 0; i < 2; i++) {
		answer_rows("mysql_send_query", 0);
		osprof_mysql_send_query(mysql, i ? "second" : "first", 6);
	}
	answer_error("mysql_read_query_result", CODE, "23000");
	osprof_mysql_read_query_result(mysql);
	answer_done("mysql_read_query_result", 5);
	osprof_mysql_read_query_result(mysql);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK(!point_has(1, FIELD_CODE));
	CHECK_U64(point_number(1, FIELD_CHANGES), 5);
}

static void
test_a_commit_waits_for_its_answer(void)
{
	given();
	answer_skipped("mysql_commit");
	osprof_mysql_commit(mysql);
	CHECK(!point_ended(0));
	answer_error("mysql_read_query_result", CODE, "23000");
	osprof_mysql_read_query_result(mysql);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_code(0) == CODE);
}

static void
test_a_call_that_comes_back_in_its_middle_may_skip_its_answer(void)
{
	int rc;

	given_a_statement("insert");
	answer_skipped("mysql_stmt_execute")->waits = 1;
	osprof_mysql_stmt_execute_start(&rc, stmt);
	osprof_mysql_stmt_execute_cont(&rc, stmt, EVENT_READ);
	CHECK(!point_ended(1));
	read_changes(stmt, 5);
	query();

	CHECK(played());
	CHECK_U64(point_number(1, FIELD_CHANGES), 5);
}

static void
test_a_direct_execution_that_skips_its_answers_fails_without_an_error(void)
{
	given();
	answer_error("mysql_stmt_execute", 0, "00000");
	osprof_mysql_stmt_execute(stmt);

	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK(!point_has(0, FIELD_CODE));
}

static void
close_statement(void)
{
	answer_done("mysql_stmt_close", 0);
	osprof_mysql_stmt_close(stmt);
}

static void
reset_statement(void)
{
	answer_done("mysql_stmt_reset", 0);
	osprof_mysql_stmt_reset(stmt);
}

static void
reset_connection(void)
{
	answer_done("mysql_reset_connection", 0);
	osprof_mysql_reset_connection(mysql);
}

static void
connect_anew(void)
{
	answer_done("mysql_ping", 0)->state.thread = 999;
	osprof_mysql_ping(mysql);
}

static void
make_another_at_its_address(void)
{
	answer_pointer("mysql_stmt_init", stmt);
	osprof_mysql_stmt_init(mysql);
}

static void
miss_calls(void)
{
	shim_off();
	shim_on_again();
	query();
}

static void
test_what_is_never_read_ends_with_its_handle(void)
{
	static const struct {
		void (*end)(void);
		const char *outcome;
	} ends[] = {
	    {close_statement, "closed"},
	    {reset_statement, "reset"},
	    {close_connection, "connection closed"},
	    {reset_connection, "connection reset"},
	    {connect_anew, "connection lost"},
	    {make_another_at_its_address, "unseen"},
	    {miss_calls, "unseen"},
	    {query, "unseen"},
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		given_a_statement("insert");
		execute(stmt);
		CHECK(!point_ended(1));
		ends[i].end();

		CHECK(played());
		CHECK(point_ended(1));
		CHECK_STR(point_text(1, FIELD_OUTCOME), ends[i].outcome);
		CHECK(!point_has(1, FIELD_ROWS));
	}
}

static void
test_a_point_without_room_waits_for_nothing(void)
{
	given_a_statement("insert");
	shim_full(true);
	execute(stmt);
	shim_full(false);
	read_changes(stmt, 5);
	query();

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_U64(point_number(1, FIELD_CHANGES), 7);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_prepare_waits_for_its_answer),
	TEST(test_a_prepare_that_is_refused_has_the_connections_error),
	TEST(test_an_execution_has_what_it_changed),
	TEST(test_an_execution_has_its_rows),
	TEST(test_an_error_is_that_of_the_statement_that_was_sent),
	TEST(test_an_error_of_a_credential_is_hidden),
	TEST(test_a_call_that_is_refused_meanwhile_has_its_own_error),
	TEST(test_nobody_has_an_answer_that_may_be_anothers),
	TEST(test_an_answer_to_a_text_is_read_in_turn),
	TEST(test_a_commit_waits_for_its_answer),
	TEST(test_a_call_that_comes_back_in_its_middle_may_skip_its_answer),
	TEST(test_a_direct_execution_that_skips_its_answers_fails_without_an_error),
	TEST(test_what_is_never_read_ends_with_its_handle),
	TEST(test_a_point_without_room_waits_for_nothing))
/* clang-format on */
