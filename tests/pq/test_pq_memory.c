/*
 * test_pq_memory.c - without memory, ours or libpq's, the program gets what
 * libpq gives it, and no result is shown on a command that it is not of.
 */
#include <errno.h>
#include <stdlib.h>

#include "tests/no_memory.h"
#include "tests/pq/steps.h"

/* Send, without memory of our own if it is said so. */
static void
send_query_if(const char *sql, bool without_memory)
{
	answer_number("PQsendQueryParams", 1)->transaction = PQTRANS_ACTIVE;
	no_memory = without_memory;
	errno = ERRNO_BEFORE;
	CHECK(osprof_PQsendQueryParams(
		  conn, sql, 0, NULL, NULL, NULL, NULL, 0) == 1);
	no_memory = false;
	CHECK(given_errno() == ERRNO_BEFORE);
	CHECK(errno == ERRNO_AFTER);
}

static void
fetch_rows(int row_count)
{
	answer_rows("PQgetResult", PGRES_TUPLES_OK, row_count, "SELECT");
	answer_null("PQgetResult");
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);
}

static void
sync_batch_if(bool without_memory)
{
	answer_number("PQpipelineSync", 1);
	no_memory = without_memory;
	CHECK(osprof_PQpipelineSync(conn) == 1);
	no_memory = false;
}

static void
fetch_sync(bool idle)
{
	answer_status("PQgetResult", PGRES_PIPELINE_SYNC)->transaction =
	    idle ? PQTRANS_IDLE : PQTRANS_ACTIVE;
	osprof_PQgetResult(conn);
}

/* The first of all: the table of connections is not there yet. */
static void
test_a_connection_without_room_is_a_point_without_connection(void)
{
	given();
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");
	no_memory = true;
	errno = ERRNO_BEFORE;

	osprof_PQexec(conn, "select 1");

	no_memory = false;
	CHECK(errno == ERRNO_AFTER);
	CHECK(given_errno() == ERRNO_BEFORE);
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK(!point_has(0, FIELD_HOST));
}

static void
test_a_send_without_room_ends_at_once_and_passes_its_results(void)
{
	given();
	send_query_if("first", true);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");

	fetch_rows(1);
	conn->transaction = PQTRANS_IDLE;
	send_query_if("second", false);
	fetch_rows(2);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
}

static void
test_a_pipeline_without_room_shows_no_result_on_another_command(void)
{
	given();
	conn->pipeline = PQ_PIPELINE_ON;
	send_query_if("lost", true);
	send_query_if("behind it", false);
	sync_batch_if(false);
	fetch_rows(1);
	fetch_rows(2);
	fetch_sync(true);

	send_query_if("found again", false);
	sync_batch_if(false);
	fetch_rows(3);
	fetch_sync(true);

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK_STR(point_text(1, FIELD_OUTCOME), "unseen");
	CHECK(!point_has(1, FIELD_ROWS));
	CHECK_U64(point_number(2, FIELD_ROWS), 3);
}

static void
test_a_sync_without_room_mixes_no_batches_up(void)
{
	given();
	conn->pipeline = PQ_PIPELINE_ON;
	for (int i = 0; i < 4; i++)
		send_query_if("fills the queue", false);
	sync_batch_if(true);
	send_query_if("next batch", false);
	sync_batch_if(false);
	for (int i = 0; i < 4; i++)
		fetch_rows(1);
	fetch_sync(false);
	fetch_rows(5);
	fetch_sync(true);

	send_query_if("found again", false);
	fetch_rows(6);

	CHECK(played());
	CHECK_U64(points(), 6);
	for (size_t i = 0; i < 5; i++)
		CHECK_STR(point_text(i, FIELD_OUTCOME), "unseen");
	CHECK_U64(point_number(5, FIELD_ROWS), 6);
}

static void
test_a_copy_without_room_ends_with_the_call_that_began_it(void)
{
	given();
	answer_status("PQexec", PGRES_COPY_OUT);
	answer_rows("PQgetResult", PGRES_COMMAND_OK, 0, "COPY 5");
	answer_null("PQgetResult");
	no_memory = true;

	osprof_PQexec(conn, "copy t to stdout");

	no_memory = false;
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_STATUS), "PGRES_COPY_OUT");
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);
	CHECK(played());
	CHECK_U64(points(), 1);
}

static void
test_a_prepare_without_room_leaves_the_text_unknown(void)
{
	given();
	answer_status("PQprepare", PGRES_COMMAND_OK);
	answer_rows("PQexecPrepared", PGRES_TUPLES_OK, 1, "SELECT 1");
	no_memory = true;
	errno = ERRNO_BEFORE;
	osprof_PQprepare(conn, "s", "select 1", 0, NULL);
	no_memory = false;
	CHECK(given_errno() == ERRNO_BEFORE);

	osprof_PQexecPrepared(conn, "s", 0, NULL, NULL, NULL, 0);

	CHECK(played());
	CHECK_STR(point_text(0, FIELD_STATEMENT), "select 1");
	CHECK(!point_has(1, FIELD_STATEMENT));
	CHECK_STR(point_text(1, FIELD_STATEMENT_NAME), "s");
	CHECK_U64(point_number(1, FIELD_ROWS), 1);
}

static void
test_libpq_without_memory_is_a_failure_that_says_nothing(void)
{
	given();
	answer_null("PQexec");
	answer_number("PQsendQueryParams", 1);
	answer_null("PQgetResult");

	CHECK(osprof_PQexec(conn, "select 1") == NULL);
	osprof_PQsendQueryParams(
	    conn, "select 2", 0, NULL, NULL, NULL, NULL, 0);
	CHECK(osprof_PQgetResult(conn) == NULL);

	CHECK(played());
	CHECK(point_ended(0) && point_ended(1));
	CHECK(point_has(0, FIELD_ETYPE));
	CHECK_STR(point_text(0, FIELD_MESSAGE), "");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_connection_without_room_is_a_point_without_connection),
	TEST(test_a_send_without_room_ends_at_once_and_passes_its_results),
	TEST(test_a_pipeline_without_room_shows_no_result_on_another_command),
	TEST(test_a_sync_without_room_mixes_no_batches_up),
	TEST(test_a_copy_without_room_ends_with_the_call_that_began_it),
	TEST(test_a_prepare_without_room_leaves_the_text_unknown),
	TEST(test_libpq_without_memory_is_a_failure_that_says_nothing))
/* clang-format on */
