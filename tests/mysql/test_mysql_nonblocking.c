/*
 * test_mysql_nonblocking.c - calls of libmysqlclient that are repeated until
 * they are ready: each is one point, whatever else the program does meanwhile.
 */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>

#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

static const char sql[] = "insert";
static MYSQL *mysql;
static jmp_buf back;

static void
given(void)
{
	mysql = fake_mysql();
	shim_on();
}

static enum net_async_status
ask(MYSQL *on)
{
	enum net_async_status status = osprof_mysql_real_query_nonblocking(
	    on, sql, sizeof(sql) - 1);

	CHECK(errno == ERRNO_AFTER);
	return status;
}

/* Repeat a call until it is ready; the last one's status. */
#define UNTIL_READY(ret, call) \
 do \
  (ret) = osprof_##call; \
 while ((ret) == NET_ASYNC_NOT_READY)

static enum net_async_status
ask_to_the_end(MYSQL *on)
{
	enum net_async_status status;

	UNTIL_READY(
	    status, mysql_real_query_nonblocking(on, sql, sizeof(sql) - 1));
	return status;
}

static void
close_connection(MYSQL *on)
{
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(on);
}

static void
test_a_call_that_is_repeated_is_one_point(void)
{
	given();
	answer_done("mysql_real_query", 3)->waits = 2;
	CHECK(ask(mysql) == NET_ASYNC_NOT_READY);
	CHECK(ask(mysql) == NET_ASYNC_NOT_READY);
	CHECK(!point_ended(0));
	CHECK(ask(mysql) == NET_ASYNC_COMPLETE);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_CALL), "mysql_real_query_nonblocking");
	CHECK_U64(point_number(0, FIELD_CHANGES), 3);
}

static void
test_calls_of_several_connections_are_repeated_in_turn(void)
{
	MYSQL *other;

	given();
	other = fake_mysql_another();
	answer_done("mysql_real_query", 3)->waits = 2;
	answer_error("mysql_real_query", 1064, "42000")->waits = 1;
	CHECK(ask(mysql) == NET_ASYNC_NOT_READY);
	CHECK(ask(other) == NET_ASYNC_NOT_READY);
	CHECK(ask(mysql) == NET_ASYNC_NOT_READY);
	CHECK(ask(other) == NET_ASYNC_ERROR);
	answer_done("mysql_query", 5);
	CHECK(osprof_mysql_query(other, "plain") == 0);
	CHECK(ask(mysql) == NET_ASYNC_COMPLETE);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK_U64(point_number(0, FIELD_CHANGES), 3);
	CHECK(point_code(1) == 1064);
	CHECK_U64(point_number(2, FIELD_CHANGES), 5);
	for (size_t i = 0; i < 3; i++)
		CHECK(point_ended(i) && point_parent(i) == -1);
}

static void
test_what_was_sent_is_answered_to_the_call_that_asks(void)
{
	enum net_async_status status;

	given();
	answer_done("mysql_send_query", 0)->waits = 2;
	UNTIL_READY(
	    status, mysql_send_query_nonblocking(mysql, sql, sizeof(sql) - 1));
	CHECK(status == NET_ASYNC_COMPLETE && !point_ended(0));
	answer_done("mysql_real_query", 9)->waits = 2;
	CHECK(ask_to_the_end(mysql) == NET_ASYNC_COMPLETE);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_CHANGES), 9);
}

static void
test_rows_may_have_to_be_asked_for_again(void)
{
	enum net_async_status status;
	MYSQL_RES *result = NULL;
	MYSQL_ROW row;

	given();
	answer_rows("mysql_real_query", 1)->waits = 1;
	CHECK(ask_to_the_end(mysql) == NET_ASYNC_COMPLETE);
	answer_pointer("mysql_store_result", fake_result(mysql, 4))->waits = 2;
	UNTIL_READY(status, mysql_store_result_nonblocking(mysql, &result));
	CHECK(status == NET_ASYNC_COMPLETE && result);
	answer_rows("mysql_real_query", 1);
	CHECK(ask_to_the_end(mysql) == NET_ASYNC_COMPLETE);
	result = fake_result(mysql, 3);
	result->waits = 2;
	answer_pointer("mysql_use_result", result);
	osprof_mysql_use_result(mysql);
	UNTIL_READY(status, mysql_fetch_row_nonblocking(result, &row));
	CHECK(row && !point_ended(1));
	UNTIL_READY(status, mysql_free_result_nonblocking(result));
	CHECK(errno == ERRNO_AFTER);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_U64(point_number(0, FIELD_ROWS), 4);
	CHECK_U64(point_number(1, FIELD_ROWS), 1);
	CHECK_STR(point_text(1, FIELD_OUTCOME), "freed");
}

static void
test_a_result_that_cannot_be_stored_is_an_error(void)
{
	enum net_async_status status;
	MYSQL_RES *result = NULL;

	given();
	answer_rows("mysql_real_query", 1);
	CHECK(ask_to_the_end(mysql) == NET_ASYNC_COMPLETE);
	answer_error("mysql_store_result", 2013, "HY000")->waits = 2;
	UNTIL_READY(status, mysql_store_result_nonblocking(mysql, &result));

	CHECK(status == NET_ASYNC_COMPLETE && !result);
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_code(0) == 2013);
}

static void
test_each_result_of_a_text_is_a_point(void)
{
	static const char two[] = "do 1; do 2";
	enum net_async_status status;
	struct answer *answer;

	given();
	answer = answer_done("mysql_real_query", 1);
	answer->more = true;
	answer->waits = 1;
	UNTIL_READY(
	    status, mysql_real_query_nonblocking(mysql, two, sizeof(two) - 1));
	answer_done("mysql_next_result", 2)->waits = 2;
	UNTIL_READY(status, mysql_next_result_nonblocking(mysql));
	CHECK(status == NET_ASYNC_COMPLETE);
	answer_done("mysql_next_result", 0)->number = -1;
	UNTIL_READY(status, mysql_next_result_nonblocking(mysql));
	CHECK(status == NET_ASYNC_COMPLETE_NO_MORE_RESULTS);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_U64(point_number(0, FIELD_CHANGES), 1);
	CHECK_U64(point_number(1, FIELD_CHANGES), 2);
	CHECK_U64(point_number(1, FIELD_STATEMENT_INDEX), 2);
}

static void
test_a_close_ends_the_call_that_is_not_ready(void)
{
	given();
	answer_done("mysql_real_query", 3)->waits = 2;
	CHECK(ask(mysql) == NET_ASYNC_NOT_READY);
	close_connection(mysql);
	fake_mysql_connect(mysql, 999);
	answer_done("mysql_real_query", 4)->waits = 1;
	CHECK(ask_to_the_end(mysql) == NET_ASYNC_COMPLETE);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection closed");
	CHECK_U64(point_number(1, FIELD_CHANGES), 4);
}

static enum net_async_status
connect_once(void)
{
	return osprof_mysql_real_connect_nonblocking(
	    mysql, "host", "user", "word", "db", 0, NULL, 0);
}

static void
test_a_connect_that_is_repeated_is_one_point(void)
{
	given();
	answer_pointer("mysql_real_connect", mysql)->waits = 3;
	while (connect_once() == NET_ASYNC_NOT_READY)
		CHECK(!point_ended(0));
	CHECK(errno == ERRNO_AFTER);
	answer_error("mysql_real_connect", 1045, "28000")->waits = 2;
	while (connect_once() == NET_ASYNC_NOT_READY)
		;

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(0) && point_ended(1));
	CHECK(point_code(0) == 0 && point_code(1) == 1045);
}

static void
test_a_connect_that_is_left_ends_with_its_handle(void)
{
	given();
	answer_pointer("mysql_real_connect", mysql)->waits = 2;
	CHECK(connect_once() == NET_ASYNC_NOT_READY);
	close_connection(mysql);
	fake_mysql_connect(mysql, 998);
	answer_pointer("mysql_real_connect", mysql)->waits = 2;
	CHECK(connect_once() == NET_ASYNC_NOT_READY);
	/* Neither freed nor closed: the memory was on the stack. */
	fake_mysql_connect(mysql, 999);
	osprof_mysql_init(mysql);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "abandoned");
	CHECK_STR(point_text(1, FIELD_OUTCOME), "abandoned");
}

static void
jump(void)
{
	longjmp(back, 1);
}

/* Ask, and leave the call that would be ready in its middle. */
static void
ask_and_jump(void)
{
	struct answer *answer = answer_done("mysql_real_query", 3);

	answer->waits = 1;
	answer->meanwhile = jump;
	if (!setjmp(back))
		ask_to_the_end(mysql);
}

static void
test_a_jump_leaves_other_calls_and_the_next_one_whole(void)
{
	MYSQL *other;

	given();
	other = fake_mysql_another();
	answer_done("mysql_real_query", 7)->waits = 2;
	CHECK(ask(other) == NET_ASYNC_NOT_READY);
	ask_and_jump();
	answer_done("mysql_query", 4);
	osprof_mysql_query(mysql, "next");
	CHECK(ask_to_the_end(other) == NET_ASYNC_COMPLETE);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK_U64(point_number(0, FIELD_CHANGES), 7);
	CHECK_STR(point_text(1, FIELD_OUTCOME), "abandoned");
	CHECK_U64(point_number(2, FIELD_CHANGES), 4);
	CHECK(point_parent(2) == -1);
}

static void *
ask_elsewhere(void *on)
{
	return ask_to_the_end(on) == NET_ASYNC_COMPLETE ? on : NULL;
}

static void
test_another_thread_may_go_on(void)
{
	pthread_t thread;
	void *done = NULL;

	given();
	answer_done("mysql_real_query", 3)->waits = 3;
	CHECK(ask(mysql) == NET_ASYNC_NOT_READY);
	pthread_create(&thread, NULL, ask_elsewhere, mysql);
	pthread_join(thread, &done);

	CHECK(done == mysql);
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_CHANGES), 3);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_call_that_is_repeated_is_one_point),
	TEST(test_calls_of_several_connections_are_repeated_in_turn),
	TEST(test_what_was_sent_is_answered_to_the_call_that_asks),
	TEST(test_rows_may_have_to_be_asked_for_again),
	TEST(test_a_result_that_cannot_be_stored_is_an_error),
	TEST(test_each_result_of_a_text_is_a_point),
	TEST(test_a_close_ends_the_call_that_is_not_ready),
	TEST(test_a_connect_that_is_repeated_is_one_point),
	TEST(test_a_connect_that_is_left_ends_with_its_handle),
	TEST(test_a_jump_leaves_other_calls_and_the_next_one_whole),
	TEST(test_another_thread_may_go_on))
/* clang-format on */
