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

/* Which value is read, and how much of it is kept. */
struct reading {
	const struct batch *batch;
	uint32_t row; /* from 0 */
	uint32_t max; /* bytes */
};

#define VALUE_SHORT MOMENT_MAX /* bytes of a number, a time or a keyword */

/* No value is as long. */
#define VALUE_NO_ROOM SIZE_MAX

/*
 * Write a value to `at`, where `room` bytes are: a struct param, but for the
 * index and the length of the name, and behind it what is kept of the bytes.
 * Returns how many those are, or VALUE_NO_ROOM.  A type that cannot be bound,
 * and what is no value (DEFAULT), become PARAM_KEYWORD.
 */
size_t value_put(char *at, size_t room, const struct bind *bind,
    const struct reading *reading);

/*
 * The same of a value that is known: a text or bytes, one that is not shown, a
 * word that stands for one.
 */
size_t value_put_bytes(char *at, size_t room, bool text, const void *bytes,
    uint64_t len, size_t max);
size_t value_put_hidden(char *at, size_t room);
size_t value_put_keyword(char *at, size_t room, const char *word);

/* How many bytes value_put() would keep, at most. */
size_t value_most(const struct bind *bind, const struct reading *reading);

/* The row is left out by this parameter's indicator: nothing of it is read. */
bool value_skips_row(
    const struct bind *bind, const struct batch *batch, uint32_t row);

/* Whether the type is a text, or else bytes. */
bool value_is_text(unsigned type);

#endif
