/*
 * test_sqlite_spans.c - the run of a statement is one point, from its first
 * step to its end.
 */
#include <osprof_sqlite.h>
#include <stdlib.h>
#include <unistd.h>

#include "fake_shim.h"
#include "tests/check.h"

static sqlite3 *db;

static void
given(const char *sql)
{
	shim_off();
	sqlite3_open(":memory:", &db);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
	shim_on();
}

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
	return stmt;
}

static void
run(const char *sql)
{
	sqlite3_stmt *stmt = prepare(sql);

	while (sqlite3_step(stmt) == SQLITE_ROW)
		;
	sqlite3_finalize(stmt);
}

static void
test_a_run_begins_at_the_first_step_and_ends_at_done(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a); insert into t values(1), (2)");
	stmt = prepare("select a from t");
	CHECK_U64(points(), 0);
	sqlite3_step(stmt);
	CHECK_U64(points(), 1);
	CHECK(!point_ended(0));
	sqlite3_step(stmt);
	CHECK(!point_ended(0));
	sqlite3_step(stmt);

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_SYSTEM), "sqlite");
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_step");
	CHECK_STR(point_text(0, FIELD_STATEMENT), "select a from t");
	CHECK_U64(point_number(0, FIELD_ROWS), 2);
	CHECK(!point_has(0, FIELD_CHANGES));
	CHECK(!point_has(0, FIELD_CODE));
	CHECK(!point_has(0, FIELD_OUTCOME));
	CHECK(!point_has(0, FIELD_RETRIES));
	sqlite3_finalize(stmt);
	CHECK_U64(points(), 1);
	sqlite3_close(db);
}

static void
test_time_in_the_engine_leaves_out_the_programs_pauses(void)
{
	sqlite3_stmt *stmt;
	uint64_t engine_ns, elapsed_ns;

	given("create table t(a); insert into t values(1), (2)");
	stmt = prepare("select a from t");
	sqlite3_step(stmt);
	for (volatile int i = 0; i < 10000000; i++)
		;
	sqlite3_step(stmt);
	sqlite3_step(stmt);

	engine_ns = point_number(0, FIELD_ENGINE);
	elapsed_ns = point_number(0, FIELD_ELAPSED);
	CHECK(engine_ns > 0);
	CHECK(engine_ns < elapsed_ns);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_a_step_after_done_is_a_new_run(void)
{
	sqlite3_stmt *stmt;

	given("");
	stmt = prepare("select 1");
	for (int i = 0; i < 3; i++)
		sqlite3_step(stmt);

	CHECK_U64(points(), 2);
	CHECK(point_ended(0));
	CHECK(!point_ended(1));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_a_reset_abandons_a_run(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a); insert into t values(1), (2)");
	stmt = prepare("select a from t");
	sqlite3_step(stmt);
	sqlite3_reset(stmt);
	sqlite3_reset(stmt);

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "reset");
	CHECK(!point_has(0, FIELD_CODE));
	sqlite3_finalize(stmt);
	CHECK_U64(points(), 1);
	sqlite3_close(db);
}

static void
test_a_run_that_reads_is_over_with_its_last_step(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a); insert into t values(1), (2)");
	stmt = prepare("select a from t");

	sqlite3_step(stmt);
	for (int i = 0; i < 100; i++)
		sqlite3_exec(db, "select 1", NULL, NULL, NULL);
	sqlite3_reset(stmt);

	CHECK(point_number(0, FIELD_ELAPSED) > 0);
	CHECK_U64(
	    point_number(0, FIELD_ELAPSED), point_number(0, FIELD_ENGINE));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_a_finalize_abandons_a_run(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a); insert into t values(1), (2)");
	stmt = prepare("select a from t");
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);

	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "finalized");
	sqlite3_close(db);
}

static void
test_changes_are_those_of_the_statement(void)
{
	given("create table t(a)");
	run("insert into t values(1), (2)");
	run("select * from t");
	run("create table u(a)");
	run("update t set a = 3 where a = 9");
	run("begin immediate");
	run("insert into t values(1) returning a");
	run("commit");

	CHECK_U64(point_number(0, FIELD_CHANGES), 2);
	CHECK(!point_has(1, FIELD_CHANGES));
	CHECK_U64(point_number(2, FIELD_CHANGES), 0);
	CHECK(point_has(3, FIELD_CHANGES));
	CHECK_U64(point_number(3, FIELD_CHANGES), 0);
	CHECK_U64(point_number(4, FIELD_CHANGES), 0);
	CHECK_U64(point_number(5, FIELD_CHANGES), 1);
	CHECK_U64(point_number(5, FIELD_ROWS), 1);
	CHECK_U64(points(), 7);
	sqlite3_close(db);
}

static void
test_only_the_statement_of_a_text_is_shown(void)
{
	const char *tail = "select 1; select 2";
	sqlite3_stmt *stmt;

	given("");
	for (int i = 0; i < 2; i++) {
		sqlite3_prepare_v2(db, tail, -1, &stmt, &tail);
		sqlite3_step(stmt);
		sqlite3_finalize(stmt);
	}

	CHECK_STR(point_text(0, FIELD_STATEMENT), "select 1;");
	CHECK_STR(point_text(1, FIELD_STATEMENT), " select 2");
	sqlite3_close(db);
}

static void
test_a_wide_statement_is_shown_in_utf8(void)
{
	static const unsigned short wide[] = {
	    's', 'e', 'l', 'e', 'c', 't', ' ', '\'', 0xe9, '\'', 0};
	sqlite3_stmt *stmt = NULL;

	given("");
	sqlite3_prepare16_v2(db, wide, -1, &stmt, NULL);
	sqlite3_step(stmt);

	CHECK_STR(point_text(0, FIELD_STATEMENT), "select '\xc3\xa9'");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_every_prepare_makes_a_known_statement(void)
{
	static const unsigned short wide[] = {
	    's', 'e', 'l', 'e', 'c', 't', ' ', '?', 0};
	const char *sql = "select ?";
	sqlite3_stmt *stmt[6];

	given("");
	sqlite3_prepare(db, sql, -1, &stmt[0], NULL);
	sqlite3_prepare_v2(db, sql, -1, &stmt[1], NULL);
	sqlite3_prepare_v3(
	    db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt[2], NULL);
	sqlite3_prepare16(db, wide, -1, &stmt[3], NULL);
	sqlite3_prepare16_v2(db, wide, -1, &stmt[4], NULL);
	sqlite3_prepare16_v3(db, wide, -1, 0, &stmt[5], NULL);
	for (int i = 0; i < 6; i++) {
		sqlite3_bind_int(stmt[i], 1, i);
		sqlite3_step(stmt[i]);
		sqlite3_finalize(stmt[i]);
	}

	CHECK_U64(points(), 6);
	for (size_t i = 0; i < points(); i++) {
		char wanted[32];

		snprintf(wanted, sizeof(wanted), "1=%zu", i);
		CHECK_STR(point_params(i), wanted);
		CHECK_STR(point_text(i, FIELD_STATEMENT), sql);
	}
	sqlite3_close(db);
}

static void
test_a_statement_that_was_prepared_out_of_sight_is_traced(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a)");
	shim_off();
	stmt = prepare("insert into t values(?)");
	sqlite3_bind_int(stmt, 1, 5);
	shim_on();
	sqlite3_step(stmt);

	CHECK_STR(point_text(0, FIELD_STATEMENT), "insert into t values(?)");
	CHECK(!point_has(0, FIELD_PARAMS));
	CHECK_U64(point_number(0, FIELD_CHANGES), 1);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_a_run_whose_end_went_unseen_is_ended(void)
{
	sqlite3_stmt *stmt;

	given("");
	stmt = prepare("select 1");
	sqlite3_step(stmt);
	shim_off();
	sqlite3_reset(stmt);
	CHECK(!point_ended(0));
	shim_on_again();
	sqlite3_step(stmt);

	CHECK_U64(points(), 2);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK(!point_ended(1));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_the_file_is_shown_without_its_uri_parameters(void)
{
	char uri[96], path[64] = "/tmp/osprof-spans-XXXXXX";
	sqlite3_stmt *stmt;

	shim_on();
	close(mkstemp(path));
	snprintf(uri, sizeof(uri), "file:%s?cache=private&key=secret", path);
	sqlite3_open_v2(uri, &db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL);
	stmt = prepare("select 1");
	sqlite3_step(stmt);

	CHECK_U64(points(), 1);
	CHECK_STR(point_text(0, FIELD_DATABASE), path);
	CHECK(!recorded_bytes("secret", 6));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	unlink(path);
}

static void
test_a_file_that_was_opened_out_of_sight_is_known(void)
{
	char path[64] = "/tmp/osprof-spans-XXXXXX";

	shim_off();
	close(mkstemp(path));
	sqlite3_open(path, &db);
	shim_on();
	run("select 1");

	CHECK_STR(point_text(0, FIELD_DATABASE), path);
	sqlite3_close(db);
	unlink(path);
}

static void
test_a_database_in_memory_is_called_that(void)
{
	shim_on();
	sqlite3_open(":memory:", &db);
	run("select 1");

	CHECK_STR(point_text(0, FIELD_DATABASE), ":memory:");
	sqlite3_close(db);
}

static void
test_runs_are_not_parents_of_other_runs(void)
{
	sqlite3_stmt *outer;

	given("");
	outer = prepare("select 1");
	sqlite3_step(outer);
	run("select 2");
	sqlite3_finalize(outer);

	CHECK(point_parent(0) == -1);
	CHECK(point_parent(1) == -1);
	sqlite3_close(db);
}

static void
test_each_connection_has_its_own_trace(void)
{
	sqlite3 *first, *second;

	given("");
	run("select 1");
	run("select 2");
	first = db;
	sqlite3_open(":memory:", &second);
	db = second;
	run("select 3");

	CHECK_U64(point_trace(0), point_trace(1));
	CHECK(point_trace(2) != point_trace(0));
	sqlite3_close(first);
	sqlite3_close(second);
}

static void
test_each_transaction_has_its_own_trace(void)
{
	given("create table t(a)");
	shim_per_transaction(true);
	run("select 1");
	run("begin");
	run("insert into t values(1)");
	run("commit");
	run("select 2");
	shim_per_transaction(false);

	CHECK(point_trace(0) != point_trace(1));
	CHECK_U64(point_trace(1), point_trace(2));
	CHECK_U64(point_trace(1), point_trace(3));
	CHECK(point_trace(4) != point_trace(3));
	sqlite3_close(db);
}

static __attribute__((noinline)) int
step_from_here(sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);

	__asm__ volatile("");
	return rc;
}

static void
test_the_caller_is_the_programs_own_code(void)
{
	sqlite3_stmt *stmt;
	uintptr_t here = (uintptr_t)step_from_here, caller;

	given("");
	stmt = prepare("select 1");
	step_from_here(stmt);

	caller = (uintptr_t)point_caller(0);
	CHECK(caller > here && caller < here + 256);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_a_run_without_room_stays_unrecorded_to_its_end(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a); insert into t values(1), (2)");
	stmt = prepare("select a from t");
	shim_full(true);
	sqlite3_step(stmt);
	shim_full(false);
	sqlite3_step(stmt);
	sqlite3_step(stmt);
	CHECK_U64(points(), 0);
	sqlite3_step(stmt);

	CHECK_U64(points(), 1);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

RUN_TESTS(TEST(test_a_run_begins_at_the_first_step_and_ends_at_done),
    TEST(test_time_in_the_engine_leaves_out_the_programs_pauses),
    TEST(test_a_step_after_done_is_a_new_run),
    TEST(test_a_reset_abandons_a_run),
    TEST(test_a_run_that_reads_is_over_with_its_last_step),
    TEST(test_a_finalize_abandons_a_run),
    TEST(test_changes_are_those_of_the_statement),
    TEST(test_only_the_statement_of_a_text_is_shown),
    TEST(test_a_wide_statement_is_shown_in_utf8),
    TEST(test_every_prepare_makes_a_known_statement),
    TEST(test_a_statement_that_was_prepared_out_of_sight_is_traced),
    TEST(test_a_run_whose_end_went_unseen_is_ended),
    TEST(test_the_file_is_shown_without_its_uri_parameters),
    TEST(test_a_file_that_was_opened_out_of_sight_is_known),
    TEST(test_a_database_in_memory_is_called_that),
    TEST(test_runs_are_not_parents_of_other_runs),
    TEST(test_each_connection_has_its_own_trace),
    TEST(test_each_transaction_has_its_own_trace),
    TEST(test_the_caller_is_the_programs_own_code),
    TEST(test_a_run_without_room_stays_unrecorded_to_its_end))
