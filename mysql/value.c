/*
 * value.c - what a bound parameter is worth at the moment.
 *
 * The library decides in this order: no value by type, by is_null or, in an
 * array, by the indicator; then the bytes, by type.
 */
#include "mysql/value.h"

#include <string.h>

#include "shim/text.h"

/* No packet holds more, and the libraries refuse it before they read a byte. */
#define LENGTH_MAX (1ul << 30)

enum read {
	READ_UNKNOWN,
	READ_NONE,
	READ_SIGNED,
	READ_REAL,
	READ_DATE,
	READ_DATETIME,
	READ_TIME,
	READ_TEXT,
	READ_BLOB,
};

struct field_type {
	uint8_t read; /* enum read */
	uint8_t size;
};

static const struct field_type *
field_type(unsigned number)
{
	/* clang-format off */
#define FIELD_TYPE(name, number, read, size) [number] = {READ_##read, size},
	static const struct field_type types[] = {
#include "mysql/field_types.h"
	};
	/* clang-format on */
	static const struct field_type unknown;

	return number < sizeof(types) / sizeof(*types) ? &types[number]
						       : &unknown;
}

bool
value_is_text(unsigned type)
{
	return field_type(type)->read == READ_TEXT;
}

static bool
is_bytes(const struct field_type *type)
{
	return type->read == READ_TEXT || type->read == READ_BLOB;
}

bool
value_is_short(unsigned type)
{
	return !is_bytes(field_type(type));
}

static int
indicator_of(const struct bind *bind, const struct batch *batch, uint32_t row)
{
	size_t step = batch->row_size ? batch->row_size : 1;

	if (!batch->rows || !bind->indicator)
		return INDICATOR_NONE;
	return bind->indicator[row * step];
}

bool
value_skips_row(
    const struct bind *bind, const struct batch *batch, uint32_t row)
{
	return indicator_of(bind, batch, row) == INDICATOR_IGNORE_ROW;
}

/* Where the value of a row lies; NULL: nowhere. */
static const void *
buffer_of(const struct bind *bind, const struct batch *batch, uint32_t row,
    size_t size)
{
	const char *buffer = bind->buffer;

	if (!batch->rows || !buffer)
		return buffer;
	if (batch->row_size)
		return buffer + row * batch->row_size;
	if (size)
		return buffer + row * size;
	memcpy(&buffer, buffer + row * sizeof(buffer), sizeof(buffer));
	return buffer;
}

/*
 * The bytes of a text or blob.  Connector/C takes the longest length there is
 * for one that ends at a NUL.
 */
static uint64_t
length_of(const struct bind *bind, const struct batch *batch, uint32_t row,
    const void *at)
{
	size_t step = batch->row_size ? batch->row_size : sizeof(long);
	unsigned long len = bind->size;
	bool terminated = indicator_of(bind, batch, row) ==
			  INDICATOR_TERMINATED;

	if (bind->length && !terminated)
		memcpy(
		    &len, (const char *)bind->length + row * step, sizeof(len));
	/* The library would read past its own copy of the first length. */
	else if (row)
		len = 0;
	terminated |= batch->mariadb && len == (unsigned long)-1;
	return terminated && at ? strlen(at) : len;
}

static void
set_null(struct value *value)
{
	value->type = PARAM_NULL;
	value->len = 0;
	value->kept = 0;
}

/* A value whose bytes stand in `own`. */
static void
set_own(struct value *value, enum param_type type, size_t len)
{
	value->type = type;
	value->len = len;
	value->kept = len;
	value->at = value->own;
}

void
value_keyword(struct value *value, const char *word)
{
	size_t len = strlen(word);

	memcpy(value->own, word, len);
	set_own(value, PARAM_KEYWORD, len);
}

/* "type 255": what cannot be bound is not looked at. */
static void
set_unknown(struct value *value, unsigned type)
{
	static const char word[] = "type ";
	char digits[10], *at = digits + sizeof(digits);
	size_t len = sizeof(word) - 1;

	do
		*--at = (char)('0' + type % 10);
	while (type /= 10);
	memcpy(value->own, word, len);
	memcpy(value->own + len, at, (size_t)(digits + sizeof(digits) - at));
	set_own(
	    value, PARAM_KEYWORD, len + (size_t)(digits + sizeof(digits) - at));
}

static uint64_t
load(const void *at, size_t size)
{
	uint16_t two;
	uint32_t four;
	uint64_t eight;

	switch (size) {
	case 1:
		return *(const uint8_t *)at;
	case 2:
		memcpy(&two, at, sizeof(two));
		return two;
	case 4:
		memcpy(&four, at, sizeof(four));
		return four;
	default:
		memcpy(&eight, at, sizeof(eight));
		return eight;
	}
}

static void
set_integer(struct value *value, const void *at, size_t size, bool is_unsigned)
{
	uint64_t sign = (uint64_t)1 << (size * 8 - 1);
	uint64_t number = load(at, size);
	bool large = is_unsigned && number > INT64_MAX;

	if (!is_unsigned)
		number = (number ^ sign) - sign;
	memcpy(value->own, &number, sizeof(number));
	set_own(value, large ? PARAM_UINT : PARAM_INT, sizeof(number));
}

static void
set_real(struct value *value, const void *at, size_t size)
{
	double real;
	float narrow;

	if (size == sizeof(narrow)) {
		memcpy(&narrow, at, sizeof(narrow));
		real = (double)narrow;
	} else {
		memcpy(&real, at, sizeof(real));
	}
	memcpy(value->own, &real, sizeof(real));
	set_own(value, PARAM_DOUBLE, sizeof(real));
}

static void
set_moment(struct value *value, const void *at,
    size_t text(char out[MOMENT_MAX], const MYSQL_TIME *time))
{
	MYSQL_TIME time;

	memcpy(&time, at, sizeof(time));
	set_own(value, PARAM_TEXT, text(value->own, &time));
}

static void
set_bytes(struct value *value, enum param_type type, const void *at,
    uint64_t len, size_t max)
{
	value->type = type;
	value->len = len;
	value->at = at;
	value->kept = at && len <= LENGTH_MAX ? value_cut(type, at, len, max)
					      : 0;
}

size_t
value_cut(enum param_type type, const void *at, uint64_t len, size_t max)
{
	if (len <= max)
		return (size_t)len;
	return type == PARAM_TEXT ? text_cut8(at, max) : max;
}

/* A value of a length of its own. */
static void
set_number(struct value *value, const struct bind *bind,
    const struct field_type *type, const void *at)
{
	switch ((enum read)type->read) {
	case READ_SIGNED:
		set_integer(value, at, type->size, bind->is_unsigned);
		break;
	case READ_REAL:
		set_real(value, at, type->size);
		break;
	case READ_DATE:
		set_moment(value, at, moment_date);
		break;
	case READ_DATETIME:
		set_moment(value, at, moment_datetime);
		break;
	case READ_TIME:
		set_moment(value, at, moment_time);
		break;
	default: /* has no such value */
		break;
	}
}

/* In an array is_null is not looked at. */
static bool
is_null(const struct bind *bind, const struct batch *batch,
    const struct field_type *type)
{
	if (type->read == READ_NONE)
		return true;
	if (!batch->rows && bind->is_null && *bind->is_null)
		return true;
	/* MySQL takes no bytes from nowhere; a number it would die of. */
	return !bind->buffer && (batch->mariadb || !is_bytes(type));
}

void
value_read(const struct bind *bind, const struct batch *batch, uint32_t row,
    size_t max, struct value *ret_value)
{
	static const char *const keywords[] = {
	    [INDICATOR_DEFAULT] = "DEFAULT",
	    [INDICATOR_IGNORE] = "IGNORE",
	    [INDICATOR_IGNORE_ROW] = "IGNORE_ROW",
	};
	const struct field_type *type = field_type(bind->type);
	int indicator = indicator_of(bind, batch, row);
	const void *at;

	set_null(ret_value);
	if (indicator >= INDICATOR_DEFAULT && indicator <= INDICATOR_IGNORE_ROW)
		value_keyword(ret_value, keywords[indicator]);
	if (indicator > INDICATOR_NONE || is_null(bind, batch, type))
		return;
	if (type->read == READ_UNKNOWN) {
		set_unknown(ret_value, bind->type);
		return;
	}
	at = buffer_of(bind, batch, row, type->size);
	if (is_bytes(type))
		set_bytes(ret_value,
		    type->read == READ_TEXT ? PARAM_TEXT : PARAM_BLOB, at,
		    length_of(bind, batch, row, at), max);
	else if (at)
		set_number(ret_value, bind, type, at);
}
