/*
 * actor.c - a program that knows nothing of osprof and does to processes what
 * is hard on whoever traces it.  Its first argument chooses:
 *
 *	one N		runs a statement
 *	fork N		forks N children, each of which runs a statement
 *	exec N		runs a statement, then itself with `one N`
 *	daemon		forks twice, closes all descriptors, runs statements and
 *			leaves a file `done`
 *	hammer		runs statements for ever and prints one line after each
 *	threads N	runs statements in N threads
 *	mistakes	makes errors of many kinds
 */
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN_AT_ONCE 20

static int
fail(const char *what)
{
	fprintf(stderr, "%s failed\n", what);
	exit(9);
}

static sqlite3 *
open_memory(void)
{
	sqlite3 *db;

	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		fail("open");
	return db;
}

/* Run `select ?1 + 1` with a number and print what it gives. */
static void
ask(sqlite3 *db, int number, FILE *out)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, "select ?1 + 1", -1, &stmt, NULL))
		fail("prepare");
	sqlite3_bind_int(stmt, 1, number);
	if (sqlite3_step(stmt) != SQLITE_ROW)
		fail("step");
	if (out)
		fprintf(out, "%d\n", sqlite3_column_int(stmt, 0));
	sqlite3_finalize(stmt);
}

static int
one(int number)
{
	sqlite3 *db = open_memory();

	ask(db, number, stdout);
	return sqlite3_close(db);
}

static int
await_child(void)
{
	int status;

	return wait(&status) < 0 || status != 0;
}

static int
fork_many(int count)
{
	int failed = 0, running = 0;

	for (int i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid < 0)
			fail("fork");
		if (pid == 0) {
			sqlite3 *db = open_memory();

			ask(db, i, NULL);
			_exit(sqlite3_close(db));
		}
		if (++running == CHILDREN_AT_ONCE) {
			failed += await_child();
			running--;
		}
	}
	while (running--)
		failed += await_child();
	printf("%d children, %d failed\n", count, failed);
	return failed != 0;
}

static int
exec_itself(char **argv)
{
	char word[] = "one";

	one(atoi(argv[2]));
	fflush(stdout);
	argv[1] = word;
	execv("/proc/self/exe", argv);
	return fail("exec");
}

static void
leave_file(const char *folder)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/done", folder);
	fd = open(path, O_CREAT | O_WRONLY, 0600);
	if (fd < 0 || write(fd, "done\n", 5) != 5)
		_exit(9);
	close(fd);
}

static int
be_daemon(void)
{
	char folder[4000];
	sqlite3 *db = open_memory();

	ask(db, 1, NULL);
	if (!getcwd(folder, sizeof(folder)))
		fail("getcwd");
	if (fork())
		return 0;
	setsid();
	if (fork())
		_exit(0);
	for (int fd = 0; fd < 1024; fd++)
		close(fd);
	if (chdir("/") != 0)
		_exit(9);
	sqlite3_close(db);
	db = open_memory();
	for (int i = 2; i < 12; i++)
		ask(db, i, NULL);
	sqlite3_close(db);
	leave_file(folder);
	return 0;
}

static void
hammer(void)
{
	sqlite3 *db = open_memory();

	printf("%d\n", (int)getpid());
	fflush(stdout);
	for (int i = 0;; i++) {
		ask(db, i, stdout);
		fflush(stdout);
	}
}

static void *
work(void *arg)
{
	int number = *(int *)arg;
	sqlite3 *db = open_memory();

	for (int i = 0; i < 50; i++)
		ask(db, 1000 * number + i, NULL);
	sqlite3_close(db);
	return NULL;
}

static int
threads(int count)
{
	pthread_t thread[64];
	int number[64];

	for (int i = 0; i < count && i < 64; i++) {
		number[i] = i;
		if (pthread_create(&thread[i], NULL, work, &number[i]))
			fail("pthread_create");
	}
	for (int i = 0; i < count && i < 64; i++)
		pthread_join(thread[i], NULL);
	printf("%d threads\n", count);
	return 0;
}

static int
print_row(void *arg, int count, char **values, char **names)
{
	for (int i = 0; i < count; i++)
		printf("%s=%s%s", names[i], values[i] ? values[i] : "NULL",
		    i == count - 1 ? "\n" : ", ");
	return arg != NULL;
}

/* Each by sqlite3_exec(), with all that comes back. */
static int
mistakes(void)
{
	static const char *const statement[] = {
	    "create table t(id integer primary key, name text unique)",
	    "insert into t values (1, 'rice'), (2, 'tea')",
	    "insert into t values (3, 'tea')", "select * from nowhere",
	    "selec 1", "select * from t; select name from t where id = 2",
	    "update t set name = 'x' where id = 7", "pragma journal_mode",
	    "begin", "rollback", "rollback"};
	sqlite3 *db = open_memory();

	for (size_t i = 0; i < sizeof(statement) / sizeof(*statement); i++) {
		char *text = NULL;
		int rc = sqlite3_exec(db, statement[i], print_row, NULL, &text);

		printf("%d %d %s %d\n", rc, sqlite3_extended_errcode(db),
		    text ? text : "-", sqlite3_changes(db));
		sqlite3_free(text);
	}
	return sqlite3_close(db);
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int number = argc > 2 ? atoi(argv[2]) : 0;

	if (strcmp(what, "one") == 0)
		return one(number);
	if (strcmp(what, "fork") == 0)
		return fork_many(number);
	if (strcmp(what, "exec") == 0)
		return exec_itself(argv);
	if (strcmp(what, "daemon") == 0)
		return be_daemon();
	if (strcmp(what, "hammer") == 0)
		hammer();
	if (strcmp(what, "threads") == 0)
		return threads(number);
	if (strcmp(what, "mistakes") == 0)
		return mistakes();
	fprintf(stderr, "usage: actor what [number]\n");
	return 2;
}
