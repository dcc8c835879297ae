/*
 * test_pq_pipeline_lost.c - a pipeline whose connection is lost ends each of
 * its commands once, by what was still heard of it.
 */
#include "tests/pq/steps.h"

static void
test_a_connection_lost_in_a_pipeline_ends_each_command_once(void)
{
	given_in_pipeline();
	send_command("running");
	send_command("behind it");
	sync_batch();
	send_command("next batch");
	sync_batch();
	answer_error("PQgetResult", "57P01", "terminating connection");
	answer_null("PQgetResult");
	answer_aborted();
	/* In place of the sync; then nothing, for ever. */
	answer_error("PQgetResult", NULL, "server closed it\n")->lost = true;
	answer_null("PQgetResult")->times = 3;

	fetch(8);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK_STR(point_text(0, FIELD_ETYPE), "57P01");
	CHECK_STR(point_text(1, FIELD_OUTCOME), "not run");
	CHECK(!point_has(1, FIELD_ETYPE));
	CHECK(point_ended(2));
	CHECK_STR(point_text(2, FIELD_OUTCOME), "connection lost");
}

static void
test_a_connection_lost_before_the_first_answer_ends_all_as_lost(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	sync_batch();
	answer_null("PQgetResult")->lost = true;
	answer_null("PQgetResult");

	fetch(2);

	CHECK(played());
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection lost");
	CHECK_STR(point_text(1, FIELD_OUTCOME), "connection lost");
}

static void
test_results_that_came_before_a_loss_was_met_are_still_told(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	send_command("c");
	/* PQconsumeInput() has met the end; what it read is still given. */
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1")->lost = true;
	answer_null("PQgetResult");
	answer_one(2);
	answer_null("PQgetResult");

	fetch(5);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK(!point_has(0, FIELD_OUTCOME));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	CHECK(!point_has(1, FIELD_OUTCOME));
	CHECK_STR(point_text(2, FIELD_OUTCOME), "connection lost");
}

static void
test_a_lost_connection_lets_its_pipeline_be_left(void)
{
	given_in_pipeline();
	send_command("a");
	conn->status = CONNECTION_BAD;
	conn->pid = 0;
	answer_number("PQexitPipelineMode", 1);

	CHECK(osprof_PQexitPipelineMode(conn) == 1);

	CHECK(played());
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection lost");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_connection_lost_in_a_pipeline_ends_each_command_once),
	TEST(test_a_connection_lost_before_the_first_answer_ends_all_as_lost),
	TEST(test_results_that_came_before_a_loss_was_met_are_still_told),
	TEST(test_a_lost_connection_lets_its_pipeline_be_left))
/* clang-format on */
