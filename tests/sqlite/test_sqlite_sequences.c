/*
 * test_sqlite_sequences.c - what a program sees of SQLite is the same with
 * tracing as without, for the sequences of calls whose outcome is known.
 *
 * Each sequence writes what it sees into a transcript: untraced, traced, traced
 * without room for a record, and with arguments hidden.  All have to say what
 * the sequence is known for.
 */
#include <osprof_sqlite.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "fake_shim.h"
#include "tests/check.h"

static char transcript[4096];
static sqlite3 *db;
static char file[64];

__attribute__((format(printf, 1, 2))) static void
saw(const char *format, ...)
{
	size_t len = strlen(transcript);
	va_list args;

	va_start(args, format);
	vsnprintf(transcript + len, sizeof(transcript) - len, format, args);
	va_end(args);
}

static sqlite3 *
open_file(void)
{
	sqlite3 *other = NULL;

	if (sqlite3_open(file, &other) != SQLITE_OK)
		abort();
	return other;
}

static sqlite3_stmt *
prepare(sqlite3 *conn, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	saw("p%d ", sqlite3_prepare_v2(conn, sql, -1, &stmt, NULL));
	return stmt;
}

static void
step(sqlite3_stmt *stmt)
{
	saw("%d ", sqlite3_step(stmt));
}

static void
run(sqlite3 *conn, const char *sql)
{
	saw("x%d ", sqlite3_exec(conn, sql, NULL, NULL, NULL));
}

static void
reset(sqlite3_stmt *stmt)
{
	saw("r%d ", sqlite3_reset(stmt));
}

static void
finalize(sqlite3_stmt *stmt)
{
	saw("f%d ", sqlite3_finalize(stmt));
}

static void
play(void (*sequence)(void))
{
	transcript[0] = '\0';
	strcpy(file, "/tmp/osprof-sequences-XXXXXX");
	close(mkstemp(file));
	db = open_file();
	sequence();
	sqlite3_close(db);
	unlink(file);
}

static void
check_everywhere(void (*sequence)(void), const char *wanted)
{
	shim_off();
	play(sequence);
	CHECK_STR(transcript, wanted);
	shim_on();
	play(sequence);
	CHECK_STR(transcript, wanted);
	shim_on();
	shim_full(true);
	play(sequence);
	CHECK_STR(transcript, wanted);
	CHECK_U64(points(), 0);
	shim_hide_args(true);
	shim_on();
	play(sequence);
	CHECK_STR(transcript, wanted);
	shim_hide_args(false);
}

static void
step_on_after_done(void)
{
	sqlite3_stmt *stmt = prepare(db, "select 1");

	step(stmt);
	step(stmt);
	step(stmt);
	finalize(stmt);
}

static void
test_a_step_after_done_runs_again(void)
{
	check_everywhere(step_on_after_done, "p0 100 101 100 f0 ");
}

static void
bind_while_active(void)
{
	sqlite3_stmt *stmt = prepare(db, "select ?");

	sqlite3_bind_int(stmt, 1, 1);
	step(stmt);
	saw("b%d ", sqlite3_bind_int(stmt, 1, 2));
	saw("v%d ", sqlite3_column_int(stmt, 0));
	step(stmt);
	saw("b%d ", sqlite3_bind_int(stmt, 1, 2));
	reset(stmt);
	saw("b%d ", sqlite3_bind_int(stmt, 1, 2));
	step(stmt);
	saw("v%d ", sqlite3_column_int(stmt, 0));
	finalize(stmt);
}

static void
test_a_bind_of_an_active_statement_is_refused(void)
{
	check_everywhere(
	    bind_while_active, "p0 100 b21 v1 101 b21 r0 b0 100 v2 f0 ");
}

static void
bind_too_big(void)
{
	char text[300];
	sqlite3_stmt *stmt = prepare(db, "select ?");

	memset(text, 'x', sizeof(text));
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 100);
	saw("b%d ", sqlite3_bind_text(stmt, 1, text, 300, SQLITE_TRANSIENT));
	step(stmt);
	saw("t%d ", sqlite3_column_type(stmt, 0));
	finalize(stmt);
}

static void
test_a_text_over_the_limit_binds_null(void)
{
	check_everywhere(bind_too_big, "p0 b18 100 t5 f0 ");
}

static void
clear_while_active(void)
{
	sqlite3_stmt *stmt = prepare(db, "select ?");

	step(stmt);
	saw("c%d ", sqlite3_clear_bindings(stmt));
	finalize(stmt);
}

static void
test_bindings_are_cleared_while_a_row_is_open(void)
{
	check_everywhere(clear_while_active, "p0 100 c0 f0 ");
}

static void
violate_v2(void)
{
	sqlite3_stmt *stmt;

	run(db, "create table t(a unique); insert into t values(1)");
	stmt = prepare(db, "insert into t values(1)");
	step(stmt);
	saw("e%d '%s' ", sqlite3_extended_errcode(db), sqlite3_errmsg(db));
	reset(stmt);
	saw("e%d ", sqlite3_errcode(db));
	reset(stmt);
	step(stmt);
	finalize(stmt);
}

static void
test_a_violation_is_told_by_step_and_once_by_reset(void)
{
	check_everywhere(violate_v2, "x0 p0 19 e2067 'UNIQUE constraint "
				     "failed: t.a' r19 e19 r0 19 f19 ");
}

static void
violate_v1(void)
{
	sqlite3_stmt *stmt = NULL;

	run(db, "create table t(a unique); insert into t values(1)");
	saw("p%d ",
	    sqlite3_prepare(db, "insert into t values(1)", -1, &stmt, NULL));
	step(stmt);
	saw("'%s' ", sqlite3_errmsg(db));
	reset(stmt);
	saw("'%s' ", sqlite3_errmsg(db));
	finalize(stmt);
}

static void
test_a_legacy_violation_is_told_by_reset(void)
{
	check_everywhere(violate_v1, "x0 p0 1 'SQL logic error' r19 'UNIQUE "
				     "constraint failed: t.a' f0 ");
}

static void
wait_for_writer(void)
{
	sqlite3 *other = open_file();
	sqlite3_stmt *stmt;

	run(db, "create table t(a)");
	stmt = prepare(db, "insert into t values(?)");
	run(other, "begin immediate");
	step(stmt);
	saw("busy%d b%d ", sqlite3_stmt_busy(stmt),
	    sqlite3_bind_int(stmt, 1, 1));
	step(stmt);
	run(other, "commit");
	step(stmt);
	finalize(stmt);
	sqlite3_close(other);
}

static void
test_a_busy_insert_is_resumed(void)
{
	check_everywhere(wait_for_writer, "x0 p0 x0 5 busy1 b21 5 x0 101 f0 ");
}

static void
wait_for_reader(void)
{
	sqlite3 *other = open_file();
	sqlite3_stmt *reader, *commit;

	run(db, "create table t(a); insert into t values(1), (2)");
	reader = prepare(other, "select a from t");
	step(reader);
	run(db, "begin; insert into t values(3)");
	commit = prepare(db, "commit");
	step(commit);
	saw("busy%d ", sqlite3_stmt_busy(commit));
	finalize(reader);
	step(commit);
	finalize(commit);
	sqlite3_close(other);
}

static void
test_a_busy_commit_is_resumed(void)
{
	check_everywhere(wait_for_reader, "x0 p0 100 x0 p0 5 busy1 f0 101 f0 ");
}

static void
prepare_when_locked(void)
{
	sqlite3 *other = open_file();
	sqlite3_stmt *stmt;

	run(db, "create table t(a)");
	run(db, "begin exclusive");
	stmt = prepare(other, "select * from t");
	saw("'%s' %d ", sqlite3_errmsg(other), stmt != NULL);
	run(db, "commit");
	sqlite3_close(other);
}

static void
test_a_prepare_is_busy_while_the_schema_is_locked(void)
{
	check_everywhere(
	    prepare_when_locked, "x0 x0 p5 'database is locked' 0 x0 ");
}

static int
interrupt(void *arg)
{
	sqlite3_interrupt(arg);
	return 0;
}

static void
interrupted(void)
{
	sqlite3_stmt *stmt = prepare(db,
	    "with recursive c(x) as (select 1 union all select x + 1 from c)"
	    " select count(*) from c");

	sqlite3_progress_handler(db, 100, interrupt, db);
	step(stmt);
	saw("'%s' ", sqlite3_errmsg(db));
	reset(stmt);
	finalize(stmt);
}

static void
test_an_interrupt_is_told_by_step_and_reset(void)
{
	check_everywhere(interrupted, "p0 9 'interrupted' r9 f0 ");
}

static void
count_changes(void)
{
	run(db, "create table t(a)");
	run(db, "insert into t values(1), (2)");
	saw("%d ", sqlite3_changes(db));
	run(db, "select * from t");
	saw("%d ", sqlite3_changes(db));
	run(db, "create table u(a)");
	saw("%d ", sqlite3_changes(db));
	run(db, "update t set a = 3 where a = 9");
	saw("%d ", sqlite3_changes(db));
}

static void
test_changes_stay_until_the_next_change(void)
{
	check_everywhere(count_changes, "x0 x0 2 x0 2 x0 2 x0 0 ");
}

static void
insert_returning(void)
{
	sqlite3_stmt *stmt;

	run(db, "create table t(a)");
	stmt = prepare(db, "insert into t values(1) returning a");
	step(stmt);
	saw("c%d ", sqlite3_changes(db));
	step(stmt);
	saw("c%d ", sqlite3_changes(db));
	finalize(stmt);
}

static void
test_returning_changes_count_at_done(void)
{
	check_everywhere(insert_returning, "x0 p0 100 c0 101 c1 f0 ");
}

static void
prepare_odd_texts(void)
{
	sqlite3_stmt *stmt = prepare(db, "-- c only");

	saw("%d ", stmt != NULL);
	stmt = prepare(db, "select 'a");
	saw("%d @%d ", stmt != NULL, sqlite3_error_offset(db));
	saw("p%d ", sqlite3_prepare_v2(db, "select 1garbage", 8, &stmt, NULL));
	saw("'%s' ", sqlite3_sql(stmt));
	finalize(stmt);
}

static void
test_odd_texts_prepare_as_ever(void)
{
	check_everywhere(prepare_odd_texts, "p0 0 p1 0 @7 p0 'select 1' f0 ");
}

static void
alter_below(void)
{
	sqlite3_stmt *stmt, *legacy = NULL;

	run(db, "create table t(a); insert into t values(1)");
	stmt = prepare(db, "select * from t");
	sqlite3_prepare(db, "select * from t", -1, &legacy, NULL);
	run(db, "alter table t add column b");
	step(stmt);
	saw("n%d again%d ", sqlite3_column_count(stmt),
	    sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_REPREPARE, 0));
	step(legacy);
	reset(legacy);
	finalize(stmt);
	finalize(legacy);
}

static void
test_a_changed_schema_prepares_again(void)
{
	check_everywhere(alter_below, "x0 p0 x0 100 n2 again1 1 r17 f0 f0 ");
}

/* An allocator may keep it from happening, as the sanitizers' do. */
static int same_addresses;

static void
same_address(void)
{
	sqlite3_stmt *first = prepare(db, "select 1");
	const void *address = first;

	finalize(first);
	first = prepare(db, "select 2");
	same_addresses += first == address;
	step(first);
	saw("v%d ", sqlite3_column_int(first, 0));
	finalize(first);
}

static void
test_an_address_is_used_again(void)
{
	check_everywhere(same_address, "p0 f0 p0 100 v2 f0 ");
	CHECK(same_addresses == 0 || same_addresses == 4);
}

static void
zombie(void)
{
	sqlite3 *other = open_file();
	sqlite3_stmt *stmt = prepare(other, "select 1");

	saw("c%d ", sqlite3_close(other));
	saw("c%d ", sqlite3_close_v2(other));
	step(stmt);
	finalize(stmt);
}

static void
test_statements_outlive_close_v2(void)
{
	check_everywhere(zombie, "p0 c5 c0 100 f0 ");
}

static void
nulls(void)
{
	step(NULL);
	reset(NULL);
	finalize(NULL);
	saw("c%d ", sqlite3_close(NULL));
	saw("c%d ", sqlite3_close_v2(NULL));
	saw("b%d ", sqlite3_bind_int(NULL, 1, 1));
	saw("x%d ", sqlite3_exec(NULL, "select 1", NULL, NULL, NULL));
}

static void
test_null_handles_are_answered_as_ever(void)
{
	check_everywhere(nulls, "21 r0 f0 c0 c0 b21 x21 ");
}

RUN_TESTS(TEST(test_a_step_after_done_runs_again),
    TEST(test_a_bind_of_an_active_statement_is_refused),
    TEST(test_a_text_over_the_limit_binds_null),
    TEST(test_bindings_are_cleared_while_a_row_is_open),
    TEST(test_a_violation_is_told_by_step_and_once_by_reset),
    TEST(test_a_legacy_violation_is_told_by_reset),
    TEST(test_a_busy_insert_is_resumed), TEST(test_a_busy_commit_is_resumed),
    TEST(test_a_prepare_is_busy_while_the_schema_is_locked),
    TEST(test_an_interrupt_is_told_by_step_and_reset),
    TEST(test_changes_stay_until_the_next_change),
    TEST(test_returning_changes_count_at_done),
    TEST(test_odd_texts_prepare_as_ever),
    TEST(test_a_changed_schema_prepares_again),
    TEST(test_an_address_is_used_again), TEST(test_statements_outlive_close_v2),
    TEST(test_null_handles_are_answered_as_ever))
