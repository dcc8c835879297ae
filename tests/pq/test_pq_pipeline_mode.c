/*
 * test_pq_pipeline_mode.c - entering and leaving pipeline mode, syncs, and
 * calls that the mode refuses, as they succeed and as they fail.
 */
#include "tests/pq/steps.h"

static void
test_a_pipeline_that_cannot_be_left_keeps_its_queue(void)
{
	given_in_pipeline();
	send_command("a");
	sync_batch();
	answer_number("PQexitPipelineMode", 0)->error = "not idle\n";
	answer_one(1);
	answer_sync();
	answer_number("PQexitPipelineMode", 1);

	CHECK(osprof_PQexitPipelineMode(conn) == 0);
	CHECK(!point_ended(0));
	fetch(3);
	CHECK(osprof_PQexitPipelineMode(conn) == 1);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK(!point_has(0, FIELD_OUTCOME));
}

static void
test_entering_twice_goes_on_with_the_batch(void)
{
	given_in_pipeline();
	send_command("a");
	enter();
	send_command("b");
	sync_batch();
	answer_one(1);
	answer_one(1);
	answer_sync();

	fetch(5);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_BATCH), 1);
	CHECK_U64(point_number(1, FIELD_BATCH), 1);
	CHECK_U64(point_number(1, FIELD_BATCH_POSITION), 2);
}

static void
test_a_synchronous_call_in_a_pipeline_fails_and_leaves_the_queue(void)
{
	given_in_pipeline();
	send_command("a");
	sync_batch();
	answer_null("PQexec")->error = "not allowed in pipeline mode\n";
	answer_one(1);
	answer_sync();

	CHECK(osprof_PQexec(conn, "select 2") == NULL);

	CHECK_STR(PQerrorMessage(conn), "not allowed in pipeline mode\n");
	CHECK(!point_ended(0));
	CHECK(point_ended(1));
	CHECK_STR(point_text(1, FIELD_MESSAGE), "not allowed in pipeline mode");
	fetch(3);
	CHECK(played());
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
}

static void
test_a_refused_send_in_a_pipeline_takes_no_place(void)
{
	given_in_pipeline();
	send_command("a");
	answer_number("PQsendQuery", 0)->error = "not allowed in pipeline\n";
	CHECK(osprof_PQsendQuery(conn, "refused") == 0);
	send_command("b");
	sync_batch();
	answer_one(1);
	answer_one(2);
	answer_sync();

	fetch(5);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK(point_has(1, FIELD_ETYPE));
	CHECK_U64(point_number(2, FIELD_ROWS), 2);
	CHECK_U64(point_number(2, FIELD_BATCH_POSITION), 2);
}

static void
test_a_sync_that_failed_leaves_no_mark(void)
{
	given_in_pipeline();
	send_command("a");
	answer_number("PQpipelineSync", 0);
	CHECK(osprof_PQpipelineSync(conn) == 0);
	sync_batch();
	answer_one(1);
	answer_sync();
	fetch(3);
	send_command("b");
	answer_one(2);
	fetch(2);

	CHECK(played());
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
}

static void
test_two_syncs_in_a_row_are_two_marks(void)
{
	given_in_pipeline();
	sync_batch();
	sync_batch();
	send_command("a");
	sync_batch();
	answer_sync();
	answer_sync();
	answer_one(4);
	answer_sync();

	fetch(5);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK_U64(point_number(0, FIELD_ROWS), 4);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_pipeline_that_cannot_be_left_keeps_its_queue),
	TEST(test_entering_twice_goes_on_with_the_batch),
	TEST(test_a_synchronous_call_in_a_pipeline_fails_and_leaves_the_queue),
	TEST(test_a_refused_send_in_a_pipeline_takes_no_place),
	TEST(test_a_sync_that_failed_leaves_no_mark),
	TEST(test_two_syncs_in_a_row_are_two_marks))
/* clang-format on */
