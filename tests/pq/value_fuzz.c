/*
 * value_fuzz.c - no bytes do harm, whatever type they are said to be; a value
 * that fits is the same in any room, and else its beginning is shown.
 */
#include "pq/value.h"

#include <stdlib.h>
#include <string.h>

#define WIDE 65536

static const uint16_t oids[] = {
#define TYPE(name, oid, array, form, size, reader, inner) oid, array,
#include "pq/types.h"
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read from and into memory without a byte to spare; the caller frees it. */
static char *
show(uint32_t oid, const void *data, size_t len, size_t cap,
    struct pg_value *ret_value)
{
	char *copy = malloc(len), *out = malloc(cap);

	if (!out || !copy)
		abort();
	memcpy(copy, data, len);
	pg_value_read(oid, copy, len, out, cap, ret_value);
	free(copy);
	if (ret_value->kept > cap || ret_value->kept > ret_value->len)
		abort();
	return out;
}

static void
check(uint32_t oid, const void *data, size_t len, size_t cap)
{
	struct pg_value value, whole;
	char *out = show(oid, data, len, cap, &value);
	char *wide = show(oid, data, len, WIDE, &whole);

	if (value.kept == value.len && value.type != PARAM_BLOB &&
	    (whole.type != value.type || whole.kept != value.kept ||
		memcmp(out, wide, value.kept) != 0))
		abort();
	if (value.kept < value.len && value.len != len)
		abort();
	if (whole.type == PARAM_BLOB &&
	    (whole.len != len || memcmp(wide, data, whole.kept) != 0))
		abort();
	free(wide);
	free(out);
}

/* A byte for the type, one for the room, the value. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	check(oids[data[0] % (sizeof(oids) / sizeof(*oids))], data + 2,
	    size - 2, data[1]);
	return 0;
}
