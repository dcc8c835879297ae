/*
 * value_time.c - dates, times and intervals: ISO and UTC.
 */
#include "pq/value_reading.h"

#define MICROS_SECOND INT64_C(1000000)
#define MICROS_MINUTE (60 * MICROS_SECOND)
#define MICROS_HOUR (60 * MICROS_MINUTE)
#define MICROS_DAY (24 * MICROS_HOUR)

/* What the server takes: from 4714-11-24 BC; the ends are not in it. */
#define DATE_FIRST (-2451545)
#define DATE_END 2145031949
#define TIMESTAMP_FIRST INT64_C(-211813488000000000)
#define TIMESTAMP_END INT64_C(9223371331200000000)
#define ZONE_END (16 * 3600)

static void
show_two(struct reading *reading, unsigned number)
{
	show_char(reading, (char)('0' + number / 10));
	show_char(reading, (char)('0' + number % 10));
}

struct day {
	int64_t year; /* 0 is 1 BC */
	int month;
	int day;
};

/* The Gregorian calendar counted in eras of 400 years from 0000-03-01 on. */
static struct day
day_of(int64_t days_since_2000)
{
	int64_t days = days_since_2000 + 730425;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int in_era = (int)(days - era * 146097);
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) /
		   365;
	int in_year = in_era - (365 * year + year / 4 - year / 100);
	int month = (5 * in_year + 2) / 153; /* 0 is March */

	return (struct day){
	    .year = era * 400 + year + (month >= 10),
	    .month = month < 10 ? month + 3 : month - 9,
	    .day = in_year - (153 * month + 2) / 5 + 1,
	};
}

static void
show_day(struct reading *reading, const struct day *day)
{
	show_padded(
	    reading, (uint64_t)(day->year > 0 ? day->year : 1 - day->year), 4);
	show_char(reading, '-');
	show_two(reading, (unsigned)day->month);
	show_char(reading, '-');
	show_two(reading, (unsigned)day->day);
}

static void
show_era(struct reading *reading, const struct day *day)
{
	if (day->year <= 0)
		show_literal(reading, " BC");
}

/* Microseconds as hours, which may be any number, minutes and seconds. */
static void
show_clock(struct reading *reading, uint64_t micros)
{
	unsigned fraction = (unsigned)(micros % MICROS_SECOND);
	unsigned digits = 6;

	show_padded(reading, micros / MICROS_HOUR, 2);
	show_char(reading, ':');
	show_two(reading, (unsigned)(micros % MICROS_HOUR / MICROS_MINUTE));
	show_char(reading, ':');
	show_two(reading, (unsigned)(micros % MICROS_MINUTE / MICROS_SECOND));
	if (!fraction)
		return;
	for (; fraction % 10 == 0; digits--)
		fraction /= 10;
	show_char(reading, '.');
	show_padded(reading, fraction, digits);
}

void
read_date(struct reading *reading, const struct pg_type *type)
{
	int32_t days = take_i32(reading);
	struct day day;

	(void)type;
	if (days == INT32_MAX) {
		show_literal(reading, "infinity");
	} else if (days == INT32_MIN) {
		show_literal(reading, "-infinity");
	} else if (days < DATE_FIRST || days >= DATE_END) {
		reading->bad = true;
	} else {
		day = day_of(days);
		show_day(reading, &day);
		show_era(reading, &day);
	}
}

static void
show_timestamp(struct reading *reading, int64_t micros, const char *zone)
{
	int64_t in_day = micros % MICROS_DAY;
	struct day day;

	in_day += in_day < 0 ? MICROS_DAY : 0;
	day = day_of((micros - in_day) / MICROS_DAY);
	show_day(reading, &day);
	show_char(reading, ' ');
	show_clock(reading, (uint64_t)in_day);
	show_bytes(reading, zone, strlen(zone));
	show_era(reading, &day);
}

static void
read_moment(struct reading *reading, const char *zone)
{
	int64_t micros = take_i64(reading);

	if (micros == INT64_MAX)
		show_literal(reading, "infinity");
	else if (micros == INT64_MIN)
		show_literal(reading, "-infinity");
	else if (micros < TIMESTAMP_FIRST || micros >= TIMESTAMP_END)
		reading->bad = true;
	else
		show_timestamp(reading, micros, zone);
}

void
read_timestamp(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	read_moment(reading, "");
}

void
read_timestamptz(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	read_moment(reading, "+00");
}

void
read_time(struct reading *reading, const struct pg_type *type)
{
	int64_t micros = take_i64(reading);

	(void)type;
	if (micros < 0 || micros > MICROS_DAY)
		reading->bad = true;
	else
		show_clock(reading, (uint64_t)micros);
}

/* Seconds west of UTC, which are written as hours east of it. */
static void
show_zone(struct reading *reading, int32_t west)
{
	unsigned seconds = (unsigned)(west < 0 ? -west : west);

	show_char(reading, west <= 0 ? '+' : '-');
	show_two(reading, seconds / 3600);
	if (seconds % 3600 == 0)
		return;
	show_char(reading, ':');
	show_two(reading, seconds / 60 % 60);
	if (seconds % 60 == 0)
		return;
	show_char(reading, ':');
	show_two(reading, seconds % 60);
}

void
read_timetz(struct reading *reading, const struct pg_type *type)
{
	int32_t west;

	read_time(reading, type);
	west = take_i32(reading);
	if (west <= -ZONE_END || west >= ZONE_END)
		reading->bad = true;
	else
		show_zone(reading, west);
}

/* An interval as it is written from left to right. */
struct interval {
	bool begun;  /* something stands there */
	bool before; /* the part before was negative: a sign must follow */
};

static void
show_part(struct reading *reading, struct interval *interval, int32_t count,
    const char *unit)
{
	if (count == 0)
		return;
	if (interval->begun)
		show_char(reading, ' ');
	if (interval->before && count > 0)
		show_char(reading, '+');
	show_i64(reading, count);
	show_bytes(reading, unit, strlen(unit));
	if (count != 1)
		show_char(reading, 's');
	interval->begun = true;
	interval->before = count < 0;
}

static void
show_rest(
    struct reading *reading, const struct interval *interval, int64_t micros)
{
	if (interval->begun && micros == 0)
		return;
	if (interval->begun)
		show_char(reading, ' ');
	if (micros < 0)
		show_char(reading, '-');
	else if (interval->before)
		show_char(reading, '+');
	show_clock(reading, micros < 0 ? -(uint64_t)micros : (uint64_t)micros);
}

void
read_interval(struct reading *reading, const struct pg_type *type)
{
	int64_t micros = take_i64(reading);
	int32_t days = take_i32(reading);
	int32_t months = take_i32(reading);
	struct interval interval = {0};

	(void)type;
	/* Infinity, from 17 on; before it no interval of use. */
	if (micros == INT64_MAX && days == INT32_MAX && months == INT32_MAX) {
		show_literal(reading, "infinity");
		return;
	}
	if (micros == INT64_MIN && days == INT32_MIN && months == INT32_MIN) {
		show_literal(reading, "-infinity");
		return;
	}
	show_part(reading, &interval, months / 12, " year");
	show_part(reading, &interval, months % 12, " mon");
	show_part(reading, &interval, days, " day");
	show_rest(reading, &interval, micros);
}
