/*
 * bind_put.c - the parameters of an execution, as they are recorded.
 *
 * Every execution of every statement comes through here: a walk over its
 * values is one loop in registers, and a number goes straight to its place.
 */
#include <string.h>

#include "mysql/bind_inside.h"
#include "shim/gate.h"

#define IN_LINE static inline __attribute__((always_inline))

/* All that a walk over the values of an execution wants to know. */
struct walk {
	const struct binds *binds;
	const struct hidden *hidden;
	struct reading reading;
	uint64_t all;   /* values that are bound */
	uint32_t shown; /* the first of them */
	uint32_t places;
	uint32_t column;
	bool skips; /* the row is left out */
};

IN_LINE struct walk
walk_over(const struct binds *binds, const struct batch *batch,
    const struct hidden *hidden)
{
	struct shim_limits limits = shim_limits();
	uint64_t rows = batch->rows ? batch->rows : 1;
	struct walk walk = {
	    .binds = binds,
	    .hidden = hidden,
	    .all = gate_shows_args() ? rows * binds->count : 0,
	    .places = place_count(binds),
	    .reading = {.batch = batch,
		.row = UINT32_MAX, /* before the first */
		.max = kept_max(limits)},
	    .column = binds->count - 1,
	};

	if (!batch->callback)
		walk.shown = smaller(walk.all, limits.max_params);
	return walk;
}

static bool
row_is_skipped(
    const struct binds *binds, const struct batch *batch, uint32_t row)
{
	for (uint32_t i = 0; i < place_count(binds); i++)
		if (value_skips_row(&place_at(binds, i)->bind, batch, row))
			return true;
	return false;
}

/* Go on to the next value; NULL if it has no place. */
IN_LINE const struct place *
walk_next(struct walk *walk)
{
	struct reading *reading = &walk->reading;

	if (++walk->column == walk->binds->count) {
		walk->column = 0;
		reading->row++;
		walk->skips = reading->batch->rows &&
			      row_is_skipped(
				  walk->binds, reading->batch, reading->row);
	}
	if (walk->column >= walk->places)
		return NULL;
	return place_at(walk->binds, walk->column);
}

IN_LINE bool
is_hidden(const struct walk *walk, const struct place *place)
{
	return place->hidden || hidden_has(walk->hidden, walk->column + 1);
}

IN_LINE bool
is_sent(const struct walk *walk, const struct place *place)
{
	return place->is_sent && !walk->reading.batch->rows;
}

static size_t
put_sent(char *at, size_t room, const struct place *place)
{
	const struct sent *sent = place->sent;

	return value_put_bytes(at, room, value_is_text(place->bind.type),
	    sent ? sent->at : NULL, place->sent_len, sent ? sent->kept : 0);
}

IN_LINE size_t
put_value(
    char *at, size_t room, const struct walk *walk, const struct place *place)
{
	if (__builtin_expect(is_hidden(walk, place), 0))
		return value_put_hidden(at, room);
	if (__builtin_expect(walk->skips, 0))
		return value_put_keyword(at, room, "IGNORE_ROW");
	if (__builtin_expect(is_sent(walk, place), 0))
		return put_sent(at, room, place);
	return value_put(at, room, &place->bind, &walk->reading);
}

/* Bytes that a parameter takes besides what is kept of it, at most. */
#define PARAM_HEAD (sizeof(struct param) + RECORD_ALIGN - 1)

/* Bytes that will be kept of the value, at most; none is read. */
static size_t
most_of(const struct walk *walk, const struct place *place)
{
	if (is_hidden(walk, place) || walk->skips)
		return VALUE_SHORT;
	if (is_sent(walk, place))
		return place->sent ? place->sent->kept : 0;
	return value_most(&place->bind, &walk->reading);
}

/* Room for all values, whose lengths are looked at. */
static __attribute__((noinline)) size_t
room_of_many(struct walk walk)
{
	size_t room = 0;

	for (uint32_t i = 0; i < walk.shown; i++) {
		const struct place *place = walk_next(&walk);

		if (place)
			room += PARAM_HEAD + most_of(&walk, place) +
				place->name_len;
	}
	return room;
}

/* Room for as many of the longest. */
IN_LINE size_t
room_of_few(const struct walk *walk)
{
	size_t max = walk->reading.max;

	return walk->shown *
		   (PARAM_HEAD + (max > VALUE_SHORT ? max : VALUE_SHORT)) +
	       walk->binds->names_len;
}

size_t
binds_room(const struct binds *binds, const struct batch *batch,
    const struct hidden *hidden)
{
	struct walk walk = walk_over(binds, batch, hidden);
	size_t room = sizeof(struct field);

	if (!walk.all && !batch->rows)
		return 0;
	room += walk.shown <= BINDS_FIXED && !batch->rows ? room_of_few(&walk)
							  : room_of_many(walk);
	return room + 32; /* the numbers of rows, and of what is omitted */
}

/* Put one at `at`; returns where it ends, or NULL if there is no room. */
IN_LINE char *
put_param(char *at, const char *end, uint32_t index, const struct walk *walk,
    const struct place *place)
{
	uint8_t name_len = place->name_len;
	ptrdiff_t room = (end - at - name_len) & ~(ptrdiff_t)(RECORD_ALIGN - 1);
	size_t kept;

	kept = room < 0 ? VALUE_NO_ROOM
			: put_value(at, (size_t)room, walk, place);
	if (__builtin_expect(kept == VALUE_NO_ROOM, 0))
		return NULL;
	memcpy(at + offsetof(struct param, index), &index, sizeof(index));
	memcpy(
	    at + offsetof(struct param, name_len), &name_len, sizeof(name_len));
	if (__builtin_expect(name_len, 0))
		memcpy(at + sizeof(struct param) + kept,
		    walk->binds->names + place->name_at, name_len);
	return at + RECORD_PADDED(sizeof(struct param) + kept + name_len);
}

/* Put FIELD_PARAMS; returns how many of the values are in it. */
IN_LINE uint32_t
put_params(struct fields *fields, struct walk *walk)
{
	struct field head = {.key = FIELD_PARAMS};
	char *begin = fields->at, *at = begin + sizeof(head), *next;
	char *end = fields->end - 16; /* for the number of the omitted */
	uint32_t put = 0;

	for (uint32_t i = 0; i < walk->shown; i++) {
		const struct place *place = walk_next(walk);

		if (!place)
			continue;
		next = put_param(at, end, i + 1, walk, place);
		if (next) {
			at = next;
			put++;
		} else {
			fields->cut = true;
		}
	}
	if (put) {
		head.len = (uint32_t)(at - begin - (ptrdiff_t)sizeof(head));
		memcpy(begin, &head, sizeof(head));
		fields->at = at;
	}
	return put;
}

void
binds_put(struct fields *fields, const struct binds *binds,
    const struct batch *batch, const struct hidden *hidden)
{
	struct walk walk = walk_over(binds, batch, hidden);
	uint32_t put;

	if (batch->rows)
		put_u64(fields, FIELD_BATCH_SIZE, batch->rows);
	put = put_params(fields, &walk);
	if (put < walk.all)
		put_u64(fields, FIELD_PARAMS_OMITTED, walk.all - put);
}
