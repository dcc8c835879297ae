/*
 * json_double.c - doubles as Python's repr() writes them.
 *
 * The shortest digits that read back as the value are found by printing and
 * reading with more and more of them.  The program's locale may have another
 * decimal point; digits are picked out without looking at it.
 */
#include "collectors/json.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct decimal {
	char digit[20]; /* '1' to '9' first, unless the value is 0 */
	int count;
	int exponent; /* of the first digit: 1.5 has 0 */
};

/* Print `value` (not negative, finite) with `count` digits. */
static void
decimal_print(struct decimal *decimal, double value, int count)
{
	char text[64];
	const char *at = text;

	snprintf(text, sizeof(text), "%.*e", count - 1, value);
	decimal->count = 0;
	for (; *at && *at != 'e'; at++)
		if (*at >= '0' && *at <= '9')
			decimal->digit[decimal->count++] = *at;
	decimal->exponent = *at ? atoi(at + 1) : 0;
}

/* Whether the decimal reads back as `value`: digits as an integer, no point. */
static bool
decimal_is(const struct decimal *decimal, double value)
{
	char text[64];

	snprintf(text, sizeof(text), "%.*se%d", decimal->count, decimal->digit,
	    decimal->exponent - (decimal->count - 1));
	return strtod(text, NULL) == value;
}

/* The next decimal of as many digits; not for one that is all nines. */
static bool
decimal_next(struct decimal *decimal)
{
	int i = decimal->count - 1;

	for (; i >= 0 && decimal->digit[i] == '9'; i--)
		decimal->digit[i] = '0';
	if (i < 0)
		return false;
	decimal->digit[i]++;
	return true;
}

/*
 * 15 digits are unique for every normal number, fewer for the others.  Below a
 * power of two the doubles lie closer than above it, so that the nearest
 * decimal may be wrong and the next one right.
 */
static void
decimal_shortest(struct decimal *decimal, double value)
{
	int count = value < DBL_MIN ? 1 : DBL_DIG;

	for (; count < DBL_DECIMAL_DIG; count++) {
		decimal_print(decimal, value, count);
		if (decimal_is(decimal, value) ||
		    (decimal_next(decimal) && decimal_is(decimal, value)))
			break;
	}
	if (count == DBL_DECIMAL_DIG)
		decimal_print(decimal, value, count);
	while (decimal->count > 1 && decimal->digit[decimal->count - 1] == '0')
		decimal->count--;
}

static void
put_zeros(struct json_out *out, int count)
{
	while (count-- > 0)
		json_put_raw(out, "0", 1);
}

static void
put_scientific(struct json_out *out, const struct decimal *decimal)
{
	char exponent[16];

	json_put_raw(out, decimal->digit, 1);
	if (decimal->count > 1) {
		json_put_raw(out, ".", 1);
		json_put_raw(
		    out, decimal->digit + 1, (size_t)decimal->count - 1);
	}
	snprintf(exponent, sizeof(exponent), "e%+03d", decimal->exponent);
	json_put_raw(out, exponent, strlen(exponent));
}

static void
put_plain(struct json_out *out, const struct decimal *decimal)
{
	int whole = decimal->exponent + 1; /* digits before the point */
	int there = whole < decimal->count ? whole : decimal->count;

	if (whole <= 0) {
		json_put_literal(out, "0.");
		put_zeros(out, -whole);
		json_put_raw(out, decimal->digit, (size_t)decimal->count);
		return;
	}
	json_put_raw(out, decimal->digit, (size_t)there);
	put_zeros(out, whole - there);
	json_put_raw(out, ".", 1);
	if (there == decimal->count)
		put_zeros(out, 1);
	json_put_raw(
	    out, decimal->digit + there, (size_t)(decimal->count - there));
}

void
json_put_double(struct json_out *out, double value)
{
	struct decimal decimal;

	if (isnan(value)) {
		json_put_literal(out, "NaN");
		return;
	}
	if (signbit(value))
		json_put_raw(out, "-", 1);
	if (isinf(value)) {
		json_put_literal(out, "Infinity");
		return;
	}
	decimal_shortest(&decimal, fabs(value));
	if (decimal.exponent < -4 || decimal.exponent > 15)
		put_scientific(out, &decimal);
	else
		put_plain(out, &decimal);
}
