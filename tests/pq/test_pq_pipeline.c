/*
 * test_pq_pipeline.c - in a pipeline each command is one point, whose results
 * are its own, whatever fails, is not run, or is lost on the way.
 */
#include "tests/pq/steps.h"

static void
test_results_go_to_their_commands_in_order(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	sync_batch();
	answer_one(1);
	answer_one(2);
	answer_sync();

	fetch(2);
	CHECK(point_ended(0) && !point_ended(1));
	fetch(3);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(1));
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
}

static void
test_a_command_tells_its_batch_its_place_and_how_many_there_were(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	sync_batch();
	send_command("c");
	sync_batch();
	answer_one(1);
	answer_one(1);
	answer_sync();
	answer_one(1);
	answer_sync();

	fetch(8);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_BATCH), 1);
	CHECK_U64(point_number(0, FIELD_BATCH_POSITION), 1);
	CHECK_U64(point_number(0, FIELD_BATCH_SIZE), 2);
	CHECK_U64(point_number(1, FIELD_BATCH_POSITION), 2);
	CHECK_U64(point_number(2, FIELD_BATCH), 2);
	CHECK_U64(point_number(2, FIELD_BATCH_POSITION), 1);
	CHECK_U64(point_number(2, FIELD_BATCH_SIZE), 1);
	CHECK_STR(point_text(2, FIELD_BATCH_SYNC), "sync");
	CHECK(point_has(2, FIELD_NOTE));
}

static void
test_what_follows_an_error_was_not_run_until_the_sync(void)
{
	given_in_pipeline();
	send_command("select 1");
	send_command("select 1/0");
	send_command("select 3");
	sync_batch();
	send_command("select 5");
	sync_batch();
	answer_one(1);
	answer_error("PQgetResult", "22012", "division by zero");
	answer_null("PQgetResult");
	answer_aborted();
	answer_sync();
	answer_one(5);
	answer_sync();

	fetch(10);

	CHECK(played());
	CHECK_U64(points(), 4);
	CHECK(!point_has(0, FIELD_ETYPE));
	CHECK_STR(point_text(1, FIELD_ETYPE), "22012");
	CHECK_STR(point_text(2, FIELD_OUTCOME), "not run");
	CHECK_STR(point_text(2, FIELD_STATUS), "PGRES_PIPELINE_ABORTED");
	CHECK(!point_has(2, FIELD_ETYPE));
	CHECK_U64(point_number(3, FIELD_ROWS), 5);
	CHECK(!point_has(3, FIELD_OUTCOME));
}

static void
test_a_batch_flushed_without_sync_ends_with_its_last_null(void)
{
	given_in_pipeline();
	send_command("a");
	answer_one(1);
	answer_null("PQgetResult")->times = 3;

	fetch(5);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_BATCH_SYNC), "none");
	CHECK(!point_has(0, FIELD_BATCH_SIZE));
}

static void
test_null_between_commands_ends_none_that_has_no_result_yet(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	answer_one(1);
	answer_null("PQgetResult")->times = 2; /* nothing has come yet */
	answer_one(2);

	fetch(4);
	CHECK(point_ended(0) && !point_ended(1));
	fetch(2);

	CHECK(played());
	CHECK(point_ended(1));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
}

static void
test_rows_one_by_one_in_a_pipeline_stay_with_their_command(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	sync_batch();
	/* Row mode, set before the pipeline, leaks into its first command. */
	answer_rows("PQgetResult", PGRES_SINGLE_TUPLE, 1, "")->times = 3;
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 0, "SELECT 3");
	answer_null("PQgetResult");
	answer_one(2);
	answer_sync();

	fetch(8);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_ROWS), 3);
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
}

static void
test_an_error_among_rows_in_a_pipeline_aborts_only_what_follows(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	sync_batch();
	answer_rows("PQgetResult", PGRES_SINGLE_TUPLE, 1, "")->times = 2;
	answer_error("PQgetResult", "22012", "division by zero");
	answer_null("PQgetResult");
	answer_aborted();
	answer_sync();

	fetch(7);

	CHECK(played());
	CHECK_U64(point_number(0, FIELD_ROWS), 2);
	CHECK_STR(point_text(0, FIELD_ETYPE), "22012");
	CHECK_STR(point_text(1, FIELD_OUTCOME), "not run");
}

static void
test_a_gate_shut_and_opened_in_a_pipeline_mixes_no_results_up(void)
{
	given_in_pipeline();
	send_command("a");
	send_command("b");
	sync_batch();
	shim_off();
	answer_one(1);
	fetch(2);
	shim_on_again();
	shim_on_again();
	/* Sent when not all of the old has come yet. */
	send_command("c");
	answer_one(2);
	answer_sync();
	answer_one(3);
	fetch(5);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK_STR(point_text(1, FIELD_OUTCOME), "unseen");
	CHECK(point_ended(2));
	CHECK(point_number(2, FIELD_ROWS) != 2);
}

static void
send_numbered(int number)
{
	char sql[16];

	snprintf(sql, sizeof(sql), "%d", number);
	send_command(sql);
}

static void
test_many_commands_keep_their_order_while_the_queue_grows(void)
{
	int sent = 0, fetched = 0;

	given_in_pipeline();
	for (int turn = 0; turn < 8; turn++) {
		for (int i = 0; i < 100; i++)
			send_numbered(sent++);
		for (int i = 0; i < 50 + 10 * turn; i++) {
			answer_one(fetched++);
			fetch(2);
		}
	}

	CHECK(played());
	CHECK_U64(points(), 800);
	for (int i = 0; i < fetched; i++) {
		char rows[16];

		snprintf(rows, sizeof(rows), "%d",
		    (int)point_number((size_t)i, FIELD_ROWS));
		CHECK_STR(point_text((size_t)i, FIELD_STATEMENT), rows);
	}
	CHECK(!point_ended((size_t)fetched));
}

/* clang-format off */
RUN_TESTS(
	TEST(test_results_go_to_their_commands_in_order),
	TEST(test_a_command_tells_its_batch_its_place_and_how_many_there_were),
	TEST(test_what_follows_an_error_was_not_run_until_the_sync),
	TEST(test_a_batch_flushed_without_sync_ends_with_its_last_null),
	TEST(test_null_between_commands_ends_none_that_has_no_result_yet),
	TEST(test_rows_one_by_one_in_a_pipeline_stay_with_their_command),
	TEST(test_an_error_among_rows_in_a_pipeline_aborts_only_what_follows),
	TEST(test_a_gate_shut_and_opened_in_a_pipeline_mixes_no_results_up),
	TEST(test_many_commands_keep_their_order_while_the_queue_grows))
/* clang-format on */
