/*
 * option_number.c - how numbers are read and shown.
 *
 * Runs inside the traced program, under whatever locale that has set: numbers
 * are read as Python reads them, never by the locale.
 */
#include "shim/option_number.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Read the digits that `text` begins with, single underscores between them, as
 * Python's int() does.  What is past UINT64_MAX stays there.
 */
static bool
read_digits(struct piece *text, uint64_t *ret_number)
{
	uint64_t number = 0;
	size_t i = 0;

	while (i < text->len && is_digit(text->at[i])) {
		uint64_t digit = (uint64_t)(text->at[i++] - '0');

		number = number > (UINT64_MAX - digit) / 10
			     ? UINT64_MAX
			     : number * 10 + digit;
		if (i + 1 < text->len && text->at[i] == '_' &&
		    is_digit(text->at[i + 1]))
			i++;
	}
	text->at += i;
	text->len -= i;
	*ret_number = number;
	return i > 0;
}

static uint64_t
read_suffix(struct piece *text)
{
	static const char letters[] = "kKmMgG";
	const char *letter = text->len
				 ? memchr(letters, *text->at, strlen(letters))
				 : NULL;

	if (!letter)
		return 1;
	text->at++;
	text->len--;
	return UINT64_C(1) << 10 * ((letter - letters) / 2 + 1);
}

static bool
read_integer(const struct option *option, struct piece text, bool suffixed,
    uint64_t *ret_number)
{
	bool negative = text.len && *text.at == '-';
	uint64_t number, unit;

	if (text.len && (*text.at == '-' || *text.at == '+')) {
		text.at++;
		text.len--;
	}
	if (!read_digits(&text, &number))
		return false;
	unit = suffixed ? read_suffix(&text) : 1;
	if (text.len || (negative && number) || number > option->high / unit ||
	    number * unit < option->low)
		return false;
	*ret_number = number * unit;
	return true;
}

bool
read_count(const struct option *option, struct piece text, uint64_t *ret_number)
{
	return read_integer(option, piece_strip(text), false, ret_number);
}

bool
read_size(const struct option *option, struct piece text, uint64_t *ret_number)
{
	return read_integer(option, piece_strip(text), true, ret_number);
}

/* A size that is rounded up to a power of two. */
bool
read_power(const struct option *option, struct piece text, uint64_t *ret_number)
{
	uint64_t number, power = 1;

	if (!read_size(option, text, &number))
		return false;
	while (power < number)
		power *= 2;
	*ret_number = power;
	return true;
}

void
show_count(const struct option *option, uint64_t number, char *out, size_t cap)
{
	(void)option;
	snprintf(out, cap, "%" PRIu64, number);
}

void
show_size(const struct option *option, uint64_t number, char *out, size_t cap)
{
	static const char *const units[] = {"", "k", "M", "G"};
	size_t unit = 0;

	(void)option;
	while (unit < 3 && number && number % 1024 == 0) {
		number /= 1024;
		unit++;
	}
	snprintf(out, cap, "%" PRIu64 "%s", number, units[unit]);
}

void
spell_number(struct piece text, uint64_t number, char *out, size_t cap)
{
	(void)text;
	snprintf(out, cap, "%" PRIu64, number);
}

/* Copy a number without the underscores that Python's float() allows. */
static bool
copy_float(struct piece text, char *out, size_t cap)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '_' && i > 0 && is_digit(text.at[i - 1]) &&
		    i + 1 < text.len && is_digit(text.at[i + 1]))
			continue;
		if (!is_digit(c) && !(c && strchr("+-.eE", c)))
			return false;
		if (len + 1 == cap)
			return false;
		out[len++] = c;
	}
	out[len] = 0;
	return len > 0;
}

/* Python's float(), without its words inf and nan. */
static bool
read_float(struct piece text, double *ret_number)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	char digits[512];
	char *end = digits;

	if (plain && copy_float(piece_strip(text), digits, sizeof(digits)))
		*ret_number = strtod_l(digits, &end, plain);
	if (plain)
		freelocale(plain);
	return end != digits && *end == 0;
}

bool
read_seconds(
    const struct option *option, struct piece text, uint64_t *ret_number)
{
	double seconds;

	if (!read_float(text, &seconds) || !(seconds >= (double)option->low) ||
	    !(seconds <= (double)option->high))
		return false;
	*ret_number = (uint64_t)(seconds * 1000 + 0.5);
	return true;
}

void
show_seconds(
    const struct option *option, uint64_t number, char *out, size_t cap)
{
	int len = snprintf(
	    out, cap, "%" PRIu64 ".%03" PRIu64, number / 1000, number % 1000);

	(void)option;
	while (out[len - 1] == '0' && out[len - 2] != '.')
		out[--len] = 0;
}

/* Python's repr(): the fewest digits that read back as the same number. */
static void
print_float(double number, char *out, size_t cap)
{
	int digits = 0, exponent;

	do
		snprintf(out, cap, "%.*e", digits, number);
	while (strtod(out, NULL) != number && ++digits < 17);
	exponent = atoi(strchr(out, 'e') + 1);
	if (exponent < -4 || exponent >= 16)
		return;
	digits -= exponent;
	snprintf(out, cap, "%.*f", digits > 1 ? digits : 1, number);
}

void
spell_seconds(struct piece text, uint64_t number, char *out, size_t cap)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t before = plain ? uselocale(plain) : (locale_t)0;
	double seconds = (double)number / 1000;

	read_float(text, &seconds);
	print_float(seconds, out, cap);
	if (plain) {
		uselocale(before);
		freelocale(plain);
	}
}
