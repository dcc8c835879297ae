/*
 * test_sqlite_errors.c - what failed is a point with its code, its name, its
 * text; and looking at an error leaves the program's own view of it alone.
 */
#include <osprof_sqlite.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "fake_shim.h"
#include "tests/check.h"

static sqlite3 *db;
static char file[64];

static void
given(const char *sql)
{
	shim_off();
	strcpy(file, "/tmp/osprof-errors-XXXXXX");
	close(mkstemp(file));
	sqlite3_open(file, &db);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
	shim_on();
}

static void
done(void)
{
	sqlite3_close(db);
	unlink(file);
}

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
	return stmt;
}

static void
test_a_violation_has_its_extended_code(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a unique); insert into t values(1)");
	stmt = prepare("insert into t values(1)");

	sqlite3_step(stmt);
	sqlite3_reset(stmt);
	sqlite3_finalize(stmt);

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK(point_code(0) == SQLITE_CONSTRAINT_UNIQUE);
	CHECK_STR(point_text(0, FIELD_ETYPE), "SQLITE_CONSTRAINT_UNIQUE");
	CHECK_STR(
	    point_text(0, FIELD_MESSAGE), "UNIQUE constraint failed: t.a");
	CHECK(!point_has(0, FIELD_OUTCOME));
	done();
}

static void
test_a_legacy_violation_gets_its_code_from_reset(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a unique); insert into t values(1)");
	sqlite3_prepare(db, "insert into t values(1)", -1, &stmt, NULL);

	sqlite3_step(stmt);
	CHECK(!point_ended(0));
	sqlite3_reset(stmt);
	sqlite3_step(stmt);
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);

	CHECK_U64(points(), 3);
	CHECK(point_code(0) == SQLITE_CONSTRAINT_UNIQUE);
	CHECK_STR(
	    point_text(0, FIELD_MESSAGE), "UNIQUE constraint failed: t.a");
	CHECK(point_ended(1) && point_code(1) == SQLITE_ERROR);
	CHECK(point_ended(2));
	CHECK(point_code(2) == SQLITE_CONSTRAINT);
	done();
}

static void
test_a_failed_prepare_is_a_point(void)
{
	given("");

	CHECK(!prepare("select 'a"));

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_prepare_v2");
	CHECK_STR(point_text(0, FIELD_STATEMENT), "select 'a");
	CHECK(point_code(0) == SQLITE_ERROR);
	CHECK_STR(point_text(0, FIELD_ETYPE), "SQLITE_ERROR");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "unrecognized token: \"'a\"");
	CHECK_U64(point_number(0, FIELD_ERROR_OFFSET), 7);
	done();
}

static void
test_a_failed_prepare_of_a_part_shows_the_part(void)
{
	sqlite3_stmt *stmt;

	given("");

	sqlite3_prepare_v2(db, "selec 1garbage", 7, &stmt, NULL);

	CHECK_STR(point_text(0, FIELD_STATEMENT), "selec 1");
	done();
}

static void
test_a_statement_that_fails_is_shown_up_to_its_semicolon(void)
{
	static const char *const text[][2] = {
	    {"selec 1; select 2", "selec 1;"},
	    {"select * from nowhere; select 2", "select * from nowhere;"},
	    {"selec 1", "selec 1"},
	};

	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++) {
		sqlite3_stmt *none;
		const char *tail;

		given("");
		sqlite3_prepare_v2(db, text[i][0], -1, &none, &tail);

		CHECK_U64(points(), 1);
		CHECK_STR(point_text(0, FIELD_STATEMENT), text[i][1]);
		done();
	}
}

static void
test_a_failed_wide_prepare_shows_its_text(void)
{
	static const unsigned short wide[] = {
	    's', 'e', 'l', 'e', 'c', ' ', 0xd83d, 0xde00, 0xe9, 0};
	sqlite3_stmt *stmt;

	given("");

	sqlite3_prepare16_v2(db, wide, -1, &stmt, NULL);

	CHECK_STR(
	    point_text(0, FIELD_STATEMENT), "selec \xf0\x9f\x98\x80\xc3\xa9");
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_prepare16_v2");
	done();
}

static void
test_a_comment_alone_is_no_point(void)
{
	given("");

	prepare("-- nothing");
	prepare("");

	CHECK_U64(points(), 0);
	done();
}

static uint64_t waiting_ns;

static int
note_time(void *arg, int count)
{
	struct timespec now;

	(void)arg;
	clock_gettime(CLOCK_MONOTONIC, &now);
	waiting_ns = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
	return count < 1;
}

static void
test_a_failed_prepare_began_before_it_waited(void)
{
	sqlite3 *other;
	sqlite3_stmt *stmt;

	given("create table t(a); begin exclusive");
	sqlite3_open(file, &other);
	sqlite3_busy_handler(other, note_time, NULL);

	sqlite3_prepare_v2(other, "select * from t", -1, &stmt, NULL);

	CHECK_U64(points(), 1);
	CHECK(point_code(0) == SQLITE_BUSY);
	CHECK(point_start_ns(0) < waiting_ns);
	CHECK(point_start_ns(0) + point_number(0, FIELD_ELAPSED) > waiting_ns);
	sqlite3_close(other);
	done();
}

static void
test_busy_answers_of_one_run_are_retries(void)
{
	sqlite3 *other;
	sqlite3_stmt *stmt;

	given("create table t(a)");
	shim_off();
	sqlite3_open(file, &other);
	sqlite3_exec(other, "begin immediate", NULL, NULL, NULL);
	shim_on();
	stmt = prepare("insert into t values(1)");

	sqlite3_step(stmt);
	sqlite3_step(stmt);
	CHECK(!point_ended(0));
	sqlite3_exec(other, "commit", NULL, NULL, NULL);
	sqlite3_close(other);
	sqlite3_step(stmt);

	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_RETRIES), 2);
	CHECK_U64(point_number(0, FIELD_CHANGES), 1);
	CHECK(!point_has(0, FIELD_CODE));
	sqlite3_finalize(stmt);
	done();
}

static void
test_a_run_that_gave_up_waiting_is_busy(void)
{
	sqlite3 *other;
	sqlite3_stmt *stmt;

	given("create table t(a)");
	sqlite3_open(file, &other);
	shim_off();
	sqlite3_exec(other, "begin immediate", NULL, NULL, NULL);
	shim_on();
	stmt = prepare("insert into t values(1)");
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);

	CHECK(point_ended(0));
	CHECK(point_code(0) == SQLITE_BUSY);
	CHECK_STR(point_text(0, FIELD_ETYPE), "SQLITE_BUSY");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "database is locked");
	CHECK_STR(point_text(0, FIELD_OUTCOME), "finalized");
	sqlite3_close(other);
	done();
}

static void
test_a_refused_step_leaves_no_open_run(void)
{
	given("");

	sqlite3_step(NULL);

	CHECK_U64(points(), 0);
	done();
}

static void
test_a_failed_open_is_a_point(void)
{
	sqlite3 *none = NULL;

	shim_on();

	CHECK(sqlite3_open_v2("file:/nowhere/at.all?key=secret", &none,
		  SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
		  NULL) == SQLITE_CANTOPEN);

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_open_v2");
	CHECK(strstr(point_text(0, FIELD_DATABASE), "/nowhere/at.all"));
	CHECK(!recorded_bytes("secret", 6));
	CHECK(point_code(0) == SQLITE_CANTOPEN);
	CHECK_STR(point_text(0, FIELD_ETYPE), "SQLITE_CANTOPEN");
	CHECK_STR(point_text(0, FIELD_MESSAGE), "unable to open database file");
	CHECK_STR(sqlite3_errmsg(none), "unable to open database file");
	CHECK(sqlite3_close(none) == SQLITE_OK);
	CHECK_U64(points(), 1);
}

static void
test_a_failed_wide_open_is_a_point(void)
{
	static const unsigned short wide[] = {
	    '/', 'n', 'o', 'n', 'e', '/', 'x', 0};
	sqlite3 *none = NULL;

	shim_on();

	sqlite3_open16(wide, &none);

	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_open16");
	CHECK_STR(point_text(0, FIELD_DATABASE), "/none/x");
	sqlite3_close(none);
}

static void
test_a_failed_close_is_a_point_and_the_connection_stays(void)
{
	sqlite3_stmt *stmt;

	given("");
	stmt = prepare("select 1");

	CHECK(sqlite3_close(db) == SQLITE_BUSY);
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);

	CHECK_U64(points(), 2);
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_close");
	CHECK(point_code(0) == SQLITE_BUSY);
	CHECK_STR(point_text(1, FIELD_DATABASE), file);
	CHECK_U64(point_trace(0), point_trace(1));
	done();
}

static char log_text[256];

static void
log_line(void *arg, int code, const char *text)
{
	(void)arg;
	snprintf(log_text, sizeof(log_text), "%d %s", code, text);
}

static void
test_a_zombie_is_never_asked_for_its_error(void)
{
	sqlite3_stmt *stmt;

	sqlite3_shutdown();
	sqlite3_config(SQLITE_CONFIG_LOG, log_line, NULL);
	given("create table t(a unique); insert into t values(1)");
	stmt = prepare("insert into t values(1)");
	CHECK(sqlite3_close_v2(db) == SQLITE_OK);
	log_text[0] = '\0';

	CHECK(sqlite3_step(stmt) == SQLITE_CONSTRAINT);
	CHECK(!strstr(log_text, "misuse"));
	sqlite3_finalize(stmt);

	CHECK(point_ended(0));
	CHECK(point_code(0) == SQLITE_CONSTRAINT);
	CHECK_STR(point_text(0, FIELD_MESSAGE), "constraint failed");
	unlink(file);
}

static void
test_a_failing_script_shows_its_error(void)
{
	char *message = NULL;

	given("");

	CHECK(sqlite3_exec(db, "select 1; select * from nowhere", NULL, NULL,
		  &message) == SQLITE_ERROR);

	CHECK_STR(message, "no such table: nowhere");
	CHECK_U64(points(), 1);
	CHECK(point_code(0) == SQLITE_ERROR);
	CHECK_STR(point_text(0, FIELD_MESSAGE), "no such table: nowhere");
	sqlite3_free(message);
	done();
}

static void
test_the_connections_error_is_the_real_one(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a unique); insert into t values(1)");
	stmt = prepare("insert into t values(1)");
	sqlite3_step(stmt);

	CHECK(sqlite3_errcode(db) == SQLITE_CONSTRAINT);
	CHECK_STR(sqlite3_errmsg(db), "UNIQUE constraint failed: t.a");
	sqlite3_finalize(stmt);
	CHECK(sqlite3_extended_errcode(db) == SQLITE_CONSTRAINT_UNIQUE);
	done();
}

RUN_TESTS(TEST(test_a_statement_that_fails_is_shown_up_to_its_semicolon),
    TEST(test_a_zombie_is_never_asked_for_its_error),
    TEST(test_a_violation_has_its_extended_code),
    TEST(test_a_legacy_violation_gets_its_code_from_reset),
    TEST(test_a_failed_prepare_is_a_point),
    TEST(test_a_failed_prepare_of_a_part_shows_the_part),
    TEST(test_a_failed_wide_prepare_shows_its_text),
    TEST(test_a_comment_alone_is_no_point),
    TEST(test_a_failed_prepare_began_before_it_waited),
    TEST(test_busy_answers_of_one_run_are_retries),
    TEST(test_a_run_that_gave_up_waiting_is_busy),
    TEST(test_a_refused_step_leaves_no_open_run),
    TEST(test_a_failed_open_is_a_point),
    TEST(test_a_failed_wide_open_is_a_point),
    TEST(test_a_failed_close_is_a_point_and_the_connection_stays),
    TEST(test_a_failing_script_shows_its_error),
    TEST(test_the_connections_error_is_the_real_one))
