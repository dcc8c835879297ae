/*
 * test_pq_params.c - parameters are read as libpq reads them: no more of them,
 * no array that is not there, no length that it does not look at.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/pq/fake_pq.h"

#define INT4 23
#define TEXT 25
#define BYTEA 17

static PGconn *conn;

/* What PQexecParams() is given. */
static struct {
	int count;
	const Oid *types;
	const char *const *values;
	const int *lengths;
	const int *formats;
} given;

static void
given_values(int count, const char *const *values)
{
	conn = fake_pq();
	shim_on();
	given.count = count;
	given.types = NULL;
	given.values = values;
	given.lengths = given.formats = NULL;
}

/* Run it, and return the parameters that were recorded. */
static const char *
run(void)
{
	answer_rows("PQexecParams", PGRES_TUPLES_OK, 1, "SELECT 1");
	osprof_PQexecParams(conn, "select $1", given.count, given.types,
	    given.values, given.lengths, given.formats, 0);
	CHECK(played());
	CHECK(point_ended(0));
	CHECK(given_argument(3) == (uintptr_t)given.types);
	CHECK(given_argument(4) == (uintptr_t)given.values);
	CHECK(given_argument(5) == (uintptr_t)given.lengths);
	CHECK(given_argument(6) == (uintptr_t)given.formats);
	return point_params(0);
}

static void
test_texts_are_terminated_whatever_their_length_says(void)
{
	static const char *const values[] = {"abc", "", "d"};
	static const int lengths[] = {-5, 1 << 30, 0};

	given_values(3, values);
	given.lengths = lengths;

	CHECK_STR(run(), "1=text(3)'abc' 2=text(0)'' 3=text(1)'d'");
}

static void
test_every_array_may_be_missing(void)
{
	given_values(2, NULL);

	CHECK_STR(run(), "1=null 2=null");
}

static void
test_a_value_that_is_not_there_is_null_whatever_its_length_says(void)
{
	static const char *const values[] = {NULL, "x"};
	static const int lengths[] = {1 << 30, 1};
	static const int formats[] = {1, 0};

	given_values(2, values);
	given.lengths = lengths;
	given.formats = formats;

	CHECK_STR(run(), "1=null 2=text(1)'x'");
}

static void
test_no_parameters_are_none(void)
{
	given_values(0, NULL);

	CHECK_STR(run(), "");
	CHECK(!point_has(0, FIELD_PARAMS));
	CHECK(!point_has(0, FIELD_PARAMS_OMITTED));
}

static void
test_a_count_that_libpq_refuses_is_not_gone_by(void)
{
	static const char *const one[] = {"only one"};
	static const int count[] = {-1, INT32_MIN, 65536, INT32_MAX};

	for (size_t i = 0; i < sizeof(count) / sizeof(*count); i++) {
		given_values(count[i], one);
		given.types = (const Oid[]){TEXT};
		given.formats = (const int[]){0};

		CHECK_STR(run(), "");
		CHECK(!point_has(0, FIELD_PARAMS_OMITTED));
	}
}

static void
test_the_most_that_libpq_takes_are_counted(void)
{
	static const char *values[65535];

	for (size_t i = 0; i < 65535; i++)
		values[i] = "v";
	given_values(65535, values);
	shim_set_limits(256, 2);

	CHECK_STR(run(), "1=text(1)'v' 2=text(1)'v'");
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 65533);
	shim_set_limits(256, 256);
}

static void
test_binary_values_are_read_by_their_types(void)
{
	static const char *const values[] = {"\0\0\0\7", "\1\2", "raw"};
	static const Oid types[] = {INT4, BYTEA, TEXT};
	static const int lengths[] = {4, 2, 3};
	static const int formats[] = {1, 1, 1};

	given_values(3, values);
	given.types = types;
	given.lengths = lengths;
	given.formats = formats;

	CHECK_STR(run(), "1=7 2=blob(2)'\1\2' 3=text(3)'raw'");
}

static void
test_a_binary_value_without_length_is_not_read(void)
{
	/* One byte of memory, and nothing behind it to be read. */
	static const char *const values[] = {"x", "y"};
	static const int lengths[] = {-1, INT32_MIN};
	static const int formats[] = {1, 1};

	given_values(2, values);
	given.formats = formats;
	CHECK_STR(run(), "1=blob(0)'' 2=blob(0)''");

	given_values(2, values);
	given.formats = formats;
	given.lengths = lengths;
	CHECK_STR(run(), "1=blob(0)'' 2=blob(0)''");
}

static void
test_an_unknown_binary_value_is_bytes(void)
{
	static const char *const values[] = {"\1\2\3"};
	static const int lengths[] = {3};
	static const int formats[] = {1};

	given_values(1, values);
	given.lengths = lengths;
	given.formats = formats;

	CHECK_STR(run(), "1=blob(3)'\1\2\3'");
}

static void
test_a_long_text_keeps_its_length_and_its_beginning(void)
{
	static const char *const values[] = {"abcdefgh", "ab\xc3\xa4"};

	given_values(2, values);
	shim_set_limits(3, 256);

	CHECK_STR(run(), "1=text(8)'abc' 2=text(4)'ab'");
	shim_set_limits(256, 256);
}

static void
test_a_hidden_parameter_shows_nothing_of_itself(void)
{
	static const char *const values[] = {"open", "s3cret"};

	given_values(2, values);
	shim_hide_param(2, true);

	CHECK_STR(run(), "1=text(4)'open' 2=hidden(0)''");
	CHECK(!recorded_bytes("s3cret", 6));
	shim_hide_param(2, false);
}

static void
test_hidden_arguments_record_no_parameter(void)
{
	static const char *const values[] = {"s3cret"};

	given_values(1, values);
	shim_hide_args(true);
	shim_on_again();

	CHECK_STR(run(), "");
	CHECK(!recorded_bytes("s3cret", 6));
	shim_hide_args(false);
	shim_on_again();
}

static void
test_values_are_read_before_the_call_that_sends_returns(void)
{
	char value[] = "before";
	const char *const values[] = {value};

	given_values(1, values);
	answer_number("PQsendQueryParams", 1);
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");

	osprof_PQsendQueryParams(
	    conn, "select $1", 1, NULL, values, NULL, NULL, 0);
	memcpy(value, "after!", sizeof(value));
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);

	CHECK(played());
	CHECK_STR(point_params(0), "1=text(6)'before'");
}

static void
test_values_hidden_in_the_middle_hide_those_of_the_next_call(void)
{
	static const char *const values[] = {"s3cret"};

	given_values(1, values);
	answer_number("PQsendQueryParams", 1);
	answer_null("PQgetResult");
	answer_number("PQsendQueryParams", 1);

	osprof_PQsendQueryParams(
	    conn, "select $1", 0, NULL, NULL, NULL, NULL, 0);
	shim_hide_args(true);
	shim_on_again();
	osprof_PQgetResult(conn);
	osprof_PQsendQueryParams(
	    conn, "select $1", 1, NULL, values, NULL, NULL, 0);
	shim_hide_args(false);
	shim_on_again();

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(!recorded_bytes("s3cret", 6));
}

/* clang-format off */
RUN_TESTS(
	TEST(test_texts_are_terminated_whatever_their_length_says),
	TEST(test_every_array_may_be_missing),
	TEST(test_a_value_that_is_not_there_is_null_whatever_its_length_says),
	TEST(test_no_parameters_are_none),
	TEST(test_a_count_that_libpq_refuses_is_not_gone_by),
	TEST(test_the_most_that_libpq_takes_are_counted),
	TEST(test_binary_values_are_read_by_their_types),
	TEST(test_a_binary_value_without_length_is_not_read),
	TEST(test_an_unknown_binary_value_is_bytes),
	TEST(test_a_long_text_keeps_its_length_and_its_beginning),
	TEST(test_a_hidden_parameter_shows_nothing_of_itself),
	TEST(test_hidden_arguments_record_no_parameter),
	TEST(test_values_are_read_before_the_call_that_sends_returns),
	TEST(test_values_hidden_in_the_middle_hide_those_of_the_next_call))
/* clang-format on */
