/*
 * preload.c - what shim/preload.h wants to know of libpq.
 */
#define OSPROF_PRELOAD 1
#include "shim/preload.h"

#include "pq/real.h"

_Static_assert(REAL_COUNT <= PRELOAD_MAX, "a library has room for its names");

/* What a call comes to that the loaded libpq does not have. */
static int
absent_number(void)
{
	return 0;
}

static void *
absent_pointer(void)
{
	return NULL;
}

/* clang-format off */
#define ABSENT(name) _Generic(&(name), \
	__typeof__(PQclosePrepared) *: (preload_function *)absent_pointer, \
	__typeof__(PQchangePassword) *: (preload_function *)absent_pointer, \
	default: (preload_function *)absent_number)

static struct preload_library nothing = {
	.function = {
#define CALL(name, class, since) [CALL_##name] = ABSENT(osprof_##name),
#include "pq/calls.h"
	},
};

static const char *const name[] = {
#define CALL(name, class, since) [CALL_##name] = #name,
#include "pq/calls.h"
#define READ(name) [READ_##name] = #name,
#include "pq/reads.h"
};
/* clang-format on */

const struct preload preload = {
    .mark = "PQlibVersion",
    .count = REAL_COUNT,
    .name = name,
    .nothing = &nothing,
};
