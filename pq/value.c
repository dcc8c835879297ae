/*
 * value.c - parameters in PostgreSQL's binary format, as they are shown.
 */
#include "pq/value.h"

#include "pq/value_reading.h"
#include "shim/decimal.h"
#include "shim/text.h"

/* Records hold records and ranges; beyond this the server's own are rare. */
#define DEPTH_MAX 8

enum type_index {
	TYPE_NONE,
#define TYPE(name, oid, array, form, size, reader, inner) TYPE_##name,
#include "pq/types.h"
};

static const struct pg_type types[] = {
#define TYPE(name, oid, array, form, size, reader, inner) \
 [TYPE_##name] = {read_##reader, oid, inner, FORM_##form, size},
#include "pq/types.h"
};

#define OID_MAX 6157
#define ARRAY 0x80

/* An oid's type_index, and whether it is that of the array. */
static const uint8_t type_of[OID_MAX + 1] = {
#define TYPE(name, oid, array, form, size, reader, inner) \
 [oid] = TYPE_##name, [array] = TYPE_##name | ARRAY,
#include "pq/types.h"
};

const struct pg_type *
pg_type_find(uint32_t oid, bool *ret_array)
{
	unsigned found = oid <= OID_MAX ? type_of[oid] : TYPE_NONE;

	*ret_array = found & ARRAY;
	return found ? &types[found & ~ARRAY] : NULL;
}

static void
read_typed(struct reading *reading, const struct pg_type *type, bool array)
{
	if (array) {
		read_array(reading, type);
		return;
	}
	if (type->size && reading_left(reading) != type->size)
		reading->bad = true;
	else
		type->read(reading, type);
}

void
read_value(struct reading *reading, uint32_t oid)
{
	bool array;
	const struct pg_type *type = pg_type_find(oid, &array);

	if (!type || reading->depth == DEPTH_MAX) {
		reading->bad = true;
		return;
	}
	reading->depth++;
	read_typed(reading, type, array);
	reading->depth--;
	if (!reading->full && reading->at != reading->end)
		reading->bad = true;
}

/* `value` is of PG_VALUE_NUMBER bytes. */
static bool
give_number(struct reading *reading, enum param_type type, const void *value,
    struct pg_value *ret_value)
{
	if (reading->bad || reading->at != reading->end ||
	    reading->out_end - reading->out < PG_VALUE_NUMBER)
		return false;
	memcpy(reading->out, value, PG_VALUE_NUMBER);
	*ret_value = (struct pg_value){type, PG_VALUE_NUMBER, PG_VALUE_NUMBER};
	return true;
}

static bool
give_integer(struct reading *reading, const struct pg_type *type,
    struct pg_value *ret_value)
{
	int64_t value = take_integer(reading, type);
	bool large = type->form == FORM_UNSIGNED && value < 0;

	return give_number(
	    reading, large ? PARAM_UINT : PARAM_INT, &value, ret_value);
}

static bool
give_double(struct reading *reading, const struct pg_type *type,
    struct pg_value *ret_value)
{
	double value = type->size == sizeof(float)
			   ? decimal_widen(take_float(reading))
			   : take_double(reading);

	return give_number(reading, PARAM_DOUBLE, &value, ret_value);
}

/*
 * A text that is cut has to be shorter than what the program gave: this is how
 * a param says that it is cut.
 */
static bool
give_text(struct reading *reading, const struct pg_type *type, bool array,
    struct pg_value *ret_value)
{
	const char *text = reading->out;
	size_t len = reading_left(reading), kept;

	read_typed(reading, type, array);
	if (reading->bad || (!reading->full && reading->at != reading->end))
		return false;
	kept = (size_t)(reading->out - text);
	if (reading->full)
		kept = text_cut8(text, kept < len ? kept : len - 1);
	*ret_value = (struct pg_value){
	    PARAM_TEXT, kept, reading->full ? len : kept};
	return true;
}

static bool
give_typed(struct reading *reading, uint32_t oid, struct pg_value *ret_value)
{
	bool array;
	const struct pg_type *type = pg_type_find(oid, &array);

	if (!type)
		return false;
	if (array)
		return give_text(reading, type, array, ret_value);
	switch ((enum value_form)type->form) {
	case FORM_SIGNED:
	case FORM_UNSIGNED:
		return give_integer(reading, type, ret_value);
	case FORM_FLOAT:
		return give_double(reading, type, ret_value);
	case FORM_TEXT:
		return give_text(reading, type, array, ret_value);
	case FORM_BYTES:
		break;
	}
	return false;
}

void
pg_value_read(uint32_t oid, const void *data, size_t len, char *out, size_t cap,
    struct pg_value *ret_value)
{
	struct reading reading = {
	    .at = data,
	    .end = (const unsigned char *)data + len,
	    .out = out,
	    .out_end = out + cap,
	};

	if (give_typed(&reading, oid, ret_value))
		return;
	*ret_value = (struct pg_value){PARAM_BLOB, len < cap ? len : cap, len};
	if (ret_value->kept > 0)
		memcpy(out, data, ret_value->kept);
}
