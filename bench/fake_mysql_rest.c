/*
 * fake_mysql_rest.c - all that the wrappers refer to and the benchmark does
 * not need: it is there and does nothing.
 */

/* clang-format off */
#define EMPTY_BOTH(name) \
	int name(void); __attribute__((weak)) int name(void) { return 0; }
#define EMPTY_MYSQL(name)
#define EMPTY_MARIADB(name)

#define CALL(name, class, has, since) EMPTY_##has(name)
#include "mysql/calls.h"
#define READ(name, has) EMPTY_##has(name)
#include "mysql/reads.h"
/* clang-format on */
