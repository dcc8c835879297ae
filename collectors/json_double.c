/*
 * json_double.c - doubles as Python's repr() writes them.
 */
#include "collectors/json.h"

#include <math.h>
#include <stdio.h>

#include "shim/decimal.h"

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
	decimal_of_double(value, true, &decimal);
	if (decimal.exponent < -4 || decimal.exponent > 15)
		put_scientific(out, &decimal);
	else
		put_plain(out, &decimal);
}
