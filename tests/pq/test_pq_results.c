/*
 * test_pq_results.c - a command that was sent is one point, from the call that
 * sent it to the NULL behind its last result, or to where libpq forgets it.
 */
#include "tests/pq/steps.h"

static void
test_a_sent_query_ends_with_the_null_behind_its_result(void)
{
	given();
	send_query("select 1");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult")->transaction = PQTRANS_IDLE;

	osprof_PQgetResult(conn);
	CHECK(!point_ended(0));
	osprof_PQgetResult(conn);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_CALL), "PQsendQuery");
	CHECK_STR(point_text(0, FIELD_STATEMENT), "select 1");
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK_STR(point_text(0, FIELD_TRANSACTION), "idle");
	CHECK(point_has(0, FIELD_SEND) && point_has(0, FIELD_WAIT));
	CHECK(point_has(0, FIELD_TRANSFER) && point_has(0, FIELD_APPLICATION));
}

static void
test_null_of_an_idle_an_unknown_and_no_connection_ends_nothing(void)
{
	given();
	send_query("select 1");
	answer_null("PQgetResult")->times = 3;

	CHECK(osprof_PQgetResult(NULL) == NULL);
	CHECK(osprof_PQgetResult(fake_pq_another()) == NULL);
	CHECK(!point_ended(0));
	CHECK_U64(points(), 1);
	drain();
	CHECK(point_ended(0));
}

static void
test_rows_that_come_one_by_one_are_summed(void)
{
	given();
	send_query("table t");
	answer_rows("PQgetResult", PGRES_SINGLE_TUPLE, 1, "")->times = 5;
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 0, "SELECT 5");
	answer_null("PQgetResult");

	drain();

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_ROWS), 5);
	CHECK_STR(point_text(0, FIELD_STATUS), "PGRES_TUPLES_OK");
	CHECK(!point_has(0, FIELD_RESULTS));
}

static void
test_rows_that_come_in_chunks_are_summed(void)
{
	given();
	send_query("table t");
	answer_rows("PQgetResult", (ExecStatusType)12, 100, "");
	answer_rows("PQgetResult", (ExecStatusType)12, 17, "");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 0, "SELECT 117");
	answer_null("PQgetResult");

	drain();

	CHECK_U64(point_number(0, FIELD_ROWS), 117);
}

static void
test_an_error_among_rows_is_the_outcome_and_the_rows_stay(void)
{
	given();
	send_query("select 1 / (3 - n) from t");
	answer_rows("PQgetResult", PGRES_SINGLE_TUPLE, 1, "")->times = 2;
	answer_error("PQgetResult", "22012", "division by zero");
	answer_null("PQgetResult");

	drain();

	CHECK_U64(point_number(0, FIELD_ROWS), 2);
	CHECK_STR(point_text(0, FIELD_ETYPE), "22012");
	CHECK_STR(point_text(0, FIELD_STATUS), "PGRES_FATAL_ERROR");
}

static void
test_several_results_of_one_text_are_counted_in_one_point(void)
{
	given();
	send_query("select 1; update t set a = 1; select 2");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_rows("PQgetResult", PGRES_COMMAND_OK, 0, "UPDATE 9");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 4, "SELECT 4");
	answer_null("PQgetResult");

	drain();

	CHECK_U64(points(), 1);
	CHECK_U64(point_number(0, FIELD_RESULTS), 3);
	CHECK_U64(point_number(0, FIELD_ROWS), 5);
	CHECK_U64(point_number(0, FIELD_CHANGES), 9);
	CHECK_STR(point_text(0, FIELD_TAG), "SELECT 4");
}

static void
test_of_two_failures_the_first_sqlstate_is_kept(void)
{
	given();
	send_query("select pg_sleep(9)");
	answer_error("PQgetResult", "57P01", "terminating connection");
	answer_error("PQgetResult", NULL, "server closed it\n")->lost = true;
	answer_null("PQgetResult");

	drain();

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_ETYPE), "57P01");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "terminating connection");
}

static void
test_of_two_sqlstates_the_first_is_kept(void)
{
	given();
	send_query("select pg_sleep(9)");
	answer_error("PQgetResult", "57014", "canceling statement");
	answer_error("PQgetResult", "57P01", "terminating connection");
	answer_null("PQgetResult");

	drain();

	CHECK_STR(point_text(0, FIELD_ETYPE), "57014");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "canceling statement");
}

static void
test_a_failure_without_sqlstate_takes_that_of_the_next(void)
{
	given();
	send_query("select pg_sleep(9)");
	answer_error("PQgetResult", NULL, "lost synchronization\n");
	answer_error("PQgetResult", "08006", "second");
	answer_null("PQgetResult");

	drain();

	CHECK_STR(point_text(0, FIELD_ETYPE), "08006");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "lost synchronization");
}

static void
test_a_connection_lost_before_any_result_ends_as_lost(void)
{
	given();
	send_query("select pg_sleep(9)");
	answer_null("PQgetResult")->lost = true;

	drain();

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection lost");
}

static void
test_a_connection_lost_ends_its_command_with_the_result_that_tells(void)
{
	given();
	send_query("select pg_sleep(9)");
	answer_error("PQgetResult", "57P01", "terminating")->lost = true;

	osprof_PQgetResult(conn);

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_ETYPE), "57P01");
}

static void
test_a_connection_lost_between_results_ends_once(void)
{
	given();
	send_query("select 1; select pg_sleep(9)");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_error("PQgetResult", NULL, "closed\n")->lost = true;
	answer_null("PQgetResult")->times = 3;

	drain();
	drain();
	drain();

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_MESSAGE), "closed");
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
}

static void
test_what_was_not_sent_is_a_point_of_its_own_and_others_stay_open(void)
{
	given();
	send_query("first");
	answer_number("PQsendQuery", 0)->error =
	    "another command is already in progress\n";

	CHECK(osprof_PQsendQuery(conn, "second") == 0);

	CHECK_U64(points(), 2);
	CHECK(!point_ended(0));
	CHECK(point_ended(1));
	CHECK_STR(point_text(1, FIELD_MESSAGE),
	    "another command is already in progress");
	CHECK_STR(
	    PQerrorMessage(conn), "another command is already in progress\n");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");
	drain();
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK(played());
}

static void
test_nothing_is_sent_without_text_or_connection(void)
{
	given();
	answer_number("PQsendQuery", 0)->times = 2;

	CHECK(osprof_PQsendQuery(conn, NULL) == 0);
	CHECK(osprof_PQsendQuery(NULL, "select 1") == 0);

	CHECK_U64(points(), 2);
	CHECK(point_ended(0) && point_ended(1));
	CHECK(point_has(0, FIELD_ETYPE) && point_has(1, FIELD_ETYPE));
}

static void
test_results_never_fetched_are_discarded_by_the_next_exec(void)
{
	given();
	send_query("select 1");
	answer_rows("PQexec", PGRES_TUPLES_OK, 2, "SELECT 2");

	osprof_PQexec(conn, "select 2");

	CHECK_U64(points(), 2);
	CHECK(point_ended(0) && point_ended(1));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "discarded");
	CHECK(!point_has(0, FIELD_ROWS));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	answer_null("PQgetResult");
	drain();
	CHECK(played());
}

static void
test_a_copy_that_says_so_again_is_one_result(void)
{
	given();
	send_query("copy t to stdout");
	answer_status("PQgetResult", PGRES_COPY_OUT)->times = 3;
	answer_rows("PQgetResult", PGRES_COMMAND_OK, 0, "COPY 8");
	answer_null("PQgetResult");

	drain();

	CHECK_U64(points(), 1);
	CHECK(!point_has(0, FIELD_RESULTS));
	CHECK_STR(point_text(0, FIELD_TAG), "COPY 8");
	CHECK(point_has(0, FIELD_BYTES));
}

static void
test_a_sent_command_hangs_below_what_was_open_and_nothing_below_it(void)
{
	given();
	send_query("first");
	answer_number("PQsendQuery", 0);

	osprof_PQsendQuery(fake_pq_another(), "second");

	CHECK(point_parent(0) == -1);
	CHECK(point_parent(1) == -1);
}

static void
test_a_result_that_the_program_cleared_is_not_looked_at(void)
{
	given();
	send_query("select 1");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");

	PQclear(osprof_PQgetResult(conn));
	osprof_PQgetResult(conn);

	CHECK(played());
	CHECK_STR(point_text(0, FIELD_TAG), "SELECT 1");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_sent_query_ends_with_the_null_behind_its_result),
	TEST(test_null_of_an_idle_an_unknown_and_no_connection_ends_nothing),
	TEST(test_rows_that_come_one_by_one_are_summed),
	TEST(test_rows_that_come_in_chunks_are_summed),
	TEST(test_an_error_among_rows_is_the_outcome_and_the_rows_stay),
	TEST(test_several_results_of_one_text_are_counted_in_one_point),
	TEST(test_of_two_failures_the_first_sqlstate_is_kept),
	TEST(test_of_two_sqlstates_the_first_is_kept),
	TEST(test_a_failure_without_sqlstate_takes_that_of_the_next),
	TEST(test_a_connection_lost_before_any_result_ends_as_lost),
	TEST(test_a_connection_lost_ends_its_command_with_the_result_that_tells),
	TEST(test_a_connection_lost_between_results_ends_once),
	TEST(test_what_was_not_sent_is_a_point_of_its_own_and_others_stay_open),
	TEST(test_nothing_is_sent_without_text_or_connection),
	TEST(test_results_never_fetched_are_discarded_by_the_next_exec),
	TEST(test_a_copy_that_says_so_again_is_one_result),
	TEST(test_a_sent_command_hangs_below_what_was_open_and_nothing_below_it),
	TEST(test_a_result_that_the_program_cleared_is_not_looked_at))
/* clang-format on */
