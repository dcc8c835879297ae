/*
 * test_sqlite_whole.c - calls that are one point from beginning to end, and
 * blobs and backups, which are one from their opening to their closing.
 */
#include <osprof_sqlite.h>
#include <stdlib.h>
#include <unistd.h>

#include "fake_shim.h"
#include "tests/check.h"

static sqlite3 *db;
static char file[64];

static void
given(const char *sql)
{
	shim_off();
	strcpy(file, "/tmp/osprof-whole-XXXXXX");
	close(mkstemp(file));
	sqlite3_open(file, &db);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
	shim_on();
}

static void
done(void)
{
	shim_off();
	CHECK(sqlite3_close(db) == SQLITE_OK);
	unlink(file);
}

static int
count_rows(void *arg, int columns, char **text, char **name)
{
	(void)columns;
	(void)text;
	(void)name;
	return ++*(int *)arg == 3;
}

static void
test_exec_is_one_point_with_the_rows_of_its_callback(void)
{
	int rows = 0;

	given("create table t(a)");

	sqlite3_exec(db, "insert into t values(1), (2); select a from t",
	    count_rows, &rows, NULL);

	CHECK(rows == 2);
	CHECK_U64(points(), 1);
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_exec");
	CHECK_STR(point_text(0, FIELD_STATEMENT),
	    "insert into t values(1), (2); select a from t");
	CHECK_U64(point_number(0, FIELD_ROWS), 2);
	CHECK_U64(point_number(0, FIELD_CHANGES), 2);
	CHECK(!point_has(0, FIELD_CODE));
	done();
}

static void
test_rows_of_exec_without_a_callback_are_unknown(void)
{
	given("");

	sqlite3_exec(db, "select 1", NULL, NULL, NULL);

	CHECK(!point_has(0, FIELD_ROWS));
	done();
}

static void
test_a_callback_that_stops_exec_is_its_abort(void)
{
	int rows = 0;

	given("create table t(a); insert into t values(1), (2), (3), (4)");

	CHECK(sqlite3_exec(db, "select a from t", count_rows, &rows, NULL) ==
	      SQLITE_ABORT);

	CHECK_U64(point_number(0, FIELD_ROWS), 3);
	CHECK(point_code(0) == SQLITE_ABORT);
	done();
}

static int
query_inside(void *arg, int columns, char **text, char **name)
{
	(void)columns;
	(void)text;
	(void)name;
	return sqlite3_exec(arg, "select 2", NULL, NULL, NULL);
}

static void
test_sql_of_a_callback_hangs_below_its_exec(void)
{
	given("");

	sqlite3_exec(db, "select 1", query_inside, db, NULL);

	CHECK_U64(points(), 2);
	CHECK(point_parent(0) == -1);
	CHECK(point_parent(1) == 0);
	done();
}

static void
test_get_table_tells_its_rows(void)
{
	char **table;
	int rows, columns;

	given("create table t(a); insert into t values(1), (2)");

	sqlite3_get_table(db, "select a from t", &table, &rows, &columns, NULL);
	sqlite3_free_table(table);
	sqlite3_get_table(db, "select a from t", &table, NULL, NULL, NULL);
	sqlite3_free_table(table);

	CHECK(rows == 2 && columns == 1);
	CHECK_U64(points(), 2);
	CHECK_U64(point_number(0, FIELD_ROWS), 2);
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	done();
}

static void
test_a_checkpoint_tells_its_frames(void)
{
	int in_log, copied;

	given("pragma journal_mode = wal; create table t(a);"
	      "insert into t values(1)");

	sqlite3_wal_checkpoint_v2(
	    db, "main", SQLITE_CHECKPOINT_FULL, &in_log, &copied);
	sqlite3_wal_checkpoint_v2(
	    db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_wal_checkpoint(db, "main");

	CHECK(in_log > 0);
	CHECK_U64(points(), 3);
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_wal_checkpoint_v2");
	CHECK_STR(point_text(0, FIELD_TARGET), "main full");
	CHECK_U64(point_number(0, FIELD_PAGES), (uint64_t)copied);
	CHECK_U64(point_number(0, FIELD_REMAINING), 0);
	CHECK_STR(point_text(1, FIELD_TARGET), "truncate");
	CHECK_STR(point_text(2, FIELD_CALL), "sqlite3_wal_checkpoint");
	done();
}

static void
test_serialize_and_deserialize_tell_their_bytes(void)
{
	sqlite3_int64 size;
	unsigned char *image;

	given("create table t(a)");

	image = sqlite3_serialize(db, "main", &size, 0);
	sqlite3_free(sqlite3_serialize(db, "main", NULL, 0));
	CHECK(sqlite3_deserialize(db, "main", image, size, size,
		  SQLITE_DESERIALIZE_FREEONCLOSE) == SQLITE_OK);

	CHECK_U64(points(), 3);
	CHECK_STR(point_text(0, FIELD_TARGET), "main");
	CHECK_U64(point_number(0, FIELD_BYTES), (uint64_t)size);
	CHECK_U64(point_number(1, FIELD_BYTES), (uint64_t)size);
	CHECK_U64(point_number(2, FIELD_BYTES), (uint64_t)size);
	done();
}

static void
test_a_missing_extension_fails_with_its_file(void)
{
	given("");
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);

	CHECK(sqlite3_load_extension(db, "/nowhere/at_all", NULL, NULL) ==
	      SQLITE_ERROR);

	CHECK_STR(point_text(0, FIELD_TARGET), "/nowhere/at_all");
	CHECK(point_code(0) == SQLITE_ERROR);
	done();
}

static void
test_a_blob_is_one_point_from_open_to_close(void)
{
	sqlite3_blob *blob;
	char piece[4];

	given("create table t(c); insert into t values(zeroblob(8))");

	sqlite3_blob_open(db, "main", "t", "c", 1, 1, &blob);
	sqlite3_blob_write(blob, "abcd", 4, 0);
	sqlite3_blob_read(blob, piece, 4, 0);
	CHECK(memcmp(piece, "abcd", 4) == 0);
	CHECK(!point_ended(0));
	sqlite3_blob_close(blob);

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_CALL), "sqlite3_blob_open");
	CHECK_STR(point_text(0, FIELD_TARGET), "main.t.c row 1");
	CHECK_U64(point_number(0, FIELD_BYTES), 8);
	CHECK(point_number(0, FIELD_ENGINE) <= point_number(0, FIELD_ELAPSED));
	CHECK(!point_has(0, FIELD_CODE));
	done();
}

static void
test_a_reopened_blob_is_the_next_point(void)
{
	sqlite3_blob *blob;
	char piece[4];

	given("create table t(c); insert into t values(zeroblob(8)), ('four')");

	sqlite3_blob_open(db, "main", "t", "c", 1, 0, &blob);
	sqlite3_blob_reopen(blob, 2);
	sqlite3_blob_read(blob, piece, 4, 0);
	CHECK(sqlite3_blob_reopen(blob, 99) == SQLITE_ERROR);
	sqlite3_blob_close(blob);

	CHECK_U64(points(), 3);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "reopened");
	CHECK_STR(point_text(1, FIELD_CALL), "sqlite3_blob_reopen");
	CHECK_STR(point_text(1, FIELD_TARGET), "main.t.c row 2");
	CHECK_U64(point_number(1, FIELD_BYTES), 4);
	CHECK_STR(point_text(2, FIELD_TARGET), "main.t.c row 99");
	CHECK(point_ended(2) && point_code(2) == SQLITE_ERROR);
	done();
}

static void
test_a_hidden_row_is_not_in_the_blobs_name(void)
{
	sqlite3_blob *blob;

	shim_hide_args(true);
	given("create table t(c); insert into t values(zeroblob(8))");

	sqlite3_blob_open(db, "main", "t", "c", 1, 0, &blob);
	sqlite3_blob_close(blob);

	CHECK_STR(point_text(0, FIELD_TARGET), "main.t.c");
	done();
	shim_hide_args(false);
}

static void
test_a_blob_that_is_not_there_is_a_failed_point(void)
{
	sqlite3_blob *blob = NULL;

	given("create table t(c)");

	CHECK(sqlite3_blob_open(db, "main", "t", "c", 7, 0, &blob) ==
	      SQLITE_ERROR);
	sqlite3_blob_close(blob);

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK(point_code(0) == SQLITE_ERROR);
	CHECK_STR(point_text(0, FIELD_MESSAGE), "no such rowid: 7");
	done();
}

static void
test_a_read_past_a_blobs_end_is_its_error(void)
{
	sqlite3_blob *blob;
	char piece[4];

	given("create table t(c); insert into t values('four')");

	sqlite3_blob_open(db, "main", "t", "c", 1, 0, &blob);
	CHECK(sqlite3_blob_read(blob, piece, 4, 4) == SQLITE_ERROR);
	CHECK(sqlite3_blob_close(blob) == SQLITE_OK);

	CHECK(point_code(0) == SQLITE_ERROR);
	done();
}

static void
test_a_backup_is_one_point_from_init_to_finish(void)
{
	sqlite3 *copy;
	sqlite3_backup *backup;
	int steps = 0;

	given("create table t(c); insert into t values(zeroblob(100000))");
	sqlite3_open(":memory:", &copy);

	backup = sqlite3_backup_init(copy, "main", db, "main");
	while (sqlite3_backup_step(backup, 5) == SQLITE_OK)
		steps++;
	sqlite3_backup_finish(backup);

	CHECK(steps > 1);
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_STR(point_text(0, FIELD_DATABASE), file);
	CHECK_STR(point_text(0, FIELD_TARGET), ":memory:");
	CHECK(point_number(0, FIELD_PAGES) > 20);
	CHECK_U64(point_number(0, FIELD_REMAINING), 0);
	CHECK(!point_has(0, FIELD_CODE));
	CHECK(!point_has(0, FIELD_OUTCOME));
	sqlite3_close(copy);
	done();
}

static void
test_a_backup_that_found_a_lock_retried(void)
{
	sqlite3 *copy, *writer;
	sqlite3_backup *backup;

	given("create table t(c); insert into t values(1)");
	shim_off();
	sqlite3_open(file, &writer);
	sqlite3_exec(writer, "begin exclusive", NULL, NULL, NULL);
	shim_on();
	sqlite3_open(":memory:", &copy);

	backup = sqlite3_backup_init(copy, "main", db, "main");
	CHECK(sqlite3_backup_step(backup, -1) == SQLITE_BUSY);
	sqlite3_backup_finish(backup);

	CHECK_U64(point_number(0, FIELD_RETRIES), 1);
	CHECK(point_code(0) == SQLITE_BUSY);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "unfinished");
	sqlite3_close(writer);
	sqlite3_close(copy);
	done();
}

static void
test_a_backup_onto_itself_is_a_failed_point(void)
{
	given("");

	CHECK(!sqlite3_backup_init(db, "main", db, "main"));

	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK(point_code(0) == SQLITE_ERROR);
	done();
}

RUN_TESTS(TEST(test_exec_is_one_point_with_the_rows_of_its_callback),
    TEST(test_rows_of_exec_without_a_callback_are_unknown),
    TEST(test_a_callback_that_stops_exec_is_its_abort),
    TEST(test_sql_of_a_callback_hangs_below_its_exec),
    TEST(test_get_table_tells_its_rows),
    TEST(test_a_checkpoint_tells_its_frames),
    TEST(test_serialize_and_deserialize_tell_their_bytes),
    TEST(test_a_missing_extension_fails_with_its_file),
    TEST(test_a_blob_is_one_point_from_open_to_close),
    TEST(test_a_reopened_blob_is_the_next_point),
    TEST(test_a_hidden_row_is_not_in_the_blobs_name),
    TEST(test_a_blob_that_is_not_there_is_a_failed_point),
    TEST(test_a_read_past_a_blobs_end_is_its_error),
    TEST(test_a_backup_is_one_point_from_init_to_finish),
    TEST(test_a_backup_that_found_a_lock_retried),
    TEST(test_a_backup_onto_itself_is_a_failed_point))
