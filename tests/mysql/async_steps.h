/*
 * async_steps.h - the calls of Connector/C that come back in their middle, as
 * steps of a script.
 */
#ifndef TESTS_MYSQL_ASYNC_STEPS_H
#define TESTS_MYSQL_ASYNC_STEPS_H

#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct task;

/* A call: how it starts, goes on, and what is printed when it is over. */
struct step {
	const char *name;
	int (*start)(struct task *task);
	int (*cont)(struct task *task, int events);
	int (*done)(struct task *task); /* true: once more; may be NULL */
};

struct line {
	const struct step *step;
	const char *text;
};

struct task {
	MYSQL *mysql;
	MYSQL_STMT *stmt;
	const struct line *line;
	int events; /* that are waited for; 0: the script is through */
	FILE *out;
	char *said;
	size_t said_len;
	int rc;
	my_bool failed;
	MYSQL *connected;
	MYSQL_RES *result;
	MYSQL_ROW row;
	const char *stat;
	int number; /* of the statement's parameter, and of its column */
	char bytes[32];
	MYSQL_BIND bind[2];
};

/* clang-format off */
#define STEP(key, call, ret, over, ...) \
	static int key##_start(struct task *task) \
	{ return call##_start(ret, __VA_ARGS__); } \
	static int key##_cont(struct task *task, int events) \
	{ return call##_cont(ret, OBJECT, events); } \
	static const struct step key = \
	    { #call, key##_start, key##_cont, over };
/* clang-format on */

static int
print_row(struct task *task)
{
	if (task->row)
		fprintf(task->out, "  %s\n", task->row[0] ? task->row[0] : "");
	return task->row != NULL;
}

static int
print_rows(struct task *task)
{
	MYSQL_ROW row;

	while (task->result && (row = mysql_fetch_row(task->result)))
		fprintf(task->out, "  %s\n", row[0] ? row[0] : "NULL");
	if (task->result)
		mysql_free_result(task->result);
	return 0;
}

static int
print_fields(struct task *task)
{
	fprintf(task->out, "  %u fields\n", mysql_num_fields(task->result));
	mysql_free_result(task->result);
	return 0;
}

#define TEXT task->line->text
#define SETTING(name) getenv("OSPROF_TEST_" #name)
#define OBJECT task->mysql
STEP(connects, mysql_real_connect, &task->connected, NULL, OBJECT, NULL,
    SETTING(USER), TEXT ? TEXT : SETTING(PASSWORD), SETTING(DATABASE), 0,
    SETTING(SOCKET), CLIENT_MULTI_STATEMENTS)
STEP(change_user, mysql_change_user, &task->failed, NULL, OBJECT, SETTING(USER),
    SETTING(PASSWORD), SETTING(DATABASE))
STEP(reset_connection, mysql_reset_connection, &task->rc, NULL, OBJECT)
STEP(query, mysql_query, &task->rc, NULL, OBJECT, TEXT)
STEP(real_query, mysql_real_query, &task->rc, NULL, OBJECT, TEXT,
    (unsigned long)-1)
STEP(send_query, mysql_send_query, &task->rc, NULL, OBJECT, TEXT, strlen(TEXT))
STEP(read_query_result, mysql_read_query_result, &task->failed, NULL, OBJECT)
STEP(next_result, mysql_next_result, &task->rc, NULL, OBJECT)
STEP(store_result, mysql_store_result, &task->result, print_rows, OBJECT)
STEP(commit, mysql_commit, &task->failed, NULL, OBJECT)
STEP(rollback, mysql_rollback, &task->failed, NULL, OBJECT)
STEP(autocommit, mysql_autocommit, &task->failed, NULL, OBJECT, *TEXT == '1')
STEP(charset, mysql_set_character_set, &task->rc, NULL, OBJECT, TEXT)
STEP(option, mysql_set_server_option, &task->rc, NULL, OBJECT,
    MYSQL_OPTION_MULTI_STATEMENTS_ON)
STEP(select_db, mysql_select_db, &task->rc, NULL, OBJECT, TEXT)
STEP(list_fields, mysql_list_fields, &task->result, print_fields, OBJECT, TEXT,
    NULL)
STEP(kills, mysql_kill, &task->rc, NULL, OBJECT, 0x7fffffff)
STEP(refresh, mysql_refresh, &task->rc, NULL, OBJECT, REFRESH_TABLES)
STEP(stat, mysql_stat, &task->stat, NULL, OBJECT)
STEP(dump_debug_info, mysql_dump_debug_info, &task->rc, NULL, OBJECT)
STEP(ping, mysql_ping, &task->rc, NULL, OBJECT)
#undef OBJECT
#define OBJECT task->result
STEP(fetch_row, mysql_fetch_row, &task->row, print_row, OBJECT)
#undef OBJECT

/* Those without a result. */
static int
free_result_start(struct task *task)
{
	return mysql_free_result_start(task->result);
}

static int
free_result_cont(struct task *task, int events)
{
	return mysql_free_result_cont(task->result, events);
}

static const struct step free_result = {
    "mysql_free_result", free_result_start, free_result_cont, NULL};

/* One that nobody waits for. */
static int
use_result_start(struct task *task)
{
	task->result = mysql_use_result(task->mysql);
	return 0;
}

static const struct step use_result = {
    "mysql_use_result", use_result_start, NULL, NULL};

/* Go on with nothing. */
static int
nothing_start(struct task *task)
{
	return mysql_query_cont(&task->rc, task->mysql, MYSQL_WAIT_READ);
}

static const struct step nothing = {
    "mysql_query_cont", nothing_start, NULL, NULL};

/* Prepared statements: a number and a text, both ways. */
static void
bind(struct task *task)
{
	memset(task->bind, 0, sizeof(task->bind));
	task->bind[0].buffer_type = MYSQL_TYPE_LONG;
	task->bind[0].buffer = &task->number;
	task->bind[1].buffer_type = MYSQL_TYPE_STRING;
	task->bind[1].buffer = task->bytes;
	task->bind[1].buffer_length = sizeof(task->bytes);
}

static int
make_stmt_start(struct task *task)
{
	task->stmt = mysql_stmt_init(task->mysql);
	return 0;
}

static const struct step make_stmt = {
    "mysql_stmt_init", make_stmt_start, NULL, NULL};

static void
bind_values(struct task *task)
{
	bind(task);
	task->number = atoi(TEXT);
	snprintf(task->bytes, sizeof(task->bytes), "text %s", TEXT);
	task->bind[1].buffer_length = strlen(task->bytes);
	mysql_stmt_bind_param(task->stmt, task->bind);
}

/* Values are what they are when the call begins, and others from then on. */
static int
execute_start(struct task *task)
{
	int events;

	if (TEXT)
		bind_values(task);
	events = mysql_stmt_execute_start(&task->rc, task->stmt);
	task->number = 0;
	memset(task->bytes, 0, sizeof(task->bytes));
	return events;
}

static int
execute_cont(struct task *task, int events)
{
	return mysql_stmt_execute_cont(&task->rc, task->stmt, events);
}

static int
bind_columns(struct task *task)
{
	bind(task);
	if (!task->rc && mysql_stmt_field_count(task->stmt))
		mysql_stmt_bind_result(task->stmt, task->bind);
	return 0;
}

static const struct step execute = {
    "mysql_stmt_execute", execute_start, execute_cont, bind_columns};

static int
print_columns(struct task *task)
{
	fprintf(
	    task->out, "  %d: %d %s\n", task->rc, task->number, task->bytes);
	return task->rc == 0;
}

static int
forget_stmt(struct task *task)
{
	task->stmt = NULL;
	return 0;
}

#define OBJECT task->stmt
STEP(prepare, mysql_stmt_prepare, &task->rc, NULL, OBJECT, TEXT, strlen(TEXT))
STEP(long_data, mysql_stmt_send_long_data, &task->failed, NULL, OBJECT, 1, TEXT,
    strlen(TEXT))
STEP(stmt_next_result, mysql_stmt_next_result, &task->rc, bind_columns, OBJECT)
STEP(stmt_store_result, mysql_stmt_store_result, &task->rc, NULL, OBJECT)
STEP(stmt_fetch, mysql_stmt_fetch, &task->rc, print_columns, OBJECT)
STEP(stmt_free_result, mysql_stmt_free_result, &task->failed, NULL, OBJECT)
STEP(stmt_reset, mysql_stmt_reset, &task->failed, NULL, OBJECT)
STEP(stmt_close, mysql_stmt_close, &task->failed, forget_stmt, OBJECT)
#undef OBJECT

#endif
