/*
 * test_sqlite_app.c - a program's own ways of using SQLite go on as without
 * tracing: its hooks, its errno, any number of handles.
 */
#include <osprof_sqlite.h>
#include <errno.h>
#include <stdlib.h>

#include "fake_shim.h"
#include "tests/check.h"

static sqlite3 *db;

static void
given(const char *sql)
{
	shim_on();
	sqlite3_open(":memory:", &db);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int traces, profiles, commits, updates;

static int
on_trace(unsigned type, void *arg, void *p, void *x)
{
	(void)arg;
	(void)p;
	(void)x;
	traces += type == SQLITE_TRACE_STMT;
	profiles += type == SQLITE_TRACE_PROFILE;
	return 0;
}

static int
on_commit(void *arg)
{
	(void)arg;
	commits++;
	return 0;
}

static void
on_update(
    void *arg, int op, const char *schema, const char *table, sqlite3_int64 row)
{
	(void)arg;
	(void)op;
	(void)schema;
	(void)table;
	(void)row;
	updates++;
}

static void
test_the_programs_hooks_are_called(void)
{
	sqlite3_stmt *stmt;

	given("create table t(a)");
	sqlite3_trace_v2(
	    db, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, on_trace, NULL);
	sqlite3_commit_hook(db, on_commit, NULL);
	sqlite3_update_hook(db, on_update, NULL);

	sqlite3_prepare_v2(db, "insert into t values(?)", -1, &stmt, NULL);
	sqlite3_bind_int(stmt, 1, 1);
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);

	CHECK(traces == 1);
	CHECK(profiles == 1);
	CHECK(commits == 1);
	CHECK(updates == 1);
	sqlite3_close(db);
}

static char errnos[1024];

/* Set errno, make the call, note what errno is then. */
#define NOTE(call) \
 do { \
  errno = 12345; \
  (void)(call); \
  snprintf( \
      errnos + strlen(errnos), sizeof(errnos) - strlen(errnos), "%d ", errno); \
 } while (0)

static void
note_errnos(void)
{
	static const unsigned short wide[] = {'x', 0};
	char longer[200];
	sqlite3 *none = NULL, *copy = NULL;
	sqlite3_stmt *stmt = NULL;
	sqlite3_blob *blob = NULL;
	sqlite3_backup *backup = NULL;

	memset(longer, 'x', sizeof(longer));
	errnos[0] = '\0';
	NOTE(sqlite3_open(":memory:", &db));
	NOTE(sqlite3_open_v2("/none/x", &none, SQLITE_OPEN_READONLY, NULL));
	NOTE(sqlite3_close(none));
	NOTE(sqlite3_open16(wide + 1, &copy));
	NOTE(sqlite3_exec(db, "create table t(a, b, c)", NULL, NULL, NULL));
	NOTE(sqlite3_exec(db, "bad", NULL, NULL, NULL));
	NOTE(sqlite3_prepare_v2(db, "bad", -1, &stmt, NULL));
	NOTE(sqlite3_prepare16_v2(db, wide, -1, &stmt, NULL));
	NOTE(sqlite3_prepare_v2(
	    db, "insert into t values(?, :b, ?20)", -1, &stmt, NULL));
	NOTE(sqlite3_bind_int(stmt, 1, 1));
	NOTE(sqlite3_bind_text(stmt, 2, longer, 200, SQLITE_STATIC));
	NOTE(sqlite3_bind_text16(stmt, 2, wide, -1, SQLITE_STATIC));
	NOTE(sqlite3_bind_zeroblob(stmt, 20, 10));
	NOTE(sqlite3_bind_int(stmt, 99, 1));
	NOTE(sqlite3_step(stmt));
	NOTE(sqlite3_reset(stmt));
	NOTE(sqlite3_clear_bindings(stmt));
	NOTE(sqlite3_close(db));
	NOTE(sqlite3_finalize(stmt));
	NOTE(sqlite3_blob_open(db, "main", "t", "c", 1, 1, &blob));
	NOTE(sqlite3_blob_write(blob, "abc", 3, 0));
	NOTE(sqlite3_blob_reopen(blob, 1));
	NOTE(sqlite3_blob_close(blob));
	NOTE(backup = sqlite3_backup_init(copy, "main", db, "main"));
	NOTE(sqlite3_backup_step(backup, -1));
	NOTE(sqlite3_backup_finish(backup));
	NOTE(sqlite3_wal_checkpoint(db, "main"));
	NOTE(sqlite3_close(copy));
	NOTE(sqlite3_close_v2(db));
}

static void
test_errno_is_what_the_real_call_left(void)
{
	char untraced[sizeof(errnos)];

	shim_off();
	note_errnos();
	memcpy(untraced, errnos, sizeof(untraced));
	shim_on();
	note_errnos();

	CHECK_STR(errnos, untraced);
	CHECK(points() > 5);
}

/*
 * Kilobytes of this process in memory; 0 where a sanitizer or valgrind hoards
 * what was freed.
 */
static long
resident_kb(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	long kb = 0;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	fclose(file);
	return 0;
#endif
	if (getenv("LD_PRELOAD") && strstr(getenv("LD_PRELOAD"), "vgpreload")) {
		fclose(file);
		return 0;
	}
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "VmRSS: %ld", &kb) == 1)
			break;
	}
	if (file)
		fclose(file);
	return kb;
}

static void
open_and_close(int count)
{
	char text[100];
	sqlite3_stmt *stmt;

	memset(text, 'x', sizeof(text));
	for (int i = 0; i < count; i++) {
		sqlite3_prepare_v2(db, "select :a", -1, &stmt, NULL);
		sqlite3_bind_text(stmt, 1, text, 100, SQLITE_STATIC);
		sqlite3_finalize(stmt);
	}
}

static void
test_a_million_statements_leave_memory_flat(void)
{
	long before;

	given("");
	open_and_close(10000);
	before = resident_kb();
	open_and_close(1000000);

	CHECK(resident_kb() - before < 1024);
	sqlite3_close(db);
}

static void
test_many_connections_leave_memory_flat(void)
{
	long before = 0;

	shim_on();
	for (int i = 0; i < 20000; i++) {
		if (i == 1000)
			before = resident_kb();
		sqlite3_open(":memory:", &db);
		(i % 2 ? sqlite3_close : sqlite3_close_v2)(db);
	}

	CHECK(resident_kb() - before < 1024);
}

static void
leak_and_close(sqlite3_stmt *stmt[30])
{
	sqlite3 *conn[10];

	for (int i = 0; i < 30; i++) {
		if (i % 3 == 0)
			sqlite3_open(":memory:", &conn[i / 3]);
		sqlite3_prepare_v2(
		    conn[i / 3], "values(?1), (2)", -1, &stmt[i], NULL);
		sqlite3_bind_int(stmt[i], 1, i);
		sqlite3_step(stmt[i]);
	}
	for (int i = 0; i < 10; i++)
		sqlite3_close_v2(conn[i * 7 % 10]);
}

/* Connections are closed with their statements left, which go on. */
static void
test_connections_may_be_closed_in_any_order_before_their_statements(void)
{
	sqlite3_stmt *stmt[30];
	long before = 0;

	shim_on();
	for (int round = 0; round < 500; round++) {
		/* By now the shim of these tests keeps no more points. */
		if (round == 200)
			before = resident_kb();
		leak_and_close(stmt);
		for (int i = 0; i < 30; i++)
			CHECK(sqlite3_step(stmt[i]) == SQLITE_ROW);
		for (int i = 0; i < 30; i++)
			sqlite3_finalize(stmt[i * 11 % 30]);
	}

	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i) && !point_has(i, FIELD_CODE));
	CHECK(resident_kb() - before < 1024);
}

static void
test_tables_and_addresses_of_functions_are_redirected(void)
{
	int (*const call[])(sqlite3_stmt *) = {sqlite3_step, &sqlite3_reset};
	sqlite3_stmt *stmt;

	given("");
	sqlite3_prepare_v2(db, "select 1", -1, &stmt, NULL);

	call[0](stmt);
	call[1](stmt);

	CHECK_U64(points(), 2);
	CHECK(point_ended(1));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
nested_query(sqlite3_context *context, int count, sqlite3_value **value)
{
	sqlite3_stmt *stmt;

	(void)count;
	(void)value;
	sqlite3_prepare_v2(
	    sqlite3_context_db_handle(context), "select 7", -1, &stmt, NULL);
	sqlite3_step(stmt);
	sqlite3_result_int(context, sqlite3_column_int(stmt, 0));
	sqlite3_finalize(stmt);
}

static void
test_sql_inside_a_function_of_the_program_is_traced(void)
{
	sqlite3_stmt *stmt;

	given("");
	sqlite3_create_function(
	    db, "seven", 0, SQLITE_UTF8, NULL, nested_query, NULL, NULL);
	sqlite3_prepare_v2(db, "select seven()", -1, &stmt, NULL);
	sqlite3_step(stmt);

	CHECK(sqlite3_column_int(stmt, 0) == 7);
	CHECK_U64(points(), 3);
	CHECK_STR(point_text(2, FIELD_STATEMENT), "select 7");
	CHECK(!point_ended(1));
	CHECK(point_ended(2));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

RUN_TESTS(TEST(test_the_programs_hooks_are_called),
    TEST(test_errno_is_what_the_real_call_left),
    TEST(test_a_million_statements_leave_memory_flat),
    TEST(test_many_connections_leave_memory_flat),
    TEST(test_connections_may_be_closed_in_any_order_before_their_statements),
    TEST(test_tables_and_addresses_of_functions_are_redirected),
    TEST(test_sql_inside_a_function_of_the_program_is_traced))
