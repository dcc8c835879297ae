/*
 * backup.c - copying a database page by page.
 *
 * The span begins in sqlite3_backup_init() and ends in sqlite3_backup_finish():
 * it shows the database that is read, as its target the one that is written,
 * the pages copied and left, the steps that found a lock as retries, and the
 * time inside SQLite between all the program's pauses.
 */
#include <string.h>

#include "shim/gate.h"
#include "sqlite/stream.h"

static void
backup_begin(struct span *span, const void *caller, sqlite3 *to,
    const char *to_schema, sqlite3 *from)
{
	struct conn *target = conn_find(to);
	size_t file_len = conn_database_len(target);
	struct subject subject = {
	    .call = CALL_sqlite3_backup_init,
	    .caller = caller,
	    .target = to_schema,
	    .target_len = to_schema ? strlen(to_schema) : 0,
	};

	if (file_len) {
		subject.target = target->fields.database;
		subject.target_len = file_len;
	}
	point_begin_detached(span, &subject, from, conn_find(from));
}

/* Errors of a backup are the destination's. */
static void
backup_opened(struct span *span, sqlite3 *to, const sqlite3_backup *backup)
{
	struct ending ending = ending_ok;

	if (backup) {
		stream_add(backup, span, to);
		return;
	}
	if (to)
		ending_fail(&ending, to, conn_find(to), sqlite3_errcode(to));
	point_end_detached(span, &ending);
}

OUT_OF_LINE sqlite3_backup *
backup_init_traced(sqlite3 *to, const char *to_schema, sqlite3 *from,
    const char *from_schema, const void *caller)
{
	sqlite3_backup *backup;
	struct span span;

	backup_begin(&span, caller, to, to_schema, from);

	backup = sqlite3_backup_init(to, to_schema, from, from_schema);

	backup_opened(&span, to, backup);
	return backup;
}

sqlite3_backup *
osprof_sqlite3_backup_init(
    sqlite3 *to, const char *to_schema, sqlite3 *from, const char *from_schema)
{
	if (PASSES)
		return PASS(sqlite3_backup_init)(
		    to, to_schema, from, from_schema);
	return backup_init_traced(to, to_schema, from, from_schema, CALLER);
}

static void
backup_stepped(struct stream *stream, int rc)
{
	stream->failed = SQLITE_OK;
	if (rc == SQLITE_DONE)
		stream->done = true;
	else if (rc != SQLITE_OK)
		stream->failed = rc;
	if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
		stream->retries++;
	stream_leave(stream);
}

OUT_OF_LINE int
backup_step_traced(sqlite3_backup *backup, int pages)
{
	struct stream *stream;
	int rc;

	stream = stream_enter(backup);

	rc = sqlite3_backup_step(backup, pages);

	if (stream)
		backup_stepped(stream, rc);
	return rc;
}

int
osprof_sqlite3_backup_step(sqlite3_backup *backup, int pages)
{
	if (PASSES)
		return PASS(sqlite3_backup_step)(backup, pages);
	return backup_step_traced(backup, pages);
}

static const struct word_field unfinished = WORD_FIELD(
    FIELD_OUTCOME, "unfinished");

static void
backup_end(struct stream *stream, int total, int left, int rc)
{
	struct ending ending = ending_ok;

	ending.pages = (uint64_t)(total - left);
	ending.remaining = (uint64_t)left;
	if (!stream->done)
		ending.outcome = &unfinished;
	if (rc == SQLITE_OK)
		rc = stream->failed;
	if (rc != SQLITE_OK)
		ending_fail_alone(&ending, rc);
	stream_end(stream, &ending);
}

OUT_OF_LINE int
backup_finish_traced(sqlite3_backup *backup)
{
	struct stream stream;
	int rc, total = 0, left = 0;
	bool known;

	known = stream_closing(backup, &stream);
	if (known) {
		total = sqlite3_backup_pagecount(backup);
		left = sqlite3_backup_remaining(backup);
	}

	rc = sqlite3_backup_finish(backup);

	if (known)
		backup_end(&stream, total, left, rc);
	return rc;
}

int
osprof_sqlite3_backup_finish(sqlite3_backup *backup)
{
	if (PASSES)
		return PASS(sqlite3_backup_finish)(backup);
	return backup_finish_traced(backup);
}
