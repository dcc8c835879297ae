/*
 * shown.h - a binary value as pg_value_read() shows it, between guards.
 */
#ifndef TESTS_PQ_SHOWN_H
#define TESTS_PQ_SHOWN_H

#include "pq/value.h"

#define VALUE_MAX 512 /* bytes of a value in a test */
#define ROOM_MAX ((size_t)4096)

struct shown {
	struct pg_value value;
	char text[2 * ROOM_MAX + 3]; /* terminated; bytes as \x and hex */
};

/*
 * Show a value; what comes back is good until the next one.  Both the value
 * and the room of `cap` bytes lie before memory that may not be touched: who
 * reads or writes past them is killed.
 */
struct shown *show(uint32_t oid, const char *data, size_t len, size_t cap);

/* Returns the number of bytes. */
size_t read_hex(const char *hex, char *ret_data);

#endif
