/*
 * value_number.c - integers and floating-point numbers.
 */
#include "pq/value_reading.h"

#include "shim/decimal.h"

/* Of a size that is known when it runs. */
static uint64_t
take_sized(struct reading *reading, size_t size)
{
	switch (size) {
	case 2:
		return take(reading, 2);
	case 4:
		return take(reading, 4);
	default:
		return take(reading, 8);
	}
}

int64_t
take_integer(struct reading *reading, const struct pg_type *type)
{
	uint64_t value = take_sized(reading, type->size);
	uint64_t sign = UINT64_C(1) << (type->size * 8 - 1);

	/* Without a shift of a negative number, which C leaves open. */
	return (
	    int64_t)(type->form == FORM_SIGNED ? (value ^ sign) - sign : value);
}

float
take_float(struct reading *reading)
{
	uint32_t bits = (uint32_t)take(reading, sizeof(bits));
	float value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

double
take_double(struct reading *reading)
{
	uint64_t bits = take(reading, sizeof(bits));
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

void
read_signed(struct reading *reading, const struct pg_type *type)
{
	show_i64(reading, take_integer(reading, type));
}

void
read_unsigned(struct reading *reading, const struct pg_type *type)
{
	show_u64(reading, take_sized(reading, type->size));
}

static void
show_zeros(struct reading *reading, int count)
{
	for (; count > 0; count--)
		show_char(reading, '0');
}

static void
show_scientific(struct reading *reading, const struct decimal *decimal)
{
	int exponent = decimal->exponent;

	show_char(reading, decimal->digit[0]);
	if (decimal->count > 1) {
		show_char(reading, '.');
		show_bytes(
		    reading, decimal->digit + 1, (size_t)decimal->count - 1);
	}
	show_char(reading, 'e');
	show_char(reading, exponent < 0 ? '-' : '+');
	show_padded(
	    reading, (uint64_t)(exponent < 0 ? -exponent : exponent), 2);
}

static void
show_plain(struct reading *reading, const struct decimal *decimal)
{
	int whole = decimal->exponent + 1; /* digits before the point */
	int there = whole < decimal->count ? whole : decimal->count;

	if (whole <= 0) {
		show_literal(reading, "0.");
		show_zeros(reading, -whole);
		show_bytes(reading, decimal->digit, (size_t)decimal->count);
		return;
	}
	show_bytes(reading, decimal->digit, (size_t)there);
	show_zeros(reading, whole - there);
	if (there == decimal->count)
		return;
	show_char(reading, '.');
	show_bytes(
	    reading, decimal->digit + there, (size_t)(decimal->count - there));
}

/* The server writes exponents from as many digits on as a type surely keeps. */
#define DOUBLE_DIGITS 15
#define FLOAT_DIGITS 6

static void
show_decimal(struct reading *reading, const struct decimal *decimal, int digits)
{
	if (decimal->exponent < -4 || decimal->exponent >= digits)
		show_scientific(reading, decimal);
	else
		show_plain(reading, decimal);
}

/* Show the sign, and what has no digits; false: the digits are wanted. */
static bool
show_special(struct reading *reading, double value)
{
	if (__builtin_isnan(value)) {
		show_literal(reading, "NaN");
		return true;
	}
	if (__builtin_signbit(value))
		show_char(reading, '-');
	if (!__builtin_isinf(value))
		return false;
	show_literal(reading, "Infinity");
	return true;
}

void
show_next_double(struct reading *reading)
{
	double value = take_double(reading);
	struct decimal decimal;

	if (reading_over(reading) || show_special(reading, value))
		return;
	decimal_of_double(value, false, &decimal);
	show_decimal(reading, &decimal, DOUBLE_DIGITS);
}

static void
show_next_float(struct reading *reading)
{
	float value = take_float(reading);
	struct decimal decimal;

	if (show_special(reading, (double)value))
		return;
	decimal_of_float(value, false, &decimal);
	show_decimal(reading, &decimal, FLOAT_DIGITS);
}

void
read_float(struct reading *reading, const struct pg_type *type)
{
	if (type->size == sizeof(float))
		show_next_float(reading);
	else
		show_next_double(reading);
}
