/*
 * timestamp.c - the time of a message.
 */
#include "cli/timestamp.h"

#include <stdbool.h>
#include <string.h>

/* Read `count` digits at `at` into *value. */
static bool
read_digits(const char *at, size_t count, int64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9')
			return false;
		*value = *value * 10 + (at[i] - '0');
	}
	return true;
}

/* Days since 1970 in the Gregorian calendar; years begin in March here. */
static int64_t
days_since_1970(int64_t year, int64_t month, int64_t day)
{
	int64_t era, of_era, of_year;

	year -= month <= 2;
	era = year / 400;
	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	of_era = (year - era * 400) * 365 + (year - era * 400) / 4 -
		 (year - era * 400) / 100 + of_year;
	return era * 146097 + of_era - 719468;
}

/* The fraction with its point, in microseconds. */
static bool
read_fraction(struct text text, int64_t *us)
{
	size_t digits = text.len ? text.len - 1 : 0;

	*us = 0;
	if (text.len == 0)
		return true;
	if (text.at[0] != '.' || digits == 0 || digits > 6 ||
	    !read_digits(text.at + 1, digits, us))
		return false;
	for (; digits < 6; digits++)
		*us *= 10;
	return true;
}

int64_t
timestamp_us(struct text text)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd";
	const size_t len = sizeof(form) - 1;
	int64_t year, month, day, hour, minute, second, us;
	const char *at = text.at;

	if (!at || text.len < len)
		return TIME_NONE;
	for (size_t i = 0; i < len; i++)
		if (form[i] != 'd' && form[i] != at[i])
			return TIME_NONE;
	if (!read_digits(at, 4, &year) || !read_digits(at + 5, 2, &month) ||
	    !read_digits(at + 8, 2, &day) || !read_digits(at + 11, 2, &hour) ||
	    !read_digits(at + 14, 2, &minute) ||
	    !read_digits(at + 17, 2, &second) || month < 1 || month > 12 ||
	    day < 1 || day > 31 || hour > 23 || minute > 59 || second > 61 ||
	    !read_fraction((struct text){at + len, text.len - len}, &us))
		return TIME_NONE;
	return (((days_since_1970(year, month, day) * 24 + hour) * 60 +
		    minute) *
		       60 +
		   second) *
		   1000000 +
	       us;
}
