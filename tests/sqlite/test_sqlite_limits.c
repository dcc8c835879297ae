/*
 * test_sqlite_limits.c - of parameters that are long or many as much is shown
 * as the limits allow.
 */
#include <uchar.h>

#include "tests/check.h"
#include "tests/sqlite/bound.h"

static void
test_a_long_value_is_cut_before_a_character(void)
{
	given("select ?, ?, ?");
	shim_set_limits(40, 256);

	sqlite3_bind_text(stmt, 1,
	    "0123456789012345678901234567890123456\xe2\x82\xac\xe2\x82\xac", -1,
	    SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2,
	    "01234567890123456789012345678901234567\xe2\x82\xac\xe2\x82\xac",
	    -1, SQLITE_STATIC);
	sqlite3_bind_blob(stmt, 3,
	    "012345678901234567890123456789012345678\xe2\x82\xac", 42,
	    SQLITE_STATIC);
	run();

	CHECK_STR(point_params(0),
	    "1=text(43)'0123456789012345678901234567890123456\xe2\x82\xac' "
	    "2=text(44)'01234567890123456789012345678901234567' "
	    "3=blob(42)'012345678901234567890123456789012345678\xe2'");
	done();
}

static void
test_half_a_surrogate_pair_is_cut_off(void)
{
	/* U+1F600 lies across the limit of 6 bytes. */
	static const char16_t wide[] = {'a', 'b', 0xd83d, 0xde00, 0};

	given("select ?");
	shim_set_limits(6, 256);

	sqlite3_bind_text16(stmt, 1, wide, -1, SQLITE_STATIC);
	run();

	CHECK(recorded_bytes("a\0b\0", 4));
	CHECK(!recorded_bytes("b\0\x3d\xd8", 4));
	done();
}

static void
test_a_limit_of_zero_keeps_lengths_alone(void)
{
	given("select ?, ?");
	shim_set_limits(0, 256);

	sqlite3_bind_text(stmt, 1, "abc", -1, SQLITE_STATIC);
	sqlite3_bind_int(stmt, 2, 5);
	run();

	CHECK_STR(point_params(0), "1=text(3)'' 2=5");
	done();
}

static void
test_long_and_short_values_take_turns_in_a_slot(void)
{
	char longer[101];

	given("select ?");
	memset(longer, 'y', 100);
	longer[100] = '\0';

	for (int i = 0; i < 4; i++) {
		sqlite3_bind_text(
		    stmt, 1, i % 2 ? longer : "x", -1, SQLITE_STATIC);
		run();
	}

	CHECK_STR(point_params(2), "1=text(1)'x'");
	CHECK(strncmp(point_params(3), "1=text(100)'yyyy", 16) == 0);
	CHECK_U64(strlen(point_params(3)), strlen("1=text(100)''") + 100);
	done();
}

static void
test_many_parameters_are_shown_up_to_the_limit(void)
{
	char sql[2048] = "select ?";

	for (int i = 1; i < 300; i++)
		strcat(sql, ",?");
	given(sql);
	shim_set_limits(256, 100);

	for (int i = 300; i > 0; i--)
		sqlite3_bind_int(stmt, i, i);
	run();

	CHECK(strncmp(point_params(0), "1=1 2=2 3=3 ", 12) == 0);
	CHECK(strstr(point_params(0), " 99=99 100=100"));
	CHECK(!strstr(point_params(0), "101="));
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 200);
	done();
}

static void
test_a_limit_below_the_fixed_slots_holds(void)
{
	given("select ?, ?, ?");
	shim_set_limits(256, 2);

	for (int i = 1; i <= 3; i++)
		sqlite3_bind_int(stmt, i, i);
	run();

	CHECK_STR(point_params(0), "1=1 2=2");
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 1);
	done();
}

static void
test_a_huge_index_takes_no_room(void)
{
	given("select ?32766");

	sqlite3_bind_int(stmt, 32766, 1);
	run();

	CHECK_STR(point_params(0), "");
	CHECK_U64(point_number(0, FIELD_PARAMS_OMITTED), 32766 - 8);
	done();
}

RUN_TESTS(TEST(test_a_long_value_is_cut_before_a_character),
    TEST(test_half_a_surrogate_pair_is_cut_off),
    TEST(test_a_limit_of_zero_keeps_lengths_alone),
    TEST(test_long_and_short_values_take_turns_in_a_slot),
    TEST(test_many_parameters_are_shown_up_to_the_limit),
    TEST(test_a_limit_below_the_fixed_slots_holds),
    TEST(test_a_huge_index_takes_no_room))
