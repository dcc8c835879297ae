/*
 * test_pq_unseen.c - calls that no wrapper saw, and a gate that was shut or
 * opened in the middle, leave no command with the results of another.
 */
#include "tests/pq/steps.h"

static void
test_a_gate_shut_and_opened_in_a_command_leaves_it_unseen(void)
{
	given();
	send_query("first");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1")->times = 2;
	answer_null("PQgetResult")->times = 2;

	shim_off();
	osprof_PQgetResult(conn);
	shim_on_again();
	osprof_PQgetResult(conn);
	drain();
	drain();

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
}

static void
test_values_hidden_meanwhile_do_not_end_a_command(void)
{
	given();
	send_query("first");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");

	shim_hide_args(true);
	shim_on_again();
	drain();
	shim_hide_args(false);
	shim_on_again();

	CHECK(point_ended(0));
	CHECK(!point_has(0, FIELD_OUTCOME));
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
}

static void
test_a_connection_first_seen_in_the_middle_passes_through(void)
{
	given();
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");

	drain();

	CHECK(played());
	CHECK_U64(points(), 0);
}

static void
test_an_address_used_again_does_not_inherit_what_waited(void)
{
	given();
	send_query("of the first");
	fake_pq_connect(conn, 7);
	answer_null("PQgetResult");

	drain();

	CHECK(played());
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
}

static void
test_results_that_somebody_else_fetched_leave_nothing_to_the_next(void)
{
	given();
	send_query("first");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult")->transaction = PQTRANS_IDLE;
	/* In a library without the header. */
	PQgetResult(conn);
	PQgetResult(conn);
	send_query("second");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 2, "SELECT 2");
	answer_null("PQgetResult");

	drain();

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK(!point_has(0, FIELD_ROWS));
	CHECK(point_ended(1));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_gate_shut_and_opened_in_a_command_leaves_it_unseen),
	TEST(test_values_hidden_meanwhile_do_not_end_a_command),
	TEST(test_a_connection_first_seen_in_the_middle_passes_through),
	TEST(test_an_address_used_again_does_not_inherit_what_waited),
	TEST(test_results_that_somebody_else_fetched_leave_nothing_to_the_next))
/* clang-format on */
