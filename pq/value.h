/*
 * value.h - parameters in PostgreSQL's binary format, as they are shown.
 *
 * The traced thread reads them: nothing here allocates, locks, enters the
 * kernel, looks at a locale or changes errno, and reading ends where `out` is
 * full, however long the value is.
 */
#ifndef PQ_VALUE_H
#define PQ_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "shim/record.h"

#define PG_VALUE_NUMBER 8 /* bytes of an integer or a double */

/* What of struct param a value decides. */
struct pg_value {
	enum param_type type;
	size_t kept;  /* bytes of `out` */
	uint64_t len; /* == kept: all of it; else bytes that the program gave */
};

/*
 * Write what is shown of the `len` bytes at `data`, a value of type `oid` that
 * is not NULL, to out[cap].
 *
 * Integers and oids become a PARAM_INT or, where that is too small, PARAM_UINT,
 * floats a PARAM_DOUBLE, if `cap` is at least PG_VALUE_NUMBER; bytea becomes a
 * PARAM_BLOB, and every other type of pq/types.h the PARAM_TEXT that the server
 * would print with DateStyle ISO, IntervalStyle postgres and TimeZone UTC, or
 * its beginning.  Names that only a server knows are their oids, money is in
 * the smallest unit.  An element that is cut is quoted for what there is of it.
 *
 * What is not of its type's form, and each type that is not in the table, is a
 * PARAM_BLOB: its bytes, not a guess.  So is `oid` 0 and that of `unknown`, for
 * which the server finds a type that the client does not see.
 */
void pg_value_read(uint32_t oid, const void *data, size_t len, char *out,
    size_t cap, struct pg_value *ret_value);

#endif
