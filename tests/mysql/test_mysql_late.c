/*
 * test_mysql_late.c - of a connection that was made out of our sight what is
 * shown is what libmysqlclient tells of it, and no more until the program says
 * more: it has no word on who the user is, nor on the current database.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

static MYSQL *mysql;

static void
given(void)
{
	mysql = fake_mysql();
	shim_on();
}

static void
query(void)
{
	answer_done("mysql_query", 1);
	osprof_mysql_query(mysql, "insert");
}

static void
connect_now(void)
{
	answer_pointer("mysql_real_connect", mysql)->state.thread = 7;
	osprof_mysql_real_connect(
	    mysql, NULL, "someone", "word", "here", 0, "/socket", 0);
}

static void
check_last(const char *host, const char *user, const char *database)
{
	size_t last = points() - 1;

	CHECK(played());
	CHECK_STR(point_text(last, FIELD_HOST), host);
	CHECK_STR(point_text(last, FIELD_USER), user);
	CHECK_STR(point_text(last, FIELD_DATABASE), database);
	CHECK(!point_has(last, FIELD_PORT));
}

static void
test_a_connection_that_was_seen_being_made_says_who_and_where(void)
{
	given();
	connect_now();
	query();

	check_last("/socket", "someone", "here");
}

static void
test_one_that_was_not_says_where(void)
{
	given();
	query();

	check_last("localhost", "", "");
	CHECK_STR(point_text(0, FIELD_SERVER_VERSION), "9.7.4");
	CHECK_U64(point_number(0, FIELD_CONNECTION_ID), mysql->state.thread);
}

/* It may be another user's by now, on the same connection. */
static void
test_one_that_went_on_untraced_is_not_believed_to_be_as_it_was(void)
{
	given();
	connect_now();
	shim_off();
	answer_done("mysql_change_user", 0);
	osprof_mysql_change_user(mysql, "another", "word", "there");
	shim_on_again();
	query();

	check_last("localhost", "", "");
}

static void
test_what_the_program_changes_is_known_from_then_on(void)
{
	given();
	answer_done("mysql_select_db", 0);
	osprof_mysql_select_db(mysql, "there");
	query();
	check_last("localhost", "", "there");

	answer_done("mysql_change_user", 0);
	osprof_mysql_change_user(mysql, "another", "word", "elsewhere");
	query();
	check_last("localhost", "another", "elsewhere");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_connection_that_was_seen_being_made_says_who_and_where),
	TEST(test_one_that_was_not_says_where),
	TEST(test_one_that_went_on_untraced_is_not_believed_to_be_as_it_was),
	TEST(test_what_the_program_changes_is_known_from_then_on))
/* clang-format on */
