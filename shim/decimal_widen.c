/*
 * decimal_widen.c - a float as the double with the same digits.
 */
#include "shim/decimal.h"

#include <stdint.h>
#include <string.h>

#define EXACT_POWER 22 /* a double holds 10^22, and no greater one */

/* 10^power, of at most EXACT_POWER. */
static double
power_of_ten(int power)
{
	double value = 1;

	for (; power > 0; power--)
		value *= 10;
	return value;
}

/* A double within two steps of the decimal, which has at most 9 digits. */
static double
nearly(const struct decimal *decimal)
{
	int power = decimal->exponent - decimal->count + 1;
	double value = 0;

	for (int i = 0; i < decimal->count; i++)
		value = value * 10 + (decimal->digit[i] - '0');
	for (; power > EXACT_POWER; power -= EXACT_POWER)
		value *= power_of_ten(EXACT_POWER);
	for (; power < -EXACT_POWER; power += EXACT_POWER)
		value /= power_of_ten(EXACT_POWER);
	return power < 0 ? value / power_of_ten(-power)
			 : value * power_of_ten(power);
}

static bool
has_digits(double value, const struct decimal *decimal)
{
	struct decimal own;

	decimal_of_double(value, true, &own);
	return own.exponent == decimal->exponent &&
	       own.count == decimal->count &&
	       memcmp(own.digit, decimal->digit, (size_t)own.count) == 0;
}

/*
 * A decimal of up to 15 digits is the shortest of the double nearest to it, so
 * the right one is known by its digits, whatever way the program lets numbers
 * be rounded.
 */
double
decimal_widen(float value)
{
	static const int steps[] = {0, -1, 1, -2, 2};
	struct decimal decimal;
	double near;
	uint64_t bits;

	if (value == 0 || !__builtin_isfinite(value))
		return (double)value;
	decimal_of_float(value, false, &decimal);
	near = nearly(&decimal);
	memcpy(&bits, &near, sizeof(bits));
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		uint64_t other = bits + (uint64_t)steps[i];

		memcpy(&near, &other, sizeof(near));
		if (has_digits(near, &decimal))
			return value < 0 ? -near : near;
	}
	return (double)value;
}
