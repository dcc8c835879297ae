/*
 * real.h - the real client library, as the wrappers call it.
 *
 * The wrappers call the library by its plain names: mysql_query() is its own,
 * and goes to a wrapper only where the public header redirects it.  Which
 * library that is, libmysqlclient or Connector/C, the build of the wrappers
 * decides: the program's link where they are linked with it, what the program
 * has loaded in a preload object.  The names of the other one are NULL.
 */
#ifndef MYSQL_REAL_H
#define MYSQL_REAL_H

#include <string.h>

#include "mysql/client.h"
#include "shim/osprof.h"
#include "shim/wrapper.h"

/* The real functions by their names, or by addresses found at run time. */
#ifdef OSPROF_PRELOAD
# include "mysql/real_preload.h"
#else
# include "mysql/real_linked.h"
#endif

/* Whether the library that is called is Connector/C. */
static inline bool
real_is_mariadb(void)
{
	return mariadb_get_infov != NULL;
}

/* Connector/C takes a length of -1 for a text that ends at a NUL. */
static inline size_t
real_length(const char *sql, unsigned long len)
{
	return len == (unsigned long)-1 && real_is_mariadb() ? strlen(sql)
							     : len;
}

#endif
