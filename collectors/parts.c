/*
 * parts.c - taking a binary record apart.
 */
#include "collectors/parts.h"

#include <string.h>

#include "collectors/json_scan.h"

const struct field_fact field_facts[FIELD_COUNT] = {
#define FIELD(key, name, type, place) \
 [FIELD_##key] = { \
     "\"" name "\": ", sizeof("\"" name "\": ") - 1, name, type, place},
#include "shim/fields.h"
};

_Static_assert(FIELD_COUNT <= 64, "seen has a bit for each");

static bool
info_valid(struct text info)
{
	struct scan scan = {info.at, info.at + info.len};
	struct text raw;

	return scan_value(&scan, &raw) && scan_at_end(&scan) &&
	       raw.at[0] == '{';
}

static bool
field_valid(struct parts *parts, unsigned key, struct text value)
{
	switch (field_facts[key].type) {
	case VALUE_TEXT:
		return true;
	case VALUE_U64:
	case VALUE_I64:
	case VALUE_NS:
		return value.len == 8;
	case VALUE_JSON:
		return info_valid(value);
	case VALUE_PARAMS:
		return params_check(value.at, value.len, &parts->params);
	}
	return false;
}

/* Keys that a newer library may write are stepped over. */
static bool
field_take(struct parts *parts, const struct field *field, const char *at)
{
	unsigned key = field->key;
	struct text value = {at, field->len};

	if (key == FIELD_NONE || key >= FIELD_COUNT)
		return true;
	if (parts_have(parts, key) || !field_valid(parts, key, value))
		return false;
	parts->at[key] = value;
	parts->seen |= UINT64_C(1) << key;
	if (field->flags & FIELD_CUT)
		parts->cut |= UINT64_C(1) << key;
	parts->order[parts->count++] = (uint8_t)key;
	return true;
}

static bool
fields_take(struct parts *parts, const char *at, size_t room)
{
	struct field field;

	while (room > 0) {
		if (room < sizeof(field))
			return false;
		memcpy(&field, at, sizeof(field));
		at += sizeof(field);
		room -= sizeof(field);
		if (RECORD_PADDED((uint64_t)field.len) > room ||
		    !field_take(parts, &field, at))
			return false;
		at += RECORD_PADDED((uint64_t)field.len);
		room -= RECORD_PADDED((uint64_t)field.len);
	}
	return true;
}

bool
parts_take(struct parts *parts, const char *at, size_t room)
{
	struct record *record = &parts->record;

	parts->seen = 0;
	parts->cut = 0;
	parts->count = 0;
	if (room < sizeof(*record))
		return false;
	memcpy(record, at, sizeof(*record));
	if (record->size < sizeof(*record) || record->size > room ||
	    record->size % RECORD_ALIGN != 0)
		return false;
	if (record->kind != RECORD_START && record->kind != RECORD_STOP)
		return false;
	if (!fields_take(
		parts, at + sizeof(*record), record->size - sizeof(*record)))
		return false;
	return (record->flags & RECORD_DB) || parts_have(parts, FIELD_NAME);
}
