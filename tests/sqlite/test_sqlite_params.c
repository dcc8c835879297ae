/*
 * test_sqlite_params.c - a run shows the values that are bound to its
 * parameters, and only when they may be shown.
 */
#include <stdlib.h>
#include <uchar.h>

#include "tests/check.h"
#include "tests/sqlite/bound.h"

static void
test_values_are_shown_by_type(void)
{
	given("select ?, ?, ?, ?, ?, ?");

	sqlite3_bind_int(stmt, 1, -5);
	sqlite3_bind_int64(stmt, 2, INT64_MIN);
	sqlite3_bind_double(stmt, 3, 1.5);
	sqlite3_bind_null(stmt, 4);
	sqlite3_bind_text(stmt, 5, "abc", -1, SQLITE_STATIC);
	sqlite3_bind_blob(stmt, 6, "xyz", 3, SQLITE_STATIC);
	run();

	CHECK_STR(point_params(0), "1=-5 2=-9223372036854775808 3=1.5 4=null "
				   "5=text(3)'abc' 6=blob(3)'xyz'");
	done();
}

static void
test_more_values_are_shown_by_type(void)
{
	static const char16_t wide[] = {'h', 'i', 0};

	given("select ?, ?, ?, ?, ?, ?, ?, ?");

	sqlite3_bind_zeroblob(stmt, 1, 10);
	sqlite3_bind_zeroblob64(stmt, 2, 20);
	sqlite3_bind_blob64(stmt, 3, "xyz", 2, SQLITE_STATIC);
	sqlite3_bind_text64(stmt, 4, "abcd", 4, SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_bind_text16(stmt, 5, wide, -1, SQLITE_STATIC);
	sqlite3_bind_text64(
	    stmt, 6, (const char *)wide, 4, SQLITE_STATIC, SQLITE_UTF16BE);
	sqlite3_bind_pointer(stmt, 7, &db, "carray", NULL);
	sqlite3_bind_text(stmt, 8, NULL, 3, NULL);
	run();

	CHECK_STR(point_params(0),
	    "1=zeroblob(10) 2=zeroblob(20) 3=blob(2)'xy' 4=text(4)'abcd' "
	    "5=text16le(4)'h' 6=text16be(4)'h' 7=pointer(6)'carray' 8=null");
	CHECK(recorded_bytes("h\0i\0", 4));
	done();
}

static void
test_a_value_of_sqlite_shows_numbers_and_lengths(void)
{
	sqlite3_stmt *source;

	given("select ?, ?, ?, ?, ?");
	sqlite3_prepare_v2(
	    db, "select 1, 2.5, 'secret', x'0102', null", -1, &source, NULL);
	sqlite3_step(source);

	for (int i = 0; i < 5; i++)
		sqlite3_bind_value(
		    stmt, i + 1, sqlite3_column_value(source, i));
	run();

	CHECK(strncmp(point_params(1), "1=1 2=2.5 3=text(", 17) == 0);
	CHECK(strstr(point_params(1), "4=blob(2)'' 5=null"));
	sqlite3_finalize(source);
	done();
}

static void
test_names_are_shown_where_a_statement_has_them(void)
{
	given("select :first, @second, ?9, $third, ?");

	sqlite3_bind_int(stmt, 1, 1);
	sqlite3_bind_int(stmt, 2, 2);
	sqlite3_bind_int(stmt, 9, 9);
	sqlite3_bind_int(stmt, 10, 3);
	sqlite3_bind_int(stmt, 11, 4);
	run();
	run();

	CHECK_STR(point_params(0), "1:first=1 2@second=2 9=9 10$third=3 11=4");
	CHECK_STR(point_params(1), "1:first=1 2@second=2 9=9 10$third=3 11=4");
	done();
}

static void
test_bindings_survive_a_reset(void)
{
	given("select ?, ?");

	sqlite3_bind_int(stmt, 1, 1);
	sqlite3_bind_int(stmt, 2, 2);
	run();
	sqlite3_bind_int(stmt, 2, 3);
	run();

	CHECK_STR(point_params(0), "1=1 2=2");
	CHECK_STR(point_params(1), "1=1 2=3");
	done();
}

static void
test_a_refused_bind_leaves_the_old_value(void)
{
	given("select ?");

	sqlite3_bind_text(stmt, 1, "old", -1, SQLITE_STATIC);
	sqlite3_step(stmt);
	CHECK(sqlite3_bind_text(stmt, 1, "new", -1, SQLITE_STATIC) ==
	      SQLITE_MISUSE);
	CHECK(sqlite3_bind_int(stmt, 2, 1) != SQLITE_OK);
	sqlite3_reset(stmt);
	CHECK(sqlite3_bind_int(stmt, 2, 1) == SQLITE_RANGE);
	CHECK(sqlite3_bind_int(stmt, 0, 1) == SQLITE_RANGE);
	run();

	CHECK_STR(point_params(1), "1=text(3)'old'");
	done();
}

static void
test_a_bind_that_is_too_big_leaves_null(void)
{
	char text[300];

	given("select ?");
	memset(text, 'x', sizeof(text));
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 100);

	sqlite3_bind_int(stmt, 1, 7);
	CHECK(sqlite3_bind_text(stmt, 1, text, 300, SQLITE_STATIC) ==
	      SQLITE_TOOBIG);
	run();

	CHECK_STR(point_params(0), "1=null");
	done();
}

static void
test_cleared_bindings_are_null(void)
{
	given("select ?, ?");

	sqlite3_bind_int(stmt, 1, 7);
	sqlite3_clear_bindings(stmt);
	run();

	CHECK_STR(point_params(0), "1=null");
	done();
}

static void
test_transferred_bindings_move(void)
{
	sqlite3_stmt *to;

	given("select :a, ?");
	sqlite3_prepare_v2(db, "select ?, :b", -1, &to, NULL);
	sqlite3_bind_int(stmt, 1, 7);
	sqlite3_bind_text(
	    stmt, 2, "a text that is longer than a slot is", -1, SQLITE_STATIC);

	CHECK(sqlite3_transfer_bindings(stmt, to) == SQLITE_OK);
	sqlite3_step(to);
	run();

	CHECK_STR(point_params(0),
	    "1=7 2:b=text(36)'a text that is longer than a slot is'");
	CHECK(!point_has(1, FIELD_PARAMS));
	sqlite3_finalize(to);
	done();
}

static void
test_a_value_is_that_of_the_bind_not_of_the_step(void)
{
	char text[] = "first";

	given("select ?");

	sqlite3_bind_text(stmt, 1, text, -1, SQLITE_TRANSIENT);
	memcpy(text, "later", 5);
	run();

	CHECK_STR(point_params(0), "1=text(5)'first'");
	done();
}

static void
test_a_value_that_is_freed_by_its_destructor_was_copied_before(void)
{
	char *text = strdup("a text that SQLite converts and frees at once");

	given("select ?");
	sqlite3_exec(db, "pragma encoding = 'UTF-16'", NULL, NULL, NULL);
	sqlite3_finalize(stmt);
	sqlite3_prepare_v2(db, "select ?", -1, &stmt, NULL);

	sqlite3_bind_text(stmt, 1, text, -1, free);
	run();

	CHECK_STR(point_params(1),
	    "1=text(45)'a text that SQLite converts and frees at once'");
	done();
}

static void
test_parameters_that_were_not_bound_are_not_shown(void)
{
	given("select ?, ?");

	run();
	sqlite3_bind_int(stmt, 2, 5);
	run();

	CHECK(!point_has(0, FIELD_PARAMS));
	CHECK_STR(point_params(1), "2=5");
	done();
}

static void
test_a_new_statement_at_the_same_address_has_no_parameters(void)
{
	given("select ?");
	sqlite3_bind_int(stmt, 1, 7);
	run();

	sqlite3_finalize(stmt);
	sqlite3_prepare_v2(db, "select ? + 1", -1, &stmt, NULL);
	run();

	CHECK_STR(point_params(0), "1=7");
	CHECK(!point_has(1, FIELD_PARAMS));
	done();
}

static void
test_binds_that_went_unseen_leave_no_old_value(void)
{
	given("select ?");
	sqlite3_bind_int(stmt, 1, 7);
	run();

	shim_off();
	sqlite3_bind_int(stmt, 1, 8);
	shim_on();
	run();

	CHECK_U64(points(), 1);
	CHECK(!point_has(0, FIELD_PARAMS));
	done();
}

static void
test_hidden_arguments_are_never_copied(void)
{
	static const char secret[] = "canary canary canary canary canary";

	shim_hide_args(true);
	given("select ?, ?, ?");

	sqlite3_bind_text(stmt, 1, secret, -1, SQLITE_STATIC);
	sqlite3_bind_blob(stmt, 2, secret, sizeof(secret), SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 3, 0x6361666562616265);
	run();

	CHECK_U64(points(), 1);
	CHECK(!point_has(0, FIELD_PARAMS));
	CHECK(!recorded_bytes("canary", 6));
	CHECK(!recorded_bytes("ebabefac", 8));
	done();
	shim_hide_args(false);
}

static void
test_a_hidden_parameter_is_never_copied(void)
{
	static const char secret[] = "canary canary canary canary canary";

	shim_hide_param(2, true);
	given("select ?, ?, ?");

	sqlite3_bind_text(stmt, 1, "shown", -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, secret, -1, SQLITE_STATIC);
	run();
	sqlite3_bind_int64(stmt, 2, 0x6361666562616265);
	run();

	CHECK_STR(point_params(0), "1=text(5)'shown' 2=hidden(0)''");
	CHECK_STR(point_params(1), point_params(0));
	CHECK(!recorded_bytes("canary", 6));
	CHECK(!recorded_bytes("ebabefac", 8));
	done();
	shim_hide_param(2, false);
}

static void
test_transferred_bindings_stay_hidden(void)
{
	sqlite3_stmt *other;

	given("select ?, ?");
	sqlite3_bind_text(stmt, 1, "canary", -1, SQLITE_STATIC);
	shim_hide_param(1, true);
	sqlite3_prepare_v2(db, "select ?, ? + 1", -1, &other, NULL);

	sqlite3_transfer_bindings(stmt, other);
	sqlite3_step(other);
	sqlite3_finalize(other);

	CHECK_STR(point_params(0), "1=hidden(0)''");
	CHECK(!recorded_bytes("canary", 6));
	done();
	shim_hide_param(1, false);
}

RUN_TESTS(TEST(test_values_are_shown_by_type),
    TEST(test_more_values_are_shown_by_type),
    TEST(test_a_value_of_sqlite_shows_numbers_and_lengths),
    TEST(test_names_are_shown_where_a_statement_has_them),
    TEST(test_bindings_survive_a_reset),
    TEST(test_a_refused_bind_leaves_the_old_value),
    TEST(test_a_bind_that_is_too_big_leaves_null),
    TEST(test_cleared_bindings_are_null), TEST(test_transferred_bindings_move),
    TEST(test_a_value_is_that_of_the_bind_not_of_the_step),
    TEST(test_a_value_that_is_freed_by_its_destructor_was_copied_before),
    TEST(test_parameters_that_were_not_bound_are_not_shown),
    TEST(test_a_new_statement_at_the_same_address_has_no_parameters),
    TEST(test_binds_that_went_unseen_leave_no_old_value),
    TEST(test_hidden_arguments_are_never_copied),
    TEST(test_a_hidden_parameter_is_never_copied),
    TEST(test_transferred_bindings_stay_hidden))
