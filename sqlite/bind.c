/*
 * bind.c - binding numbers, and what has no bytes.
 */
#include "sqlite/bind.h"

void
bind_end(struct stmt *seen, int index, int rc, struct bind *bind)
{
	if (rc == SQLITE_TOOBIG || rc == SQLITE_NOMEM) {
		/* The parameter has lost its old value all the same. */
		bind_stage_null(bind);
		rc = SQLITE_OK;
	}
	if (rc == SQLITE_OK)
		shadow_set(&seen->shadow, index, bind);
	stmt_drop(seen);
}

OUT_OF_LINE int
bind_double_traced(sqlite3_stmt *stmt, int index, double value)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_double(&bind, value);

	rc = sqlite3_bind_double(stmt, index, value);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_double(sqlite3_stmt *stmt, int index, double value)
{
	if (PASSES)
		return PASS(sqlite3_bind_double)(stmt, index, value);
	return bind_double_traced(stmt, index, value);
}

OUT_OF_LINE int
bind_int_traced(sqlite3_stmt *stmt, int index, int value)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_int(&bind, value);

	rc = sqlite3_bind_int(stmt, index, value);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_int(sqlite3_stmt *stmt, int index, int value)
{
	if (PASSES)
		return PASS(sqlite3_bind_int)(stmt, index, value);
	return bind_int_traced(stmt, index, value);
}

OUT_OF_LINE int
bind_int64_traced(sqlite3_stmt *stmt, int index, sqlite3_int64 value)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_int(&bind, value);

	rc = sqlite3_bind_int64(stmt, index, value);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_int64(sqlite3_stmt *stmt, int index, sqlite3_int64 value)
{
	if (PASSES)
		return PASS(sqlite3_bind_int64)(stmt, index, value);
	return bind_int64_traced(stmt, index, value);
}

OUT_OF_LINE int
bind_null_traced(sqlite3_stmt *stmt, int index)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_null(&bind);

	rc = sqlite3_bind_null(stmt, index);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_null(sqlite3_stmt *stmt, int index)
{
	if (PASSES)
		return PASS(sqlite3_bind_null)(stmt, index);
	return bind_null_traced(stmt, index);
}

OUT_OF_LINE int
bind_zeroblob_traced(sqlite3_stmt *stmt, int index, int len)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_zeroblob(&bind, len < 0 ? 0 : (uint64_t)len);

	rc = sqlite3_bind_zeroblob(stmt, index, len);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_zeroblob(sqlite3_stmt *stmt, int index, int len)
{
	if (PASSES)
		return PASS(sqlite3_bind_zeroblob)(stmt, index, len);
	return bind_zeroblob_traced(stmt, index, len);
}

OUT_OF_LINE int
bind_zeroblob64_traced(sqlite3_stmt *stmt, int index, sqlite3_uint64 len)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_zeroblob(&bind, len);

	rc = sqlite3_bind_zeroblob64(stmt, index, len);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_zeroblob64(
    sqlite3_stmt *stmt, int index, sqlite3_uint64 len)
{
	if (PASSES)
		return PASS(sqlite3_bind_zeroblob64)(stmt, index, len);
	return bind_zeroblob64_traced(stmt, index, len);
}
