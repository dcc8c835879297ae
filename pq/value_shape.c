/*
 * value_shape.c - geometric types: float8 between brackets.
 */
#include "pq/value_reading.h"

#define POINT_SIZE 16

static void
show_point(struct reading *reading)
{
	show_char(reading, '(');
	show_next_double(reading);
	show_char(reading, ',');
	show_next_double(reading);
	show_char(reading, ')');
}

static void
show_points(struct reading *reading, size_t count)
{
	for (size_t i = 0; i < count && !reading_over(reading); i++) {
		if (i > 0)
			show_char(reading, ',');
		show_point(reading);
	}
}

void
read_point(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_point(reading);
}

void
read_lseg(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_char(reading, '[');
	show_points(reading, 2);
	show_char(reading, ']');
}

void
read_box(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_points(reading, 2);
}

void
read_line(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_char(reading, '{');
	show_next_double(reading);
	show_char(reading, ',');
	show_next_double(reading);
	show_char(reading, ',');
	show_next_double(reading);
	show_char(reading, '}');
}

void
read_circle(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	show_char(reading, '<');
	show_point(reading);
	show_char(reading, ',');
	show_next_double(reading);
	show_char(reading, '>');
}

/* int32 count and the points, which are all that is left. */
static void
read_counted(struct reading *reading, char open, char close)
{
	int32_t count = take_i32(reading);

	if (count <= 0 || reading_left(reading) % POINT_SIZE != 0 ||
	    reading_left(reading) / POINT_SIZE != (size_t)count) {
		reading->bad = true;
		return;
	}
	show_char(reading, open);
	show_points(reading, (size_t)count);
	show_char(reading, close);
}

void
read_path(struct reading *reading, const struct pg_type *type)
{
	uint64_t closed = take(reading, 1);

	(void)type;
	if (closed > 1)
		reading->bad = true;
	else
		read_counted(reading, closed ? '(' : '[', closed ? ')' : ']');
}

void
read_polygon(struct reading *reading, const struct pg_type *type)
{
	(void)type;
	read_counted(reading, '(', ')');
}
