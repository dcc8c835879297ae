/*
 * skipped_subject.c - a program that has Connector/C send, and reads the
 * answers later: those to prepared statements by the library's methods.
 *
 * Knows nothing of osprof.
 */
#include <mysql.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MYSQL *mysql;
static MYSQL_STMT *stmt;
static int number;

static void
connect_now(void)
{
	mysql = mysql_init(NULL);
	if (!mysql_real_connect(mysql, NULL, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), getenv("OSPROF_TEST_DATABASE"),
		0, getenv("OSPROF_TEST_SOCKET"), 0)) {
		printf("no connection: %s\n", mysql_error(mysql));
		exit(2);
	}
}

static void
skip(my_bool on)
{
	mysql_optionsv(mysql, MARIADB_OPT_SKIP_READ_RESPONSE, &on);
}

static void
say(const char *call, int rc)
{
	printf("%s: %d\n", call, rc);
}

static void
run(const char *sql)
{
	say(sql, mysql_query(mysql, sql));
}

static void
prepare(const char *sql)
{
	say("prepare", mysql_stmt_prepare(stmt, sql, strlen(sql)));
}

static void
prepared(void)
{
	say("prepared", mysql->methods->db_read_prepare_response(stmt));
	printf("  %u %s\n", mysql_errno(mysql), mysql_error(mysql));
}

static void
bind_number(void)
{
	MYSQL_BIND array[] = {
	    {.buffer_type = MYSQL_TYPE_LONG, .buffer = &number}};

	say("bind", mysql_stmt_bind_param(stmt, array));
}

static void
execute(int value)
{
	number = value;
	say("execute", mysql_stmt_execute(stmt));
}

static void
executed(void)
{
	say("executed", mysql->methods->db_read_execute_response(stmt));
	printf("  %lld %u %s\n", (long long)mysql_stmt_affected_rows(stmt),
	    mysql_stmt_errno(stmt), mysql_stmt_error(stmt));
}

static void
changes(void)
{
	prepare("insert into t values (?)");
	prepared();
	bind_number();
	execute(1);
	executed();
	execute(1);
	executed();
	execute(2);
	executed();
}

static void
rows(void)
{
	prepare("select a from t where a > ?");
	prepared();
	bind_number();
	execute(0);
	executed();
	say("store", mysql_stmt_store_result(stmt));
	execute(1);
	executed();
	while (mysql_stmt_fetch(stmt) == 0)
		;
	execute(2);
	executed();
	say("free", mysql_stmt_free_result(stmt));
}

/* The first answer behind the last command. */
static void
pipeline(void)
{
	prepare("insert into t values (?)");
	prepared();
	bind_number();
	execute(10);
	execute(10);
	execute(11);
	executed();
	executed();
	executed();
	execute(12);
	executed();
	skip(0);
	execute(13);
	skip(1);
	execute(14);
	executed();
}

static void
refused(void)
{
	prepare("do nonsense");
	prepared();
	prepare("do 1");
	prepared();
	execute(0);
	executed();
	prepare("do other_nonsense");
	prepared();
}

/* The next call is the connection's. */
static void
text(void)
{
	prepare("delete from t where a = ?");
	prepared();
	bind_number();
	execute(1);
	executed();
	run("select 'as a text'");
	say("read", mysql_read_query_result(mysql));
	mysql_free_result(mysql_store_result(mysql));
	run("do 1");
	run("do nonsense");
	say("read", mysql_read_query_result(mysql));
	say("read", mysql_read_query_result(mysql));
	say("commit", mysql_commit(mysql));
	say("read", mysql_read_query_result(mysql));
}

int
main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	connect_now();
	run("create temporary table t (a int primary key)");
	stmt = mysql_stmt_init(mysql);
	skip(1);
	changes();
	rows();
	pipeline();
	refused();
	text();
	/*
	 * It throws some of its answers away: no call may follow.  With MySQL's
	 * server it depends on time how much of it is sent.
	 */
	if (mariadb_connection(mysql))
		say("direct", mariadb_stmt_execute_direct(stmt, "select 1", 8));
	mysql_close(mysql);
	return 0;
}
