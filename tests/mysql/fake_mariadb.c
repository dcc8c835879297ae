/*
 * fake_mariadb.c - a client library that plays from a script: what only
 * Connector/C has, but for the calls that come back in their middle.
 */
#include <string.h>

#include "tests/mysql/fake_mysql_script.h"

/* What it tells is a text, or a number. */
my_bool
mariadb_get_infov(MYSQL *mysql, enum mariadb_value value, void *arg, ...)
{
	static const char *const text = "scripted";

	switch (value) {
	case MARIADB_CONNECTION_HOST:
	case MARIADB_CONNECTION_USER:
	case MARIADB_CONNECTION_SCHEMA:
		memcpy(arg, &text, sizeof(text));
		break;
	case MARIADB_CONNECTION_SERVER_STATUS:
		memcpy(arg, &mysql->state.status, sizeof(unsigned));
		break;
	case MARIADB_CONNECTION_PORT:
		memset(arg, 0, sizeof(unsigned));
		break;
	case MARIADB_CONNECTION_BYTES_READ:
		memcpy(arg, &mysql->bytes_read, sizeof(size_t));
		break;
	default:
		memset(arg, 0, sizeof(text));
		break;
	}
	return 0;
}

int
mysql_get_socket(MYSQL *mysql)
{
	return mysql ? 3 : -1;
}

int
mysql_stmt_warning_count(MYSQL_STMT *stmt)
{
	return stmt ? 0 : 1;
}
