/*
 * value_range.c - ranges, multiranges and records: values between brackets.
 */
#include "pq/value_reading.h"

enum {
	RANGE_EMPTY = 1,
	RANGE_LOWER_INCLUSIVE = 2,
	RANGE_UPPER_INCLUSIVE = 4,
	RANGE_NO_LOWER = 8,
	RANGE_NO_UPPER = 16,
	RANGE_FLAGS = 31,
};

static void
show_bound(struct reading *reading, const struct pg_type *type)
{
	read_part(reading, type->inner, take_i32(reading), AROUND_RANGE);
}

/* A bound that is not there is never inclusive. */
void
read_range(struct reading *reading, const struct pg_type *type)
{
	uint64_t flags = take(reading, 1);
	bool lower = !(flags & RANGE_NO_LOWER);
	bool upper = !(flags & RANGE_NO_UPPER);

	if (flags & ~(uint64_t)RANGE_FLAGS) {
		reading->bad = true;
		return;
	}
	if (flags & RANGE_EMPTY) {
		show_literal(reading, "empty");
		return;
	}
	show_char(reading, lower && flags & RANGE_LOWER_INCLUSIVE ? '[' : '(');
	if (lower)
		show_bound(reading, type);
	show_char(reading, ',');
	if (upper)
		show_bound(reading, type);
	show_char(reading, upper && flags & RANGE_UPPER_INCLUSIVE ? ']' : ')');
}

/* int32 count, each int32 length and a range, which stands in it as it is. */
void
read_multirange(struct reading *reading, const struct pg_type *type)
{
	int32_t count = take_i32(reading);

	reading->bad |= count < 0;
	show_char(reading, '{');
	for (int32_t i = 0; i < count && !reading_over(reading); i++) {
		if (i > 0)
			show_char(reading, ',');
		read_part(
		    reading, type->inner, take_i32(reading), AROUND_NOTHING);
	}
	show_char(reading, '}');
}

/* int32 columns, each its oid, int32 length or -1, bytes. */
void
read_record(struct reading *reading, const struct pg_type *type)
{
	int32_t count = take_i32(reading);

	(void)type;
	reading->bad |= count < 0;
	show_char(reading, '(');
	for (int32_t i = 0; i < count && !reading_over(reading); i++) {
		uint32_t oid = (uint32_t)take(reading, 4);
		int32_t len = take_i32(reading);

		if (i > 0)
			show_char(reading, ',');
		if (len != -1)
			read_part(reading, oid, len, AROUND_RECORD);
	}
	show_char(reading, ')');
}
