/*
 * value.c - what it costs to show a binary parameter of libpq's.  With a key
 * and a number it shows that value so many times and nothing else, for
 * callgrind, which counts what runs below one_value().
 */
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "pq/value.h"

#define TIMES 20000
#define ARRAY_OF_TEN(oid) "\0\0\0\1\0\0\0\0\0\0" oid "\0\0\0\12\0\0\0\1"
#define INT4 "\0\0\0\4\0\1\342\100"
#define FLOAT8 "\0\0\0\10\100\10\314\315\1\2\3\4" /* of 17 digits */
#define TEN(element) \
 element element element element element element element element element element

struct value {
	const char *key;
	uint32_t oid;
	const char *data;
	size_t len;
};

#define VALUE(key, oid, data) \
 { \
  key, oid, data, sizeof(data) - 1 \
 }

static const struct value values[] = {
    VALUE("value_int4", 23, "\0\1\342\100"),
    VALUE("value_float4", 700, "\75\314\314\315"),
    VALUE("value_text", 25, "somebody.or.other@example.org"),
    VALUE("value_numeric", 1700, "\0\3\0\1\0\0\0\4\0\1\11\51\32\205"),
    VALUE("value_timestamptz", 1184, "\0\3\3\303\204\34\342\100"),
    VALUE("value_int4_10", 1007, ARRAY_OF_TEN("\0\27") TEN(INT4)),
    VALUE("value_float8_10", 1022, ARRAY_OF_TEN("\2\275") TEN(FLOAT8)),
    VALUE("value_unknown", 0, "somebody.or.other@example.org"),
};

#define VALUES (sizeof(values) / sizeof(*values))

/* callgrind looks for it by its name. */
__attribute__((noinline)) static void
one_value(const struct value *value)
{
	static char out[256];
	struct pg_value shown;

	pg_value_read(
	    value->oid, value->data, value->len, out, sizeof(out), &shown);
	__asm__ volatile("" ::"r"(out), "r"(&shown) : "memory");
}

static const struct value *measured;

static void
run_measured(size_t times)
{
	for (size_t i = 0; i < times; i++)
		one_value(measured);
}

/* One after the other: none is compared with another. */
static void
measure_values(void)
{
	for (size_t i = 0; i < VALUES; i++) {
		struct subject subject = {values[i].key, run_measured, NULL, 0};

		measured = &values[i];
		measure(&subject, 1, 51, TIMES);
	}
}

int
main(int argc, char **argv)
{
	if (argc < 3) {
		measure_values();
		return 0;
	}
	for (size_t i = 0; i < VALUES; i++) {
		measured = &values[i];
		if (strcmp(measured->key, argv[1]) == 0)
			run_measured((size_t)atol(argv[2]));
	}
	return 0;
}
