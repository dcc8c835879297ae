/*
 * test_sqlite_core.c - the wrappers over the real core: no call changes errno,
 * be tracing off, on, or its ring full, and a fork in the middle of other
 * threads' statements leaves a child that works.
 */
#define OSPROF_NO_REDIRECT
#include <osprof_sqlite.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "shim/gate.h"
#include "sqlite/call.h"
#include "tests/check.h"
#include "tests/shim/sandbox.h"

/* What the calls need: made anew for each of them. */
static struct {
	sqlite3 *db, *other;
	sqlite3_stmt *stmt, *second;
	sqlite3_blob *blob;
	sqlite3_backup *backup;
	unsigned char *image;
} given;

static const unsigned short wide_sql[] = {
    'v', 'a', 'l', 'u', 'e', 's', '(', '1', ')', 0};
static const unsigned short wide_bad[] = {'b', 'a', 'd', 0};
static const unsigned short wide_file[] = {'/', 'n', 'o', '/', 'n', 'o', 0};
static const char long_text[] = "a text that is longer than what has its place "
				"inside the shadow of a statement";

static void
given_handles(void)
{
	sqlite3_open(":memory:", &given.db);
	sqlite3_open(":memory:", &given.other);
	sqlite3_exec(given.db,
	    "create table t(a, b); insert into t values(1, zeroblob(8))", NULL,
	    NULL, NULL);
	sqlite3_prepare_v2(
	    given.db, "select ?1, :b, ?3 from t", -1, &given.stmt, NULL);
	sqlite3_prepare_v2(
	    given.db, "select ?1, :b, ?3 from t", -1, &given.second, NULL);
	sqlite3_blob_open(given.db, "main", "t", "b", 1, 1, &given.blob);
	given.backup = sqlite3_backup_init(
	    given.other, "main", given.db, "main");
	given.image = NULL;
}

static void
done_with_handles(void)
{
	osprof_sqlite3_blob_close(given.blob);
	osprof_sqlite3_backup_finish(given.backup);
	osprof_sqlite3_finalize(given.stmt);
	osprof_sqlite3_finalize(given.second);
	sqlite3_free(given.image);
	osprof_sqlite3_close_v2(given.other);
	osprof_sqlite3_close_v2(given.db);
}

static void
close_one(int (*close)(sqlite3 *), bool fails)
{
	if (fails) {
		close(given.db); /* its statements are open */
		return;
	}
	sqlite3_backup_finish(given.backup);
	given.backup = NULL;
	close(given.other);
	given.other = NULL;
}

/* Make one call, once as it should be and once so that it fails. */
static void
make_call(enum call_key key, bool fails)
{
	const char *sql = fails ? "bad" : "values(1), (2)", *tail;
	const void *wide = fails ? wide_bad : wide_sql, *wide_tail;
	int index = fails ? 99 : 2, size;
	sqlite3_int64 bytes;
	char **table = NULL;
	char piece[4] = "abc";
	sqlite3_stmt *made = NULL;
	sqlite3 *opened = NULL;

	switch (key) {
	case CALL_sqlite3_open:
		osprof_sqlite3_open(fails ? "/no/no" : ":memory:", &opened);
		break;
	case CALL_sqlite3_open16:
		osprof_sqlite3_open16(wide_file + (fails ? 0 : 6), &opened);
		break;
	case CALL_sqlite3_open_v2:
		osprof_sqlite3_open_v2(fails ? "/no/no" : ":memory:", &opened,
		    SQLITE_OPEN_READWRITE, NULL);
		break;
	case CALL_sqlite3_close:
		close_one(osprof_sqlite3_close, fails);
		break;
	case CALL_sqlite3_close_v2:
		close_one(osprof_sqlite3_close_v2, false);
		break;
	case CALL_sqlite3_prepare:
		osprof_sqlite3_prepare(given.db, sql, -1, &made, &tail);
		break;
	case CALL_sqlite3_prepare_v2:
		osprof_sqlite3_prepare_v2(given.db, sql, -1, &made, &tail);
		break;
	case CALL_sqlite3_prepare_v3:
		osprof_sqlite3_prepare_v3(given.db, sql, -1, 0, &made, &tail);
		break;
	case CALL_sqlite3_prepare16:
		osprof_sqlite3_prepare16(given.db, wide, -1, &made, &wide_tail);
		break;
	case CALL_sqlite3_prepare16_v2:
		osprof_sqlite3_prepare16_v2(
		    given.db, wide, -1, &made, &wide_tail);
		break;
	case CALL_sqlite3_prepare16_v3:
		osprof_sqlite3_prepare16_v3(
		    given.db, wide, -1, 0, &made, &wide_tail);
		break;
	case CALL_sqlite3_step:
		osprof_sqlite3_step(fails ? NULL : given.stmt);
		break;
	case CALL_sqlite3_reset:
		osprof_sqlite3_step(given.stmt);
		errno = 12345;
		osprof_sqlite3_reset(fails ? NULL : given.stmt);
		break;
	case CALL_sqlite3_finalize:
		osprof_sqlite3_step(given.stmt);
		errno = 12345;
		osprof_sqlite3_finalize(fails ? NULL : given.stmt);
		given.stmt = fails ? given.stmt : NULL;
		break;
	case CALL_sqlite3_bind_blob:
		osprof_sqlite3_bind_blob(given.stmt, index, long_text,
		    sizeof(long_text), SQLITE_TRANSIENT);
		break;
	case CALL_sqlite3_bind_blob64:
		osprof_sqlite3_bind_blob64(given.stmt, index, long_text,
		    sizeof(long_text), SQLITE_TRANSIENT);
		break;
	case CALL_sqlite3_bind_double:
		osprof_sqlite3_bind_double(given.stmt, index, 0.5);
		break;
	case CALL_sqlite3_bind_int:
		osprof_sqlite3_bind_int(given.stmt, index, 5);
		break;
	case CALL_sqlite3_bind_int64:
		osprof_sqlite3_bind_int64(given.stmt, index, 5);
		break;
	case CALL_sqlite3_bind_null:
		osprof_sqlite3_bind_null(given.stmt, index);
		break;
	case CALL_sqlite3_bind_pointer:
		osprof_sqlite3_bind_pointer(
		    given.stmt, index, piece, "piece", NULL);
		break;
	case CALL_sqlite3_bind_text:
		osprof_sqlite3_bind_text(
		    given.stmt, index, long_text, -1, SQLITE_STATIC);
		break;
	case CALL_sqlite3_bind_text16:
		osprof_sqlite3_bind_text16(
		    given.stmt, index, wide_sql, -1, SQLITE_STATIC);
		break;
	case CALL_sqlite3_bind_text64:
		osprof_sqlite3_bind_text64(given.stmt, index, long_text,
		    sizeof(long_text) - 1, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case CALL_sqlite3_bind_value:
		osprof_sqlite3_step(given.second);
		errno = 12345;
		osprof_sqlite3_bind_value(
		    given.stmt, index, sqlite3_column_value(given.second, 0));
		break;
	case CALL_sqlite3_bind_zeroblob:
		osprof_sqlite3_bind_zeroblob(given.stmt, index, 100);
		break;
	case CALL_sqlite3_bind_zeroblob64:
		osprof_sqlite3_bind_zeroblob64(given.stmt, index, 100);
		break;
	case CALL_sqlite3_carray_bind:
	case CALL_sqlite3_carray_bind_v2:
		break; /* no shared library exports them yet */
	case CALL_sqlite3_clear_bindings:
		osprof_sqlite3_clear_bindings(given.stmt);
		break;
	case CALL_sqlite3_transfer_bindings:
		osprof_sqlite3_transfer_bindings(given.stmt, given.second);
		break;
	case CALL_sqlite3_exec:
		osprof_sqlite3_exec(given.db, sql, NULL, NULL, NULL);
		break;
	case CALL_sqlite3_get_table:
		osprof_sqlite3_get_table(
		    given.db, sql, &table, &size, NULL, NULL);
		break;
	case CALL_sqlite3_wal_checkpoint:
		osprof_sqlite3_wal_checkpoint(
		    given.db, fails ? "none" : "main");
		break;
	case CALL_sqlite3_wal_checkpoint_v2:
		osprof_sqlite3_wal_checkpoint_v2(given.db, "main",
		    fails ? 77 : SQLITE_CHECKPOINT_FULL, NULL, NULL);
		break;
	case CALL_sqlite3_serialize:
		given.image = osprof_sqlite3_serialize(
		    given.db, fails ? "none" : "main", &bytes, 0);
		break;
	case CALL_sqlite3_deserialize:
		/* It takes the database from under whoever uses it. */
		done_with_handles();
		memset(&given, 0, sizeof(given));
		sqlite3_open(":memory:", &given.db);
		errno = 12345;
		osprof_sqlite3_deserialize(
		    given.db, fails ? "none" : "main", NULL, 0, 0, 0);
		break;
	case CALL_sqlite3_load_extension:
		osprof_sqlite3_load_extension(given.db, "/no/no", NULL, NULL);
		break;
	case CALL_sqlite3_key:
	case CALL_sqlite3_key_v2:
	case CALL_sqlite3_rekey:
	case CALL_sqlite3_rekey_v2:
		break; /* not in this SQLite */
	case CALL_sqlite3_blob_open:
		osprof_sqlite3_blob_close(given.blob);
		errno = 12345;
		osprof_sqlite3_blob_open(
		    given.db, "main", "t", "b", fails ? 7 : 1, 1, &given.blob);
		break;
	case CALL_sqlite3_blob_reopen:
		osprof_sqlite3_blob_reopen(given.blob, fails ? 7 : 1);
		break;
	case CALL_sqlite3_blob_read:
		osprof_sqlite3_blob_read(given.blob, piece, 4, fails ? 7 : 0);
		break;
	case CALL_sqlite3_blob_write:
		osprof_sqlite3_blob_write(given.blob, piece, 4, fails ? 7 : 0);
		break;
	case CALL_sqlite3_blob_close:
		osprof_sqlite3_blob_close(fails ? NULL : given.blob);
		given.blob = fails ? given.blob : NULL;
		break;
	case CALL_sqlite3_backup_init:
		sqlite3_backup_finish(given.backup);
		errno = 12345;
		given.backup = osprof_sqlite3_backup_init(
		    fails ? given.db : given.other, "main", given.db, "main");
		break;
	case CALL_sqlite3_backup_step:
		osprof_sqlite3_backup_step(given.backup, -1);
		break;
	case CALL_sqlite3_backup_finish:
		osprof_sqlite3_backup_finish(given.backup);
		given.backup = NULL;
		break;
	case CALL_COUNT:
		break;
	}
	size = errno;
	sqlite3_free_table(table);
	sqlite3_finalize(made);
	sqlite3_close_v2(opened);
	errno = size;
}

#define CASES (CALL_COUNT * 2)

/* What errno is after each call, if it was 12345 before. */
static void
note_errnos(int noted[CASES])
{
	for (int i = 0; i < CASES; i++) {
		given_handles();
		errno = 12345;
		make_call((enum call_key)(i / 2), i % 2);
		noted[i] = errno;
		done_with_handles();
	}
}

static void
check_errnos(const int noted[CASES], const int wanted[CASES], const char *state)
{
	for (int i = 0; i < CASES; i++) {
		if (noted[i] == wanted[i])
			continue;
		fprintf(stderr, "%s%s, tracing %s: errno %d, wanted %d\n",
		    sqlite_call[i / 2].field.name, i % 2 ? " that fails" : "",
		    state, noted[i], wanted[i]);
		check_failures++;
	}
}

static uint64_t
dropped_full(void)
{
	struct osprof_counters counters;

	osprof_get_counters(&counters, sizeof(counters));
	return counters.dropped_full;
}

static void
test_errno_is_what_the_real_call_left(void)
{
	static int untraced[CASES], traced[CASES], full[CASES];

	unsigned open = gate_settle();

	atomic_store(&gate, 0);
	note_errnos(untraced);
	atomic_store(&gate, open);
	note_errnos(traced);
	CHECK_U64(dropped_full(), 0);
	given_handles();
	while (dropped_full() == 0)
		osprof_sqlite3_exec(given.db, "select 1", NULL, NULL, NULL);
	done_with_handles();
	note_errnos(full);

	check_errnos(traced, untraced, "on");
	check_errnos(full, untraced, "on, its ring full");
	CHECK(untraced[CALL_sqlite3_open_v2 * 2 + 1] == ENOENT);
}

static atomic_bool enough;

static void
run_once(sqlite3 *db)
{
	sqlite3_stmt *stmt;

	osprof_sqlite3_prepare_v2(db, "select ?", -1, &stmt, NULL);
	osprof_sqlite3_bind_text(stmt, 1, long_text, -1, SQLITE_STATIC);
	osprof_sqlite3_step(stmt);
	osprof_sqlite3_finalize(stmt);
}

static void *
run_until_enough(void *db)
{
	while (!atomic_load(&enough))
		run_once(db);
	return NULL;
}

/* How many records a child makes of a statement; negative: it hung or died. */
static int
child_records(sqlite3 *db)
{
	struct osprof_counters counters;
	uint64_t before;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		alarm(60);
		osprof_get_counters(&counters, sizeof(counters));
		before = counters.called;
		run_once(db);
		osprof_get_counters(&counters, sizeof(counters));
		_exit((int)(counters.called - before));
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
test_children_of_a_program_with_busy_threads_go_on_tracing(void)
{
	sqlite3 *db, *others[2];
	pthread_t thread[2];

	/*
	 * A child inherits SQLite's own locks as they are, and would wait for
	 * a thread that it has not.  These connections share nothing.
	 */
	sqlite3_shutdown();
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_open(":memory:", &db);
	for (int i = 0; i < 2; i++) {
		sqlite3_open(":memory:", &others[i]);
		pthread_create(&thread[i], NULL, run_until_enough, others[i]);
	}

	for (int i = 0; i < 50; i++)
		CHECK(child_records(db) == 2);

	atomic_store(&enough, true);
	for (int i = 0; i < 2; i++) {
		pthread_join(thread[i], NULL);
		sqlite3_close_v2(others[i]);
	}
	sqlite3_close_v2(db);
}

int
main(int argc, char **argv)
{
	static const struct test tests[] = {
	    TEST(test_errno_is_what_the_real_call_left),
	    TEST(test_children_of_a_program_with_busy_threads_go_on_tracing),
	};
	int rc;

	/* SQLite's own locks of all threads' memory survive no fork. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* No drain: what is recorded stays until the ring is full. */
	sandbox_make("enabled = true\ntrace_sql = true\ndrain = agent\n"
		     "ring_size = 64K");
	rc = run_tests(tests, sizeof(tests) / sizeof(*tests), argc, argv);
	sandbox_remove();
	return rc;
}
