/*
 * json_float.c - a JSON number with a fraction or an exponent, as Python
 * prints it.
 *
 * The program's numeric locale must be "C", as strtod() and printf() obey it:
 * main() sets no other.
 */
#include "cli/json_float.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_SIZE 18 /* 17 and the end */

/* Step over digits; false where there are none. */
static bool
skip_digits(const char **at)
{
	const char *from = *at;

	while (isdigit((unsigned char)**at))
		(*at)++;
	return *at > from;
}

/* -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)? */
static bool
is_number(const char *at)
{
	if (*at == '-')
		at++;
	if (*at == '0')
		at++;
	else if (!skip_digits(&at))
		return false;
	if (*at == '.') {
		at++;
		if (!skip_digits(&at))
			return false;
	}
	if (*at == 'e' || *at == 'E') {
		at++;
		if (*at == '+' || *at == '-')
			at++;
		if (!skip_digits(&at))
			return false;
	}
	return *at == '\0';
}

/*
 * The fewest digits, as d.ddde+XX.  Fifteen always suffice to find a shorter
 * form, but among the smallest numbers of all, which have fewer bits.
 */
static void
shortest(double number, char out[JSON_FLOAT_SIZE])
{
	int digits = fabs(number) < DBL_MIN ? 1 : 15;

	do
		snprintf(out, JSON_FLOAT_SIZE, "%.*e", digits - 1, number);
	while (strtod(out, NULL) != number && digits++ < 17);
}

/* Take the mantissa's digits out of d.ddde+XX, without zeros at the end. */
static size_t
take_digits(const char *at, char digits[DIGITS_SIZE])
{
	size_t count = 0;

	for (; *at != 'e' && count < DIGITS_SIZE - 1; at++)
		if (*at != '.')
			digits[count++] = *at;
	while (count > 1 && digits[count - 1] == '0')
		count--;
	digits[count] = '\0';
	return count;
}

static void
lay_out(const char *digits, int count, int exponent, char *out, size_t cap)
{
	if (exponent < -4 || exponent >= 16)
		snprintf(out, cap, "%c%s%se%c%02d", digits[0],
		    count > 1 ? "." : "", digits + 1, exponent < 0 ? '-' : '+',
		    abs(exponent));
	else if (exponent < 0)
		snprintf(out, cap, "0.%.*s%s", -exponent - 1, "000", digits);
	else if (count <= exponent + 1)
		snprintf(out, cap, "%s%.*s.0", digits, exponent + 1 - count,
		    "0000000000000000");
	else
		snprintf(out, cap, "%.*s.%s", exponent + 1, digits,
		    digits + exponent + 1);
}

static void
print_float(double number, char out[JSON_FLOAT_SIZE])
{
	char text[JSON_FLOAT_SIZE], digits[DIGITS_SIZE];
	const char *at = text;
	size_t sign, count;

	shortest(number, text);
	sign = *at == '-';
	out[0] = '-';
	at += sign;
	count = take_digits(at, digits);
	lay_out(digits, (int)count, atoi(strchr(at, 'e') + 1), out + sign,
	    JSON_FLOAT_SIZE - sign);
}

bool
json_float(const char *text, size_t len, char out[JSON_FLOAT_SIZE])
{
	char *copy = strndup(text, len);
	bool good = copy && is_number(copy);

	if (good) {
		double number = strtod(copy, NULL);

		if (isinf(number))
			strcpy(out, number < 0 ? "-Infinity" : "Infinity");
		else
			print_float(number, out);
	}
	free(copy);
	return good;
}
