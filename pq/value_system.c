/*
 * value_system.c - the server's own: places in tables and logs, snapshots.
 */
#include "pq/value_reading.h"

/* The block, and the place in it. */
void
read_tid(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_char(reading, '(');
	show_u64(reading, take(reading, 4));
	show_char(reading, ',');
	show_u64(reading, take(reading, 2));
	show_char(reading, ')');
}

void
read_lsn(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_base16(reading, take(reading, 4), upper_digits);
	show_char(reading, '/');
	show_base16(reading, take(reading, 4), upper_digits);
}

/* int32 count, first and end of the transactions, and `count` between them. */
void
read_snapshot(struct reading *reading, const struct pg_type *type)
{
	int32_t count = take_i32(reading);

	(void)type;
	show_u64(reading, take(reading, 8));
	show_char(reading, ':');
	show_u64(reading, take(reading, 8));
	show_char(reading, ':');
	if (count < 0 || reading_left(reading) % 8 != 0 ||
	    reading_left(reading) / 8 != (size_t)count) {
		reading->bad = true;
		return;
	}
	for (int32_t i = 0; i < count && !reading_over(reading); i++) {
		if (i > 0)
			show_char(reading, ',');
		show_u64(reading, take(reading, 8));
	}
}
