/*
 * test_sqlite_threads.c - threads may use SQLite as they may without tracing,
 * and a fork among them finds no lock held.
 */
#include <osprof_sqlite.h>
#include <pthread.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_shim.h"
#include "shim/process.h"
#include "tests/check.h"

static sqlite3 *db;

static void
given(const char *sql)
{
	shim_on();
	sqlite3_open(":memory:", &db);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* Use a statement whose prepare the wrappers did not see. */
static void *
step_unseen(void *stmt)
{
	sqlite3_step(stmt);
	return NULL;
}

static sqlite3_stmt *
prepare_unseen(void)
{
	sqlite3_stmt *stmt;

	shim_off();
	sqlite3_prepare_v2(db, "select 1", -1, &stmt, NULL);
	shim_on_again();
	return stmt;
}

/* Whether a call of this process returns, and is recorded. */
static int
child_traces(sqlite3_stmt *stmt)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		process_unlock();
		sqlite3_step(stmt);
		_exit(points() == 1 ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void
test_a_fork_while_another_thread_meets_a_statement_loses_nothing(void)
{
	sqlite3_stmt *first, *second;
	pthread_t other;

	shim_on();
	sqlite3_open(":memory:", &db);
	first = prepare_unseen();
	second = prepare_unseen();
	/* The other thread is stopped where its new entry is made. */
	process_lock();
	pthread_create(&other, NULL, step_unseen, first);
	while (shim_waiting() == 0)
		sched_yield();

	CHECK(child_traces(second) == 0);

	process_unlock();
	pthread_join(other, NULL);
	CHECK_U64(points(), 1);
	sqlite3_finalize(first);
	sqlite3_finalize(second);
	sqlite3_close(db);
}

struct turns {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	sqlite3_stmt *stmt;
	int turn;
};

/* Two threads step one statement, one after the other. */
static void *
step_in_turn(void *arg)
{
	struct turns *turns = arg;

	pthread_mutex_lock(&turns->lock);
	while (turns->turn % 2 == 0)
		pthread_cond_wait(&turns->changed, &turns->lock);
	sqlite3_step(turns->stmt);
	turns->turn++;
	pthread_cond_signal(&turns->changed);
	pthread_mutex_unlock(&turns->lock);
	return NULL;
}

static void
test_threads_that_step_in_turn_make_one_run(void)
{
	struct turns turns = {.lock = PTHREAD_MUTEX_INITIALIZER,
	    .changed = PTHREAD_COND_INITIALIZER};
	pthread_t other;

	given("");
	sqlite3_prepare_v2(db, "values(1), (2), (3)", -1, &turns.stmt, NULL);
	pthread_create(&other, NULL, step_in_turn, &turns);
	sqlite3_step(turns.stmt);
	pthread_mutex_lock(&turns.lock);
	turns.turn = 1;
	pthread_cond_signal(&turns.changed);
	while (turns.turn != 2)
		pthread_cond_wait(&turns.changed, &turns.lock);
	pthread_mutex_unlock(&turns.lock);
	pthread_join(other, NULL);
	sqlite3_step(turns.stmt);
	sqlite3_step(turns.stmt);

	CHECK_U64(points(), 2);
	CHECK(point_ended(1));
	CHECK_U64(point_number(1, FIELD_ROWS), 3);
	sqlite3_finalize(turns.stmt);
	sqlite3_close(db);
}

static void *
use_freely(void *arg)
{
	sqlite3_stmt *stmt = arg;
	char text[64];

	memset(text, 'x', sizeof(text));
	for (int i = 0; i < 2000; i++) {
		sqlite3_bind_int(stmt, i % 20 + 1, i);
		sqlite3_bind_text(
		    stmt, i % 19 + 1, text, i % 64 + 1, SQLITE_TRANSIENT);
		sqlite3_step(stmt);
		sqlite3_step(stmt);
		sqlite3_reset(stmt);
		if (i % 100 == 0)
			sqlite3_clear_bindings(stmt);
	}
	return NULL;
}

static void
test_threads_may_race_on_a_statement(void)
{
	pthread_t other;
	sqlite3_stmt *stmt;

	if (sqlite3_threadsafe() != 1)
		return;
	given("");
	sqlite3_prepare_v2(db,
	    "select ?1, :a, ?3, ?4, ?5, ?20 union all select 1, 2, 3, 4, 5, 6",
	    -1, &stmt, NULL);
	pthread_create(&other, NULL, use_freely, stmt);
	use_freely(stmt);
	pthread_join(other, NULL);

	/* How many is chance: who finds the statement held goes unrecorded. */
	CHECK(points() > 0);
	CHECK(sqlite3_finalize(stmt) == SQLITE_OK ||
	      sqlite3_errcode(db) != SQLITE_NOMEM);
	CHECK(sqlite3_close(db) == SQLITE_OK);
}

static void *
run_own_statements(void *arg)
{
	sqlite3_stmt *stmt;

	(void)arg;
	for (int i = 0; i < 300; i++) {
		sqlite3_prepare_v2(db, "select ?", -1, &stmt, NULL);
		sqlite3_bind_int(stmt, 1, i);
		sqlite3_step(stmt);
		sqlite3_finalize(stmt);
	}
	return NULL;
}

static void
test_threads_share_a_connection(void)
{
	pthread_t other;

	given("");
	pthread_create(&other, NULL, run_own_statements, NULL);
	run_own_statements(NULL);
	pthread_join(other, NULL);

	CHECK_U64(points(), 601);
	for (size_t i = 1; i < points(); i++)
		CHECK(point_ended(i) && point_has(i, FIELD_PARAMS));
	CHECK(sqlite3_close(db) == SQLITE_OK);
}

/* First the one that wants addresses which no statement has had. */
RUN_TESTS(
    TEST(test_a_fork_while_another_thread_meets_a_statement_loses_nothing),
    TEST(test_threads_that_step_in_turn_make_one_run),
    TEST(test_threads_may_race_on_a_statement),
    TEST(test_threads_share_a_connection))
