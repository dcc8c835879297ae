/*
 * text_subject.c - sends statements as texts and fetches what they give in all
 * the ways there are.  It prints all that it sees: with and without tracing
 * that has to be the same.
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MYSQL *mysql;

static void
say(const char *what, int rc)
{
	printf("%s: %d %u %s %s\n", what, rc, mysql_errno(mysql),
	    mysql_sqlstate(mysql), mysql_error(mysql));
}

static void
print_rows(MYSQL_RES *result)
{
	MYSQL_ROW row;

	while ((row = mysql_fetch_row(result)))
		printf("%s\n", row[0] ? row[0] : "NULL");
	mysql_free_result(result);
}

/* The rows of one result, if it has any. */
static void
take(int streams)
{
	MYSQL_RES *result = streams ? mysql_use_result(mysql)
				    : mysql_store_result(mysql);

	if (result)
		print_rows(result);
	say("result", mysql_field_count(mysql) != 0);
}

static void
run(const char *sql)
{
	int rc = mysql_query(mysql, sql);

	say(sql, rc);
	if (!rc)
		take(0);
}

static void
run_all(const char *sql, int streams)
{
	int rc = mysql_real_query(mysql, sql, strlen(sql));

	say(sql, rc);
	while (!rc) {
		take(streams);
		rc = mysql_next_result(mysql);
		say("next", rc);
	}
}

static void
connect_to_server(unsigned long flags)
{
	mysql = mysql_init(NULL);
	if (!mysql_real_connect(mysql, NULL, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), getenv("OSPROF_TEST_DATABASE"),
		0, getenv("OSPROF_TEST_SOCKET"), flags)) {
		say("connect", 1);
		exit(1);
	}
}

static void
stored_and_streamed(void)
{
	MYSQL_RES *result;

	run("create temporary table t (a int auto_increment primary key, "
	    "b varchar(9))");
	run("insert into t (b) values ('one'), ('two'), ('three')");
	run("update t set b = 'zwei' where a > 1");
	run("select a from t order by a");
	mysql_query(mysql, "select b from t");
	take(1);
	mysql_query(mysql, "select a, b from t");
	result = mysql_use_result(mysql);
	mysql_fetch_row(result);
	mysql_free_result(result);
	run("select 'a\\'b' from nowhere");
	run("insert into t values (1, 'private')");
	run("select cast('a' as signed)");
	mysql_real_query(mysql, "select 'length\0nul'", 19);
	take(0);
}

static void
several(void)
{
	run_all(
	    "insert into t (b) values ('x'); select a from t; select 1;", 0);
	run_all("select 1; select b from t; select nonsense; select 2", 1);
}

static void
sent(void)
{
	say("send", mysql_send_query(mysql, "select 'sent'", 13));
	say("read", mysql_read_query_result(mysql));
	take(0);
	say("send", mysql_send_query(mysql, "select 5; select 6", 18));
	say("read", mysql_read_query_result(mysql));
	take(0);
	say("next", mysql_next_result(mysql));
	take(0);
}

/* A query that only sends, as Connector/C can be told to. */
static void
sent_by_option(void)
{
#if defined(MARIADB_PACKAGE_VERSION_ID) && MARIADB_PACKAGE_VERSION_ID >= 30300
	my_bool on = 1, off = 0;

	mysql_optionsv(mysql, MARIADB_OPT_SKIP_READ_RESPONSE, &on);
	say("query", mysql_query(mysql, "select 'skipped'"));
	say("read", mysql_read_query_result(mysql));
	mysql_optionsv(mysql, MARIADB_OPT_SKIP_READ_RESPONSE, &off);
	take(0);
#else
	run("select 'skipped'");
#endif
}

static void
procedure(void)
{
	run("drop procedure if exists osprof_p");
	run("create procedure osprof_p() begin select null; select null; end");
	run_all("call osprof_p()", 1);
	run("drop procedure osprof_p");
}

static void
databases(void)
{
	run("create database osprof_other");
	run("use osprof_other");
	run("select database()");
	say("select_db",
	    mysql_select_db(mysql, getenv("OSPROF_TEST_DATABASE")));
	run("select database()");
	say("select_db", mysql_select_db(mysql, "nowhere"));
	run("drop database osprof_other");
}

static void
commands(void)
{
	MYSQL_RES *result;

	say("autocommit", mysql_autocommit(mysql, 0));
	run("insert into t (b) values ('y')");
	say("commit", mysql_commit(mysql));
	run("insert into t (b) values ('z')");
	say("rollback", mysql_rollback(mysql));
	say("autocommit", mysql_autocommit(mysql, 1));
	say("charset", mysql_set_character_set(mysql, "latin1"));
	say("option",
	    mysql_set_server_option(mysql, MYSQL_OPTION_MULTI_STATEMENTS_OFF));
	if ((result = mysql_list_dbs(mysql, "%chema")))
		print_rows(result);
	if ((result = mysql_list_tables(mysql, NULL)))
		print_rows(result);
	say("ping", mysql_ping(mysql));
	say("stat", mysql_stat(mysql) == NULL);
	say("reset", mysql_reset_connection(mysql));
}

int
main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	connect_to_server(CLIENT_MULTI_STATEMENTS);
	stored_and_streamed();
	several();
	sent();
	sent_by_option();
	procedure();
	databases();
	commands();
	mysql_query(mysql, "select 'left unread'");
	mysql_close(mysql);
	return 0;
}
