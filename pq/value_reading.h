/*
 * value_reading.h - what the readers of binary values share.
 *
 * A reader takes the value's bytes and shows it as text.  It need not check
 * each step: what is taken past the end is 0 and marks the reading bad, what
 * is shown past the room is dropped and marks it full, and loops end at both.
 * The caller asks once, and sees to bytes that are left over.
 */
#ifndef PQ_VALUE_READING_H
#define PQ_VALUE_READING_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct reading {
	const unsigned char *at; /* the next byte of the value */
	const unsigned char *end;
	char *out; /* the next byte of the text */
	char *out_end;
	unsigned depth; /* values that this one is inside of */
	bool bad;       /* not of its type's form */
	bool full;      /* the text is cut */
};

enum value_form {
	FORM_SIGNED,
	FORM_UNSIGNED,
	FORM_FLOAT,
	FORM_BYTES,
	FORM_TEXT,
};

/* A row of pq/types.h. */
struct pg_type {
	void (*read)(struct reading *reading, const struct pg_type *type);
	uint16_t oid;
	uint16_t inner;
	uint8_t form; /* enum value_form */
	uint8_t size;
};

#define TYPE(name, oid, array, form, size, reader, inner) \
 void read_##reader(struct reading *reading, const struct pg_type *type);
#include "pq/types.h"

/* The type of an oid, or of the elements if it is an array's; NULL: unknown. */
const struct pg_type *pg_type_find(uint32_t oid, bool *ret_array);

/* Read a value up to reading->end, which it must fill. */
void read_value(struct reading *reading, uint32_t oid);
void read_array(struct reading *reading, const struct pg_type *element);

/* What a value stands in, and with it when and how it is quoted. */
enum around {
	AROUND_NOTHING = 0, /* no quotes whatever it is */
	AROUND_ARRAY = 1,
	AROUND_RECORD = 2,
	AROUND_RANGE = 4,
};

/* Read the value in the next `len` bytes, quoted where it must be. */
void read_part(
    struct reading *reading, uint32_t oid, int32_t len, enum around around);

/* Put what stands from `begin` on between quotes, if it must be. */
void show_quotes(struct reading *reading, char *begin, enum around around);

static inline bool
reading_over(const struct reading *reading)
{
	return reading->bad || reading->full;
}

static inline size_t
reading_left(const struct reading *reading)
{
	return (size_t)(reading->end - reading->at);
}

/* Take 1, 2, 4 or 8 bytes as a number, the highest first. */
static inline uint64_t
take(struct reading *reading, size_t size)
{
	uint64_t value = 0;

	if (reading_left(reading) < size) {
		reading->bad = true;
		reading->at = reading->end;
		return 0;
	}
	memcpy((char *)&value + sizeof(value) - size, reading->at, size);
	reading->at += size;
	return be64toh(value);
}

/* As the type says: signed or not. */
int64_t take_integer(struct reading *reading, const struct pg_type *type);

float take_float(struct reading *reading);
double take_double(struct reading *reading);

static inline int64_t
take_i64(struct reading *reading)
{
	return (int64_t)take(reading, 8);
}

static inline int32_t
take_i32(struct reading *reading)
{
	return (int32_t)take(reading, 4);
}

static inline void
show_char(struct reading *reading, char c)
{
	if (reading->out < reading->out_end)
		*reading->out++ = c;
	else
		reading->full = true;
}

static inline void
show_bytes(struct reading *reading, const void *bytes, size_t len)
{
	size_t room = (size_t)(reading->out_end - reading->out);

	if (len > room) {
		len = room;
		reading->full = true;
	}
	if (len > 0)
		memcpy(reading->out, bytes, len);
	reading->out += len;
}

#define show_literal(reading, literal) \
 show_bytes((reading), (literal), sizeof(literal) - 1)

void show_u64(struct reading *reading, uint64_t value);
void show_i64(struct reading *reading, int64_t value);

/* With zeros in front where it has fewer than `width` digits. */
void show_padded(struct reading *reading, uint64_t value, unsigned width);

/* As hexadecimal without zeros in front, of these digits. */
extern const char lower_digits[], upper_digits[];
void show_base16(struct reading *reading, uint64_t value, const char *digits);

/* Take so many bytes and show them as lower-case hex. */
void show_hex(struct reading *reading, size_t count);

/* Take a float8 and show it as the server prints it. */
void show_next_double(struct reading *reading);

#endif
