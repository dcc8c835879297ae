/*
 * admin.h - what the points of commands show of their arguments.
 */
#ifndef MYSQL_ADMIN_H
#define MYSQL_ADMIN_H

#include "mysql/real.h"

#define COMMIT "COMMIT"
#define ROLLBACK "ROLLBACK"

const char *admin_autocommit(my_bool on);

/* NULL: no name is known of it. */
const char *admin_option(enum enum_mysql_set_option option);

#endif
