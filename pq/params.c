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
#define KEPT_MAX UINT16_MAX

static size_t
limit_of_param(void)
{
	size_t limit = shim_limits().max_param;

	return limit < KEPT_MAX ? limit : KEPT_MAX;
}

/* How many of them are put. */
static int
count_put(const struct params *params)
{
	uint32_t limit = shim_limits().max_params;

	return (uint32_t)params->count < limit ? params->count : (int)limit;
}

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
	return hidden_has(&params->hidden, (unsigned)i + 1);
}

/* Bytes to hold free for the value of one parameter. */
static size_t
value_room(const struct params *params, int i, size_t limit)
{
	const char *value = value_of(params, i);

	if (!value || is_hidden(params, i))
		return 0;
	if (is_binary(params, i))
		return limit > PG_VALUE_NUMBER ? limit : PG_VALUE_NUMBER;
	return strnlen(value, limit);
}

size_t
params_room(const struct params *params)
{
	size_t room = 2 * sizeof(struct field) + sizeof(uint64_t);
	size_t limit;

	if (!is_sound(params) || !gate_shows_args())
		return 0;
	limit = limit_of_param();
	for (int i = 0; i < count_put(params); i++)
		room += sizeof(struct param) +
			RECORD_PADDED(value_room(params, i, limit));
	return room;
}

static void
text_read(const char *text, char *out, size_t cap, struct param *param)
{
	size_t len = strlen(text);
	size_t kept = len > cap ? text_cut8(text, cap) : len;

	memcpy(out, text, kept);
	param->type = PARAM_TEXT;
	param->len = len;
	param->kept = (uint16_t)kept;
}

static void
binary_read(const struct params *params, int i, char *out, size_t cap,
    struct param *param)
{
	bool typed = params->types && i < params->type_count;
	int len = params->lengths ? params->lengths[i] : -1;
	struct pg_value value;

	/* libpq would send what lies behind the value's memory. */
	if (len < 0) {
		param->type = PARAM_BLOB;
		return;
	}
	pg_value_read(typed ? params->types[i] : 0, params->values[i],
	    (size_t)len, out, cap, &value);
	param->type = (uint8_t)value.type;
	param->len = value.len;
	param->kept = (uint16_t)value.kept;
}

/* Put one parameter in the room that was held free for it. */
static void
param_put(
    struct fields *fields, const struct params *params, int i, size_t limit)
{
	struct param param = {.index = (uint32_t)i + 1, .type = PARAM_NULL};
	size_t room = value_room(params, i, limit);
	char *out = fields->at + sizeof(param);

	if (is_hidden(params, i))
		param.type = PARAM_HIDDEN;
	else if (!value_of(params, i))
		param.type = PARAM_NULL;
	else if (is_binary(params, i))
		binary_read(params, i, out, room, &param);
	else
		text_read(value_of(params, i), out, room, &param);
	memcpy(fields->at, &param, sizeof(param));
	fields->at += sizeof(param) + RECORD_PADDED(param.kept);
}

void
params_put(struct fields *fields, const struct params *params)
{
	struct field head = {.key = FIELD_PARAMS};
	size_t limit = limit_of_param();
	int count = count_put(params), i;
	char *begin = fields->at;

	if (fields->end - fields->at < (ptrdiff_t)sizeof(head)) {
		fields->cut = true;
		return;
	}
	fields->at += sizeof(head);
	for (i = 0; i < count; i++) {
		size_t room = sizeof(struct param) +
			      RECORD_PADDED(value_room(params, i, limit));

		if ((size_t)(fields->end - fields->at) < room) {
			fields->cut = true;
			break;
		}
		param_put(fields, params, i, limit);
	}
	head.len = (uint32_t)(fields->at - begin - sizeof(head));
	memcpy(begin, &head, sizeof(head));
	if (i < params->count)
		put_u64(fields, FIELD_PARAMS_OMITTED,
		    (uint64_t)(params->count - i));
}
