/*
 * decimal_test.c - numbers have the shortest digits that read back.
 */
#include "tests/check.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "shim/decimal.h"

static const char *
text_of(const struct decimal *decimal)
{
	static char text[64];

	snprintf(text, sizeof(text), "%.*se%d", decimal->count, decimal->digit,
	    decimal->exponent - decimal->count + 1);
	return text;
}

static const char *
digits_of(double value, bool halfway)
{
	static struct decimal decimal;

	decimal_of_double(value, halfway, &decimal);
	return text_of(&decimal);
}

static void
test_digits_are_the_shortest(void)
{
	CHECK_STR(digits_of(0, true), "0e0");
	CHECK_STR(digits_of(0.1, true), "1e-1");
	CHECK_STR(digits_of(-1.5, true), "15e-1");
	CHECK_STR(digits_of(5e-324, true), "5e-324");
	CHECK_STR(digits_of(DBL_MIN, true), "22250738585072014e-324");
	CHECK_STR(digits_of(DBL_MAX, true), "17976931348623157e292");
}

/* 10^23 lies in the middle between two doubles. */
static void
test_digits_between_two_numbers_are_for_the_asking(void)
{
	CHECK_STR(digits_of(1e23, true), "1e23");
	CHECK_STR(digits_of(1e23, false), "9999999999999999e7");
}

/* Beside powers of two the neighbours are not equally far. */
static void
test_digits_read_back(void)
{
	for (int exponent = -1074; exponent < 1024; exponent++) {
		double power = ldexp(1, exponent);

		CHECK(strtod(digits_of(power, true), NULL) == power);
		CHECK(strtod(digits_of(power, false), NULL) == power);
		power = nextafter(power, 0);
		CHECK(strtod(digits_of(power, true), NULL) == power);
	}
}

static void
test_a_float_is_widened_by_its_digits(void)
{
	static const float values[] = {0.1f, 3.3f, 1e-45f, 1.1754944e-38f,
	    FLT_MAX, 2.0769187e34f, 16777216, 1e10f};
	struct decimal digits;

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		decimal_of_float(values[i], false, &digits);
		CHECK(
		    decimal_widen(values[i]) == strtod(text_of(&digits), NULL));
		CHECK(decimal_widen(-values[i]) == -decimal_widen(values[i]));
		CHECK((float)decimal_widen(values[i]) == values[i]);
	}
	CHECK(decimal_widen(0.1f) == 0.1);
	CHECK(decimal_widen(INFINITY) == (double)INFINITY);
	CHECK(isnan(decimal_widen(NAN)));
	CHECK(signbit(decimal_widen(-0.0f)));
}

RUN_TESTS(TEST(test_digits_are_the_shortest),
    TEST(test_digits_between_two_numbers_are_for_the_asking),
    TEST(test_digits_read_back), TEST(test_a_float_is_widened_by_its_digits))
