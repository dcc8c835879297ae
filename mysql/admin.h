/*
 * admin.h - what the points of commands show of their arguments.
 */
#ifndef MYSQL_ADMIN_H
#define MYSQL_ADMIN_H

#include "mysql/real.h"

#define COMMIT "COMMIT"
#define ROLLBACK "ROLLBACK"

const char *admin_autocommit(my_bool on);

/* The name of a character set, which is a value; NULL: not to be shown. */
const char *admin_charset(const char *name);

/* NULL: no name is known of it. */
const char *admin_option(enum enum_mysql_set_option option);

#endif
