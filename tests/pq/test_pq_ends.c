/*
 * test_pq_ends.c - what waits on a connection ends when the connection does,
 * and nothing of one that was is seen on the next one at its address.
 */
#include "tests/pq/steps.h"

static void
run(const char *sql)
{
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");
	osprof_PQexec(conn, sql);
}

/* What libpq does in PQreset(): the same handle, another process. */
static void
reconnect(PGconn *to)
{
	fake_pq_connect(to, 999);
}

static void
test_a_reset_ends_what_waits_and_tells_the_new_process(void)
{
	given();
	send_query("waits");
	answer_null("PQreset")->meanwhile = reconnect;

	osprof_PQreset(conn);
	run("after it");

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection reset");
	CHECK_STR(point_text(1, FIELD_CALL), "PQreset");
	CHECK(point_ended(1));
	CHECK_U64(point_number(2, FIELD_CONNECTION_ID), 999);
	CHECK_U64(point_number(2, FIELD_ROWS), 1);
}

static void
test_a_reset_leaves_pipeline_mode(void)
{
	given();
	answer_number("PQenterPipelineMode", 1);
	osprof_PQenterPipelineMode(conn);
	answer_null("PQreset")->meanwhile = reconnect;
	osprof_PQreset(conn);
	send_query("not in a batch");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);

	CHECK(played());
	CHECK(point_ended(1));
	CHECK(!point_has(1, FIELD_BATCH));
}

static void
test_a_reset_forgets_what_was_prepared(void)
{
	given();
	answer_status("PQprepare", PGRES_COMMAND_OK);
	osprof_PQprepare(conn, "s", "select 1", 0, NULL);
	answer_null("PQreset")->meanwhile = reconnect;
	osprof_PQreset(conn);
	answer_error("PQexecPrepared", "26000", "does not exist");

	osprof_PQexecPrepared(conn, "s", 0, NULL, NULL, NULL, 0);

	CHECK(played());
	CHECK(!point_has(2, FIELD_STATEMENT));
	CHECK_STR(point_text(2, FIELD_STATEMENT_NAME), "s");
}

static void
test_a_reset_that_fails_tells_why(void)
{
	struct answer *reset;

	given();
	send_query("waits");
	reset = answer_null("PQreset");
	reset->lost = true;
	reset->error = "could not connect\n";

	osprof_PQreset(conn);

	CHECK(played());
	CHECK(point_ended(0) && point_ended(1));
	CHECK(point_has(1, FIELD_ETYPE));
	CHECK_STR(PQerrorMessage(conn), "could not connect\n");
}

static void
test_finishing_ends_what_waits(void)
{
	given();
	send_query("waits");
	answer_null("PQfinish");

	osprof_PQfinish(conn);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection closed");
}

static void
test_finishing_nothing_and_what_no_wrapper_saw_records_nothing(void)
{
	given();
	answer_null("PQfinish")->times = 2;

	osprof_PQfinish(NULL);
	osprof_PQfinish(conn);

	CHECK(played());
	CHECK_U64(points(), 0);
}

/* The next PQconnectdb() gives the same address again. */
static void
connect_anew(int pid)
{
	answer_null("PQconnectdb")->pointer = conn;
	fake_pq_connect(conn, pid);
	CHECK(osprof_PQconnectdb("dbname=shop password=s3cret") == conn);
}

static void
test_an_address_used_again_forgets_prepared_statements(void)
{
	given();
	answer_status("PQprepare", PGRES_COMMAND_OK);
	osprof_PQprepare(conn, "s", "of the first", 0, NULL);
	answer_null("PQfinish");
	osprof_PQfinish(conn);
	connect_anew(5);
	answer_rows("PQexecPrepared", PGRES_TUPLES_OK, 1, "SELECT 1");

	osprof_PQexecPrepared(conn, "s", 0, NULL, NULL, NULL, 0);

	CHECK(played());
	CHECK(!point_has(2, FIELD_STATEMENT));
	CHECK_U64(point_number(2, FIELD_CONNECTION_ID), 5);
}

static void
test_a_connection_finished_unseen_leaves_nothing_to_the_next(void)
{
	given();
	send_query("of the first");

	/* Its PQfinish() was in a library without the header. */
	connect_anew(6);
	run("of the second");

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK_U64(point_number(2, FIELD_ROWS), 1);
	CHECK_U64(point_number(2, FIELD_CONNECTION_ID), 6);
}

static void
test_a_connection_lost_and_finished_unseen_leaves_nothing_either(void)
{
	given();
	answer_error("PQexec", NULL, "lost\n")->lost = true;
	osprof_PQexec(conn, "the last");

	fake_pq_connect(conn, 8);
	conn->db = "next";
	run("of the next");

	CHECK_U64(points(), 2);
	CHECK_STR(point_text(1, FIELD_DATABASE), "next");
	CHECK_U64(point_number(1, FIELD_CONNECTION_ID), 8);
}

static void
test_no_secret_of_a_connect_is_recorded(void)
{
	given();

	connect_anew(5);

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_DATABASE), "shop");
	CHECK(!recorded_bytes("s3cret", 6));
}

static void
test_a_connect_that_is_polled_and_fails_tells_why(void)
{
	struct answer *poll;

	given();
	fake_pq_connect(conn, 0);
	conn->status = CONNECTION_STARTED;
	answer_null("PQconnectStart")->pointer = conn;
	poll = answer_number("PQconnectPoll", PGRES_POLLING_FAILED);
	poll->lost = true;
	poll->error = "refused\n";

	osprof_PQconnectStart("");
	osprof_PQconnectPoll(conn);

	CHECK(played());
	CHECK(point_ended(0));
	CHECK(point_has(0, FIELD_ETYPE));
	CHECK_STR(PQerrorMessage(conn), "refused\n");
}

static void
test_a_connect_that_is_given_up_ends_with_its_finish(void)
{
	given();
	fake_pq_connect(conn, 0);
	conn->status = CONNECTION_STARTED;
	answer_null("PQconnectStart")->pointer = conn;
	answer_null("PQfinish");

	osprof_PQconnectStart("");
	osprof_PQfinish(conn);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "abandoned");
}

static void
test_a_lost_connection_used_again_after_a_reset_is_the_new_one(void)
{
	given();
	answer_error("PQexec", NULL, "lost\n")->lost = true;
	osprof_PQexec(conn, "the last");
	answer_number("PQresetStart", 1);
	answer_number("PQresetPoll", PGRES_POLLING_OK)->meanwhile = reconnect;

	osprof_PQresetStart(conn);
	osprof_PQresetPoll(conn);
	run("after it");

	CHECK(played());
	CHECK_U64(point_number(points() - 1, FIELD_CONNECTION_ID), 999);
	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i));
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_reset_ends_what_waits_and_tells_the_new_process),
	TEST(test_a_reset_leaves_pipeline_mode),
	TEST(test_a_reset_forgets_what_was_prepared),
	TEST(test_a_reset_that_fails_tells_why),
	TEST(test_finishing_ends_what_waits),
	TEST(test_finishing_nothing_and_what_no_wrapper_saw_records_nothing),
	TEST(test_an_address_used_again_forgets_prepared_statements),
	TEST(test_a_connection_finished_unseen_leaves_nothing_to_the_next),
	TEST(test_a_connection_lost_and_finished_unseen_leaves_nothing_either),
	TEST(test_no_secret_of_a_connect_is_recorded),
	TEST(test_a_connect_that_is_polled_and_fails_tells_why),
	TEST(test_a_connect_that_is_given_up_ends_with_its_finish),
	TEST(test_a_lost_connection_used_again_after_a_reset_is_the_new_one))
/* clang-format on */
