/*
 * subject.c - a program that uses SQLite, to be traced from the outside.
 *
 * It is built twice from this text: with SQLite's own header and with ours.
 * What the two print and how they end must not differ, whatever happens to
 * the trace.  Its first argument chooses what it does:
 *
 *	work FOLDER	calls of many kinds, all that they return printed
 *	serve		does what the lines of its input say, for a test that
 *			needs to act in the middle
 *
 * OSPROF_TEST_COUNTERS names a file that gets the library's counters.
 */
#include SUBJECT_HEADER

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "wiping.h"

#ifdef SUBJECT_TRACED
# include <osprof.h>

static void
counters_print(FILE *out)
{
	struct osprof_counters counters;

	osprof_get_counters(&counters, sizeof(counters));
# define SHOW(name) \
  fprintf(out, "\"%s\": %llu, ", #name, (unsigned long long)counters.name)
	fprintf(out, "{");
	SHOW(called);
	SHOW(written);
	SHOW(dropped_full);
	SHOW(dropped_nested);
	SHOW(dropped_no_ring);
	SHOW(dropped_exit);
	SHOW(delivered);
	SHOW(failed);
	SHOW(spilled);
	SHOW(recovered);
	SHOW(rings_in_file);
	SHOW(rings_in_memory);
	SHOW(reloads);
	SHOW(bad_configs);
	fprintf(out, "\"pid\": %d}\n", (int)getpid());
	fflush(out);
# undef SHOW
}

/* Let the drain have its say first: it delivers, or it fails. */
static void
counters_settle(void)
{
	const struct timespec nap = {.tv_nsec = 5000000};

	for (int i = 0; i < 1000; i++) {
		struct osprof_counters counters;

		osprof_get_counters(&counters, sizeof(counters));
		if (counters.failed || counters.bad_configs ||
		    osprof_flush(50) == OSPROF_OK)
			return;
		nanosleep(&nap, NULL);
	}
}

static void
counters_keep(void)
{
	const char *path = getenv("OSPROF_TEST_COUNTERS");
	FILE *file = path ? fopen(path, "ae") : NULL;

	if (!file)
		return;
	counters_settle();
	counters_print(file);
	fclose(file);
}

static void
flush(unsigned ms)
{
	printf("%s\n", osprof_strerror(osprof_flush(ms)));
}
#else
static void
counters_print(FILE *out)
{
	fprintf(out, "{}\n");
	fflush(out);
}

static void
counters_keep(void)
{
}

static void
flush(unsigned ms)
{
	printf("%u\n", ms);
}
#endif

/* What a call returned, and what it left in errno. */
#define TELL(db, call) \
 (errno = 12345, returned = (call), tell(#call, errno, (db)))

static _Thread_local int returned;

static int
tell(const char *call, int error, sqlite3 *db)
{
	int rc = returned;

	printf("%s = %d, errno %d", call, rc, error);
	if (db)
		printf(", %d %s", sqlite3_extended_errcode(db),
		    sqlite3_errmsg(db));
	printf("\n");
	return rc;
}

static int
print_row(void *arg, int columns, char **text, char **name)
{
	for (int i = 0; i < columns; i++)
		printf(" %s=%s", name[i], text[i] ? text[i] : "NULL");
	printf("\n");
	return *(int *)arg;
}

static void
work_exec(sqlite3 *db)
{
	int go_on = 0, stop = 1;
	char *message = NULL;

	TELL(db, sqlite3_exec(db,
		     "create table item (id integer primary key, "
		     "name text unique, price real, body blob)",
		     NULL, NULL, NULL));
	TELL(db, sqlite3_exec(db,
		     "insert into item values (1, 'tea', 2.5, "
		     "x'0102'), (2, 'caf\xc3\xa9', null, null)",
		     NULL, NULL, NULL));
	TELL(db,
	    sqlite3_exec(db, "select * from item", print_row, &go_on, NULL));
	TELL(
	    db, sqlite3_exec(db, "select * from item", print_row, &stop, NULL));
	TELL(db, sqlite3_exec(db, "insert into item (name) values ('tea')",
		     NULL, NULL, &message));
	printf("message %s\n", message);
	sqlite3_free(message);
	TELL(db, sqlite3_exec(db, "selec nonsense", NULL, NULL, NULL));
}

static void
work_statement(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	const char *tail = NULL;

	TELL(db, sqlite3_prepare_v2(db,
		     "insert into item values (?1, :name, "
		     "?3, ?4); select 7",
		     -1, &stmt, &tail));
	printf("tail %s\n", tail);
	for (int id = 2; id < 6; id++) {
		TELL(db, sqlite3_bind_int(stmt, 1, id));
		TELL(db, sqlite3_bind_text(stmt, 2, id == 4 ? "tea" : "rice",
			     -1, SQLITE_STATIC));
		TELL(db, sqlite3_bind_double(stmt, 3, id / 3.0));
		TELL(db,
		    sqlite3_bind_blob(stmt, 4, "\0\1\2", 3, SQLITE_TRANSIENT));
		TELL(db, sqlite3_step(stmt));
		TELL(db, sqlite3_reset(stmt));
		TELL(db, sqlite3_clear_bindings(stmt));
	}
	TELL(db, sqlite3_bind_int(stmt, 99, 0));
	TELL(db, sqlite3_finalize(stmt));
	TELL(db, sqlite3_prepare_v2(
		     db, "select nothing from nowhere", -1, &stmt, NULL));
	TELL(db, sqlite3_finalize(stmt));
}

static void
work_query(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	char **table = NULL;
	int rows = 0, columns = 0;

	TELL(db, sqlite3_prepare_v2(db,
		     "select id, name from item where id > "
		     "? order by id",
		     -1, &stmt, NULL));
	TELL(db, sqlite3_bind_int64(stmt, 1, 0));
	while (TELL(db, sqlite3_step(stmt)) == SQLITE_ROW)
		printf("%d %s\n", sqlite3_column_int(stmt, 0),
		    (const char *)sqlite3_column_text(stmt, 1));
	TELL(db, sqlite3_finalize(stmt));
	TELL(db, sqlite3_get_table(
		     db, "select id from item", &table, &rows, &columns, NULL));
	printf("%d rows, %d columns\n", rows, columns);
	sqlite3_free_table(table);
}

static void
work_blob(sqlite3 *db)
{
	sqlite3_blob *blob = NULL;
	char bytes[2] = {0};

	TELL(db, sqlite3_blob_open(db, "main", "item", "body", 1, 1, &blob));
	TELL(db, sqlite3_blob_read(blob, bytes, 2, 0));
	TELL(db, sqlite3_blob_write(blob, "xy", 2, 1));
	TELL(db, sqlite3_blob_close(blob));
	printf("%d %d\n", bytes[0], bytes[1]);
}

/* A database of one row, in a thread or process of its own. */
static void
work_beside(const char *path)
{
	sqlite3 *db = NULL;

	TELL(NULL, sqlite3_open(path, &db));
	TELL(db, sqlite3_exec(
		     db, "create table t as select 1 as a", NULL, NULL, NULL));
	TELL(db, sqlite3_exec(db, "select a from u", NULL, NULL, NULL));
	TELL(NULL, sqlite3_close(db));
}

static void *
work_thread(void *path)
{
	work_beside(path);
	return NULL;
}

static void
work_fork(char *path)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		work_beside(path);
		counters_keep();
		exit(5);
	}
	waitpid(pid, &status, 0);
	printf("the child's status: %d\n", status);
}

static int
work(const char *folder)
{
	char path[512], beside[512];
	pthread_t thread;
	sqlite3 *db = NULL;

	snprintf(path, sizeof(path), "%s/work.db", folder);
	TELL(NULL, sqlite3_open("/nonexistent/folder/work.db", &db));
	TELL(NULL, sqlite3_close(db));
	TELL(NULL, sqlite3_open_v2(path, &db,
		       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
	work_exec(db);
	work_statement(db);
	work_query(db);
	work_blob(db);
	snprintf(beside, sizeof(beside), "%s/thread.db", folder);
	if (pthread_create(&thread, NULL, work_thread, beside) == 0)
		pthread_join(thread, NULL);
	snprintf(beside, sizeof(beside), "%s/fork.db", folder);
	work_fork(beside);
	TELL(NULL, sqlite3_close(db));
	counters_keep();
	return 3;
}

/*
 * serve
 */

/* Run `sql`, whose ?1 is the text behind its first tab, if it has one. */
static void
serve_statement(sqlite3 *db, char *sql)
{
	char *value = strchr(sql, '\t');
	sqlite3_stmt *stmt = NULL;
	int rc;

	if (value)
		*value++ = '\0';
	rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK && value)
		sqlite3_bind_text(stmt, 1, value, -1, SQLITE_STATIC);
	while (rc == SQLITE_OK || rc == SQLITE_ROW)
		rc = sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	printf("%d\n", rc);
}

static void
serve_many(sqlite3 *db, int count)
{
	sqlite3_stmt *stmt = NULL;

	sqlite3_prepare_v2(db, "select ?1", -1, &stmt, NULL);
	for (int i = 0; i < count; i++) {
		sqlite3_bind_int(stmt, 1, i);
		sqlite3_step(stmt);
		sqlite3_reset(stmt);
	}
	sqlite3_finalize(stmt);
	printf("%d\n", count);
}

/*
 * A child that goes on when its parent has ended.  Its storage was the
 * parent's open file before.
 */
static void
serve_orphan(sqlite3 *db, int count)
{
	const struct timespec nap = {.tv_nsec = 1000000};
	pid_t parent = getpid();

	fflush(stdout);
	if (fork() != 0)
		return;
	serve_many(db, count);
	flush(10000);
	fflush(stdout);
	while (getppid() == parent)
		nanosleep(&nap, NULL);
	serve_many(db, count);
	flush(10000);
	counters_print(stdout);
	exit(0);
}

static void
serve_line(sqlite3 **db, char *line)
{
	if (strncmp(line, "sql ", 4) == 0)
		serve_statement(*db, line + 4);
	else if (strncmp(line, "many ", 5) == 0)
		serve_many(*db, atoi(line + 5));
	else if (strncmp(line, "orphan ", 7) == 0)
		serve_orphan(*db, atoi(line + 7));
	else if (strncmp(line, "flush ", 6) == 0)
		flush((unsigned)atoi(line + 6));
	else if (strcmp(line, "counters") == 0)
		counters_print(stdout);
	else if (strcmp(line, "close") == 0)
		printf("%d\n", sqlite3_close(*db)), *db = NULL;
	else
		printf("what?\n");
	fflush(stdout);
}

/* A line of input and its answer; nothing of a line is kept. */
static int
serve(void)
{
	static char line[65536];
	sqlite3 *db = NULL;
	size_t len = 0;

	wipe_what_sqlite_frees();
	sqlite3_open(":memory:", &db);
	while (read(0, &line[len], 1) == 1) {
		if (line[len] != '\n') {
			len += len + 1 < sizeof(line);
			continue;
		}
		line[len] = '\0';
		serve_line(&db, line);
		explicit_bzero(line, sizeof(line));
		len = 0;
	}
	sqlite3_close(db);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "work") == 0)
		return work(argv[2]);
	if (argc == 2 && strcmp(argv[1], "serve") == 0)
		return serve();
	fprintf(stderr, "usage: subject work FOLDER | serve\n");
	return 2;
}
