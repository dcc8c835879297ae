/*
 * params.c - the parameters of a call, as the program gave them.
 */
#include "pq/params.h"

#include <string.h>

#include "pq/value.h"
#include "shim/gate.h"
#include "shim/text.h"

/* What libpq takes at most: PQ_QUERY_PARAM_MAX_LIMIT. */
#define COUNT_MAX 65535

/* What struct param can say. */
#define KEPT_MAX (UINT16_MAX & ~7)

/* For fewer, room is held free without a look at them. */
#define COUNT_FEW 8

/* Whether the array is of a size that libpq goes by. */
static bool
is_sound(const struct params *params)
{
	return params->count > 0 && params->count <= COUNT_MAX;
}

static const char *
value_of(const struct params *params, int i)
{
	return params->values ? params->values[i] : NULL;
}

static bool
is_binary(const struct params *params, int i)
{
	return params->formats && params->formats[i] == 1;
}

static bool
is_hidden(const struct params *params, int i)
{
	return params->hidden && hidden_has(params->hidden, (unsigned)i + 1);
}

/* The most bytes that are kept of the value; a number is, whatever the limit.
 */
static size_t
value_limit(const struct params *params, int i)
{
	size_t limit = params->limits.max_param;

	if (limit < PG_VALUE_NUMBER && is_binary(params, i))
		limit = PG_VALUE_NUMBER;
	return limit < KEPT_MAX ? limit : KEPT_MAX;
}

/* How many of them are put. */
static int
count_put(const struct params *params)
{
	return (uint32_t)params->count < params->limits.max_params
		   ? params->count
		   : (int)params->limits.max_params;
}

/* Bytes that values take which are many enough to be looked at. */
OUT_OF_LINE size_t
many_room(const struct params *params, int count)
{
	size_t room = 0;

	for (int i = 0; i < count; i++) {
		size_t limit = value_limit(params, i);

		if (value_of(params, i) && !is_binary(params, i))
			limit = strnlen(value_of(params, i), limit);
		room += RECORD_PADDED(limit);
	}
	return room;
}

size_t
params_room(struct params *params)
{
	int count;

	if (!is_sound(params) || !gate_shows_args())
		return 0;
	params->limits = shim_limits();
	count = count_put(params);
	return 2 * sizeof(struct field) + sizeof(uint64_t) +
	       (size_t)count * sizeof(struct param) +
	       (count > COUNT_FEW ? many_room(params, count)
				  : (size_t)count *
					RECORD_PADDED(params->limits.max_param +
						      PG_VALUE_NUMBER));
}

static struct param
binary_read(const struct params *params, int i, char *out, size_t cap)
{
	bool typed = params->types && i < params->type_count;
	int len = params->lengths ? params->lengths[i] : -1;
	struct pg_value value;

	/* libpq would send what lies behind the value's memory. */
	if (len < 0)
		return (struct param){.type = PARAM_BLOB};
	pg_value_read(typed ? params->types[i] : 0, params->values[i],
	    (size_t)len, out, cap, &value);
	return (struct param){
	    .type = (uint8_t)value.type,
	    .kept = (uint16_t)value.kept,
	    .len = value.len,
	};
}

/* The value of a parameter that is shown as text; NULL: of another one. */
static const char *
text_of(const struct params *params, int i)
{
	return is_hidden(params, i) || is_binary(params, i)
		   ? NULL
		   : value_of(params, i);
}

/* Write a text, in `cap` bytes at most; return what is behind it. */
static char *
text_write(char *at, uint32_t index, const char *text, size_t cap)
{
	char *out = at + sizeof(struct param);
	size_t len = strlen(text);
	size_t kept = __builtin_expect(len > cap, 0) ? text_cut8(text, cap)
						     : len;
	const struct param param = {
	    .index = index,
	    .type = PARAM_TEXT,
	    .kept = (uint16_t)kept,
	    .len = len,
	};

	memcpy(at, &param, sizeof(param));
	memcpy(out, text, kept);
	return out + RECORD_PADDED(kept);
}

/* The same of one that is hidden, NULL or binary. */
OUT_OF_LINE char *
other_write(char *at, const struct params *params, int i, size_t cap)
{
	char *out = at + sizeof(struct param);
	struct param param = {.type = PARAM_NULL};

	if (is_hidden(params, i))
		param.type = PARAM_HIDDEN;
	else if (value_of(params, i))
		param = binary_read(params, i, out, cap);
	param.index = (uint32_t)i + 1;
	memcpy(at, &param, sizeof(param));
	return out + RECORD_PADDED(param.kept);
}

/* Put as many as there is room for. */
static int
values_put(struct fields *fields, const struct params *params)
{
	int count = count_put(params), i;
	char *at = fields->at;

	for (i = 0; i < count; i++) {
		size_t limit = value_limit(params, i);
		size_t left = (size_t)(fields->end - at);
		const char *text = text_of(params, i);

		if (left < sizeof(struct param) + RECORD_PADDED(limit)) {
			fields->cut = true;
			break;
		}
		at = text ? text_write(at, (uint32_t)i + 1, text, limit)
			  : other_write(at, params, i, limit);
	}
	fields->at = at;
	return i;
}

void
params_put(struct fields *fields, const struct params *params)
{
	struct field head = {.key = FIELD_PARAMS};
	char *begin = fields->at;
	int put;

	if (!fields_hold(fields, sizeof(head)))
		return;
	fields->at = begin + sizeof(head);
	put = values_put(fields, params);
	head.len = (uint32_t)(fields->at - begin - sizeof(head));
	memcpy(begin, &head, sizeof(head));
	if (put < params->count)
		put_u64(fields, FIELD_PARAMS_OMITTED,
		    (uint64_t)(params->count - put));
}
