/*
 * fork_subject.c - a program that forks while statements of its are open.  One
 * child goes on with connections of its own and exits, one closes what it has
 * inherited.  With and without tracing it prints the same.
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define SETTING(name) getenv("OSPROF_TEST_" #name)

static MYSQL *
connected(void)
{
	MYSQL *mysql = mysql_init(NULL);

	if (!mysql_real_connect(mysql, NULL, SETTING(USER), SETTING(PASSWORD),
		SETTING(DATABASE), 0, SETTING(SOCKET), 0))
		exit(1);
	return mysql;
}

/* In a child: statements of its own, and an exit that leaves the others. */
static void
work(void)
{
	MYSQL *own = connected();

	printf("child: %d\n", mysql_query(own, "do 'of the child'"));
	mysql_close(own);
	exit(0);
}

static void
wait_for_child(void)
{
	int status = -1;

	wait(&status);
	printf("child: %d\n", status);
}

static void
store(MYSQL *mysql)
{
	MYSQL_RES *result = mysql_store_result(mysql);

	printf("%d rows\n", result ? (int)mysql_num_rows(result) : -1);
	mysql_free_result(result);
}

static void
fetch(MYSQL_RES *result, int count)
{
	MYSQL_ROW row;

	while (count-- && (row = mysql_fetch_row(result)))
		printf("%s\n", row[0]);
}

int
main(void)
{
	MYSQL *open = connected(), *stream = connected(), *left = connected();
	MYSQL_RES *result;

	setvbuf(stdout, NULL, _IONBF, 0);
	mysql_query(open, "select 'open'");
	mysql_query(stream, "select 1 union select 2 union select 3");
	result = mysql_use_result(stream);
	fetch(result, 1);
	mysql_query(left, "select 'left unread'");
	if (fork() == 0)
		work();
	wait_for_child();
	if (fork() == 0) {
		mysql_close(left);
		exit(0);
	}
	wait_for_child();
	store(open);
	fetch(result, 9);
	mysql_free_result(result);
	mysql_close(left);
	mysql_close(stream);
	mysql_close(open);
	return 0;
}
