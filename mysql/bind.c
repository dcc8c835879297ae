/*
 * bind.c - the parameters that a program bound.
 */
#include "mysql/bind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "shim/text.h"

static uint32_t
smaller(uint64_t a, uint64_t b)
{
	return (uint32_t)(a < b ? a : b);
}

/* Bytes that are kept of a value: struct param can say no more. */
static uint32_t
kept_max(struct shim_limits limits)
{
	return smaller(limits.max_param, UINT16_MAX);
}

/* Parameters that have a place. */
static uint32_t
place_count(const struct binds *binds)
{
	return smaller(binds->count, BINDS_FIXED + binds->more_count);
}

static struct place *
place_at(const struct binds *binds, uint32_t i)
{
	if (i < BINDS_FIXED)
		return (struct place *)&binds->fixed[i];
	return &binds->more[i - BINDS_FIXED];
}

/* Have places for `count` parameters, or as many as there is memory for. */
static void
places_grow(struct binds *binds, uint32_t count)
{
	struct place *more;

	if (count <= BINDS_FIXED + binds->more_count)
		return;
	count -= BINDS_FIXED;
	more = realloc(binds->more, count * sizeof(*more));
	if (!more)
		return;
	memset(more + binds->more_count, 0,
	    (count - binds->more_count) * sizeof(*more));
	binds->more = more;
	binds->more_count = count;
}

static void
place_take(struct place *place, const MYSQL_BIND *bind)
{
	place->bind = (struct bind){
	    .buffer = bind->buffer,
	    .length = bind->length,
	    .is_null = bind->is_null,
	    .indicator = bind->indicator,
	    .size = bind->buffer_length,
	    .type = bind->buffer_type,
	    .is_unsigned = bind->is_unsigned,
	};
	place->is_sent = false;
	place->hidden = false;
	place->name_len = 0;
}

static uint8_t
name_len(const char *name)
{
	size_t len = name ? strlen(name) : 0;

	return (uint8_t)(len > UINT8_MAX ? text_cut8(name, UINT8_MAX) : len);
}

/* Have room for the names; false without memory. */
static bool
names_grow(struct binds *binds, size_t size)
{
	char *names;

	if (size <= binds->names_size)
		return true;
	names = realloc(binds->names, size);
	if (!names)
		return false;
	binds->names = names;
	binds->names_size = size;
	return true;
}

static void
names_take(struct binds *binds, const char *const *names)
{
	uint32_t count = place_count(binds), at = 0;
	size_t size = 0;

	for (uint32_t i = 0; i < count; i++)
		size += name_len(names[i]);
	if (!names_grow(binds, size))
		return;
	for (uint32_t i = 0; i < count; i++) {
		struct place *place = place_at(binds, i);

		place->name_len = name_len(names[i]);
		if (!place->name_len)
			continue;
		place->name_at = at;
		place->hidden = hidden_name(names[i], strlen(names[i]));
		memcpy(binds->names + at, names[i], place->name_len);
		at += place->name_len;
	}
}

void
binds_take(struct binds *binds, const MYSQL_BIND *array, unsigned count,
    const char *const *names)
{
	int saved = errno;

	places_grow(binds, smaller(count, shim_limits().max_params));
	binds->count = count;
	for (uint32_t i = 0; i < place_count(binds); i++)
		place_take(place_at(binds, i), &array[i]);
	if (names)
		names_take(binds, names);
	errno = saved;
}

void
binds_forget(struct binds *binds)
{
	binds->count = 0;
}

void
binds_learn(struct binds *binds)
{
	for (uint32_t i = 0; i < place_count(binds); i++) {
		struct place *place = place_at(binds, i);

		place->hidden = place->name_len &&
				hidden_name(binds->names + place->name_at,
				    place->name_len);
	}
}

/* Have memory for what is sent; it serves every later value too. */
static struct sent *
sent_get(struct place *place)
{
	uint32_t size = kept_max(shim_limits());
	int saved = errno;

	if (!place->sent) {
		place->sent = malloc(sizeof(*place->sent) + size);
		errno = saved;
		if (place->sent)
			*place->sent = (struct sent){.size = size};
	}
	return place->sent;
}

static void
sent_add(struct sent *sent, const char *data, unsigned long len)
{
	uint32_t more = smaller(len, sent->size - sent->kept);

	memcpy(sent->at + sent->kept, data, more);
	sent->kept += more;
}

void
binds_send(struct binds *binds, const struct hidden *hidden, unsigned index,
    const char *data, unsigned long len)
{
	struct place *place;

	if (index >= place_count(binds))
		return;
	place = place_at(binds, index);
	binds->sends = true;
	if (!place->is_sent) {
		place->is_sent = true;
		place->sent_len = 0;
		if (place->sent)
			place->sent->kept = 0;
	}
	/* What stands behind a part that was not kept is no beginning. */
	if (data && len && gate_shows_args() && !place->hidden &&
	    !hidden_has(hidden, index + 1) && sent_get(place) &&
	    place->sent->kept == place->sent_len)
		sent_add(place->sent, data, len);
	place->sent_len += len;
}

void
binds_use_up(struct binds *binds)
{
	binds->sends = false;
	for (uint32_t i = 0; i < place_count(binds); i++)
		place_at(binds, i)->is_sent = false;
}

void
binds_free(struct binds *binds)
{
	for (uint32_t i = 0; i < BINDS_FIXED + binds->more_count; i++)
		free(place_at(binds, i)->sent);
	free(binds->more);
	free(binds->names);
	memset(binds, 0, sizeof(*binds));
}

/* All that a walk over the values of an execution wants to know. */
struct walk {
	const struct binds *binds;
	const struct batch *batch;
	const struct hidden *hidden;
	uint64_t all;   /* values that are bound */
	uint32_t shown; /* the first of them */
	uint32_t max;   /* bytes of a value */
	uint32_t row;
	uint32_t column;
	bool skips; /* the row is left out */
};

static struct walk
walk_over(const struct binds *binds, const struct batch *batch,
    const struct hidden *hidden)
{
	struct shim_limits limits = shim_limits();
	uint64_t rows = batch->rows ? batch->rows : 1;
	struct walk walk = {
	    .binds = binds,
	    .batch = batch,
	    .hidden = hidden,
	    .all = gate_shows_args() ? rows * binds->count : 0,
	    .max = kept_max(limits),
	    /* before the first */
	    .row = UINT32_MAX,
	    .column = binds->count - 1,
	};

	if (!batch->callback)
		walk.shown = smaller(walk.all, limits.max_params);
	return walk;
}

static bool
row_is_skipped(const struct walk *walk, uint32_t row)
{
	for (uint32_t i = 0; i < place_count(walk->binds); i++)
		if (value_skips_row(
			&place_at(walk->binds, i)->bind, walk->batch, row))
			return true;
	return false;
}

static void
read_sent(const struct place *place, struct value *ret_value)
{
	const struct sent *sent = place->sent;
	bool text = value_is_text(place->bind.type);

	ret_value->type = text ? PARAM_TEXT : PARAM_BLOB;
	ret_value->len = place->sent_len;
	ret_value->at = sent ? sent->at : NULL;
	ret_value->kept = sent ? value_cut(ret_value->type, sent->at,
				     place->sent_len, sent->kept)
			       : 0;
}

/* Go on to the next value; NULL if it has no place. */
static const struct place *
walk_next(struct walk *walk)
{
	if (++walk->column == walk->binds->count) {
		walk->column = 0;
		walk->row++;
		walk->skips = walk->batch->rows &&
			      row_is_skipped(walk, walk->row);
	}
	if (walk->column >= place_count(walk->binds))
		return NULL;
	return place_at(walk->binds, walk->column);
}

static void
walk_read(
    const struct walk *walk, const struct place *place, struct value *ret_value)
{
	if (place->hidden || hidden_has(walk->hidden, walk->column + 1))
		*ret_value = (struct value){.type = PARAM_HIDDEN};
	else if (walk->skips)
		value_keyword(ret_value, "IGNORE_ROW");
	else if (place->is_sent && !walk->batch->rows)
		read_sent(place, ret_value);
	else
		value_read(
		    &place->bind, walk->batch, walk->row, walk->max, ret_value);
}

static size_t
param_size(const struct place *place, size_t kept)
{
	return RECORD_PADDED(sizeof(struct param) + kept + place->name_len);
}

/* Bytes that are kept of a value at most, whatever it is. */
static size_t
most_kept(const struct walk *walk)
{
	return walk->max > VALUE_SHORT ? walk->max : VALUE_SHORT;
}

/* Bytes that will be kept of the value, at most. */
static size_t
kept_room(const struct walk *walk, const struct place *place)
{
	char own[VALUE_SHORT];
	struct value value = {.own = own};

	if (walk->all <= BINDS_FIXED)
		return most_kept(walk);
	if (value_is_short(place->bind.type) && !place->is_sent)
		return VALUE_SHORT;
	walk_read(walk, place, &value);
	return value.kept;
}

size_t
binds_room(const struct binds *binds, const struct batch *batch,
    const struct hidden *hidden)
{
	struct walk walk = walk_over(binds, batch, hidden);
	size_t room = sizeof(struct field);

	if (!walk.all && !batch->rows)
		return 0;
	for (uint32_t i = 0; i < walk.shown; i++) {
		const struct place *place = walk_next(&walk);

		if (place)
			room += param_size(place, kept_room(&walk, place));
	}
	return room + 32; /* the numbers of rows, and of what is omitted */
}

/* The value stands behind its head already, if it is a short one. */
static char *
put_param(char *at, uint32_t index, const struct walk *walk,
    const struct place *place, const struct value *value)
{
	struct param param = {
	    .index = index,
	    .type = (uint8_t)value->type,
	    .name_len = place->name_len,
	    .kept = (uint16_t)value->kept,
	    .len = value->len,
	};
	char *bytes = at + sizeof(param);

	memcpy(at, &param, sizeof(param));
	if (value->kept && value->at != bytes)
		memcpy(bytes, value->at, value->kept);
	if (place->name_len)
		memcpy(bytes + value->kept, walk->binds->names + place->name_at,
		    place->name_len);
	return at + param_size(place, value->kept);
}

/* Room for any short value with its head. */
#define LEAST_ROOM ((ptrdiff_t)sizeof(struct param) + VALUE_SHORT)

/* Put FIELD_PARAMS; returns how many of the values are in it. */
static uint32_t
put_params(struct fields *fields, struct walk *walk)
{
	struct field head = {.key = FIELD_PARAMS};
	char *begin = fields->at, *at = begin + sizeof(head);
	char *end = fields->end - 16; /* for the number of the omitted */
	char own[VALUE_SHORT];
	uint32_t put = 0;
	struct value value;

	for (uint32_t i = 0; i < walk->shown; i++) {
		const struct place *place = walk_next(walk);

		if (!place)
			continue;
		/* Short ones are written where they will stand. */
		value.own = end - at < LEAST_ROOM ? own
						  : at + sizeof(struct param);
		walk_read(walk, place, &value);
		if (end - at < (ptrdiff_t)param_size(place, value.kept)) {
			fields->cut = true;
			continue;
		}
		at = put_param(at, i + 1, walk, place, &value);
		put++;
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
