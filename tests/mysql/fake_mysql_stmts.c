/*
 * fake_mysql_stmts.c - a client library that plays from a script: the calls of
 * prepared statements.
 *
 * The server's answer is the connection's too, as far as that tells of it.
 */
#include "tests/mysql/fake_mysql_script.h"

static int
play_stmt(const char *call, MYSQL_STMT *stmt)
{
	stmt->fetched = 0;
	return play(call, &stmt->state).number;
}

static void
tell_connection(MYSQL *mysql, const struct answer *now)
{
	mysql->bytes_read += !now->skipped;
	mysql->state.changes = now->state.changes;
	fail(&mysql->state, now->state.code);
}

static int
play_prepare(const char *call, MYSQL_STMT *stmt)
{
	struct answer now = play(call, &stmt->state);

	if (!now.skipped)
		stmt->progress = !now.number;
	else if (stmt->progress)
		stmt->progress = 1;
	if (stmt->mysql)
		tell_connection(stmt->mysql, &now);
	return now.number;
}

static int
play_execute(const char *call, MYSQL_STMT *stmt)
{
	struct fake_state before = stmt->state;
	struct answer now = play(call, &stmt->state);

	if (now.skipped)
		stmt->state = before;
	else if (now.number)
		stmt->progress = 1;
	else
		stmt->progress = now.state.fields ? STMT_STATE_HAS_ROWS : 2;
	if (!now.skipped)
		stmt->fetched = 0;
	if (stmt->mysql)
		tell_connection(stmt->mysql, &now);
	return now.number;
}

int
fake_read_prepare_response(MYSQL_STMT *stmt)
{
	return play_prepare("db_read_prepare_response", stmt);
}

int
fake_read_execute_response(MYSQL_STMT *stmt)
{
	return play_execute("db_read_execute_response", stmt);
}

int
mysql_stmt_prepare(MYSQL_STMT *stmt, const char *sql, unsigned long len)
{
	(void)sql;
	(void)len;
	return play_prepare("mysql_stmt_prepare", stmt);
}

my_bool
mysql_stmt_attr_set(
    MYSQL_STMT *stmt, enum enum_stmt_attr_type type, const void *attr)
{
	(void)type;
	(void)attr;
	return (my_bool)play_stmt("mysql_stmt_attr_set", stmt);
}

my_bool
mysql_stmt_bind_param(MYSQL_STMT *stmt, MYSQL_BIND *bind)
{
	(void)bind;
	return (my_bool)play_stmt("mysql_stmt_bind_param", stmt);
}

my_bool
mysql_stmt_send_long_data(
    MYSQL_STMT *stmt, unsigned index, const char *data, unsigned long len)
{
	(void)index;
	(void)data;
	(void)len;
	return (my_bool)play_stmt("mysql_stmt_send_long_data", stmt);
}

int
mysql_stmt_execute(MYSQL_STMT *stmt)
{
	return play_execute("mysql_stmt_execute", stmt);
}

int
mysql_stmt_next_result(MYSQL_STMT *stmt)
{
	return play_execute("mysql_stmt_next_result", stmt);
}

int
mysql_stmt_store_result(MYSQL_STMT *stmt)
{
	return play_stmt("mysql_stmt_store_result", stmt);
}

my_bool
mysql_stmt_free_result(MYSQL_STMT *stmt)
{
	return (my_bool)play_stmt("mysql_stmt_free_result", stmt);
}

my_bool
mysql_stmt_reset(MYSQL_STMT *stmt)
{
	return (my_bool)play_stmt("mysql_stmt_reset", stmt);
}

my_bool
mysql_stmt_close(MYSQL_STMT *stmt)
{
	return (my_bool)play_stmt("mysql_stmt_close", stmt);
}

MYSQL_STMT *
mysql_stmt_init(MYSQL *mysql)
{
	MYSQL_STMT *stmt = play("mysql_stmt_init", &mysql->state).pointer;

	if (stmt)
		stmt->mysql = mysql;
	return stmt;
}

int
mysql_stmt_fetch(MYSQL_STMT *stmt)
{
	wait_for_server(stmt->waits);
	leave_errno();
	if (stmt->fetched++ < stmt->rows)
		return 0;
	fail(&stmt->state, stmt->code);
	return stmt->code ? 1 : 100;
}
