/*
 * fake_shim.h - a shim that keeps the points in memory, to be looked at by the
 * wrappers' tests.
 *
 * The table of handles is the real one.  Texts are kept as the wrappers gave
 * them: hiding is the real shim's own.
 */
#ifndef TESTS_FAKE_SHIM_H
#define TESTS_FAKE_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/record.h"
#include "shim/span.h"

/* Forget all points and switch tracing on; keep them and switch it. */
void shim_on(void);
void shim_on_again(void);
void shim_off(void);

/* The next spans find no room. */
void shim_full(bool full);

/* From the next shim_on() on. */
void shim_hide_args(bool hide);
void shim_transactions(bool trace);
void shim_set_limits(uint32_t max_param, uint32_t max_params);
void shim_per_transaction(bool per_transaction);
void shim_hide_param(unsigned index, bool hide); /* of all statements */
/* A name that begins with "secret" is hidden always. */

/* A text has a credential that has the word "identified" in it. */

/* How many threads wait for process_lock(), which is the shim's own too. */
int shim_waiting(void);

size_t points(void);

/* All about the point that began as number `i`; "" or 0 where not there. */
bool point_ended(size_t i);
const char *point_text(size_t i, enum field_key key);
bool point_has(size_t i, enum field_key key);
uint64_t point_number(size_t i, enum field_key key);
int64_t point_code(size_t i);
/* "1=5 2:name=text(3)'abc'", in the order of the record. */
const char *point_params(size_t i);
/* The number of the point that this one hangs below, or -1. */
int point_parent(size_t i);
/* Which trace: points of the same connection or transaction have the same. */
unsigned point_trace(size_t i);
uint64_t point_start_ns(size_t i);
const void *point_caller(size_t i);

/* Whether the bytes occur in anything that was recorded. */
bool recorded_bytes(const void *bytes, size_t len);

#endif
