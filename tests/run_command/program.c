/*
 * program.c - a traced program for osprof run: it forks, executes, becomes a
 * daemon, or works until it is killed.
 */
#include <osprof_sqlite.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
statement(void)
{
	static sqlite3 *db;

	if (!db)
		sqlite3_open(":memory:", &db);
	sqlite3_exec(db, "select 1", NULL, NULL, NULL);
}

static void
statements(int count)
{
	for (int i = 0; i < count; i++)
		statement();
}

/* Tell of each statement that is done, until somebody ends us. */
static void
work(void)
{
	for (;;) {
		statement();
		if (write(STDOUT_FILENO, ".", 1) != 1)
			_exit(1);
	}
}

static void
forks(int count)
{
	for (int i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			statement();
			_exit(0);
		}
		waitpid(pid, NULL, 0);
	}
}

/* Close all, wait for the other end of the pipe `go`, and only then work. */
static void
become_daemon(int count, const char *go)
{
	statement();
	if (fork() != 0)
		_exit(0);
	setsid();
	if (fork() != 0)
		_exit(0);
	for (int fd = 0; fd < 1024; fd++)
		close(fd);
	close(open(go, O_RDONLY));
	statements(count);
	_exit(0);
}

static void
told(int number)
{
	(void)number;
	(void)!write(STDOUT_FILENO, "told\n", 5);
	_exit(7);
}

static void
wait_to_be_told(void)
{
	signal(SIGTERM, told);
	signal(SIGINT, told);
	statement();
	(void)!write(STDOUT_FILENO, "ready\n", 6);
	for (;;)
		pause();
}

/* Statements, then how the flush went. */
static void
flush(int count)
{
	statements(count);
	puts(osprof_strerror(osprof_flush(10000)));
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int count = argc > 2 ? atoi(argv[2]) : 0;

	if (strcmp(what, "statements") == 0)
		statements(count);
	else if (strcmp(what, "work") == 0)
		work();
	else if (strcmp(what, "forks") == 0)
		forks(count);
	else if (strcmp(what, "execute") == 0)
		statements(count),
		    execv(argv[0], (char *[]){argv[0], (char *)"statements",
				       argv[2], NULL});
	else if (strcmp(what, "daemon") == 0)
		become_daemon(count, argv[3]);
	else if (strcmp(what, "wait") == 0)
		wait_to_be_told();
	else if (strcmp(what, "flush") == 0)
		flush(count);
	else if (strcmp(what, "kill") == 0)
		statement(), raise(count);
	else
		return 2;
	return 0;
}
