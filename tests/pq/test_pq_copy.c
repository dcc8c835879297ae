/*
 * test_pq_copy.c - the data of a COPY count on the point of its statement,
 * which ends by the verdict, or where the COPY is cut off.
 */
#include "tests/pq/steps.h"

/* Begin a COPY by PQexec(). */
static void
begin(const char *sql, ExecStatusType status)
{
	answer_status("PQexec", status)->transaction = PQTRANS_ACTIVE;
	osprof_PQexec(conn, sql);
	CHECK(!point_ended(points() - 1));
}

static int
put(int answer)
{
	answer_number("PQputCopyData", answer);
	return osprof_PQputCopyData(conn, "12345", 5);
}

static int
get(int answer)
{
	char *row;

	answer_number("PQgetCopyData", answer);
	return osprof_PQgetCopyData(conn, &row, 1);
}

static void
verdict(const char *tag)
{
	answer_rows("PQgetResult", PGRES_COMMAND_OK, 0, tag);
	answer_null("PQgetResult")->transaction = PQTRANS_IDLE;
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);
	CHECK(played());
}

static void
test_what_is_put_counts_until_the_verdict(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	CHECK(put(1) == 1);
	CHECK(put(1) == 1);

	verdict("COPY 2");

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_BYTES), 10);
	CHECK_U64(point_number(0, FIELD_CHANGES), 2);
	CHECK_STR(point_text(0, FIELD_TAG), "COPY 2");
	CHECK(!point_has(0, FIELD_OUTCOME));
}

static void
test_data_that_libpq_did_not_take_is_not_counted(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	CHECK(put(0) == 0);
	CHECK(put(-1) == -1);
	CHECK(put(1) == 1);

	verdict("COPY 1");

	CHECK_U64(point_number(0, FIELD_BYTES), 5);
}

static void
test_what_is_got_counts_as_rows_and_bytes(void)
{
	given();
	begin("copy t to stdout", PGRES_COPY_OUT);
	CHECK(get(7) == 7);
	CHECK(get(0) == 0); /* nothing has come yet */
	CHECK(get(3) == 3);
	CHECK(get(-1) == -1);

	verdict("COPY 2");

	CHECK_U64(point_number(0, FIELD_BYTES), 10);
	CHECK_U64(point_number(0, FIELD_ROWS), 2);
	CHECK(!point_has(0, FIELD_CHANGES));
}

static void
test_a_program_that_gives_up_its_copy_is_told_by_the_server(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	put(1);
	answer_error("PQgetResult", "57014", "COPY from stdin failed: enough");
	answer_null("PQgetResult");

	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);

	CHECK(played());
	CHECK_STR(point_text(0, FIELD_ETYPE), "57014");
	CHECK_U64(point_number(0, FIELD_BYTES), 5);
}

static void
test_a_copy_cut_off_by_the_next_call_is_discarded(void)
{
	given();
	begin("copy t to stdout", PGRES_COPY_OUT);
	get(7);
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");

	osprof_PQexec(conn, "select 1");

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(0) && point_ended(1));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "discarded");
	CHECK_U64(point_number(0, FIELD_BYTES), 7);
	CHECK(!point_has(0, FIELD_TAG));
	CHECK(!point_has(1, FIELD_BYTES));
	CHECK(point_parent(1) == -1);
}

static void
test_a_connection_lost_in_a_copy_tells_why_and_what_moved(void)
{
	given();
	begin("copy t to stdout", PGRES_COPY_OUT);
	get(7);
	answer_number("PQgetCopyData", -2)->lost = true;
	osprof_PQgetCopyData(conn, &(char *){NULL}, 0);
	answer_error("PQgetResult", NULL, "server closed it\n");
	answer_null("PQgetResult");

	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);

	CHECK(played());
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_MESSAGE), "server closed it");
	CHECK_U64(point_number(0, FIELD_BYTES), 7);
}

static void
test_a_copy_ends_with_its_connection(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	put(1);
	answer_null("PQfinish");

	osprof_PQfinish(conn);

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection closed");
	CHECK_U64(point_number(0, FIELD_BYTES), 5);
}

static void
test_data_without_a_copy_count_on_nothing(void)
{
	given();
	CHECK(put(-1) == -1);
	answer_number("PQsendQuery", 1);
	osprof_PQsendQuery(conn, "select 1");
	put(1);
	get(9);
	answer_number("PQputCopyData", -1);
	osprof_PQputCopyData(NULL, "x", 1);

	verdict("SELECT 1");

	CHECK_U64(points(), 1);
	CHECK(!point_has(0, FIELD_BYTES));
}

static void
test_a_copy_in_a_pipeline_is_the_first_commands(void)
{
	given();
	conn->pipeline = PQ_PIPELINE_ON;
	answer_number("PQsendQueryParams", 1)->times = 2;
	answer_number("PQpipelineSync", 1);
	osprof_PQsendQueryParams(
	    conn, "copy t from stdin", 0, NULL, NULL, NULL, NULL, 0);
	osprof_PQsendQueryParams(
	    conn, "select 1", 0, NULL, NULL, NULL, NULL, 0);
	osprof_PQpipelineSync(conn);
	answer_status("PQgetResult", PGRES_COPY_IN);
	osprof_PQgetResult(conn);
	put(1);
	answer_status("PQgetResult", PGRES_COPY_IN);
	osprof_PQgetResult(conn);
	verdict("COPY 1");
	verdict("SELECT 1");

	CHECK_U64(points(), 2);
	CHECK_U64(point_number(0, FIELD_BYTES), 5);
	CHECK_STR(point_text(0, FIELD_TAG), "COPY 1");
	CHECK(!point_has(1, FIELD_BYTES));
}

static void
test_the_older_end_tells_the_verdict_that_it_keeps_to_itself(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	answer_number("PQputline", 0);
	osprof_PQputline(conn, "line\n");
	answer_rows("PQendcopy", PGRES_COMMAND_OK, 0, "COPY 1")->transaction =
	    PQTRANS_IDLE;

	CHECK(osprof_PQendcopy(conn) == 0);

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_TAG), "COPY 1");
	CHECK_U64(point_number(0, FIELD_BYTES), 5);
	/* The NULL that it left, then the next command. */
	answer_null("PQgetResult");
	osprof_PQgetResult(conn);
	answer_number("PQsendQuery", 1);
	osprof_PQsendQuery(conn, "select 1");
	verdict("SELECT 1");
	CHECK_U64(points(), 2);
	CHECK(!point_has(1, FIELD_BYTES));
}

static void
test_the_older_end_may_have_to_be_asked_again(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	answer_number("PQendcopy", 1);
	CHECK(osprof_PQendcopy(conn) == 1);
	CHECK(!point_ended(0));

	answer_rows("PQendcopy", PGRES_COMMAND_OK, 0, "COPY 0")->transaction =
	    PQTRANS_IDLE;
	CHECK(osprof_PQendcopy(conn) == 0);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_TAG), "COPY 0");
}

static void
test_a_verdict_that_the_older_end_left_to_be_fetched_counts_once(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	answer_number("PQendcopy", 1);
	osprof_PQendcopy(conn);

	verdict("COPY 3");

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_TAG), "COPY 3");
	CHECK(!point_has(0, FIELD_RESULTS));
}

static void
test_what_runs_during_a_copy_does_not_hang_below_it(void)
{
	given();
	begin("copy t to stdout", PGRES_COPY_OUT);
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");

	osprof_PQexec(fake_pq_another(), "select 1");

	CHECK_U64(points(), 2);
	CHECK(point_parent(1) == -1);
	CHECK(!point_ended(0));
}

static void
test_a_connection_lost_at_the_older_end_fails_the_copy(void)
{
	struct answer *end;

	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	end = answer_number("PQendcopy", 1);
	end->lost = true;
	end->error = "server closed it\n";

	CHECK(osprof_PQendcopy(conn) == 1);

	CHECK(played());
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_MESSAGE), "server closed it");
	CHECK_STR(PQerrorMessage(conn), "server closed it\n");
}

static void
test_the_older_end_without_a_copy_ends_nothing(void)
{
	given();
	answer_number("PQsendQuery", 1)->transaction = PQTRANS_ACTIVE;
	osprof_PQsendQuery(conn, "select 1");
	answer_number("PQendcopy", 1)->times = 2;

	CHECK(osprof_PQendcopy(conn) == 1);
	CHECK(osprof_PQendcopy(NULL) == 1);

	CHECK(!point_ended(0));
	verdict("SELECT 1");
	CHECK_U64(points(), 1);
}

static void
test_a_gate_shut_in_a_copy_leaves_it_unseen(void)
{
	given();
	begin("copy t from stdin", PGRES_COPY_IN);
	put(1);
	shim_off();
	put(1);
	shim_on_again();

	verdict("COPY 2");

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_what_is_put_counts_until_the_verdict),
	TEST(test_data_that_libpq_did_not_take_is_not_counted),
	TEST(test_what_is_got_counts_as_rows_and_bytes),
	TEST(test_a_program_that_gives_up_its_copy_is_told_by_the_server),
	TEST(test_a_copy_cut_off_by_the_next_call_is_discarded),
	TEST(test_a_connection_lost_in_a_copy_tells_why_and_what_moved),
	TEST(test_a_copy_ends_with_its_connection),
	TEST(test_data_without_a_copy_count_on_nothing),
	TEST(test_a_copy_in_a_pipeline_is_the_first_commands),
	TEST(test_the_older_end_tells_the_verdict_that_it_keeps_to_itself),
	TEST(test_the_older_end_may_have_to_be_asked_again),
	TEST(test_a_verdict_that_the_older_end_left_to_be_fetched_counts_once),
	TEST(test_what_runs_during_a_copy_does_not_hang_below_it),
	TEST(test_a_connection_lost_at_the_older_end_fails_the_copy),
	TEST(test_the_older_end_without_a_copy_ends_nothing),
	TEST(test_a_gate_shut_in_a_copy_leaves_it_unseen))
/* clang-format on */
