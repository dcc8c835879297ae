/*
 * test_pq_calls.c - every wrapper makes its real call once, with the arguments
 * that it was given, and returns what that returned; errno and the connection's
 * message go through, be tracing off, on, without room, or hiding values.
 */
#include "fake_shim.h"
#include <errno.h>

#include "tests/check.h"
#include "tests/pq/fake_pq.h"
#include "tests/pq/make_call.h"

static const char *
name_of(enum call_key key)
{
	return pq_call[key].field.name;
}

/* What every call comes to, once: a number, a pointer, or a result. */
static void
answer_call(enum call_key key, PGconn *conn, bool fails)
{
	struct answer *answer;

	if (fails) {
		answer = answer_null(name_of(key));
		answer->error = "it failed\n";
		return;
	}
	answer = answer_rows(name_of(key), PGRES_TUPLES_OK, 1, "SELECT 1");
	answer->number = 1;
	answer->pointer = conn;
}

#define ARGUMENTS 8

/* Make the call by the wrapper: it is the same in all that can be seen. */
static void
compare(enum call_key key, bool without_conn, bool fails)
{
	PGconn *conn = fake_pq();
	PGconn *on = without_conn ? NULL : conn;
	uintptr_t wanted[ARGUMENTS], returned, number;
	char is[128];

	answer_call(key, conn, fails);
	number = make_call(key, on, false);
	for (unsigned i = 0; i < ARGUMENTS; i++)
		wanted[i] = given_argument(i);
	CHECK(played());
	conn = fake_pq();
	answer_call(key, conn, fails);
	errno = ERRNO_BEFORE;

	returned = make_call(key, on, true);

	snprintf(is, sizeof(is), "%s%s%s%s", name_of(key),
	    errno == ERRNO_AFTER ? "" : ", errno after it",
	    given_errno() == ERRNO_BEFORE ? "" : ", errno before it",
	    returned == number ? "" : ", its return");
	CHECK_STR(is, name_of(key));
	CHECK(played());
	for (unsigned i = 0; i < ARGUMENTS; i++)
		CHECK_U64(given_argument(i), wanted[i]);
	if (fails && !without_conn && given_argument(0) == (uintptr_t)on)
		CHECK_STR(PQerrorMessage(on), "it failed\n");
}

static void
compare_all(void)
{
	for (int key = 0; key < CALL_COUNT; key++) {
		compare(key, false, false);
		compare(key, false, true);
		compare(key, true, true);
	}
}

static void
test_a_call_is_the_real_one_while_tracing_is_off(void)
{
	shim_on();
	shim_off();
	compare_all();
	CHECK_U64(points(), 0);
	shim_on();
}

static void
test_a_call_is_the_real_one_while_tracing_is_on(void)
{
	shim_on();
	compare_all();
	CHECK(points() > CALL_COUNT);
}

static void
test_a_call_is_the_real_one_where_no_point_has_room(void)
{
	shim_on();
	shim_full(true);
	compare_all();
	CHECK_U64(points(), 0);
	shim_full(false);
}

static void
test_a_call_is_the_real_one_while_values_are_hidden(void)
{
	shim_hide_args(true);
	shim_on();
	compare_all();
	CHECK(!recorded_bytes("two", 3));
	shim_hide_args(false);
	shim_on();
}

static void
test_each_point_names_its_call(void)
{
	shim_on();
	for (int key = 0; key < CALL_COUNT; key++) {
		PGconn *conn = fake_pq();
		size_t before = points();

		answer_call(key, conn, false);
		make_call(key, conn, true);
		if (points() > before)
			CHECK_STR(point_text(before, FIELD_CALL), name_of(key));
	}
}

static void
test_no_password_of_a_call_is_recorded(void)
{
	shim_on();
	for (int i = 0; i < 2; i++) {
		compare(CALL_PQencryptPasswordConn, false, i);
		compare(CALL_PQchangePassword, false, i);
		compare(CALL_PQsetdbLogin, false, i);
	}

	CHECK(points() > 0);
	CHECK(!recorded_bytes("pw", 2));
}

static void
test_a_password_that_the_server_quotes_is_not_recorded(void)
{
	PGconn *conn = fake_pq();

	shim_on();
	answer_error("PQchangePassword", "22023", "\"hunter2\" is too weak");
	answer_null("PQencryptPasswordConn")->error = "hunter2: no\n";

	osprof_PQchangePassword(conn, "user", "hunter2");
	osprof_PQencryptPasswordConn(conn, "hunter2", "user", NULL);

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_ETYPE), "22023");
	CHECK(!recorded_bytes("hunter2", 7));
	CHECK_STR(PQerrorMessage(conn), "hunter2: no\n");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_call_is_the_real_one_while_tracing_is_off),
	TEST(test_a_call_is_the_real_one_while_tracing_is_on),
	TEST(test_a_call_is_the_real_one_where_no_point_has_room),
	TEST(test_a_call_is_the_real_one_while_values_are_hidden),
	TEST(test_each_point_names_its_call),
	TEST(test_no_password_of_a_call_is_recorded),
	TEST(test_a_password_that_the_server_quotes_is_not_recorded))
/* clang-format on */
