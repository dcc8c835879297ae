/*
 * value_array.c - arrays.
 */
#include "pq/value_reading.h"

#define DIMENSIONS_MAX 6
#define BOX 603 /* the one type whose array has semicolons */

struct array {
	int dimensions;
	int32_t size[DIMENSIONS_MAX];
	int32_t lower[DIMENSIONS_MAX]; /* the first element's subscript */
	size_t count;                  /* of elements */
};

/* Take the dimensions; each element to come has 4 bytes at least. */
static void
take_dimensions(struct reading *reading, struct array *array)
{
	size_t most;

	array->count = 1;
	for (int i = 0; i < array->dimensions; i++) {
		array->size[i] = take_i32(reading);
		array->lower[i] = take_i32(reading);
		if (array->size[i] < 0 ||
		    (int64_t)array->lower[i] + array->size[i] > INT32_MAX)
			reading->bad = true;
	}
	most = reading_left(reading) / 4;
	for (int i = 0; i < array->dimensions && !reading->bad; i++) {
		size_t size = (size_t)array->size[i];

		if (size && array->count > most / size)
			reading->bad = true;
		array->count *= size;
	}
	if (array->dimensions == 0)
		array->count = 0;
}

/* int32 dimensions, int32 has NULLs, uint32 oid, then size and lower bound. */
static void
take_array(struct reading *reading, uint32_t element, struct array *ret_array)
{
	int32_t dimensions = take_i32(reading);
	uint64_t has_null = take(reading, 4);

	if (take(reading, 4) != element || has_null > 1 || dimensions < 0 ||
	    dimensions > DIMENSIONS_MAX) {
		reading->bad = true;
		return;
	}
	ret_array->dimensions = dimensions;
	take_dimensions(reading, ret_array);
}

/* Subscripts are written only where they do not begin with 1. */
static void
show_subscripts(struct reading *reading, const struct array *array)
{
	bool wanted = false;

	for (int i = 0; i < array->dimensions; i++)
		wanted |= array->lower[i] != 1;
	if (!wanted)
		return;
	for (int i = 0; i < array->dimensions; i++) {
		show_char(reading, '[');
		show_i64(reading, array->lower[i]);
		show_char(reading, ':');
		show_i64(
		    reading, (int64_t)array->lower[i] + array->size[i] - 1);
		show_char(reading, ']');
	}
	show_char(reading, '=');
}

static void
show_braces(struct reading *reading, char brace, int count)
{
	for (; count > 0; count--)
		show_char(reading, brace);
}

/* Numbers are never quoted, and boxes have no semicolon inside. */
static enum around
quotes_of(const struct pg_type *element)
{
	bool plain = element->form == FORM_SIGNED ||
		     element->form == FORM_UNSIGNED ||
		     element->form == FORM_FLOAT || element->oid == BOX;

	return plain ? AROUND_NOTHING : AROUND_ARRAY;
}

static void
show_element(
    struct reading *reading, const struct pg_type *element, enum around around)
{
	int32_t len = take_i32(reading);

	if (len == -1)
		show_literal(reading, "NULL");
	else
		read_part(reading, element->oid, len, around);
}

/* Step to the next element; returns how many inner arrays end with the last. */
static int
next_place(const struct array *array, int32_t *place)
{
	int ended = 0;

	for (int i = array->dimensions - 1; i > 0; i--) {
		if (++place[i] < array->size[i])
			break;
		place[i] = 0;
		ended++;
	}
	return ended;
}

void
read_array(struct reading *reading, const struct pg_type *element)
{
	char comma = element->oid == BOX ? ';' : ',';
	enum around around = quotes_of(element);
	int32_t place[DIMENSIONS_MAX] = {0};
	struct array array;

	take_array(reading, element->oid, &array);
	if (reading->bad)
		return;
	if (array.count == 0) {
		show_literal(reading, "{}");
		return;
	}
	show_subscripts(reading, &array);
	show_braces(reading, '{', array.dimensions);
	for (size_t i = 0; i < array.count && !reading_over(reading); i++) {
		if (i > 0) {
			int ended = next_place(&array, place);

			show_braces(reading, '}', ended);
			show_char(reading, comma);
			show_braces(reading, '{', ended);
		}
		show_element(reading, element, around);
	}
	show_braces(reading, '}', array.dimensions);
}

/* int2vector and oidvector: arrays that are written without braces. */
void
read_vector(struct reading *reading, const struct pg_type *type)
{
	struct array array;

	take_array(reading, type->inner, &array);
	if (reading->bad || array.dimensions != 1) {
		reading->bad = true;
		return;
	}
	for (size_t i = 0; i < array.count && !reading_over(reading); i++) {
		if (i > 0)
			show_char(reading, ' ');
		read_part(
		    reading, type->inner, take_i32(reading), AROUND_NOTHING);
	}
}
