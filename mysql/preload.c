/*
 * preload.c - what shim/preload.h wants to know of libmysqlclient and
 * Connector/C.
 */
#define OSPROF_PRELOAD 1
#include "shim/preload.h"

#include "mysql/real.h"

_Static_assert(REAL_COUNT <= PRELOAD_MAX, "a library has room for its names");

/*
 * What a call comes to that the loaded library does not have: an error, by its
 * kind.  A _start is over at once, for nobody could wake what waits.
 */
static int
absent_code(void)
{
	return 1;
}

static void *
absent_pointer(void)
{
	return NULL;
}

static int
absent_poll(void)
{
	return NET_ASYNC_ERROR;
}

static int
absent_start(void)
{
	return 0;
}

/* clang-format off */
#define POINTER(name) \
	__typeof__(name) *: (preload_function *)absent_pointer
#define ABSENT_STATE(name) ABSENT_WHOLE(name)
#define ABSENT_QUERY(name) ABSENT_WHOLE(name)
#define ABSENT_RESULT(name) ABSENT_WHOLE(name)
#define ABSENT_BIND(name) ABSENT_WHOLE(name)
#define ABSENT_POLL(name) (preload_function *)absent_poll
#define ABSENT_START(name) (preload_function *)absent_start
#define ABSENT_CONT(name) (preload_function *)absent_start
#define ABSENT_WHOLE(name) _Generic(&(osprof_##name), \
	POINTER(osprof_mysql_init), \
	POINTER(osprof_mysql_real_connect), \
	POINTER(osprof_mysql_real_connect_dns_srv), \
	POINTER(osprof_mysql_store_result), \
	POINTER(osprof_mysql_fetch_row), \
	POINTER(osprof_mysql_list_dbs), \
	POINTER(osprof_mysql_list_fields), \
	POINTER(osprof_mysql_stat), \
	POINTER(osprof_mysql_stmt_init), \
	default: (preload_function *)absent_code)

static struct preload_library nothing = {
	.function = {
#define CALL(name, class, has, since) [CALL_##name] = ABSENT_##class(name),
#include "mysql/calls.h"
	},
};

static const char *const name[] = {
#define CALL(name, class, has, since) [CALL_##name] = #name,
#include "mysql/calls.h"
#define READ(name, has) [READ_##name] = #name,
#include "mysql/reads.h"
};
/* clang-format on */

const struct preload preload = {
    .mark = "mysql_get_client_version",
    .count = REAL_COUNT,
    .name = name,
    .nothing = &nothing,
};
