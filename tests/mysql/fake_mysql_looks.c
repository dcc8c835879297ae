/*
 * fake_mysql_looks.c - a client library that plays from a script: the calls
 * that only look at a handle.
 */
#include <string.h>

#include "tests/mysql/fake_mysql.h"

my_ulonglong
mysql_affected_rows(MYSQL *mysql)
{
	return mysql->state.changes;
}

const char *
mysql_character_set_name(MYSQL *mysql)
{
	return mysql ? "utf8mb4" : NULL;
}

unsigned
mysql_errno(MYSQL *mysql)
{
	return mysql->state.code;
}

const char *
mysql_error(MYSQL *mysql)
{
	return mysql->state.error;
}

unsigned
mysql_field_count(MYSQL *mysql)
{
	return mysql->state.fields;
}

client_text
mysql_get_host_info(MYSQL *mysql)
{
	return mysql ? "Localhost via UNIX socket" : NULL;
}

client_text
mysql_get_server_info(MYSQL *mysql)
{
	return mysql ? "9.7.4" : NULL;
}

const char *
mysql_info(MYSQL *mysql)
{
	return mysql ? NULL : "";
}

my_ulonglong
mysql_insert_id(MYSQL *mysql)
{
	return mysql ? 0 : 1;
}

my_bool
mysql_more_results(MYSQL *mysql)
{
	return mysql->more;
}

my_ulonglong
mysql_num_rows(MYSQL_RES *result)
{
	return result->rows;
}

const char *
mysql_sqlstate(MYSQL *mysql)
{
	return mysql->state.sqlstate;
}

my_ulonglong
mysql_stmt_affected_rows(MYSQL_STMT *stmt)
{
	return stmt->state.changes;
}

my_bool
mysql_stmt_attr_get(
    MYSQL_STMT *stmt, enum enum_stmt_attr_type type, void *ret_attr)
{
	if (type == STMT_ATTR_STATE)
		memcpy(ret_attr, &stmt->progress, sizeof(stmt->progress));
	return type != STMT_ATTR_STATE;
}

unsigned
mysql_stmt_errno(MYSQL_STMT *stmt)
{
	return stmt->state.code;
}

const char *
mysql_stmt_error(MYSQL_STMT *stmt)
{
	return stmt->state.error;
}

unsigned
mysql_stmt_field_count(MYSQL_STMT *stmt)
{
	return stmt->state.fields;
}

my_ulonglong
mysql_stmt_insert_id(MYSQL_STMT *stmt)
{
	return stmt ? 0 : 1;
}

my_ulonglong
mysql_stmt_num_rows(MYSQL_STMT *stmt)
{
	return stmt->rows;
}

unsigned long
mysql_stmt_param_count(MYSQL_STMT *stmt)
{
	return stmt ? 0 : 1;
}

const char *
mysql_stmt_sqlstate(MYSQL_STMT *stmt)
{
	return stmt->state.sqlstate;
}

unsigned long
mysql_thread_id(MYSQL *mysql)
{
	return mysql->state.thread;
}

unsigned
mysql_warning_count(MYSQL *mysql)
{
	return mysql ? 0 : 1;
}

int
mysql_session_track_get_first(MYSQL *mysql, enum enum_session_state_type type,
    const char **data, size_t *len)
{
	(void)mysql, (void)type, (void)data, (void)len;
	return 1;
}

int
mysql_session_track_get_next(MYSQL *mysql, enum enum_session_state_type type,
    const char **data, size_t *len)
{
	(void)mysql, (void)type, (void)data, (void)len;
	return 1;
}
