/*
 * blob.c - reading and writing a value in pieces.
 *
 * The span begins in sqlite3_blob_open() and ends in sqlite3_blob_close(): it
 * shows which value, the bytes moved, and the time inside SQLite between all
 * the program's pauses.  An open that fails ends its span at once.  A reopen
 * goes on to another row: it ends the span and begins the next.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "sqlite/stream.h"

/* Which value a blob is, in words: "main.t.c row 5". */
struct place {
	size_t value_len; /* without the row, which is a value */
	size_t len;
	char at[256];
};

static size_t
clamp(int printed, size_t most)
{
	return printed < 0              ? 0
	       : (size_t)printed > most ? most
					: (size_t)printed;
}

static void
place_row(struct place *place, sqlite3_int64 row)
{
	size_t room = sizeof(place->at) - place->value_len;

	place->len = place->value_len;
	if (gate_shows_args())
		place->len += clamp(snprintf(place->at + place->len, room,
					" row %lld", (long long)row),
		    room - 1);
}

static void
place_value(struct place *place, const char *schema, const char *table,
    const char *column)
{
	/* Leave room for the row. */
	size_t room = sizeof(place->at) - 32;

	place->value_len = clamp(
	    snprintf(place->at, room, "%s.%s.%s", schema ? schema : "main",
		table ? table : "", column ? column : ""),
	    room - 1);
}

static void
blob_begin(struct span *span, enum call_key call, const void *caller,
    sqlite3 *db, const struct place *place)
{
	const struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = place->at,
	    .target_len = place->len,
	};

	point_begin_detached(span, &subject, db, conn_find(db));
}

/* Keep the value's name for a reopen. */
static void
keep_place(struct stream *stream, const struct place *place)
{
	stream->target = malloc(sizeof(struct text) + place->value_len);
	if (!stream->target)
		return;
	stream->target->len = place->value_len;
	memcpy(stream->target->at, place->at, place->value_len);
}

static void
blob_opened(struct span *span, sqlite3 *db, const struct place *place,
    const sqlite3_blob *blob, int rc)
{
	struct ending ending = ending_ok;
	struct stream *stream;

	if (rc == SQLITE_OK && blob) {
		stream = stream_add(blob, span, db);
		if (stream)
			keep_place(stream, place);
		return;
	}
	if (rc != SQLITE_OK && db)
		ending_fail(&ending, db, conn_find(db), rc);
	point_end_detached(span, &ending);
}

OUT_OF_LINE int
blob_open_traced(sqlite3 *db, const char *schema, const char *table,
    const char *column, sqlite3_int64 row, int writes, sqlite3_blob **blob,
    const void *caller)
{
	int rc, saved = errno;
	struct place place;
	struct span span;

	place_value(&place, schema, table, column);
	place_row(&place, row);
	blob_begin(&span, CALL_sqlite3_blob_open, caller, db, &place);
	errno = saved;

	rc = sqlite3_blob_open(db, schema, table, column, row, writes, blob);

	saved = errno;
	blob_opened(&span, db, &place, blob ? *blob : NULL, rc);
	errno = saved;
	return rc;
}

int
osprof_sqlite3_blob_open(sqlite3 *db, const char *schema, const char *table,
    const char *column, sqlite3_int64 row, int writes, sqlite3_blob **blob)
{
	if (PASSES)
		return PASS(sqlite3_blob_open)(
		    db, schema, table, column, row, writes, blob);
	return blob_open_traced(
	    db, schema, table, column, row, writes, blob, CALLER);
}

/* A piece was moved, or `rc` says why not. */
static void
blob_moved(struct stream *stream, int len, int rc)
{
	if (rc == SQLITE_OK)
		stream->bytes += (uint64_t)len;
	else
		stream->failed = rc;
	stream_leave(stream);
}

OUT_OF_LINE int
blob_read_traced(sqlite3_blob *blob, void *data, int len, int offset)
{
	struct stream *stream;
	int rc;

	stream = stream_enter(blob);

	rc = sqlite3_blob_read(blob, data, len, offset);

	if (stream)
		blob_moved(stream, len, rc);
	return rc;
}

int
osprof_sqlite3_blob_read(sqlite3_blob *blob, void *data, int len, int offset)
{
	if (PASSES)
		return PASS(sqlite3_blob_read)(blob, data, len, offset);
	return blob_read_traced(blob, data, len, offset);
}

OUT_OF_LINE int
blob_write_traced(sqlite3_blob *blob, const void *data, int len, int offset)
{
	struct stream *stream;
	int rc;

	stream = stream_enter(blob);

	rc = sqlite3_blob_write(blob, data, len, offset);

	if (stream)
		blob_moved(stream, len, rc);
	return rc;
}

int
osprof_sqlite3_blob_write(
    sqlite3_blob *blob, const void *data, int len, int offset)
{
	if (PASSES)
		return PASS(sqlite3_blob_write)(blob, data, len, offset);
	return blob_write_traced(blob, data, len, offset);
}

static const struct word_field reopened = WORD_FIELD(FIELD_OUTCOME, "reopened");

static void
blob_end(struct stream *stream, const struct word_field *outcome, int rc)
{
	struct ending ending = ending_ok;

	ending.bytes = stream->bytes;
	ending.outcome = outcome;
	if (rc == SQLITE_OK)
		rc = stream->failed;
	if (rc != SQLITE_OK)
		ending_fail_alone(&ending, rc);
	stream_end(stream, &ending);
}

/* End the span of the row so far; the next one's begins. */
static void
blob_next_row(struct stream *stream, sqlite3_int64 row, const void *caller)
{
	struct place place = {.value_len = 0};

	stream->call_ns = 0;
	blob_end(stream, &reopened, SQLITE_OK);
	stream->bytes = stream->engine_ns = 0;
	stream->failed = SQLITE_OK;
	if (stream->target) {
		place.value_len = stream->target->len;
		memcpy(place.at, stream->target->at, place.value_len);
	}
	place_row(&place, row);
	blob_begin(&stream->span, CALL_sqlite3_blob_reopen, caller, stream->db,
	    &place);
	stream->call_ns = stream->span.start_ns;
}

OUT_OF_LINE int
blob_reopen_traced(sqlite3_blob *blob, sqlite3_int64 row, const void *caller)
{
	struct stream *stream;
	int rc, saved = errno;

	stream = stream_enter(blob);
	if (stream)
		blob_next_row(stream, row, caller);
	errno = saved;

	rc = sqlite3_blob_reopen(blob, row);

	if (stream) {
		stream->failed = rc;
		stream_leave(stream);
	}
	return rc;
}

int
osprof_sqlite3_blob_reopen(sqlite3_blob *blob, sqlite3_int64 row)
{
	if (PASSES)
		return PASS(sqlite3_blob_reopen)(blob, row);
	return blob_reopen_traced(blob, row, CALLER);
}

OUT_OF_LINE int
blob_close_traced(sqlite3_blob *blob)
{
	struct stream stream;
	bool known;
	int rc;

	known = stream_closing(blob, &stream);

	rc = sqlite3_blob_close(blob);

	if (known) {
		blob_end(&stream, NULL, rc);
		free(stream.target);
	}
	return rc;
}

int
osprof_sqlite3_blob_close(sqlite3_blob *blob)
{
	if (PASSES)
		return PASS(sqlite3_blob_close)(blob);
	return blob_close_traced(blob);
}
