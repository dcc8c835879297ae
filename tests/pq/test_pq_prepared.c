/*
 * test_pq_prepared.c - a statement that is executed by its name shows the text
 * that it was prepared with, and no text that is not surely its own.
 */
#include "tests/pq/steps.h"

#define INT4 23

static void
prepare(const char *name, const char *sql)
{
	static const Oid types[] = {INT4};

	answer_status("PQprepare", PGRES_COMMAND_OK);
	osprof_PQprepare(conn, name, sql, 1, types);
}

/* Execute it with one binary number, and return the number of its point. */
static size_t
execute(const char *name)
{
	static const char *const values[] = {"\0\0\0\5"};
	static const int lengths[] = {4};
	static const int formats[] = {1};

	answer_rows("PQexecPrepared", PGRES_TUPLES_OK, 1, "SELECT 1");
	osprof_PQexecPrepared(conn, name, 1, values, lengths, formats, 0);
	CHECK(played());
	return points() - 1;
}

static void
test_an_execution_shows_the_text_and_the_types_of_its_prepare(void)
{
	size_t point;

	given();
	prepare("s", "select $1");

	point = execute("s");

	CHECK_STR(point_text(point, FIELD_STATEMENT), "select $1");
	CHECK_STR(point_text(point, FIELD_STATEMENT_NAME), "s");
	CHECK_STR(point_params(point), "1=5");
}

static void
test_a_name_that_is_not_known_shows_no_text_and_raw_bytes(void)
{
	size_t point;

	given();

	point = execute("by SQL");

	CHECK(!point_has(point, FIELD_STATEMENT));
	CHECK_STR(point_text(point, FIELD_STATEMENT_NAME), "by SQL");
	CHECK(memcmp(point_params(point), "1=blob(4)", 9) == 0);
}

static void
test_a_prepare_that_fails_leaves_the_older_statement(void)
{
	size_t point;

	given();
	prepare("s", "older");
	answer_error("PQprepare", "42P05", "already exists");
	osprof_PQprepare(conn, "s", "newer", 0, NULL);

	point = execute("s");

	CHECK_STR(point_text(point, FIELD_STATEMENT), "older");
}

static void
test_a_prepare_without_answer_leaves_none(void)
{
	given();
	answer_null("PQprepare");
	osprof_PQprepare(conn, "s", "newer", 0, NULL);

	CHECK(!point_has(execute("s"), FIELD_STATEMENT));
}

static void
test_a_statement_that_was_closed_is_not_known(void)
{
	given();
	prepare("s", "text");
	answer_error("PQclosePrepared", "25P02", "failed transaction");

	osprof_PQclosePrepared(conn, "s");
	CHECK(point_has(execute("s"), FIELD_STATEMENT));
	answer_status("PQclosePrepared", PGRES_COMMAND_OK);
	osprof_PQclosePrepared(conn, "s");

	CHECK(!point_has(execute("s"), FIELD_STATEMENT));
}

static void
test_the_unnamed_statement_goes_with_the_next_text(void)
{
	given();
	prepare("", "unnamed");
	prepare("s", "named");
	CHECK_STR(point_text(execute(""), FIELD_STATEMENT), "unnamed");
	answer_status("PQexec", PGRES_COMMAND_OK);

	osprof_PQexec(conn, "begin");

	CHECK(!point_has(execute(""), FIELD_STATEMENT));
	CHECK_STR(point_text(execute("s"), FIELD_STATEMENT), "named");
}

static void
test_calls_without_a_name_are_passed_on(void)
{
	given();
	answer_null("PQexecPrepared");
	answer_null("PQprepare");
	answer_number("PQsendQueryPrepared", 0);
	answer_number("PQsendPrepare", 0);

	osprof_PQexecPrepared(conn, NULL, 0, NULL, NULL, NULL, 0);
	osprof_PQprepare(conn, NULL, NULL, 0, NULL);
	osprof_PQsendQueryPrepared(conn, NULL, 0, NULL, NULL, NULL, 0);
	osprof_PQsendPrepare(conn, NULL, "text", -1, NULL);

	CHECK(played());
	CHECK_U64(points(), 4);
	for (size_t i = 0; i < 4; i++)
		CHECK(point_ended(i));
}

/* Send a Prepare and its execution before either is answered. */
static void
send_both(const char *name, const char *sql)
{
	answer_number("PQsendPrepare", 1);
	answer_number("PQsendQueryPrepared", 1);
	CHECK(osprof_PQsendPrepare(conn, name, sql, 0, NULL) == 1);
	CHECK(osprof_PQsendQueryPrepared(conn, name, 0, NULL, NULL, NULL, 0) ==
	      1);
}

static void
test_a_pipeline_executes_what_it_is_preparing(void)
{
	given();
	conn->pipeline = PQ_PIPELINE_ON;
	prepare("s", "older");

	send_both("s", "newer");

	CHECK_STR(point_text(2, FIELD_STATEMENT), "newer");
	answer_status("PQgetResult", PGRES_COMMAND_OK);
	answer_null("PQgetResult");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");
	fetch(4);
	CHECK_STR(point_text(execute("s"), FIELD_STATEMENT), "newer");
}

static void
test_a_prepare_that_was_not_run_prepares_nothing(void)
{
	given();
	conn->pipeline = PQ_PIPELINE_ON;
	send_both("s", "newer");
	answer_error("PQgetResult", "42601", "syntax error");
	answer_null("PQgetResult");
	answer_status("PQgetResult", PGRES_PIPELINE_ABORTED);
	answer_null("PQgetResult");

	fetch(4);

	CHECK_STR(point_text(1, FIELD_OUTCOME), "not run");
	CHECK(!point_has(execute("s"), FIELD_STATEMENT));
}

static void
test_a_prepare_lost_with_its_connection_prepares_nothing(void)
{
	given();
	conn->pipeline = PQ_PIPELINE_ON;
	send_both("s", "newer");
	answer_null("PQgetResult")->lost = true;

	fetch(1);

	CHECK(point_ended(0) && point_ended(1));
	CHECK(!point_has(execute("s"), FIELD_STATEMENT));
}

static void
test_values_hidden_after_the_prepare_hide_its_text(void)
{
	given();
	prepare("s", "select 's3cret', $1");
	shim_hide_args(true);
	shim_on();

	CHECK_STR(point_text(execute("s"), FIELD_STATEMENT), "hidden");

	shim_hide_args(false);
	shim_on_again();
	CHECK(!recorded_bytes("s3cret", 6));
}

static void
test_a_text_hidden_when_it_was_prepared_stays_hidden(void)
{
	shim_hide_args(true);
	given();
	prepare("s", "select 's3cret', $1");
	shim_hide_args(false);
	shim_on_again();

	CHECK(point_has(execute("s"), FIELD_STATEMENT_NAME));

	CHECK(!recorded_bytes("s3cret", 6));
}

static void
test_a_parameter_hidden_by_its_column_is_so_by_name_too(void)
{
	given();
	shim_hide_param(1, true);
	prepare("s", "insert into t(secret) values($1)");

	CHECK_STR(point_params(execute("s")), "1=hidden(0)''");

	shim_hide_param(1, false);
}

static void
test_more_statements_than_are_kept_show_their_own_texts_or_none(void)
{
	char name[16];
	size_t point;

	given();
	for (int i = 0; i < 1500; i++) {
		snprintf(name, sizeof(name), "s%d", i);
		prepare(name, name);
	}
	for (int i = 0; i < 1500; i++) {
		snprintf(name, sizeof(name), "s%d", i);
		point = execute(name);
		if (point_has(point, FIELD_STATEMENT))
			CHECK_STR(point_text(point, FIELD_STATEMENT), name);
	}
	CHECK_STR(point_text(execute("s1499"), FIELD_STATEMENT), "s1499");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_an_execution_shows_the_text_and_the_types_of_its_prepare),
	TEST(test_a_name_that_is_not_known_shows_no_text_and_raw_bytes),
	TEST(test_a_prepare_that_fails_leaves_the_older_statement),
	TEST(test_a_prepare_without_answer_leaves_none),
	TEST(test_a_statement_that_was_closed_is_not_known),
	TEST(test_the_unnamed_statement_goes_with_the_next_text),
	TEST(test_calls_without_a_name_are_passed_on),
	TEST(test_a_pipeline_executes_what_it_is_preparing),
	TEST(test_a_prepare_that_was_not_run_prepares_nothing),
	TEST(test_a_prepare_lost_with_its_connection_prepares_nothing),
	TEST(test_values_hidden_after_the_prepare_hide_its_text),
	TEST(test_a_text_hidden_when_it_was_prepared_stays_hidden),
	TEST(test_a_parameter_hidden_by_its_column_is_so_by_name_too),
	TEST(test_more_statements_than_are_kept_show_their_own_texts_or_none))
/* clang-format on */
