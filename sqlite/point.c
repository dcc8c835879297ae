/*
 * point.c - trace points of SQLite's calls.
 */
#include "sqlite/point.h"

#include <errno.h>
#include <string.h>

#include "shim/gate.h"
#include "sqlite/code.h"

const struct ending ending_ok = {
    .code = SQLITE_OK,
    .error_offset = -1,
    .rows = UNKNOWN,
    .changes = UNKNOWN,
    .bytes = UNKNOWN,
    .pages = UNKNOWN,
    .remaining = UNKNOWN,
    .engine_ns = UNKNOWN,
};

void
ending_fail_alone(struct ending *ending, int rc)
{
	ending->code = rc;
	ending->message = sqlite3_errstr(rc);
}

void
ending_fail(struct ending *ending, sqlite3 *db, const struct conn *conn, int rc)
{
	int saved = errno, code;

	ending_fail_alone(ending, rc);
	/* A zombie's error state is gone; asking would be logged as misuse. */
	if (conn && !atomic_load(&conn->zombie)) {
		code = sqlite3_extended_errcode(db);
		if ((code & 0xff) == (rc & 0xff)) {
			ending->code = code;
			ending->message = sqlite3_errmsg(db);
		}
	}
	errno = saved;
}

/* Bytes that the fields of an ending need. */
static size_t
ending_room(const struct ending *ending)
{
	/* Numbers of an ending, its elapsed time, and an outcome's word. */
	size_t room = 10 * FIELD_U64_SIZE + sizeof(struct word_field);

	if (ending->code == SQLITE_OK)
		return room;
	return room + FIELD_TEXT_ROOM + strlen(code_name(ending->code)) +
	       FIELD_TEXT_ROOM +
	       (ending->message ? strlen(ending->message) : 0);
}

static void
put_known(struct fields *fields, enum field_key key, uint64_t value)
{
	if (value != UNKNOWN)
		put_u64(fields, key, value);
}

static void
put_failure(struct fields *fields, const struct ending *ending, bool secret)
{
	put_u64(fields, FIELD_CODE, (uint64_t)(int64_t)ending->code);
	if (ending->error_offset >= 0)
		put_u64(
		    fields, FIELD_ERROR_OFFSET, (uint64_t)ending->error_offset);
	put_error(fields, REDACT_SQLITE, code_name(ending->code),
	    ending->message ? ending->message : "", secret);
}

static void
ending_put(struct fields *fields, const struct ending *ending, bool secret)
{
	put_known(fields, FIELD_ROWS, ending->rows);
	put_known(fields, FIELD_CHANGES, ending->changes);
	/* Statements have none of these: one look tells that. */
	if ((ending->bytes & ending->pages & ending->remaining) != UNKNOWN) {
		put_known(fields, FIELD_BYTES, ending->bytes);
		put_known(fields, FIELD_PAGES, ending->pages);
		put_known(fields, FIELD_REMAINING, ending->remaining);
	}
	if (ending->retries)
		put_u64(fields, FIELD_RETRIES, ending->retries);
	if (ending->outcome)
		put_word(fields, ending->outcome);
	if (__builtin_expect(ending->code != SQLITE_OK, 0))
		put_failure(fields, ending, secret);
}

static inline size_t
subject_room(const struct subject *subject)
{
	size_t room = sizeof(struct conn_fields) + sizeof(struct call_field);

	if (subject->target)
		room += FIELD_TEXT_ROOM + subject->target_len;
	if (subject->sql)
		room += FIELD_TEXT_ROOM + FIELD_U64_SIZE + subject->sql_len;
	return room + subject->params_room;
}

/* Returns whether a credential may be in the statement. */
static inline bool
subject_put(struct fields *fields, const struct subject *subject,
    const struct conn *conn)
{
	size_t database_len = conn_database_len(conn);

	if (database_len)
		put_ready(fields, &conn->fields,
		    offsetof(struct conn_fields, database) +
			RECORD_PADDED(database_len));
	else
		put_text(fields, FIELD_SYSTEM, SYSTEM, sizeof(SYSTEM) - 1);
	put_call(fields, &sqlite_call[subject->call].field);
	if (subject->target)
		put_text(
		    fields, FIELD_TARGET, subject->target, subject->target_len);
	if (subject->params_room)
		subject->put_params(fields, subject->params);
	/* Last, for it is what may outgrow the room. */
	if (subject->sql && !subject->sql_known)
		return put_statement(
		    fields, SQLITE_MODE, subject->sql, subject->sql_len);
	if (subject->sql)
		put_known_statement(
		    fields, SQLITE_MODE, subject->sql, subject->sql_len);
	return false;
}

static bool
open_span(struct span *span, struct fields *fields,
    const struct subject *subject, struct implicit *implicit, size_t room,
    bool detached)
{
	if (detached)
		return span_open_detached(
		    span, fields, subject->caller, implicit, room);
	return span_open(span, fields, subject->caller, implicit, room);
}

static void
put_times(struct fields *fields, const struct ending *ending, uint64_t start_ns,
    uint64_t stop_ns)
{
	uint64_t engine_ns = ending->engine_ns;

	if (ending->last_step_ns)
		engine_ns += stop_ns - ending->last_step_ns;
	put_known(fields, FIELD_ENGINE, engine_ns);
	put_u64(fields, FIELD_ELAPSED, stop_ns - start_ns);
}

/* Open the span in the connection's own trace. */
static bool
open_in_conn(struct span *span, struct fields *fields,
    const struct subject *subject, sqlite3 *db, struct conn *conn, size_t room,
    bool detached)
{
	struct implicit implicit;
	bool opened, was_given;

	conn_take_implicit(conn, db && sqlite3_get_autocommit(db), &implicit);
	was_given = implicit.given;
	opened = open_span(span, fields, subject, &implicit, room, detached);
	if (!was_given)
		conn_give_implicit(conn, &implicit);
	return opened;
}

/* `begin_ns` of 0 is now. */
static inline void
begin(struct span *span, const struct subject *subject, sqlite3 *db,
    struct conn *conn, bool detached, uint64_t begin_ns)
{
	size_t room = subject_room(subject);
	struct fields fields;
	bool opened;

	if (!gate_open()) {
		span->recorded = span->pushed = false;
		return;
	}
	if (conn && gate_wants_handles())
		opened = open_in_conn(
		    span, &fields, subject, db, conn, room, detached);
	else
		opened = open_span(
		    span, &fields, subject, NULL, room, detached);
	if (!opened)
		return;
	span->secret = subject_put(&fields, subject, conn);
	span_publish(span, &fields, begin_ns ? begin_ns : clock_ns());
}

void
point_begin_detached(struct span *span, const struct subject *subject,
    sqlite3 *db, struct conn *conn)
{
	begin(span, subject, db, conn, true, 0);
}

void
point_end_detached(struct span *span, const struct ending *ending)
{
	struct fields fields;
	uint64_t stop_ns = ending->stop_ns;

	if (!stop_ns && span->recorded)
		stop_ns = clock_ns();
	if (!span_close(span, &fields, ending_room(ending), stop_ns))
		return;
	ending_put(&fields, ending, span->secret);
	put_times(&fields, ending, span->start_ns, stop_ns);
	span_finish(&fields);
}

void
point_begin(struct point *point, const struct subject *subject, sqlite3 *db)
{
	point->db = db;
	point->conn = conn_find(db);
	begin(&point->span, subject, db, point->conn, false, 0);
}

void
point_end(struct point *point, const struct ending *ending)
{
	point_end_detached(&point->span, ending);
}

void
point_fail(const struct point *point, struct ending *ending, int rc)
{
	if (point->db)
		ending_fail(ending, point->db, point->conn, rc);
	else
		ending_fail_alone(ending, rc);
}

void
point_failed(const struct subject *subject, sqlite3 *db, struct conn *conn,
    uint64_t begin_ns, const struct ending *ending)
{
	struct span span;

	begin(&span, subject, db, conn, true, begin_ns);
	point_end_detached(&span, ending);
}
