/*
 * test_mysql_async.c - calls of Connector/C that come back in their middle:
 * each is one point, whatever else the program does while it waits.
 */
#include "tests/mysql/async_calls.h"

static void
test_a_call_that_waits_is_one_point(void)
{
	int events;

	given();
	events = start(mysql, "insert", 3);
	CHECK(events == EVENT_WRITE);
	events = go_on(mysql, events);
	CHECK(events == EVENT_WRITE);
	events = go_on(mysql, events);
	CHECK(events == EVENT_READ);
	CHECK(!point_ended(0));
	CHECK(go_on(mysql, events) == 0);

	CHECK(rc == 0);
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_CALL), "mysql_query_start");
	CHECK_STR(point_text(0, FIELD_STATEMENT), "insert");
	CHECK_U64(point_number(0, FIELD_CHANGES), 3);
	CHECK(point_has(0, FIELD_SEND));
}

static void
test_a_call_that_need_not_wait_is_over_at_once(void)
{
	given();
	answer_done("mysql_query", 2);
	CHECK(osprof_mysql_query_start(&rc, mysql, "insert") == 0);

	CHECK(rc == 0);
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK_U64(point_number(0, FIELD_CHANGES), 2);
}

#define MANY 3

static void
test_calls_of_several_connections_wait_at_once(void)
{
	static const char *const texts[MANY] = {"one", "two", "three"};
	MYSQL *on[MANY];
	int events[MANY];

	given();
	for (unsigned i = 0; i < MANY; i++) {
		on[i] = fake_mysql_another();
		events[i] = start(on[i], texts[i], 1 + i);
	}
	for (int left = 1; left;) {
		left = 0;
		for (unsigned i = MANY; i--;) {
			if (events[i])
				events[i] = go_on(on[i], events[i]);
			left |= events[i];
		}
	}

	CHECK(played());
	CHECK_U64(points(), MANY);
	for (size_t i = 0; i < MANY; i++) {
		CHECK(point_ended(i));
		CHECK(point_parent(i) == -1);
		CHECK_STR(point_text(i, FIELD_STATEMENT), texts[i]);
		CHECK_U64(point_number(i, FIELD_CHANGES), 1 + i);
		CHECK_U64(
		    point_number(i, FIELD_CONNECTION_ID), on[i]->state.thread);
	}
}

static void
test_a_plain_call_elsewhere_is_not_below_one_that_waits(void)
{
	MYSQL *other;
	int events;

	given();
	other = fake_mysql_another();
	events = start(mysql, "waits", 1);
	answer_done("mysql_query", 7);
	osprof_mysql_query(other, "plain");
	CHECK(!point_ended(0));
	go_on(mysql, events);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(0) && point_ended(1));
	CHECK(point_parent(1) == -1);
	CHECK_U64(point_number(0, FIELD_CHANGES), 1);
	CHECK_U64(point_number(1, FIELD_CHANGES), 7);
}

static MYSQL *inner;

/* A hook of the program, called on the stack of the call that waits. */
static void
run_inside(void)
{
	int ret = 17;

	answer_done("mysql_query", 5);
	osprof_mysql_query(inner, "plain inside");
	answer_done("mysql_query", 6)->waits = 2;
	RUN(mysql_query, &ret, inner, "waits inside");
	CHECK(ret == 0);
}

static void
test_a_hook_inside_may_use_another_connection(void)
{
	int events;

	given();
	inner = fake_mysql_another();
	answer_done("mysql_query", 4)->waits = 1;
	(answer_done("mysql_query", 3))->waits = 2;
	events = osprof_mysql_query_start(&rc, inner, "before");
	CHECK(events);
	RUN(mysql_query, &rc, mysql, "outside");
	while (events)
		events = go_on(inner, events);
	answer_done("mysql_query", 8)->meanwhile = run_inside;
	RUN(mysql_query, &rc, mysql, "with a hook");

	CHECK(played());
	CHECK_U64(points(), 5);
	CHECK_STR(point_text(3, FIELD_STATEMENT), "plain inside");
	CHECK_STR(point_text(4, FIELD_STATEMENT), "waits inside");
	CHECK_U64(point_number(2, FIELD_CHANGES), 8);
	CHECK_U64(point_number(3, FIELD_CHANGES), 5);
	CHECK_U64(point_number(4, FIELD_CHANGES), 6);
	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i) && point_parent(i) == -1);
}

static void
test_going_on_with_nothing_is_no_point(void)
{
	MYSQL_RES *result = NULL;
	my_bool failed = 0;

	given();
	CHECK(osprof_mysql_query_cont(&rc, mysql, EVENT_READ) == 0);
	CHECK(errno == ERRNO_AFTER);
	CHECK(rc == 1 && mysql_errno(mysql) == 2014);
	CHECK(osprof_mysql_commit_cont(&failed, mysql, EVENT_READ) == 0);
	CHECK(failed);
	CHECK(osprof_mysql_store_result_cont(&result, mysql, EVENT_READ) == 0);
	CHECK(!result);
	CHECK_U64(points(), 0);

	answer_rows("mysql_query", 1);
	RUN(mysql_query, &rc, mysql, "select");
	osprof_mysql_query_cont(&rc, mysql, EVENT_READ);
	osprof_mysql_store_result_cont(&result, mysql, EVENT_READ);
	answer_pointer("mysql_store_result", fake_result(mysql, 2));
	RUN(mysql_store_result, &result, mysql);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK_U64(point_number(0, FIELD_ROWS), 2);
	CHECK(point_code(0) == 0);
}

static void
test_an_error_behind_a_wait_is_told(void)
{
	given();
	answer_error("mysql_query", 1064, "42000")->waits = 2;
	RUN(mysql_query, &rc, mysql, "nonsense");
	answer_error("mysql_query", 2013, "HY000")->waits = 2;
	RUN(mysql_query, &rc, mysql, "lost");

	CHECK(rc == 1);
	CHECK(errno == ERRNO_AFTER);
	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_code(0) == 1064 && point_code(1) == 2013);
	CHECK_STR(point_text(0, FIELD_ETYPE), "42000");
}

static void
test_a_close_ends_the_call_that_waits(void)
{
	given();
	CHECK(start(mysql, "abandoned", 2));
	close_connection(mysql);
	fake_mysql_connect(mysql, 999);
	answer_done("mysql_query", 4)->waits = 1;
	RUN(mysql_query, &rc, mysql, "of the next");

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection closed");
	CHECK_STR(point_text(1, FIELD_STATEMENT), "of the next");
	CHECK_U64(point_number(1, FIELD_CHANGES), 4);
	CHECK_U64(point_number(1, FIELD_CONNECTION_ID), 999);
}

static void
test_a_close_may_wait_too(void)
{
	int events;

	given();
	answer_rows("mysql_query", 1)->waits = 1;
	RUN(mysql_query, &rc, mysql, "select");
	answer_pointer("mysql_close", NULL)->waits = 2;
	events = osprof_mysql_close_start(mysql);
	CHECK(events && point_ended(0));
	while (events)
		events = osprof_mysql_close_cont(mysql, events);
	CHECK(errno == ERRNO_AFTER);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection closed");
}

static void
test_what_was_sent_is_read_by_a_call_that_waits(void)
{
	my_bool failed = 17;
	int events;

	given();
	answer_done("mysql_send_query", 0)->waits = 2;
	RUN(mysql_send_query, &rc, mysql, "insert", 6);
	CHECK(!point_ended(0));
	answer_done("mysql_read_query_result", 9)->waits = 1;
	events = osprof_mysql_read_query_result_start(&failed, mysql);
	CHECK(events && failed == 17);
	CHECK(!osprof_mysql_read_query_result_cont(&failed, mysql, events));

	CHECK(!failed);
	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_CHANGES), 9);
}

static void
test_each_result_of_a_text_is_a_point_behind_its_wait(void)
{
	char sql[] = "do 1; do 2";
	struct answer *asked;
	int events;

	given();
	asked = answer_done("mysql_query", 1);
	asked->more = true;
	asked->waits = 1;
	events = osprof_mysql_query_start(&rc, mysql, sql);
	memset(sql, 'x', sizeof(sql) - 1); /* the program's, and used again */
	go_on(mysql, events);
	answer_done("mysql_next_result", 2)->waits = 1;
	RUN(mysql_next_result, &rc, mysql);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(1, FIELD_STATEMENT), "do 1; do 2");
	CHECK_U64(point_number(0, FIELD_STATEMENT_INDEX), 1);
	CHECK_U64(point_number(1, FIELD_STATEMENT_INDEX), 2);
	CHECK_U64(point_number(1, FIELD_CHANGES), 2);
}

static void
test_a_wait_that_ended_unseen_is_not_the_next_ones(void)
{
	int events;

	given();
	events = start(mysql, "seen", 1);
	shim_off();
	CHECK(go_on(mysql, events) == 0);
	events = start(mysql, "unseen", 2);
	shim_on_again();
	while (events)
		events = go_on(mysql, events);
	CHECK(!point_has(0, FIELD_CHANGES));
	answer_done("mysql_query", 4);
	RUN(mysql_query, &rc, mysql, "seen again");

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK_U64(point_number(1, FIELD_CHANGES), 4);
}

/* Ask for rows; the store of them waits. */
static int
start_store(MYSQL_RES **ret, unsigned rows)
{
	answer_rows("mysql_query", 1);
	RUN(mysql_query, &rc, mysql, "select");
	answer_pointer("mysql_store_result", fake_result(mysql, rows))->waits =
	    1;
	return osprof_mysql_store_result_start(ret, mysql);
}

static void
test_rows_that_came_unseen_are_not_the_next_ones(void)
{
	MYSQL_RES *result;
	int events;

	given();
	events = start_store(&result, 11);
	shim_off();
	CHECK(!osprof_mysql_store_result_cont(&result, mysql, events));
	events = start_store(&result, 22);
	shim_on_again();
	CHECK(!osprof_mysql_store_result_cont(&result, mysql, events));
	close_connection(mysql);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(!point_has(0, FIELD_ROWS));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
}

static void
test_a_configuration_that_changes_meanwhile_loses_nothing(void)
{
	MYSQL_RES *result;
	MYSQL_ROW row;
	int events;

	given();
	events = start(mysql, "insert", 1);
	shim_on_again();
	CHECK(go_on(mysql, events) == 0);
	events = start_store(&result, 3);
	shim_on_again();
	CHECK(!osprof_mysql_store_result_cont(&result, mysql, events));
	answer_rows("mysql_query", 1);
	RUN(mysql_query, &rc, mysql, "select");
	result = fake_result(mysql, 2);
	result->waits = 1;
	answer_pointer("mysql_use_result", result);
	osprof_mysql_use_result(mysql);
	do {
		events = osprof_mysql_fetch_row_start(&row, result);
		CHECK(events);
		shim_on_again();
		osprof_mysql_fetch_row_cont(&row, result, events);
	} while (row && points() < 9);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK_U64(point_number(0, FIELD_CHANGES), 1);
	CHECK_U64(point_number(1, FIELD_ROWS), 3);
	CHECK_U64(point_number(2, FIELD_ROWS), 2);
	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i) && !point_has(i, FIELD_OUTCOME));
}

static void
test_untraced_calls_wait_as_traced_ones_do(void)
{
	given();
	shim_off();
	answer_error("mysql_query", 1064, "42000")->waits = 3;
	RUN(mysql_query, &rc, mysql, "nonsense");

	CHECK(rc == 1);
	CHECK(played());
	CHECK_U64(points(), 0);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_call_that_waits_is_one_point),
	TEST(test_a_call_that_need_not_wait_is_over_at_once),
	TEST(test_calls_of_several_connections_wait_at_once),
	TEST(test_a_plain_call_elsewhere_is_not_below_one_that_waits),
	TEST(test_a_hook_inside_may_use_another_connection),
	TEST(test_going_on_with_nothing_is_no_point),
	TEST(test_an_error_behind_a_wait_is_told),
	TEST(test_a_close_ends_the_call_that_waits),
	TEST(test_a_close_may_wait_too),
	TEST(test_what_was_sent_is_read_by_a_call_that_waits),
	TEST(test_each_result_of_a_text_is_a_point_behind_its_wait),
	TEST(test_a_wait_that_ended_unseen_is_not_the_next_ones),
	TEST(test_rows_that_came_unseen_are_not_the_next_ones),
	TEST(test_a_configuration_that_changes_meanwhile_loses_nothing),
	TEST(test_untraced_calls_wait_as_traced_ones_do))
/* clang-format on */
