/*
 * traced_app.c - a small program over SQLite whose output tells all it saw.
 *
 * It prints to stdout what its calls returned, its thread's and its child's
 * too; the same whether traced or not, whatever fails in the tracing.  To the
 * file that its first argument names it writes the counters, one line a
 * process: called, written, dropped, rings in memory, bad configurations.
 * With a second argument it does not ask for its records to be stored.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "osprof_sqlite.h"

#define ROWS 20
#define CHECKED_ERRNO 4242

static int
print_row(void *arg, int columns, char **values, char **names)
{
	(void)arg;
	for (int i = 0; i < columns; i++)
		printf("%s=%s ", names[i], values[i] ? values[i] : "null");
	printf("\n");
	return 0;
}

static void
print_exec(sqlite3 *db, const char *sql)
{
	char *message = NULL;
	int code = sqlite3_exec(db, sql, print_row, NULL, &message);

	printf("%s: %d %s, %d changed\n", sql, code, message ? message : "",
	    sqlite3_changes(db));
	sqlite3_free(message);
}

static void
insert_rows(sqlite3 *db)
{
	sqlite3_stmt *stmt;

	sqlite3_prepare_v2(db, "insert into t values (?, ?)", -1, &stmt, NULL);
	for (int i = 0; i < ROWS; i++) {
		sqlite3_bind_int(stmt, 1, i);
		sqlite3_bind_text(stmt, 2, "some text", -1, SQLITE_TRANSIENT);
		printf("%d", sqlite3_step(stmt));
		printf(" %d\n", sqlite3_reset(stmt));
	}
	printf("%d\n", sqlite3_finalize(stmt));
}

static void
print_rows(sqlite3 *db)
{
	sqlite3_stmt *stmt;

	sqlite3_prepare_v2(
	    db, "select a, b from t where a % 7 = ?", -1, &stmt, NULL);
	sqlite3_bind_int(stmt, 1, 3);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		printf("%d %s\n", sqlite3_column_int(stmt, 0),
		    (const char *)sqlite3_column_text(stmt, 1));
	printf("%d\n", sqlite3_finalize(stmt));
}

/* The program's own points: whether they are recorded is not its business. */
static void
own_points(sqlite3 *db)
{
	errno = CHECKED_ERRNO;
	osprof_start("job", "{\"number\": 1}");
	printf("errno %d\n", errno);
	print_exec(db, "select count(*) from t");
	errno = CHECKED_ERRNO;
	osprof_stop(NULL);
	printf("errno %d\n", errno);
}

static void *
work(void *arg)
{
	sqlite3 *db;

	(void)arg;
	printf("open %d\n", sqlite3_open(":memory:", &db));
	print_exec(db, "create table t (a integer primary key, b)");
	insert_rows(db);
	print_rows(db);
	print_exec(db, "insert into t values (1, 'twice')");
	print_exec(db, "selct");
	own_points(db);
	printf("close %d\n", sqlite3_close(db));
	return NULL;
}

static void
write_counters(const char *path)
{
	struct osprof_counters counters;
	unsigned long dropped;
	char line[256];
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);

	osprof_get_counters(&counters, sizeof(counters));
	dropped = counters.dropped_full + counters.dropped_nested +
		  counters.dropped_no_ring + counters.dropped_exit;
	snprintf(line, sizeof(line), "%lu %lu %lu %lu %lu\n",
	    (unsigned long)counters.called, (unsigned long)counters.written,
	    dropped, (unsigned long)counters.rings_in_memory,
	    (unsigned long)counters.bad_configs);
	if (write(fd, line, strlen(line)) < 0)
		abort();
	close(fd);
}

static void
run_child(const char *counters)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		work(NULL);
		write_counters(counters);
		exit(7);
	}
	waitpid(pid, &status, 0);
	printf("child %d\n", status);
}

int
main(int argc, char **argv)
{
	pthread_t thread;

	if (argc < 2)
		return 2;
	work(NULL);
	pthread_create(&thread, NULL, work, NULL);
	pthread_join(thread, NULL);
	run_child(argv[1]);
	if (argc == 2)
		osprof_flush(50);
	write_counters(argv[1]);
	return 3;
}
