/*
 * fake_mysql_calls.c - a client library that plays from a script: its calls.
 */
#include "tests/mysql/fake_mysql_script.h"

static char row_value[] = "value";
static char *row[] = {row_value};

static int
play_conn(const char *call, MYSQL *mysql)
{
	struct answer now = play(call, &mysql->state);

	mysql->more = now.more;
	return now.number;
}

int
mysql_query(MYSQL *mysql, const char *sql)
{
	(void)sql;
	return play_conn("mysql_query", mysql);
}

int
mysql_real_query(MYSQL *mysql, const char *sql, unsigned long len)
{
	(void)sql;
	(void)len;
	return play_conn("mysql_real_query", mysql);
}

int
mysql_send_query(MYSQL *mysql, const char *sql, unsigned long len)
{
	(void)sql;
	(void)len;
	return play_conn("mysql_send_query", mysql);
}

my_bool
mysql_read_query_result(MYSQL *mysql)
{
	return (my_bool)play_conn("mysql_read_query_result", mysql);
}

int
mysql_next_result(MYSQL *mysql)
{
	return play_conn("mysql_next_result", mysql);
}

my_bool
mysql_commit(MYSQL *mysql)
{
	return (my_bool)play_conn("mysql_commit", mysql);
}

my_bool
mysql_rollback(MYSQL *mysql)
{
	return (my_bool)play_conn("mysql_rollback", mysql);
}

my_bool
mysql_autocommit(MYSQL *mysql, my_bool on)
{
	(void)on;
	return (my_bool)play_conn("mysql_autocommit", mysql);
}

int
mysql_set_character_set(MYSQL *mysql, const char *name)
{
	(void)name;
	return play_conn("mysql_set_character_set", mysql);
}

int
mysql_set_server_option(MYSQL *mysql, enum enum_mysql_set_option option)
{
	(void)option;
	return play_conn("mysql_set_server_option", mysql);
}

int
mysql_select_db(MYSQL *mysql, const char *db)
{
	(void)db;
	return play_conn("mysql_select_db", mysql);
}

int
mysql_dump_debug_info(MYSQL *mysql)
{
	return play_conn("mysql_dump_debug_info", mysql);
}

int
mysql_ping(MYSQL *mysql)
{
	return play_conn("mysql_ping", mysql);
}

my_bool
mysql_change_user(
    MYSQL *mysql, const char *user, const char *password, const char *db)
{
	(void)user;
	(void)password;
	(void)db;
	return (my_bool)play_conn("mysql_change_user", mysql);
}

int
mysql_reset_connection(MYSQL *mysql)
{
	return play_conn("mysql_reset_connection", mysql);
}

MYSQL *
mysql_real_connect(MYSQL *mysql, const char *host, const char *user,
    const char *password, const char *db, unsigned port, const char *socket,
    unsigned long flags)
{
	(void)host;
	(void)user;
	(void)password;
	(void)db;
	(void)port;
	(void)socket;
	(void)flags;
	return play("mysql_real_connect", &mysql->state).pointer;
}

/* What the connection says of the statement stays, but for an error. */
static MYSQL_RES *
play_rows(const char *call, MYSQL *mysql)
{
	struct answer now = play(call, NULL);

	fail(&mysql->state, now.state.code);
	return now.pointer;
}

MYSQL_RES *
mysql_store_result(MYSQL *mysql)
{
	return play_rows("mysql_store_result", mysql);
}

MYSQL_RES *
mysql_use_result(MYSQL *mysql)
{
	return play_rows("mysql_use_result", mysql);
}

MYSQL_RES *
mysql_list_dbs(MYSQL *mysql, const char *wild)
{
	(void)wild;
	return play("mysql_list_dbs", &mysql->state).pointer;
}

MYSQL_RES *
mysql_list_tables(MYSQL *mysql, const char *wild)
{
	(void)wild;
	return play("mysql_list_tables", &mysql->state).pointer;
}

client_text
mysql_stat(MYSQL *mysql)
{
	return play("mysql_stat", &mysql->state).pointer;
}

MYSQL_RES *
mysql_list_fields(MYSQL *mysql, const char *table, const char *wild)
{
	(void)table;
	(void)wild;
	return play("mysql_list_fields", &mysql->state).pointer;
}

int
mysql_kill(MYSQL *mysql, unsigned long thread_id)
{
	(void)thread_id;
	return play_conn("mysql_kill", mysql);
}

int
mysql_shutdown(MYSQL *mysql, enum mysql_enum_shutdown_level level)
{
	(void)level;
	return play_conn("mysql_shutdown", mysql);
}

int
mysql_refresh(MYSQL *mysql, unsigned options)
{
	(void)options;
	return play_conn("mysql_refresh", mysql);
}

MYSQL *
mysql_init(MYSQL *mysql)
{
	return mysql ? mysql : play("mysql_init", NULL).pointer;
}

void
mysql_close(MYSQL *mysql)
{
	mysql->events = 0;
	play("mysql_close", NULL);
}

MYSQL_ROW
mysql_fetch_row(MYSQL_RES *result)
{
	wait_for_server(result->waits);
	leave_errno();
	if (result->fetched < result->rows) {
		result->fetched++;
		return row;
	}
	fail(&result->mysql->state, result->code);
	return NULL;
}

void
mysql_free_result(MYSQL_RES *result)
{
	wait_for_server(result->waits);
	leave_errno();
}
