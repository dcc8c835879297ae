/*
 * test_pq_connect.c - a connection that is made, polled, reset or finished is
 * known from then to then, whatever no server can be made to do.
 */
#include <errno.h>

#include "tests/pq/steps.h"

/* The program starts to connect; `conn` has no server process yet. */
static void
start(void)
{
	conn->status = CONNECTION_STARTED;
	conn->pid = 0;
	answer_null("PQconnectStart")->pointer = conn;
	CHECK(osprof_PQconnectStart("password=secret") == conn);
}

static void
test_a_connect_without_memory_is_a_failure(void)
{
	given();
	answer_null("PQconnectdb");

	CHECK(osprof_PQconnectdb("password=secret") == NULL);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK_STR(point_text(0, FIELD_STATUS), "CONNECTION_BAD");
	CHECK(point_ended(0));
	CHECK(!recorded_bytes("secret", 6));
}

static void
test_a_poll_of_an_unknown_connection_makes_nothing_known(void)
{
	given();
	answer_number("PQconnectPoll", PGRES_POLLING_OK);
	answer_null("PQfinish");

	osprof_PQconnectPoll(conn);
	osprof_PQfinish(conn);

	CHECK(played());
	CHECK_U64(points(), 0);
}

static void
test_the_poll_that_tells_ends_the_point_and_no_other_does(void)
{
	given();
	start();
	answer_number("PQconnectPoll", PGRES_POLLING_WRITING);
	answer_number("PQconnectPoll", PGRES_POLLING_OK);
	answer_number("PQconnectPoll", PGRES_POLLING_OK);

	osprof_PQconnectPoll(conn);
	CHECK(!point_ended(0));
	conn->status = CONNECTION_OK;
	conn->pid = 77;
	osprof_PQconnectPoll(conn);
	osprof_PQconnectPoll(conn);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK_STR(point_text(0, FIELD_CALL), "PQconnectStart");
	CHECK_STR(point_text(0, FIELD_STATUS), "CONNECTION_OK");
	CHECK_U64(point_number(0, FIELD_CONNECTION_ID), 77);
}

static void
test_an_address_that_comes_again_ends_what_was_polled_there(void)
{
	given();
	start();

	start();

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "abandoned");
	CHECK(!point_ended(1));
}

static void
test_a_start_does_not_stay_on_the_stack(void)
{
	given();
	start();
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");

	osprof_PQexec(fake_pq_another(), "select 1");

	CHECK_U64(points(), 2);
	CHECK(point_parent(1) == -1);
}

static void
shut(PGconn *unused)
{
	(void)unused;
	shim_off();
}

static void
test_tracing_that_ends_meanwhile_leaves_a_start_unseen(void)
{
	struct answer *answer;

	given();
	conn->status = CONNECTION_STARTED;
	answer = answer_null("PQconnectStart");
	answer->pointer = conn;
	answer->meanwhile = shut;

	osprof_PQconnectStart("");

	CHECK(played());
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
}

static void
test_a_start_without_room_is_no_point(void)
{
	given();
	shim_full(true);
	start();
	shim_full(false);
	answer_number("PQconnectPoll", PGRES_POLLING_FAILED);

	osprof_PQconnectPoll(conn);

	CHECK(played());
	CHECK_U64(points(), 0);
}

static void
test_a_reset_that_could_not_start_has_failed(void)
{
	given();
	answer_number("PQresetStart", 0)->lost = true;

	CHECK(osprof_PQresetStart(conn) == 0);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK_STR(point_text(0, FIELD_STATUS), "CONNECTION_BAD");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "hidden");
}

static void
test_a_reset_ends_what_waits_and_shows_both_servers(void)
{
	given();
	answer_number("PQsendQuery", 1)->transaction = PQTRANS_ACTIVE;
	osprof_PQsendQuery(conn, "select 1");
	answer_null("PQreset")->pid = 78;
	answer_null("PQfinish");

	osprof_PQreset(conn);
	osprof_PQfinish(conn);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection reset");
	CHECK_U64(point_number(1, FIELD_CONNECTION_ID), 78);
	CHECK_STR(point_text(1, FIELD_STATUS), "CONNECTION_OK");
}

static void
test_names_that_no_server_accepted_are_shown_if_plain(void)
{
	given();
	conn->status = CONNECTION_BAD;
	conn->pid = 0;
	conn->host = "fe80::1";
	conn->user = "anna;password=secret";
	conn->db = "secret@host/shop";
	conn->port = "secret";
	answer_null("PQconnectdb")->pointer = conn;

	osprof_PQconnectdb("");

	CHECK_STR(point_text(0, FIELD_HOST), "fe80::1");
	CHECK_STR(point_text(0, FIELD_USER), "?");
	CHECK_STR(point_text(0, FIELD_DATABASE), "?");
	CHECK(!point_has(0, FIELD_PORT));
	CHECK(!recorded_bytes("secret", 6));
}

static void
test_a_connection_and_its_statements_are_one_trace(void)
{
	given();
	answer_null("PQconnectdb")->pointer = conn;
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");

	osprof_PQconnectdb("");
	osprof_PQexec(conn, "select 1");

	CHECK_U64(points(), 2);
	CHECK(point_trace(0) == point_trace(1));
}

static void
test_errno_is_the_calls(void)
{
	given();
	answer_null("PQconnectdb")->pointer = conn;
	errno = ERRNO_BEFORE;

	osprof_PQconnectdb("");

	CHECK(errno == ERRNO_AFTER);
	CHECK(given_errno() == ERRNO_BEFORE);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_connect_without_memory_is_a_failure),
	TEST(test_a_poll_of_an_unknown_connection_makes_nothing_known),
	TEST(test_the_poll_that_tells_ends_the_point_and_no_other_does),
	TEST(test_an_address_that_comes_again_ends_what_was_polled_there),
	TEST(test_a_start_does_not_stay_on_the_stack),
	TEST(test_tracing_that_ends_meanwhile_leaves_a_start_unseen),
	TEST(test_a_start_without_room_is_no_point),
	TEST(test_a_reset_that_could_not_start_has_failed),
	TEST(test_a_reset_ends_what_waits_and_shows_both_servers),
	TEST(test_names_that_no_server_accepted_are_shown_if_plain),
	TEST(test_a_connection_and_its_statements_are_one_trace),
	TEST(test_errno_is_the_calls))
/* clang-format on */
