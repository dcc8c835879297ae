/*
 * bind_opaque.c - binding what may have bytes that are not ours to read: a
 * value of SQLite's own, a pointer, an array.  Of those, kind and size are
 * shown.
 */
#include "sqlite/bind.h"
#include "sqlite/text.h"

/* A text or blob whose bytes stay unseen: its length. */
static void
stage_length(struct bind *bind, enum param_type type, int len)
{
	bind_stage_zeroblob(bind, (uint64_t)len);
	bind->param.type = (uint8_t)type;
}

static void
stage_value_text(struct bind *bind, sqlite3_value *value)
{
	unsigned char encoding;

	if (!sqlite3_value_encoding) {
		stage_length(bind, PARAM_TEXT, 0);
		return;
	}
	encoding = (unsigned char)sqlite3_value_encoding(value);
	stage_length(bind, text_type(encoding),
	    encoding == SQLITE_UTF8 ? sqlite3_value_bytes(value)
				    : sqlite3_value_bytes16(value));
}

/*
 * A value of SQLite's own.  Asking for the bytes of a text or blob may move
 * them, under a pointer that the program got from the same column: only their
 * length is kept.
 */
static void
stage_value(struct bind *bind, const sqlite3_value *const_value)
{
	sqlite3_value *value = (sqlite3_value *)(uintptr_t)const_value;

	switch (sqlite3_value_type(value)) {
	case SQLITE_INTEGER:
		bind_stage_int(bind, sqlite3_value_int64(value));
		break;
	case SQLITE_FLOAT:
		bind_stage_double(bind, sqlite3_value_double(value));
		break;
	case SQLITE_TEXT:
		stage_value_text(bind, value);
		break;
	case SQLITE_BLOB:
		stage_length(bind, PARAM_BLOB, sqlite3_value_bytes(value));
		break;
	default:
		bind_stage_null(bind);
		break;
	}
}

static void
stage_pointer(struct bind *bind, struct stmt *seen, const char *type)
{
	if (!type)
		type = "";
	bind_stage_bytes(
	    bind, &seen->shadow, PARAM_POINTER, type, strlen(type));
}

static void
stage_array(struct bind *bind, struct stmt *seen, int count, int flags)
{
	static const char *const type[] = {
	    "int32", "int64", "double", "text", "blob"};
	const char *name = flags >= 0 && flags < 5 ? type[flags] : "unknown";

	bind_stage_bytes(bind, &seen->shadow, PARAM_ARRAY, name, strlen(name));
	bind->param.len = count < 0 ? 0 : (uint64_t)count;
}

OUT_OF_LINE int
bind_value_traced(sqlite3_stmt *stmt, int index, const sqlite3_value *value)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		stage_value(&bind, value);

	rc = sqlite3_bind_value(stmt, index, value);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_value(
    sqlite3_stmt *stmt, int index, const sqlite3_value *value)
{
	if (PASSES)
		return PASS(sqlite3_bind_value)(stmt, index, value);
	return bind_value_traced(stmt, index, value);
}

OUT_OF_LINE int
bind_pointer_traced(sqlite3_stmt *stmt, int index, void *data, const char *type,
    void (*destroy)(void *))
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		stage_pointer(&bind, seen, type);

	rc = sqlite3_bind_pointer(stmt, index, data, type, destroy);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_pointer(sqlite3_stmt *stmt, int index, void *data,
    const char *type, void (*destroy)(void *))
{
	if (PASSES)
		return PASS(sqlite3_bind_pointer)(
		    stmt, index, data, type, destroy);
	return bind_pointer_traced(stmt, index, data, type, destroy);
}

OUT_OF_LINE int
carray_bind_traced(sqlite3_stmt *stmt, int index, void *data, int count,
    int flags, void (*destroy)(void *))
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		stage_array(&bind, seen, count, flags);

	rc = sqlite3_carray_bind(stmt, index, data, count, flags, destroy);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_carray_bind(sqlite3_stmt *stmt, int index, void *data, int count,
    int flags, void (*destroy)(void *))
{
	if (PASSES)
		return PASS(sqlite3_carray_bind)(
		    stmt, index, data, count, flags, destroy);
	return carray_bind_traced(stmt, index, data, count, flags, destroy);
}

OUT_OF_LINE int
carray_bind_v2_traced(sqlite3_stmt *stmt, int index, void *data, int count,
    int flags, void (*destroy)(void *), void *arg)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		stage_array(&bind, seen, count, flags);

	rc = sqlite3_carray_bind_v2(
	    stmt, index, data, count, flags, destroy, arg);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_carray_bind_v2(sqlite3_stmt *stmt, int index, void *data,
    int count, int flags, void (*destroy)(void *), void *arg)
{
	if (PASSES)
		return PASS(sqlite3_carray_bind_v2)(
		    stmt, index, data, count, flags, destroy, arg);
	return carray_bind_v2_traced(
	    stmt, index, data, count, flags, destroy, arg);
}
