/*
 * decimal.c - the shortest digits that read back as a floating-point number.
 *
 * The method is Steele and White's with Burger and Dybvig's start: the number
 * and half the way to its neighbours are fractions of one denominator, exact
 * in long integers; digits come by dividing until what is left is less than
 * half the way.
 */
#include "shim/decimal.h"

#include <stdint.h>
#include <string.h>

/* 2^1077, for the least double, a factor of ten, and a shift within a word. */
#define BIG_WORDS 36

#define TOP_BITS 28

/* A long integer, lowest word first, the highest one not 0. */
struct big {
	int count;
	uint32_t word[BIG_WORDS];
};

static void
big_set(struct big *big, uint64_t value, int shift)
{
	uint64_t low = value << shift % 32;

	memset(big->word, 0, (size_t)(shift / 32) * sizeof(*big->word));
	big->count = shift / 32;
	big->word[big->count++] = (uint32_t)low;
	big->word[big->count++] = (uint32_t)(low >> 32);
	/* Bits that the first shift drove out of 64. */
	big->word[big->count++] = shift % 32
				      ? (uint32_t)(value >> (64 - shift % 32))
				      : 0;
	while (big->count && !big->word[big->count - 1])
		big->count--;
}

static void
big_times(struct big *big, uint32_t factor)
{
	uint64_t carry = 0;

	for (int i = 0; i < big->count; i++) {
		carry += (uint64_t)big->word[i] * factor;
		big->word[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry)
		big->word[big->count++] = (uint32_t)carry;
}

static void
big_times_power_of_ten(struct big *big, int power)
{
	for (; power >= 9; power -= 9)
		big_times(big, 1000000000);
	for (; power > 0; power--)
		big_times(big, 10);
}

static int
big_compare(const struct big *a, const struct big *b)
{
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	for (int i = a->count - 1; i >= 0; i--)
		if (a->word[i] != b->word[i])
			return a->word[i] < b->word[i] ? -1 : 1;
	return 0;
}

/* The word at a place, where no higher one is. */
static uint64_t
big_word(const struct big *big, int i)
{
	return i < big->count ? big->word[i] : 0;
}

/* Compare a + b x factor with c, which has as many words as they, or more. */
static int
big_compare_sum(const struct big *a, const struct big *b, uint32_t factor,
    const struct big *c)
{
	int top = c->count - 1;
	uint64_t carry = 0;
	struct big sum;

	/* The words below carry no more than that: mostly it is clear. */
	if (big_word(a, top) + big_word(b, top) * factor + factor <
	    c->word[top])
		return -1;
	for (sum.count = 0; sum.count <= top; sum.count++) {
		carry += big_word(a, sum.count);
		carry += big_word(b, sum.count) * factor;
		sum.word[sum.count] = (uint32_t)carry;
		carry >>= 32;
	}
	return carry ? 1 : big_compare(&sum, c);
}

/* Take `b` x `factor` from `a`, which is not less. */
static void
big_subtract(struct big *a, const struct big *b, uint32_t factor)
{
	uint64_t borrow = 0;

	for (int i = 0; i < a->count; i++) {
		uint32_t take;

		borrow += big_word(b, i) * factor;
		take = (uint32_t)borrow;
		borrow = (borrow >> 32) + (take > a->word[i]);
		a->word[i] -= take;
	}
	while (a->count && !a->word[a->count - 1])
		a->count--;
}

/*
 * Divide where the quotient is a digit; the remainder stays.  The highest word
 * of `by` has TOP_BITS, so that ten times it has no more words, and the highest
 * words alone give the quotient, or one less.
 */
static int
big_digit(struct big *big, const struct big *by)
{
	int top = by->count - 1;
	uint32_t digit = (uint32_t)(big_word(big, top) / (by->word[top] + 1));

	if (digit)
		big_subtract(big, by, digit);
	if (big_compare(big, by) >= 0) {
		big_subtract(big, by, 1);
		digit++;
	}
	return (int)digit;
}

/* A positive number, mantissa x 2^exponent. */
struct binary {
	uint64_t mantissa;
	int exponent;
	bool uneven;  /* the next number below is nearer than the one above */
	bool halfway; /* the ends of the interval are in it */
};

/* The number and half the way to the next one below, both of `unit`. */
struct fraction {
	struct big rest, half, unit;
	uint32_t above; /* half the way to the next one above is so many */
	bool halfway;
};

static void
fraction_times_ten(struct fraction *fraction)
{
	big_times(&fraction->rest, 10);
	big_times(&fraction->half, 10);
}

/* Whether the digits so far, rounded down or up, read back. */
static bool
down_will_do(const struct fraction *fraction)
{
	int order = big_compare(&fraction->rest, &fraction->half);

	return order < 0 || (order == 0 && fraction->halfway);
}

static bool
up_will_do(const struct fraction *fraction)
{
	int order = big_compare_sum(
	    &fraction->rest, &fraction->half, fraction->above, &fraction->unit);

	return order > 0 || (order == 0 && fraction->halfway);
}

/* Make `unit` a power of two and of ten; returns the shift that was left. */
static int
set_unit(struct big *unit, int two, int ten)
{
	int shift;

	big_set(unit, 1, two);
	big_times_power_of_ten(unit, ten);
	shift = TOP_BITS - 32 + __builtin_clz(unit->word[unit->count - 1]);
	shift &= 31;
	big_times(unit, UINT32_C(1) << shift);
	return shift;
}

/* The fraction has one digit before its point; returns its exponent. */
static int
fraction_of(const struct binary *binary, struct fraction *ret_fraction)
{
	struct fraction *fraction = ret_fraction;
	int up = binary->exponent > 0 ? binary->exponent : 0;
	int down = binary->exponent < 0 ? -binary->exponent : 0;
	int bits = 64 - __builtin_clzll(binary->mantissa) + binary->exponent;
	/* floor(log10(2^(bits - 1))): right for all exponents of doubles. */
	int exponent = (int)(((int64_t)(bits - 1) * 1292913986) >> 32);
	int ten = exponent + 1;
	int half = binary->uneven ? 2 : 1; /* bits behind the mantissa */

	fraction->halfway = binary->halfway;
	fraction->above = binary->uneven ? 2 : 1;
	up += set_unit(&fraction->unit, down + half, ten > 0 ? ten : 0);
	big_set(&fraction->rest, binary->mantissa, up + half);
	big_set(&fraction->half, 1, up);
	big_times_power_of_ten(&fraction->rest, -ten);
	big_times_power_of_ten(&fraction->half, -ten);
	if (up_will_do(fraction))
		return exponent + 1;
	fraction_times_ten(fraction);
	return exponent;
}

/* The last digit: down or up, or to the nearer where both will do. */
static int
last_digit(const struct fraction *fraction, int digit, bool down, bool up)
{
	int order;

	if (down != up)
		return digit + up;
	order = big_compare_sum(
	    &fraction->rest, &fraction->rest, 1, &fraction->unit);
	return digit + (order > 0 || (order == 0 && digit % 2 == 1));
}

static void
shortest(const struct binary *binary, struct decimal *ret_decimal)
{
	struct fraction fraction;

	ret_decimal->exponent = fraction_of(binary, &fraction);
	ret_decimal->count = 0;
	for (;;) {
		int digit = big_digit(&fraction.rest, &fraction.unit);
		bool down = down_will_do(&fraction);
		bool up = up_will_do(&fraction);

		if (down || up)
			digit = last_digit(&fraction, digit, down, up);
		ret_decimal->digit[ret_decimal->count++] = (char)('0' + digit);
		if (down || up || ret_decimal->count == DECIMAL_DIGITS)
			return;
		fraction_times_ten(&fraction);
	}
}

/*
 * The parts of a number whose mantissa has `width` bits in memory and whose
 * exponent is `bias` too great; 0 has no shortest digits but its own.
 */
static void
decimal_of_bits(uint64_t mantissa, int exponent, int width, int bias,
    bool halfway, struct decimal *ret_decimal)
{
	struct binary binary = {
	    .mantissa = mantissa | (uint64_t)(exponent > 0) << width,
	    .exponent = (exponent > 0 ? exponent : 1) - bias - width,
	    .uneven = mantissa == 0 && exponent > 1,
	    .halfway = halfway && mantissa % 2 == 0,
	};

	if (binary.mantissa)
		shortest(&binary, ret_decimal);
	else
		*ret_decimal = (struct decimal){.digit = "0", .count = 1};
}

void
decimal_of_double(double value, bool halfway, struct decimal *ret_decimal)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	decimal_of_bits(bits & ((UINT64_C(1) << 52) - 1),
	    (int)(bits >> 52 & 0x7ff), 52, 1023, halfway, ret_decimal);
}

void
decimal_of_float(float value, bool halfway, struct decimal *ret_decimal)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof(bits));
	decimal_of_bits(bits & ((1U << 23) - 1), (int)(bits >> 23 & 0xff), 23,
	    127, halfway, ret_decimal);
}
