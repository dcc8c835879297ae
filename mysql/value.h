/*
 * value.h - what a bound parameter is worth at the moment.
 *
 * A bind points into the program's memory, where the library reads the value
 * when the statement is executed; so do we, just before, and no byte that the
 * library would not read.  Nothing here allocates, or copies a text.
 */
#ifndef MYSQL_VALUE_H
#define MYSQL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mysql/moment.h"
#include "shim/record.h"

/* What is kept of a MYSQL_BIND. */
struct bind {
	const void *buffer;
	const unsigned long *length; /* NULL: `size` */
	const my_bool *is_null;
	const signed char *indicator;
	unsigned long size; /* MYSQL_BIND.buffer_length */
	unsigned type;      /* MYSQL_BIND.buffer_type */
	bool is_unsigned;
};

/* How a statement's binds are to be read; all zero: one value each. */
struct batch {
	bool mariadb;    /* the library is Connector/C; has no others without */
	bool callback;   /* the program gives the rows one by one, later */
	uint32_t rows;   /* STMT_ATTR_ARRAY_SIZE; 0: no array */
	size_t row_size; /* STMT_ATTR_ROW_SIZE; 0: an array for each column */
};

#define VALUE_SHORT MOMENT_MAX

struct value {
	enum param_type type;
	uint64_t len;   /* bytes that the program bound */
	size_t kept;    /* bytes of them at `at` */
	const void *at; /* in the program's memory, or `own` */
	char *own;      /* VALUE_SHORT bytes of the caller's */
};

/*
 * Read a value of a row, counted from 0, keeping `max` bytes of it.  A type
 * that cannot be bound, and what is no value (DEFAULT), become PARAM_KEYWORD.
 */
void value_read(const struct bind *bind, const struct batch *batch,
    uint32_t row, size_t max, struct value *ret_value);

/* The value is a word that stands for one, of VALUE_SHORT bytes at most. */
void value_keyword(struct value *value, const char *word);

/* The row is left out by this parameter's indicator: nothing of it is read. */
bool value_skips_row(
    const struct bind *bind, const struct batch *batch, uint32_t row);

/* Whether the type is a text, or else bytes. */
bool value_is_text(unsigned type);

/* Whether a value of the type has but VALUE_SHORT bytes. */
bool value_is_short(unsigned type);

/* Where the first `max` bytes of `len` are cut: at a character's end. */
size_t value_cut(
    enum param_type type, const void *at, uint64_t len, size_t max);

#endif
