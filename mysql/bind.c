/*
 * bind.c - the parameters that a program bound.
 */
#include "mysql/bind_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "shim/text.h"

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

/*
 * What was sent ahead stays: the server has it, and takes it for the value
 * whatever is bound by then.  MariaDB's ODBC driver binds once more.
 */
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
	binds->names_len = at;
}

void
binds_take(struct binds *binds, const MYSQL_BIND *array, unsigned count,
    const char *const *names)
{
	int saved = errno;

	places_grow(binds, smaller(count, shim_limits().max_params));
	binds->count = count;
	binds->names_len = 0;
	for (uint32_t i = 0; i < place_count(binds); i++)
		place_take(place_at(binds, i), &array[i]);
	if (names)
		names_take(binds, names);
	errno = saved;
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
binds_forget(struct binds *binds)
{
	binds_use_up(binds);
	binds->count = 0;
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
