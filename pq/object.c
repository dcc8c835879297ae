/*
 * object.c - large objects, and functions of the server called by number.
 *
 * The span is the call: PQfn() and lo_*() send no SQL that is the program's.
 * It shows which object or function, and the bytes that moved.  A failure of
 * lo_*() has no SQLSTATE, and lo_import() and lo_export() may fail on their
 * files: the connection tells of both.
 *
 * Each is a round trip, so none has a short way out of line while tracing is
 * off.  While a command waits for its results they fail and leave it alone, but
 * for the connection's first lo_*(), which looks the server's functions up.
 */
#include <stdio.h>

#include "pq/point.h"

#define TARGET_MAX 64

static void
object_begin(struct point *point, enum call_key call, const char *target,
    PGconn *pg, const void *caller)
{
	struct subject subject = {
	    .call = call,
	    .caller = caller,
	    .target = target,
	};

	point_begin_beside(point, &subject, pg);
}

static void
begin_descriptor(struct point *point, enum call_key call, PGconn *pg, int fd,
    const void *caller)
{
	char target[TARGET_MAX];

	snprintf(target, sizeof(target), "fd %d", fd);
	object_begin(point, call, target, pg, caller);
}

/* The number tells which row of the server's table: it is an argument. */
static void
begin_object(struct point *point, enum call_key call, PGconn *pg, Oid object,
    const void *caller)
{
	char target[TARGET_MAX] = "large object";

	if (object != InvalidOid && gate_open() && gate_shows_args())
		snprintf(target, sizeof(target), "large object %u", object);
	object_begin(point, call, target, pg, caller);
}

static void
object_end(struct point *point, bool good)
{
	if (!good)
		outcome_fail(&point->outcome, point->pg);
	point_end_beside(point);
}

/* `moved`: bytes, or negative if it failed. */
static void
object_end_moved(struct point *point, int moved)
{
	if (moved >= 0)
		point->outcome.bytes = (uint64_t)moved;
	object_end(point, moved >= 0);
}

/* What the arguments and the answer of PQfn() are long. */
static uint64_t
function_bytes(const PQArgBlock *args, int count, int answer_len)
{
	uint64_t bytes = answer_len > 0 ? (uint64_t)answer_len : 0;

	for (int i = 0; i < count; i++)
		if (args[i].len > 0)
			bytes += (uint64_t)args[i].len;
	return bytes;
}

PGresult *
osprof_PQfn(PGconn *pg, int function, int *answer, int *answer_len,
    int answer_is_int, const PQArgBlock *args, int count)
{
	char target[TARGET_MAX];
	struct point point;
	PGresult *result;

	if (PASSES)
		return PASS(PQfn)(pg, function, answer, answer_len,
		    answer_is_int, args, count);
	snprintf(target, sizeof(target), "function %d (%d arguments)", function,
	    count);
	object_begin(&point, CALL_PQfn, target, pg, CALLER);

	result = PQfn(
	    pg, function, answer, answer_len, answer_is_int, args, count);

	if (!result)
		outcome_fail(&point.outcome, pg);
	else
		outcome_take(&point.outcome, result, PQresultStatus(result));
	if (point.outcome.status == PGRES_COMMAND_OK)
		point.outcome.bytes = function_bytes(args, count, *answer_len);
	point_end_beside(&point);
	return result;
}

int
osprof_lo_open(PGconn *pg, Oid object, int mode)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_open)(pg, object, mode);
	begin_object(&point, CALL_lo_open, pg, object, CALLER);

	rc = lo_open(pg, object, mode);

	object_end(&point, rc >= 0);
	return rc;
}

int
osprof_lo_close(PGconn *pg, int fd)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_close)(pg, fd);
	begin_descriptor(&point, CALL_lo_close, pg, fd, CALLER);

	rc = lo_close(pg, fd);

	object_end(&point, rc >= 0);
	return rc;
}

int
osprof_lo_read(PGconn *pg, int fd, char *data, size_t size)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_read)(pg, fd, data, size);
	begin_descriptor(&point, CALL_lo_read, pg, fd, CALLER);

	rc = lo_read(pg, fd, data, size);

	object_end_moved(&point, rc);
	return rc;
}

int
osprof_lo_write(PGconn *pg, int fd, const char *data, size_t size)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_write)(pg, fd, data, size);
	begin_descriptor(&point, CALL_lo_write, pg, fd, CALLER);

	rc = lo_write(pg, fd, data, size);

	object_end_moved(&point, rc);
	return rc;
}

int
osprof_lo_lseek(PGconn *pg, int fd, int offset, int whence)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_lseek)(pg, fd, offset, whence);
	begin_descriptor(&point, CALL_lo_lseek, pg, fd, CALLER);

	rc = lo_lseek(pg, fd, offset, whence);

	object_end(&point, rc >= 0);
	return rc;
}

pg_int64
osprof_lo_lseek64(PGconn *pg, int fd, pg_int64 offset, int whence)
{
	struct point point;
	pg_int64 place;

	if (PASSES)
		return PASS(lo_lseek64)(pg, fd, offset, whence);
	begin_descriptor(&point, CALL_lo_lseek64, pg, fd, CALLER);

	place = lo_lseek64(pg, fd, offset, whence);

	object_end(&point, place >= 0);
	return place;
}

int
osprof_lo_tell(PGconn *pg, int fd)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_tell)(pg, fd);
	begin_descriptor(&point, CALL_lo_tell, pg, fd, CALLER);

	rc = lo_tell(pg, fd);

	object_end(&point, rc >= 0);
	return rc;
}

pg_int64
osprof_lo_tell64(PGconn *pg, int fd)
{
	struct point point;
	pg_int64 place;

	if (PASSES)
		return PASS(lo_tell64)(pg, fd);
	begin_descriptor(&point, CALL_lo_tell64, pg, fd, CALLER);

	place = lo_tell64(pg, fd);

	object_end(&point, place >= 0);
	return place;
}

int
osprof_lo_truncate(PGconn *pg, int fd, size_t size)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_truncate)(pg, fd, size);
	begin_descriptor(&point, CALL_lo_truncate, pg, fd, CALLER);

	rc = lo_truncate(pg, fd, size);

	object_end(&point, rc >= 0);
	return rc;
}

int
osprof_lo_truncate64(PGconn *pg, int fd, pg_int64 size)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_truncate64)(pg, fd, size);
	begin_descriptor(&point, CALL_lo_truncate64, pg, fd, CALLER);

	rc = lo_truncate64(pg, fd, size);

	object_end(&point, rc >= 0);
	return rc;
}

Oid
osprof_lo_creat(PGconn *pg, int mode)
{
	struct point point;
	Oid made;

	if (PASSES)
		return PASS(lo_creat)(pg, mode);
	begin_object(&point, CALL_lo_creat, pg, InvalidOid, CALLER);

	made = lo_creat(pg, mode);

	object_end(&point, made != InvalidOid);
	return made;
}

Oid
osprof_lo_create(PGconn *pg, Oid object)
{
	struct point point;
	Oid made;

	if (PASSES)
		return PASS(lo_create)(pg, object);
	begin_object(&point, CALL_lo_create, pg, object, CALLER);

	made = lo_create(pg, object);

	object_end(&point, made != InvalidOid);
	return made;
}

int
osprof_lo_unlink(PGconn *pg, Oid object)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_unlink)(pg, object);
	begin_object(&point, CALL_lo_unlink, pg, object, CALLER);

	rc = lo_unlink(pg, object);

	object_end(&point, rc >= 0);
	return rc;
}

Oid
osprof_lo_import(PGconn *pg, const char *file)
{
	struct point point;
	Oid made;

	if (PASSES)
		return PASS(lo_import)(pg, file);
	begin_object(&point, CALL_lo_import, pg, InvalidOid, CALLER);

	made = lo_import(pg, file);

	object_end(&point, made != InvalidOid);
	return made;
}

Oid
osprof_lo_import_with_oid(PGconn *pg, const char *file, Oid object)
{
	struct point point;
	Oid made;

	if (PASSES)
		return PASS(lo_import_with_oid)(pg, file, object);
	begin_object(&point, CALL_lo_import_with_oid, pg, object, CALLER);

	made = lo_import_with_oid(pg, file, object);

	object_end(&point, made != InvalidOid);
	return made;
}

int
osprof_lo_export(PGconn *pg, Oid object, const char *file)
{
	struct point point;
	int rc;

	if (PASSES)
		return PASS(lo_export)(pg, object, file);
	begin_object(&point, CALL_lo_export, pg, object, CALLER);

	rc = lo_export(pg, object, file);

	object_end(&point, rc >= 0);
	return rc;
}
