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
	return hidden_has(&params->hidden, (unsigned)i + 1);
}

/* The most bytes that are kept of the value; a number is, whatever the limit.
 */
static size_t
value_limit(
    const struct params *params, int i, const struct shim_limits *limits)
{
	size_t limit = limits->max_param;

	if (limit < PG_VALUE_NUMBER && is_binary(params, i))
		limit = PG_VALUE_NUMBER;
	return limit < KEPT_MAX ? limit : KEPT_MAX;
}

/* How many of them are put. */
static int
count_put(const struct params *params, const struct shim_limits *limits)
{
	return (uint32_t)params->count < limits->max_params
		   ? params->count
		   : (int)limits->max_params;
}

/* Bytes that the values take: looked at where there are many. */
static size_t
values_room(
    const struct params *params, int count, const struct shim_limits *limits)
{
	size_t room = 0;

	if (count <= COUNT_FEW)
		return (size_t)count *
		       RECORD_PADDED(limits->max_param + PG_VALUE_NUMBER);
	for (int i = 0; i < count; i++) {
		size_t limit = value_limit(params, i, limits);

		if (value_of(params, i) && !is_binary(params, i))
			limit = strnlen(value_of(params, i), limit);
		room += RECORD_PADDED(limit);
	}
	return room;
}

size_t
params_room(const struct params *params)
{
	struct shim_limits limits;
	int count;

	if (!is_sound(params) || !gate_shows_args())
		return 0;
	limits = shim_limits();
	count = count_put(params, &limits);
	return 2 * sizeof(struct field) + sizeof(uint64_t) +
	       (size_t)count * sizeof(struct param) +
	       values_room(params, count, &limits);
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

/* Put one parameter, its value in `cap` bytes at most. */
static void
param_put(struct fields *fields, const struct params *params, int i, size_t cap)
{
	struct param param = {.index = (uint32_t)i + 1, .type = PARAM_NULL};
	char *out = fields->at + sizeof(param);

	if (is_hidden(params, i))
		param.type = PARAM_HIDDEN;
	else if (!value_of(params, i))
		param.type = PARAM_NULL;
	else if (is_binary(params, i))
		binary_read(params, i, out, cap, &param);
	else
		text_read(value_of(params, i), out, cap, &param);
	memcpy(fields->at, &param, sizeof(param));
	fields->at += sizeof(param) + RECORD_PADDED(param.kept);
}

/* Put as many as there is room for. */
static int
values_put(struct fields *fields, const struct params *params,
    const struct shim_limits *limits)
{
	int count = count_put(params, limits), i;

	for (i = 0; i < count; i++) {
		size_t limit = value_limit(params, i, limits);
		size_t left = (size_t)(fields->end - fields->at);

		if (left < sizeof(struct param) + RECORD_PADDED(limit)) {
			fields->cut = true;
			break;
		}
		param_put(fields, params, i, limit);
	}
	return i;
}

void
params_put(struct fields *fields, const struct params *params)
{
	struct shim_limits limits = shim_limits();
	struct field head = {.key = FIELD_PARAMS};
	char *begin = fields->at;
	int put;

	if (fields->end - fields->at < (ptrdiff_t)sizeof(head)) {
		fields->cut = true;
		return;
	}
	fields->at += sizeof(head);
	put = values_put(fields, params, &limits);
	head.len = (uint32_t)(fields->at - begin - sizeof(head));
	memcpy(begin, &head, sizeof(head));
	if (put < params->count)
		put_u64(fields, FIELD_PARAMS_OMITTED,
		    (uint64_t)(params->count - put));
}
