/*
 * test_pq_exec.c - a call that has its answer when it returns is one point,
 * whatever becomes of it: errors, lost connections, no memory, no connection.
 */
#include "tests/pq/steps.h"

static void
test_a_query_is_one_point_with_its_rows_and_tag(void)
{
	given();
	answer_rows("PQexec", PGRES_TUPLES_OK, 3, "SELECT 3")->text = "table t";

	osprof_PQexec(conn, "table t");

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_STATEMENT), "table t");
	CHECK_STR(point_text(0, FIELD_CALL), "PQexec");
	CHECK_STR(point_text(0, FIELD_STATUS), "PGRES_TUPLES_OK");
	CHECK_U64(point_number(0, FIELD_ROWS), 3);
	CHECK(!point_has(0, FIELD_CHANGES));
	CHECK_STR(point_text(0, FIELD_TAG), "SELECT 3");
	CHECK_STR(point_text(0, FIELD_TRANSACTION), "idle");
	CHECK(!point_has(0, FIELD_ETYPE));
}

static void
test_the_point_says_which_server_and_which_process(void)
{
	given();
	answer_status("PQexec", PGRES_COMMAND_OK);
	conn->pid = 4242;

	osprof_PQexec(conn, "begin");

	CHECK_STR(point_text(0, FIELD_SYSTEM), "postgresql");
	CHECK_STR(point_text(0, FIELD_HOST), "/run");
	CHECK_U64(point_number(0, FIELD_PORT), 5432);
	CHECK_STR(point_text(0, FIELD_DATABASE), "shop");
	CHECK_STR(point_text(0, FIELD_USER), "anna");
	CHECK_STR(point_text(0, FIELD_SERVER_VERSION), "15.20");
	CHECK_U64(point_number(0, FIELD_CONNECTION_ID), 4242);
	CHECK(!point_has(0, FIELD_SCHEMA));
}

static void
test_the_schema_is_the_one_of_the_call_where_the_server_reports_it(void)
{
	given();
	conn->search_path = "a";
	answer_status("PQexec", PGRES_COMMAND_OK)->times = 2;

	osprof_PQexec(conn, "set search_path to b");
	conn->search_path = "b";
	osprof_PQexec(conn, "select 1");

	CHECK_STR(point_text(0, FIELD_SCHEMA), "a");
	CHECK_STR(point_text(1, FIELD_SCHEMA), "b");
}

static void
test_changes_are_told_of_what_changes_and_rows_of_what_returns(void)
{
	static const struct {
		const char *tag;
		ExecStatusType status;
		int rows;
		uint64_t changes;
		bool has_rows;
		bool has_changes;
	} row[] = {
	    {"INSERT 0 5", PGRES_COMMAND_OK, 0, 5, false, true},
	    {"INSERT 0 2", PGRES_TUPLES_OK, 2, 2, true, true},
	    {"UPDATE 0", PGRES_COMMAND_OK, 0, 0, false, true},
	    {"MERGE 12", PGRES_COMMAND_OK, 0, 12, false, true},
	    {"DELETE 18446744073709551614", PGRES_COMMAND_OK, 0,
		18446744073709551614u, false, true},
	    {"SELECT 7", PGRES_TUPLES_OK, 7, 0, true, false},
	    {"FETCH 1", PGRES_TUPLES_OK, 1, 0, true, false},
	    {"MOVE 3", PGRES_COMMAND_OK, 0, 0, false, false},
	    {"CREATE TABLE", PGRES_COMMAND_OK, 0, 0, false, false},
	    {"", PGRES_EMPTY_QUERY, 0, 0, false, false},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		given();
		answer_rows("PQexec", row[i].status, row[i].rows, row[i].tag);

		osprof_PQexec(conn, "one of them");

		CHECK_STR(point_text(0, FIELD_TAG), row[i].tag);
		CHECK(point_has(0, FIELD_ROWS) == row[i].has_rows);
		CHECK_U64(point_number(0, FIELD_ROWS), (uint64_t)row[i].rows);
		CHECK(point_has(0, FIELD_CHANGES) == row[i].has_changes);
		CHECK_U64(point_number(0, FIELD_CHANGES), row[i].changes);
	}
}

static void
test_an_error_shows_its_sqlstate_and_primary_message(void)
{
	struct answer *error;

	given();
	error = answer_error(
	    "PQexec", "42P01", "relation \"t\" does not exist");
	error->result.message = "ERROR:  relation ...\nLINE 1: ...\n";
	error->transaction = PQTRANS_INERROR;

	osprof_PQexec(conn, "table t");

	CHECK_STR(point_text(0, FIELD_ETYPE), "42P01");
	CHECK_STR(
	    point_text(0, FIELD_MESSAGE), "relation \"t\" does not exist");
	CHECK_STR(point_text(0, FIELD_STATUS), "PGRES_FATAL_ERROR");
	CHECK_STR(point_text(0, FIELD_TRANSACTION), "failed");
}

static void
test_a_connection_lost_in_the_call_tells_libpqs_own_message(void)
{
	given();
	answer_error("PQexec", NULL, "server closed the connection\n")->lost =
	    true;

	osprof_PQexec(conn, "select 1");

	CHECK_STR(point_text(0, FIELD_ETYPE), "PGRES_FATAL_ERROR");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "server closed the connection");
	CHECK(!point_has(0, FIELD_TRANSACTION));
}

static void
test_no_result_tells_why_by_the_connection_and_leaves_its_message(void)
{
	given();
	answer_null("PQexec")->error = "no connection to the server\n";
	conn->status = CONNECTION_BAD;
	conn->pid = 0;

	CHECK(osprof_PQexec(conn, "select 1") == NULL);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK(!point_has(0, FIELD_STATUS));
	CHECK_STR(point_text(0, FIELD_MESSAGE), "no connection to the server");
	CHECK_STR(PQerrorMessage(conn), "no connection to the server\n");
}

static void
test_no_result_and_no_message_is_a_failure_all_the_same(void)
{
	given();
	answer_null("PQexec");

	CHECK(osprof_PQexec(conn, "select 1") == NULL);

	CHECK(point_ended(0));
	CHECK(point_has(0, FIELD_ETYPE));
	CHECK_STR(point_text(0, FIELD_MESSAGE), "");
}

static void
test_a_call_on_no_connection_is_a_point_that_failed(void)
{
	given();
	answer_null("PQexec");

	CHECK(osprof_PQexec(NULL, "select 1") == NULL);

	CHECK(played());
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_STATEMENT), "select 1");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "connection pointer is NULL");
	CHECK(!point_has(0, FIELD_HOST));
}

static void
test_no_text_is_passed_on_and_a_point_without_statement(void)
{
	given();
	answer_null("PQexec")->error = "command string is a null pointer\n";

	CHECK(osprof_PQexec(conn, NULL) == NULL);

	CHECK(given_argument(1) == 0);
	CHECK(point_ended(0));
	CHECK(!point_has(0, FIELD_STATEMENT));
	CHECK_STR(
	    point_text(0, FIELD_MESSAGE), "command string is a null pointer");
}

static void
test_a_lost_connection_keeps_its_name_and_number_until_it_is_reset(void)
{
	given();
	conn->pid = 77;
	answer_error("PQexec", NULL, "lost\n")->lost = true;
	answer_null("PQexec")->error = "no connection to the server\n";

	osprof_PQexec(conn, "first");
	osprof_PQexec(conn, "second");

	CHECK_U64(points(), 2);
	CHECK_U64(point_number(1, FIELD_CONNECTION_ID), 77);
	CHECK_STR(point_text(1, FIELD_HOST), "/run");
}

static void
test_an_address_used_again_is_another_connection(void)
{
	given();
	conn->pid = 77;
	answer_status("PQexec", PGRES_COMMAND_OK)->times = 2;
	osprof_PQexec(conn, "of the first");

	/* Finished and connected where no wrapper saw it. */
	fake_pq_connect(conn, 78);
	conn->db = "other";
	osprof_PQexec(conn, "of the second");

	CHECK_U64(points(), 2);
	CHECK_U64(point_number(0, FIELD_CONNECTION_ID), 77);
	CHECK_U64(point_number(1, FIELD_CONNECTION_ID), 78);
	CHECK_STR(point_text(1, FIELD_DATABASE), "other");
}

static void
test_a_ring_without_room_changes_nothing_for_the_program(void)
{
	given();
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");
	shim_full(true);

	PGresult *result = osprof_PQexec(conn, "select 1");

	shim_full(false);
	CHECK(played());
	CHECK_U64((uint64_t)PQntuples(result), 1);
	CHECK_U64(points(), 0);
}

static void
test_a_point_has_no_remnant_of_the_stack(void)
{
	given();
	answer_rows("PQexec", PGRES_TUPLES_OK, 12, "SELECT 12");

	osprof_PQexec(conn, "select 1");

	/* Valgrind sees a byte that nobody wrote. */
	CHECK(!recorded_bytes("no such text", 12));
	CHECK(recorded_bytes("SELECT 12\0\0\0\0\0\0\0", 16));
}

static void
test_names_longer_than_there_is_room_for_are_cut(void)
{
	static char name[2000];

	given();
	memset(name, 'n', sizeof(name) - 1);
	conn->host = conn->db = conn->user = name;
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, name)->times = 2;

	osprof_PQexec(conn, "select 1");
	osprof_PQexec(conn, "select 2");

	CHECK(point_ended(0) && point_ended(1));
	CHECK_STR(point_text(1, FIELD_STATEMENT), "select 2");
	CHECK(strlen(point_text(1, FIELD_HOST)) > 500);
	CHECK(strlen(point_text(1, FIELD_TAG)) >= 60);
}

static void
test_hidden_arguments_hide_the_message_too(void)
{
	given();
	shim_hide_args(true);
	shim_on();
	answer_error("PQexec", "22P02", "invalid input: \"s3cret\"");

	osprof_PQexec(conn, "select 's3cret'::int");

	shim_hide_args(false);
	shim_on_again();
	CHECK_STR(point_text(0, FIELD_ETYPE), "22P02");
	CHECK(!recorded_bytes("s3cret", 6));
}

static PGconn *other;

static void
ask_other(PGconn *within)
{
	(void)within;
	osprof_PQexec(other, "inner");
}

static void
test_what_a_notice_processor_asks_of_another_connection_hangs_below(void)
{
	given();
	other = fake_pq_another();
	/* The script's inner call comes while the outer one is played. */
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1")->meanwhile =
	    ask_other;
	answer_rows("PQexec", PGRES_TUPLES_OK, 2, "SELECT 2")->text = "inner";

	osprof_PQexec(conn, "outer");

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(1, FIELD_STATEMENT), "inner");
	CHECK(point_parent(1) == 0);
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	CHECK(point_ended(0) && point_ended(1));
}

static void
test_the_caller_is_the_programs_own_address(void)
{
	given();
	answer_status("PQexec", PGRES_COMMAND_OK);

	osprof_PQexec(conn, "select 1");

	CHECK((char *)point_caller(0) >
	      (char *)(uintptr_t)test_the_caller_is_the_programs_own_address);
	CHECK((char *)point_caller(0) <
	      (char *)(uintptr_t)test_the_caller_is_the_programs_own_address +
		  400);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_query_is_one_point_with_its_rows_and_tag),
	TEST(test_the_point_says_which_server_and_which_process),
	TEST(test_the_schema_is_the_one_of_the_call_where_the_server_reports_it),
	TEST(test_changes_are_told_of_what_changes_and_rows_of_what_returns),
	TEST(test_an_error_shows_its_sqlstate_and_primary_message),
	TEST(test_a_connection_lost_in_the_call_tells_libpqs_own_message),
	TEST(test_no_result_tells_why_by_the_connection_and_leaves_its_message),
	TEST(test_no_result_and_no_message_is_a_failure_all_the_same),
	TEST(test_a_call_on_no_connection_is_a_point_that_failed),
	TEST(test_no_text_is_passed_on_and_a_point_without_statement),
	TEST(test_a_lost_connection_keeps_its_name_and_number_until_it_is_reset),
	TEST(test_an_address_used_again_is_another_connection),
	TEST(test_a_ring_without_room_changes_nothing_for_the_program),
	TEST(test_a_point_has_no_remnant_of_the_stack),
	TEST(test_names_longer_than_there_is_room_for_are_cut),
	TEST(test_hidden_arguments_hide_the_message_too),
	TEST(test_what_a_notice_processor_asks_of_another_connection_hangs_below),
	TEST(test_the_caller_is_the_programs_own_address))
/* clang-format on */
