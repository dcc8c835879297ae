/*
 * fake_mysql.c - a client library without a server, in whose time what the
 * wrappers add would not be seen.  It answers as Connector/C does: a prepared
 * statement has four parameters and changes one row; one whose handle is the
 * second has a column and rows without end.
 */
#include <stdarg.h>
#include <string.h>

#include "mysql/client.h"

static char handles[3];

MYSQL *
mysql_init(MYSQL *mysql)
{
	(void)mysql;
	return (MYSQL *)handles;
}

MYSQL_STMT *
mysql_stmt_init(MYSQL *mysql)
{
	static unsigned made;

	(void)mysql;
	return (MYSQL_STMT *)(handles + 1 + made++ % 2);
}

unsigned
mysql_stmt_field_count(MYSQL_STMT *stmt)
{
	return (char *)stmt == handles + 2;
}

unsigned long
mysql_thread_id(MYSQL *mysql)
{
	(void)mysql;
	return 7;
}

const char *
mysql_get_server_info(MYSQL *mysql)
{
	(void)mysql;
	return "10.11.19-MariaDB";
}

const char *
mysql_character_set_name(MYSQL *mysql)
{
	(void)mysql;
	return "utf8mb4";
}

my_ulonglong
mysql_stmt_affected_rows(MYSQL_STMT *stmt)
{
	(void)stmt;
	return 1;
}

unsigned long
mysql_stmt_param_count(MYSQL_STMT *stmt)
{
	(void)stmt;
	return 4;
}

int
mysql_stmt_warning_count(MYSQL_STMT *stmt)
{
	(void)stmt;
	return 0;
}

my_bool
mariadb_get_infov(MYSQL *mysql, enum mariadb_value value, void *arg, ...)
{
	static const char *const text = "bench";

	(void)mysql;
	switch (value) {
	case MARIADB_CONNECTION_HOST:
	case MARIADB_CONNECTION_USER:
	case MARIADB_CONNECTION_SCHEMA:
		memcpy(arg, &text, sizeof(text));
		break;
	case MARIADB_CONNECTION_PORT:
	case MARIADB_CONNECTION_SERVER_STATUS:
		*(unsigned *)arg = 2; /* autocommit */
		break;
	default:
		memset(arg, 0, sizeof(void *));
		break;
	}
	return 0;
}
