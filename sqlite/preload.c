/*
 * preload.c - what shim/preload.h wants to know of SQLite.
 */
#define OSPROF_PRELOAD 1
#include "shim/preload.h"

#include "sqlite/real.h"

_Static_assert(REAL_COUNT <= PRELOAD_MAX, "a library has room for its names");

/* What a call comes to that the loaded SQLite does not have. */
static int
absent_code(void)
{
	return SQLITE_ERROR;
}

static void *
absent_pointer(void)
{
	return NULL;
}

/* clang-format off */
#define ABSENT(name) _Generic(&(name), \
	__typeof__(sqlite3_backup_init) *: (preload_function *)absent_pointer, \
	__typeof__(sqlite3_serialize) *: (preload_function *)absent_pointer, \
	default: (preload_function *)absent_code)

static struct preload_library nothing = {
	.function = {
#define CALL(name, class, since) [CALL_##name] = ABSENT(osprof_##name),
#include "sqlite/calls.h"
	},
};

static const char *const name[] = {
#define CALL(name, class, since) [CALL_##name] = #name,
#include "sqlite/calls.h"
#define READ(name) [READ_##name] = #name,
#include "sqlite/reads.h"
};
/* clang-format on */

const struct preload preload = {
    .mark = "sqlite3_libversion",
    .count = REAL_COUNT,
    .name = name,
    .nothing = &nothing,
};
