/*
 * shadow.c - the values that a program bound to a statement's parameters.
 */
#include "sqlite/shadow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/text.h"
#include "sqlite/text.h"

/* What struct param can say. */
#define KEPT_MAX UINT16_MAX

void
bind_stage_null(struct bind *bind)
{
	bind->param = (struct param){.type = PARAM_NULL};
	bind->spilled = false;
}

void
bind_stage_zeroblob(struct bind *bind, uint64_t len)
{
	bind_stage_null(bind);
	bind->param.type = PARAM_ZEROBLOB;
	bind->param.len = len;
}

/* Have memory for `want` bytes in the spare; returns how many it takes. */
static size_t
spare_room(struct shadow *shadow, size_t want)
{
	size_t limit = shim_limits().max_param;
	int saved = errno;

	if (limit > KEPT_MAX)
		limit = KEPT_MAX;
	if (want > limit)
		want = limit;
	if (shadow->spare && shadow->spare->size < want) {
		free(shadow->spare);
		shadow->spare = NULL;
	}
	/* At its full size at once: it serves every later value too. */
	if (!shadow->spare && want > BIND_INLINE) {
		shadow->spare = malloc(sizeof(*shadow->spare) + limit);
		if (shadow->spare)
			shadow->spare->size = limit;
	}
	errno = saved;
	if (want > BIND_INLINE && !shadow->spare)
		want = BIND_INLINE;
	return want;
}

static size_t
cut(enum param_type type, const char *data, size_t kept)
{
	switch (type) {
	case PARAM_TEXT:
		return text_cut8(data, kept);
	case PARAM_TEXT16LE:
	case PARAM_TEXT16BE:
		return text_cut16(
		    (const unsigned char *)data, kept, type == PARAM_TEXT16BE);
	default:
		return kept;
	}
}

void
bind_stage_bytes(struct bind *bind, struct shadow *shadow, enum param_type type,
    const void *data, uint64_t len)
{
	size_t kept = (size_t)len;

	bind_stage_null(bind);
	if (!data)
		return;
	if (len > shim_limits().max_param || len > BIND_INLINE) {
		kept = spare_room(shadow, kept);
		if (kept < len)
			kept = cut(type, data, kept);
	}
	bind->param.type = (uint8_t)type;
	bind->param.len = len;
	bind->param.kept = (uint16_t)kept;
	bind->spilled = kept > BIND_INLINE;
	if (kept)
		memcpy(bind->spilled ? shadow->spare->at : bind->value, data,
		    kept);
}

/* Have `more` reach up to `count` parameters; false without memory. */
static bool
grow_more(struct shadow *shadow, uint32_t count, uint32_t limit)
{
	uint32_t size = shadow->more_count ? shadow->more_count : SHADOW_FIXED;
	int saved = errno;
	struct bind *more;

	while (size < count)
		size *= 2;
	if (size > limit)
		size = limit;
	more = realloc(shadow->more, size * sizeof(*more));
	errno = saved;
	if (!more)
		return false;
	memset(more + shadow->more_count, 0,
	    (size - shadow->more_count) * sizeof(*more));
	shadow->more = more;
	shadow->more_count = size;
	return true;
}

/* The place of a parameter; NULL if it lies past the limit. */
static struct bind *
shadow_place(struct shadow *shadow, uint32_t index)
{
	uint32_t limit, i;

	if (index <= SHADOW_FIXED)
		return &shadow->fixed[index - 1];
	i = index - SHADOW_FIXED - 1;
	if (i < shadow->more_count)
		return &shadow->more[i];
	limit = shim_limits().max_params;
	if (index > limit || !grow_more(shadow, i + 1, limit - SHADOW_FIXED))
		return NULL;
	return &shadow->more[i];
}

/* Swap the memory that a long value was staged in with the place's own. */
static void
take_spare(struct shadow *shadow, struct bind *place)
{
	struct spill *mine = place->spill;

	place->spill = shadow->spare;
	shadow->spare = mine;
}

void
shadow_set(struct shadow *shadow, int index, const struct bind *bind)
{
	struct bind *place;

	if (index < 1)
		return;
	if ((uint32_t)index > shadow->highest)
		shadow->highest = (uint32_t)index;
	place = shadow_place(shadow, (uint32_t)index);
	if (!place)
		return;
	shadow->kept += bind->param.kept;
	shadow->kept -= place->param.kept;
	place->param = bind->param;
	place->param.index = (uint32_t)index;
	place->spilled = bind->spilled;
	place->bound = true;
	if (bind->spilled)
		take_spare(shadow, place);
	else if (bind->param.kept == NUMBER_SIZE)
		memcpy(place->value, bind->value, NUMBER_SIZE);
	else
		memcpy(place->value, bind->value, bind->param.kept);
}

static inline const struct bind *
shadow_get(const struct shadow *shadow, uint32_t index)
{
	if (index <= SHADOW_FIXED)
		return &shadow->fixed[index - 1];
	return &shadow->more[index - SHADOW_FIXED - 1];
}

/* The last parameter that has a place. */
static inline uint32_t
shadow_last(const struct shadow *shadow)
{
	uint32_t places = SHADOW_FIXED + shadow->more_count;

	return shadow->highest < places ? shadow->highest : places;
}

static void
place_clear(struct bind *place)
{
	uint32_t index = place->param.index;

	bind_stage_null(place);
	place->param.index = index;
}

void
shadow_clear(struct shadow *shadow)
{
	for (uint32_t i = 0; i < SHADOW_FIXED; i++)
		place_clear(&shadow->fixed[i]);
	for (uint32_t i = 0; i < shadow->more_count; i++)
		place_clear(&shadow->more[i]);
	shadow->kept = 0;
}

void
shadow_free(struct shadow *shadow)
{
	for (uint32_t i = 0; i < SHADOW_FIXED; i++)
		free(shadow->fixed[i].spill);
	for (uint32_t i = 0; i < shadow->more_count; i++)
		free(shadow->more[i].spill);
	free(shadow->more);
	free(shadow->spare);
	memset(shadow, 0, sizeof(*shadow));
}

void
shadow_move(struct shadow *from, struct shadow *to)
{
	shadow_free(to);
	*to = *from;
	memset(from, 0, sizeof(*from));
}

/* The lookup of a name walks all of them: no more than this for a statement. */
#define NAMES_MAX 1024

/* The name of a parameter, shortened to what a byte can count; "": none. */
static const char *
name_of(sqlite3_stmt *stmt, int index, size_t *ret_len)
{
	const char *name = sqlite3_bind_parameter_name(stmt, index);
	size_t len;

	if (!name || name[0] == '?')
		name = "";
	len = strlen(name);
	*ret_len = len > UINT8_MAX ? text_cut8(name, UINT8_MAX) : len;
	return name;
}

struct names *
names_of(sqlite3_stmt *stmt)
{
	int count = sqlite3_bind_parameter_count(stmt), saved = errno;
	size_t size = 0, bytes = 0, len;
	struct names *names;

	if (count > NAMES_MAX)
		count = NAMES_MAX;
	for (int i = 1; i <= count; i++) {
		name_of(stmt, i, &len);
		bytes += len;
	}
	if (bytes == 0)
		return NULL;
	names = malloc(sizeof(*names) + (size_t)count + bytes);
	errno = saved;
	if (!names)
		return NULL;
	names->count = (unsigned)count;
	names->bytes = (unsigned)bytes;
	for (int i = 1; i <= count; i++) {
		const char *name = name_of(stmt, i, &len);

		names->at[size++] = (unsigned char)len;
		memcpy(names->at + size, name, len);
		size += len;
	}
	return names;
}

/* A walk over the names beside one over the indexes. */
struct name_walk {
	const unsigned char *at;
	unsigned left;
};

static inline const unsigned char *
next_name(struct name_walk *walk)
{
	const unsigned char *name = walk->at;

	if (!walk->left)
		return NULL;
	walk->left--;
	walk->at += 1 + name[0];
	return name;
}

static struct name_walk
walk_names(const struct names *names)
{
	return (struct name_walk){
	    .at = names ? names->at : NULL,
	    .left = names ? names->count : 0,
	};
}

static inline size_t
param_size(const struct bind *bind, const unsigned char *name)
{
	return RECORD_PADDED(
	    sizeof(struct param) + bind->param.kept + (name ? name[0] : 0));
}

size_t
shadow_room(const struct shadow *shadow, const struct names *names)
{
	size_t each = sizeof(struct param) + RECORD_ALIGN;

	if (!shadow->highest)
		return 0;
	/* And the head of the field, and the count of the omitted. */
	return shadow_last(shadow) * each + shadow->kept +
	       (names ? names->bytes : 0) + sizeof(struct field) + 16;
}

static inline char *
put_param(char *at, const struct bind *bind, const unsigned char *name)
{
	const struct param *param = &bind->param;
	char *value = at + sizeof(*param);

	memcpy(at, param, sizeof(*param));
	if (param->kept == NUMBER_SIZE && !bind->spilled)
		memcpy(value, bind->value, NUMBER_SIZE);
	else
		memcpy(value, bind->spilled ? bind->spill->at : bind->value,
		    param->kept);
	if (name && name[0]) {
		at[offsetof(struct param, name_len)] = (char)name[0];
		memcpy(value + param->kept, name + 1, name[0]);
	}
	return at + param_size(bind, name);
}

void
shadow_put(struct fields *fields, const struct shadow *shadow,
    const struct names *names)
{
	uint32_t limit = shim_limits().max_params, last = shadow_last(shadow);
	uint64_t omitted;
	struct name_walk walk = walk_names(names);
	struct field head = {.key = FIELD_PARAMS};
	char *begin = fields->at, *at = begin + sizeof(head);
	char *end = fields->end - 16; /* for the count of the omitted */

	last = last < limit ? last : limit;
	omitted = shadow->highest - last;
	if (end - begin < (ptrdiff_t)sizeof(head)) {
		fields->cut = true;
		return;
	}
	for (uint32_t i = 1; i <= last; i++) {
		const struct bind *bind = shadow_get(shadow, i);
		const unsigned char *name = next_name(&walk);

		if (!bind->bound)
			continue;
		if (end - at < (ptrdiff_t)param_size(bind, name)) {
			omitted++;
			fields->cut = true;
			continue;
		}
		at = put_param(at, bind, name);
	}
	head.len = (uint32_t)(at - begin - (ptrdiff_t)sizeof(head));
	if (head.len) {
		memcpy(begin, &head, sizeof(head));
		fields->at = at;
	}
	if (omitted)
		put_u64(fields, FIELD_PARAMS_OMITTED, omitted);
}
