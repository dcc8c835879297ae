/*
 * moment.c - a MYSQL_TIME as text.
 *
 * Packets have two bytes for a year, four for the days and the microseconds
 * of a time, one for each of the others.
 */
#include "mysql/moment.h"

#include <stdint.h>

/* Put a number of at least `width` digits. */
static char *
put_digits(char *out, uint64_t value, int width)
{
	uint64_t rest = value;
	char *end;

	for (; rest >= 10; rest /= 10)
		width--;
	for (; width > 1; width--)
		*out++ = '0';
	for (end = out + 1, rest = value; rest >= 10; rest /= 10)
		end++;
	for (out = end; value >= 10; value /= 10)
		*--out = (char)('0' + value % 10);
	*--out = (char)('0' + value);
	return end;
}

static char *
put_byte(char *out, char before, unsigned value)
{
	*out++ = before;
	return put_digits(out, (uint8_t)value, 2);
}

static char *
put_date(char *out, const MYSQL_TIME *time)
{
	out = put_digits(out, (uint16_t)time->year, 4);
	out = put_byte(out, '-', time->month);
	return put_byte(out, '-', time->day);
}

/* Put what follows the hours. */
static char *
put_minutes(char *out, const MYSQL_TIME *time)
{
	uint32_t part = (uint32_t)time->second_part;

	out = put_byte(out, ':', time->minute);
	out = put_byte(out, ':', time->second);
	if (!part)
		return out;
	*out++ = '.';
	return put_digits(out, part, 6);
}

size_t
moment_date(char out[MOMENT_MAX], const MYSQL_TIME *time)
{
	return (size_t)(put_date(out, time) - out);
}

size_t
moment_datetime(char out[MOMENT_MAX], const MYSQL_TIME *time)
{
	char *at = put_byte(put_date(out, time), ' ', time->hour);

	return (size_t)(put_minutes(at, time) - out);
}

size_t
moment_time(char out[MOMENT_MAX], const MYSQL_TIME *time)
{
	uint64_t hours = (uint64_t)time->day * 24 + (uint8_t)time->hour;
	char *at = out;

	if (time->neg)
		*at++ = '-';
	at = put_digits(at, hours, 2);
	return (size_t)(put_minutes(at, time) - out);
}
