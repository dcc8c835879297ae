/*
 * value.c - what a bound parameter is worth at the moment.
 *
 * The library decides in this order: no value by type, by is_null or, in an
 * array, by the indicator; then the bytes, by type.
 */
#include "mysql/value.h"

#include <string.h>

#include "shim/decimal.h"
#include "shim/text.h"

/* Each value of each execution comes through here. */
#define IN_LINE static inline __attribute__((always_inline))

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

IN_LINE const struct field_type *
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

IN_LINE bool
is_bytes(const struct field_type *type)
{
	return type->read == READ_TEXT || type->read == READ_BLOB;
}

/*
 * A type that is NULL has the library point is_null at a flag of its own: what
 * the program put there may lead nowhere, and does in luadbi.
 */
IN_LINE bool
is_null(const struct bind *bind)
{
	if (field_type(bind->type)->read == READ_NONE)
		return true;
	return bind->is_null && *bind->is_null;
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
IN_LINE uint64_t
length_of(
    const struct bind *bind, const struct reading *reading, const void *at)
{
	const struct batch *batch = reading->batch;
	uint32_t row = reading->row;
	size_t step = batch->row_size ? batch->row_size : sizeof(long);
	unsigned long len = bind->size;
	bool terminated = batch->rows && indicator_of(bind, batch, row) ==
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

/* Write a value of `kept` bytes; its index and name are the caller's. */
IN_LINE size_t
put(char *at, size_t room, enum param_type type, uint64_t len,
    const void *bytes, size_t kept)
{
	uint8_t kind = (uint8_t)type;
	uint16_t short_kept = (uint16_t)kept;

	if (__builtin_expect(room < sizeof(struct param) + kept, 0))
		return VALUE_NO_ROOM;
	memcpy(at + offsetof(struct param, type), &kind, sizeof(kind));
	memcpy(
	    at + offsetof(struct param, kept), &short_kept, sizeof(short_kept));
	memcpy(at + offsetof(struct param, len), &len, sizeof(len));
	if (kept)
		memcpy(at + sizeof(struct param), bytes, kept);
	return kept;
}

size_t
value_put_keyword(char *at, size_t room, const char *word)
{
	size_t len = strlen(word);

	return put(at, room, PARAM_KEYWORD, len, word, len);
}

size_t
value_put_hidden(char *at, size_t room)
{
	return put(at, room, PARAM_HIDDEN, 0, NULL, 0);
}

IN_LINE size_t
put_null(char *at, size_t room)
{
	return put(at, room, PARAM_NULL, 0, NULL, 0);
}

/* "type 255": what cannot be bound is not looked at. */
static size_t
put_unknown(char *at, size_t room, unsigned type)
{
	char text[] = "type 4294967295", *digit = text + 5;

	for (unsigned rest = type; rest >= 10; rest /= 10)
		digit++;
	digit[1] = '\0';
	do
		*digit-- = (char)('0' + type % 10);
	while (type /= 10);
	return value_put_keyword(at, room, text);
}

IN_LINE uint64_t
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

IN_LINE size_t
put_integer(
    char *at, size_t room, const void *from, size_t size, bool is_unsigned)
{
	uint64_t sign = (uint64_t)1 << (size * 8 - 1);
	uint64_t number = load(from, size);
	bool large = is_unsigned && number > INT64_MAX;

	if (!is_unsigned)
		number = (number ^ sign) - sign;
	return put(at, room, large ? PARAM_UINT : PARAM_INT, sizeof(number),
	    &number, sizeof(number));
}

IN_LINE size_t
put_real(char *at, size_t room, const void *from, size_t size)
{
	double real;
	float narrow;

	if (size == sizeof(narrow)) {
		memcpy(&narrow, from, sizeof(narrow));
		real = decimal_widen(narrow);
	} else {
		memcpy(&real, from, sizeof(real));
	}
	return put(at, room, PARAM_DOUBLE, sizeof(real), &real, sizeof(real));
}

static size_t
put_moment(char *at, size_t room, const void *from,
    size_t write(char out[MOMENT_MAX], const MYSQL_TIME *time))
{
	char text[MOMENT_MAX];
	MYSQL_TIME time;
	size_t len;

	memcpy(&time, from, sizeof(time));
	len = write(text, &time);
	return put(at, room, PARAM_TEXT, len, text, len);
}

IN_LINE size_t
put_bytes(char *at, size_t room, bool text, const void *bytes, uint64_t len,
    size_t max)
{
	size_t kept = (size_t)len;

	if (__builtin_expect(!bytes || len > LENGTH_MAX, 0))
		kept = 0;
	else if (__builtin_expect(len > max, 0))
		kept = text ? text_cut8(bytes, max) : max;
	return put(at, room, text ? PARAM_TEXT : PARAM_BLOB, len, bytes, kept);
}

size_t
value_put_bytes(char *at, size_t room, bool text, const void *bytes,
    uint64_t len, size_t max)
{
	return put_bytes(at, room, text, bytes, len, max);
}

/* MySQL takes no bytes from nowhere; a number it would die of. */
IN_LINE bool
is_nowhere(const struct bind *bind, const struct batch *batch,
    const struct field_type *type, const void *from)
{
	if (__builtin_expect(from && bind->buffer, 1))
		return false;
	return (!bind->buffer && batch->mariadb) || !is_bytes(type);
}

IN_LINE size_t
put_typed(char *at, size_t room, const struct bind *bind,
    const struct reading *reading, const void *from)
{
	const struct field_type *type = field_type(bind->type);

	if (is_nowhere(bind, reading->batch, type, from))
		return put_null(at, room);
	switch ((enum read)type->read) {
	case READ_NONE:
		return put_null(at, room);
	case READ_UNKNOWN:
		return put_unknown(at, room, bind->type);
	case READ_SIGNED:
		return put_integer(
		    at, room, from, type->size, bind->is_unsigned);
	case READ_REAL:
		return put_real(at, room, from, type->size);
	case READ_DATE:
		return put_moment(at, room, from, moment_date);
	case READ_DATETIME:
		return put_moment(at, room, from, moment_datetime);
	case READ_TIME:
		return put_moment(at, room, from, moment_time);
	case READ_TEXT:
	case READ_BLOB:
		break;
	}
	return put_bytes(at, room, type->read == READ_TEXT, from,
	    length_of(bind, reading, from), reading->max);
}

static const void *
row_of(const struct bind *bind, const struct reading *reading)
{
	const struct field_type *type = field_type(bind->type);

	if (type->read == READ_NONE || type->read == READ_UNKNOWN)
		return bind->buffer; /* nothing is read of it */
	return buffer_of(bind, reading->batch, reading->row, type->size);
}

/* A value of an array, where an indicator may stand in for it. */
static __attribute__((noinline)) size_t
put_of_row(char *at, size_t room, const struct bind *bind,
    const struct reading *reading)
{
	static const char *const keywords[] = {
	    [INDICATOR_DEFAULT] = "DEFAULT",
	    [INDICATOR_IGNORE] = "IGNORE",
	    [INDICATOR_IGNORE_ROW] = "IGNORE_ROW",
	};
	int indicator = indicator_of(bind, reading->batch, reading->row);

	if (indicator >= INDICATOR_DEFAULT && indicator <= INDICATOR_IGNORE_ROW)
		return value_put_keyword(at, room, keywords[indicator]);
	if (indicator > INDICATOR_NONE)
		return put_null(at, room);
	return put_typed(at, room, bind, reading, row_of(bind, reading));
}

size_t
value_put(char *at, size_t room, const struct bind *bind,
    const struct reading *reading)
{
	/* In an array is_null is not looked at. */
	if (__builtin_expect(reading->batch->rows, 0))
		return put_of_row(at, room, bind, reading);
	if (is_null(bind))
		return put_null(at, room);
	return put_typed(at, room, bind, reading, bind->buffer);
}

size_t
value_most(const struct bind *bind, const struct reading *reading)
{
	bool array = reading->batch->rows;
	uint64_t len;

	if (!is_bytes(field_type(bind->type)) ||
	    indicator_of(bind, reading->batch, reading->row) > INDICATOR_NONE ||
	    (!array && is_null(bind)))
		return VALUE_SHORT;
	len = length_of(bind, reading, row_of(bind, reading));
	return len < reading->max ? (size_t)len : reading->max;
}
