/*
 * open.c - connections come and go.
 *
 * An open or close that succeeds is no point, it only tells of the connection.
 * One that fails is, from the call to its return: a failed open shows the name
 * that was asked for, a failed close the error (statements are left).
 */
#include <errno.h>
#include <stdlib.h>

#include "shim/gate.h"
#include "sqlite/point.h"
#include "sqlite/text.h"

/* The call returned `rc`.  A failed open leaves a handle with its error. */
static void
open_end(enum call_key call, const void *caller, uint64_t begin_ns,
    const char *name, sqlite3 *const *db, int rc)
{
	const struct subject subject = {.call = call, .caller = caller};
	struct ending ending = ending_ok;
	int saved = errno;
	struct conn *conn;

	if (!gate_open())
		return;
	conn = db && *db ? conn_opened(*db, name) : NULL;
	if (rc != SQLITE_OK) {
		ending_fail(&ending, db ? *db : NULL, conn, rc);
		point_failed(&subject, NULL, conn, begin_ns, &ending);
	}
	errno = saved;
}

OUT_OF_LINE int
open_traced(const char *name, sqlite3 **db, const void *caller)
{
	uint64_t begin_ns;
	int rc;

	begin_ns = clock_ns();

	rc = sqlite3_open(name, db);

	open_end(CALL_sqlite3_open, caller, begin_ns, name, db, rc);
	return rc;
}

int
osprof_sqlite3_open(const char *name, sqlite3 **db)
{
	if (PASSES)
		return PASS(sqlite3_open)(name, db);
	return open_traced(name, db, CALLER);
}

OUT_OF_LINE int
open_v2_traced(const char *name, sqlite3 **db, int flags, const char *vfs,
    const void *caller)
{
	uint64_t begin_ns;
	int rc;

	begin_ns = clock_ns();

	rc = sqlite3_open_v2(name, db, flags, vfs);

	open_end(CALL_sqlite3_open_v2, caller, begin_ns, name, db, rc);
	return rc;
}

int
osprof_sqlite3_open_v2(
    const char *name, sqlite3 **db, int flags, const char *vfs)
{
	if (PASSES)
		return PASS(sqlite3_open_v2)(name, db, flags, vfs);
	return open_v2_traced(name, db, flags, vfs, CALLER);
}

OUT_OF_LINE int
open16_traced(const void *name, sqlite3 **db, const void *caller)
{
	uint64_t begin_ns;
	int rc, saved;
	char *utf8;

	begin_ns = clock_ns();

	rc = sqlite3_open16(name, db);

	saved = errno;
	utf8 = name ? text_from16(name, text_len16(name)) : NULL;
	open_end(CALL_sqlite3_open16, caller, begin_ns, utf8, db, rc);
	free(utf8);
	errno = saved;
	return rc;
}

int
osprof_sqlite3_open16(const void *name, sqlite3 **db)
{
	if (PASSES)
		return PASS(sqlite3_open16)(name, db);
	return open16_traced(name, db, CALLER);
}

/* The connection is still there: that is what failed. */
static void
close_failed(enum call_key call, const void *caller, sqlite3 *db,
    uint64_t begin_ns, int rc)
{
	const struct subject subject = {.call = call, .caller = caller};
	struct conn *conn = conn_find(db);
	struct ending ending = ending_ok;

	ending_fail(&ending, db, conn, rc);
	point_failed(&subject, db, conn, begin_ns, &ending);
}

OUT_OF_LINE int
close_traced(sqlite3 *db, const void *caller)
{
	uint64_t begin_ns;
	int rc;

	begin_ns = clock_ns();
	conn_closing(db, false);

	rc = sqlite3_close(db);

	if (rc == SQLITE_BUSY)
		close_failed(CALL_sqlite3_close, caller, db, begin_ns, rc);
	return rc;
}

int
osprof_sqlite3_close(sqlite3 *db)
{
	if (PASSES)
		return PASS(sqlite3_close)(db);
	return close_traced(db, CALLER);
}

OUT_OF_LINE int
close_v2_traced(sqlite3 *db)
{
	conn_closing(db, true);

	return sqlite3_close_v2(db);
}

int
osprof_sqlite3_close_v2(sqlite3 *db)
{
	if (PASSES)
		return PASS(sqlite3_close_v2)(db);
	return close_v2_traced(db);
}
