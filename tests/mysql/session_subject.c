/*
 * session_subject.c - runs statements that change how the server reads those
 * behind them, or what transaction they are in, and loses its connection.
 *
 * What begins with SECRET is to be seen by nobody else.
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MYSQL *mysql;

static MYSQL *
connect_to_server(void)
{
	MYSQL *made = mysql_init(NULL);

	if (!mysql_real_connect(made, NULL, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), getenv("OSPROF_TEST_DATABASE"),
		0, getenv("OSPROF_TEST_SOCKET"), 0)) {
		printf("%s\n", mysql_error(made));
		exit(1);
	}
	return made;
}

static void
run(const char *sql)
{
	int rc = mysql_query(mysql, sql);
	MYSQL_RES *result = rc ? NULL : mysql_store_result(mysql);
	MYSQL_ROW row;

	printf("%s: %d %s\n", sql, rc, mysql_error(mysql));
	if (!result)
		return;
	while ((row = mysql_fetch_row(result)))
		printf("%s\n", row[0]);
	mysql_free_result(result);
}

static void
read_differently(void)
{
	run("select 'a\\'SECRET', \"SECRET\"");
	run("set sql_mode = 'NO_BACKSLASH_ESCAPES'");
	run("select 'a\\', 'SECRET'");
	run("set sql_mode = 'ANSI_QUOTES'");
	run("select 1 as \"a\\\", 'SECRET'");
	run("set sql_mode = ''");
	run("set names gbk");
	run("select 'a\x81\\', 'SECRET'");
	run("set names utf8mb4");
	mysql_set_character_set(mysql, "SECRET");
	run("select * from nowhere where SECRET = 1");
	run("insert into u values ('SECRET')");
	run("insert into u values ('SECRET')");
	run("set password for 'SECRET'@'SECRET' = 'SECRET'");
}

static void
transactions(void)
{
	run("begin");
	run("insert into t values (1)");
	run("savepoint s");
	run("rollback to savepoint s");
	run("commit");
	run("set autocommit = 0");
	run("insert into t values (2)");
	run("rollback");
	run("insert into t values (3)");
	run("set autocommit = 1");
	run("start transaction");
}

/* What ends without being asked, or begins in the middle of another. */
static void
more_transactions(void)
{
	run("/* of a program */ begin");
	run("insert into t values (4)");
	run("start transaction");
	run("insert into t values (5)");
	run("commit and chain");
	run("create table t (a int, a int)");
	run("begin");
	run("begin nonsense");
	run("commit");
	mysql_set_server_option(mysql, MYSQL_OPTION_MULTI_STATEMENTS_ON);
	run("begin; insert into t values (6); commit");
	while (mysql_next_result(mysql) == 0)
		continue;
	mysql_set_server_option(mysql, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
	run("select 'in none'");
}

/* A call that the library refuses, in the middle of rows. */
static void
refused_meanwhile(void)
{
	MYSQL_RES *result;

	mysql_query(mysql, "select 'of rows' union select 'b'");
	result = mysql_use_result(mysql);
	mysql_fetch_row(result);
	printf("refused: %d\n", mysql_set_character_set(mysql, "SECRET"));
	while (mysql_fetch_row(result))
		continue;
	mysql_free_result(result);
}

/* Connector/C goes on with the connection that it has. */
static void
connects_twice(void)
{
	MYSQL *made = connect_to_server();
	MYSQL *again = mysql_real_connect(
	    made, "elsewhere", "nobody", "SECRET", "nothing", 0, NULL, 0);

	printf("again: %d %u\n", again != NULL, mysql_errno(made));
	printf("do: %d\n", mysql_query(made, "do 'twice'"));
	mysql_close(made);
}

static void
kill_it(void)
{
	MYSQL *other = connect_to_server();
	char sql[64];

	snprintf(sql, sizeof(sql), "kill %lu", mysql_thread_id(mysql));
	mysql_query(other, sql);
	mysql_close(other);
}

static void
lost(void)
{
	kill_it();
	printf("failed: %d\n", mysql_query(mysql, "select 'lost'") != 0);
	printf("failed: %d\n", mysql_query(mysql, "select 'gone'") != 0);
}

static void
reconnects(void)
{
#ifdef MARIADB_BASE_VERSION
	my_bool on = 1;
#else
	bool on = true;
#endif

	mysql = connect_to_server();
	mysql_options(mysql, MYSQL_OPT_RECONNECT, &on);
	kill_it();
	run("select 'again'");
	mysql_close(mysql);
}

static void
refused(void)
{
	MYSQL *other = mysql_init(NULL);
	MYSQL *made = mysql_real_connect(other, NULL, "nobody", "SECRET",
	    "SECRET@here", 0, getenv("OSPROF_TEST_SOCKET"), 0);

	printf("refused: %d %u\n", made == NULL, mysql_errno(other));
	printf("failed: %d\n", mysql_query(other, "select 'SECRET'") != 0);
	mysql_close(other);
	other = mysql_init(NULL);
	made = mysql_real_connect(other, "host=127.0.0.1;password=SECRET", NULL,
	    NULL, NULL, 1, NULL, 0);
	printf("refused: %d\n", made == NULL);
	mysql_close(other);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	mysql = connect_to_server();
	run("create temporary table t (a int) engine = innodb");
	run("create temporary table u (a varchar(9) unique)");
	read_differently();
	transactions();
	run("rollback");
	more_transactions();
	refused_meanwhile();
	connects_twice();
	run("begin");
	lost();
	mysql_close(mysql);
	reconnects();
	refused();
	return 0;
}
