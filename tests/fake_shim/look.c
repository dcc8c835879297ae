/*
 * look.c - looking at the points.
 */
#include "inside.h"

#include <stdio.h>
#include <string.h>

size_t
points(void)
{
	return fake_count;
}

/* Find a field in a record that was published. */
static const char *
find(const struct made *made, enum field_key key, size_t *ret_len)
{
	const char *at = made ? made->fields : NULL;
	const char *end = at ? (char *)&made->record + made->record.size : NULL;

	while (at && at < end) {
		struct field head;

		memcpy(&head, at, sizeof(head));
		at += sizeof(head);
		if (head.key == key) {
			*ret_len = head.len;
			return at;
		}
		at += RECORD_PADDED(head.len);
	}
	return NULL;
}

/* The field of a point: its STOP's, else its START's. */
static const char *
field_of(size_t i, enum field_key key, size_t *ret_len)
{
	const char *field = find(fake_points[i].stop, key, ret_len);

	return field ? field : find(fake_points[i].start, key, ret_len);
}

bool
point_ended(size_t i)
{
	return fake_points[i].stop && fake_points[i].stop->record.size;
}

bool
point_has(size_t i, enum field_key key)
{
	size_t len;

	return field_of(i, key, &len);
}

const char *
point_text(size_t i, enum field_key key)
{
	static _Thread_local char text[8][RECORD_MAX + 1];
	static _Thread_local unsigned turn;
	char *out = text[turn++ % 8];
	size_t len = 0;
	const char *field = field_of(i, key, &len);

	if (field)
		memcpy(out, field, len);
	out[len] = '\0';
	return out;
}

uint64_t
point_number(size_t i, enum field_key key)
{
	size_t len;
	const char *field = field_of(i, key, &len);
	uint64_t value = 0;

	if (field)
		memcpy(&value, field, sizeof(value));
	return value;
}

int64_t
point_code(size_t i)
{
	return (int64_t)point_number(i, FIELD_CODE);
}

int
point_parent(size_t i)
{
	return fake_points[i].parent;
}

unsigned
point_trace(size_t i)
{
	return fake_points[i].trace;
}

uint64_t
point_start_ns(size_t i)
{
	return fake_points[i].start->record.time_ns;
}

const void *
point_caller(size_t i)
{
	return fake_points[i].caller;
}

static int
print_value(char *out, size_t cap, const struct param *param, const char *at)
{
	static const char *const word[] = {
	    [PARAM_TEXT] = "text",
	    [PARAM_BLOB] = "blob",
	    [PARAM_POINTER] = "pointer",
	    [PARAM_TEXT16LE] = "text16le",
	    [PARAM_TEXT16BE] = "text16be",
	    [PARAM_ARRAY] = "array",
	    [PARAM_HIDDEN] = "hidden",
	    [PARAM_KEYWORD] = "keyword",
	};
	int64_t integer = 0;
	double number = 0;

	switch (param->type) {
	case PARAM_NULL:
		return snprintf(out, cap, "null");
	case PARAM_INT:
		memcpy(&integer, at, sizeof(integer));
		return snprintf(out, cap, "%lld", (long long)integer);
	case PARAM_UINT:
		memcpy(&integer, at, sizeof(integer));
		return snprintf(out, cap, "%llu", (unsigned long long)integer);
	case PARAM_DOUBLE:
		memcpy(&number, at, sizeof(number));
		return snprintf(out, cap, "%g", number);
	case PARAM_ZEROBLOB:
		return snprintf(
		    out, cap, "zeroblob(%llu)", (unsigned long long)param->len);
	default:
		return snprintf(out, cap, "%s(%llu)'%.*s'", word[param->type],
		    (unsigned long long)param->len, param->kept, at);
	}
}

const char *
point_params(size_t i)
{
	static char out[65536];
	size_t len = 0;
	const char *at = field_of(i, FIELD_PARAMS, &len);
	const char *end = at ? at + len : NULL;

	len = 0;
	out[0] = '\0';
	while (at && at < end) {
		struct param param;
		const char *value = at + sizeof(param);

		memcpy(&param, at, sizeof(param));
		len += (size_t)snprintf(out + len, sizeof(out) - len,
		    "%s%u%.*s=", len ? " " : "", param.index, param.name_len,
		    value + param.kept);
		len += (size_t)print_value(
		    out + len, sizeof(out) - len, &param, value);
		at += RECORD_PADDED(
		    sizeof(param) + param.kept + param.name_len);
	}
	return out;
}

static bool
made_has(const struct made *made, const void *bytes, size_t len)
{
	return made && memmem(&made->record, made->record.size, bytes, len);
}

bool
recorded_bytes(const void *bytes, size_t len)
{
	for (size_t i = 0; i < fake_count; i++) {
		if (made_has(fake_points[i].start, bytes, len) ||
		    made_has(fake_points[i].stop, bytes, len))
			return true;
	}
	return false;
}
