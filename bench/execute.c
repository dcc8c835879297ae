/*
 * execute.c - a prepared statement with four parameters is executed, and a row
 * of another one fetched, by a client library that takes no time
 *(fake_mysql.c): untraced, through the wrappers with tracing off and on.  With
 *a word and a number it executes that often and does nothing else, for
 *callgrind, which counts what runs below one_execute().
 *
 *	bench-execute OFF.ini ON.ini
 *	bench-execute plain|wrapped NUMBER
 */
#define OSPROF_NO_REDIRECT
#define OSPROF_MYSQL_HEADER "mysql/client.h"
#include <osprof_mysql.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "bench/traced.h"

#define TIMES 1000

static const char *config_off, *config_on;
static MYSQL_STMT *plain, *wrapped, *plain_rows, *wrapped_rows;
static int (*execute)(MYSQL_STMT *stmt);
static MYSQL_STMT *executed;

static void
plain_run(size_t times)
{
	for (size_t i = 0; i < times; i++)
		mysql_stmt_execute(plain);
}

static void
wrapped_run(size_t times)
{
	for (size_t i = 0; i < times; i++)
		osprof_mysql_stmt_execute(wrapped);
}

static void
plain_fetch(size_t times)
{
	for (size_t i = 0; i < times; i++)
		mysql_stmt_fetch(plain_rows);
}

static void
wrapped_fetch(size_t times)
{
	osprof_mysql_stmt_execute(wrapped_rows);
	for (size_t i = 0; i < times; i++)
		osprof_mysql_stmt_fetch(wrapped_rows);
}

static void
turn_off(void)
{
	osprof_init_from_conf(config_off, NULL, NULL, NULL);
}

/* Four parameters: two numbers, two texts. */
static void
prepare(MYSQL_STMT *stmt)
{
	static const char sql[] =
	    "update account set name = ?, mail = ?, balance = ? where id = ?";
	static long long id = 7;
	static double balance = 12.5;
	static char name[] = "somebody", mail[] = "somebody@example.org";
	MYSQL_BIND array[4];

	memset(array, 0, sizeof(array));
	array[0].buffer_type = array[1].buffer_type = 253;
	array[0].buffer = name;
	array[0].buffer_length = sizeof(name) - 1;
	array[1].buffer = mail;
	array[1].buffer_length = sizeof(mail) - 1;
	array[2].buffer_type = 5;
	array[2].buffer = &balance;
	array[3].buffer_type = 8;
	array[3].buffer = &id;
	osprof_mysql_stmt_prepare(stmt, sql, sizeof(sql) - 1);
	osprof_mysql_stmt_bind_param(stmt, array);
}

static void
turn_on(void)
{
	osprof_init_from_conf(config_on, NULL, NULL, NULL);
	prepare(wrapped); /* what was known before tracing went off is not */
	traced_catch_up();
}

/* The wrappers know these statements, and not the untraced ones. */
static void
make(void)
{
	MYSQL *mysql = osprof_mysql_init(NULL);

	plain = wrapped = osprof_mysql_stmt_init(mysql);
	plain_rows = wrapped_rows = osprof_mysql_stmt_init(mysql);
	prepare(wrapped);
}

/* callgrind looks for it by its name. */
__attribute__((noinline)) static void
one_execute(void)
{
	execute(executed);
}

static int
count(const char *which, size_t times)
{
	make();
	execute = *which == 'p' ? mysql_stmt_execute
				: osprof_mysql_stmt_execute;
	executed = wrapped;
	for (size_t i = 0; i < times; i++)
		one_execute();
	return 0;
}

int
main(int argc, char **argv)
{
	struct subject calls[] = {
	    {"execute_plain", plain_run, NULL, 0},
	    {"execute_off", wrapped_run, turn_off, 0},
	    {"execute_on", wrapped_run, turn_on, 0},
	};
	struct subject rows[] = {
	    {"fetch_plain", plain_fetch, NULL, 0},
	    {"fetch_on", wrapped_fetch, turn_on, 0},
	};

	if (argc != 3) {
		fprintf(stderr, "usage: bench-execute OFF.ini ON.ini\n");
		return 2;
	}
	if (atol(argv[2]))
		return count(argv[1], strtoul(argv[2], NULL, 10));
	config_off = argv[1];
	config_on = argv[2];
	osprof_set_notifier(traced_drop, NULL);
	make();
	measure(calls, 3, 101, TIMES);
	measure(rows, 2, 101, TIMES);
	return 0;
}
