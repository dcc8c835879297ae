/*
 * bind.c - giving a parameter its value.
 *
 * No call here is a point: what was bound is shown by the span of the run that
 * uses it.  The value is copied before the real call, while the program's
 * memory is sure to be there (SQLite may have its destructor called at once),
 * and counts when the call succeeds.  Nothing is copied where arguments are
 * hidden, or this one is: it then counts whether or not the call succeeds.
 */
#include "shim/gate.h"
#include "sqlite/stmt.h"
#include "sqlite/text.h"

/* Take hold of the statement if the parameter's value is to be kept. */
static inline struct stmt *
bind_begin(sqlite3_stmt *stmt, int index)
{
	struct stmt *seen;

	if (!gate_open() || !gate_shows_args())
		return NULL;
	seen = stmt_take(stmt);
	if (!seen || !hidden_has(&seen->hidden, (unsigned)index))
		return seen;
	stmt_hide(seen, (unsigned)index);
	stmt_drop(seen);
	return NULL;
}

static void
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

static void
stage_text(struct bind *bind, struct stmt *seen, const char *text, int len)
{
	if (len < 0 && text)
		len = (int)strlen(text);
	bind_stage_bytes(bind, &seen->shadow, PARAM_TEXT, text, (uint64_t)len);
}

static enum param_type
text_type(unsigned char encoding)
{
	switch (encoding) {
	case SQLITE_UTF16LE:
		return PARAM_TEXT16LE;
	case SQLITE_UTF16BE:
		return PARAM_TEXT16BE;
	case SQLITE_UTF16:
		return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
			   ? PARAM_TEXT16LE
			   : PARAM_TEXT16BE;
	default:
		return PARAM_TEXT;
	}
}

static void
stage_text16(struct bind *bind, struct stmt *seen, const void *text, int len)
{
	if (len < 0 && text)
		len = (int)text_len16(text);
	bind_stage_bytes(bind, &seen->shadow, text_type(SQLITE_UTF16), text,
	    (uint64_t)len & ~(uint64_t)1);
}

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
	unsigned char encoding = SQLITE_UTF8;

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
bind_blob_traced(sqlite3_stmt *stmt, int index, const void *data, int len,
    void (*destroy)(void *))
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_bytes(&bind, &seen->shadow, PARAM_BLOB, data,
		    len < 0 ? 0 : (uint64_t)len);

	rc = sqlite3_bind_blob(stmt, index, data, len, destroy);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_blob(sqlite3_stmt *stmt, int index, const void *data,
    int len, void (*destroy)(void *))
{
	if (PASSES)
		return PASS(sqlite3_bind_blob)(stmt, index, data, len, destroy);
	return bind_blob_traced(stmt, index, data, len, destroy);
}

OUT_OF_LINE int
bind_blob64_traced(sqlite3_stmt *stmt, int index, const void *data,
    sqlite3_uint64 len, void (*destroy)(void *))
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_bytes(&bind, &seen->shadow, PARAM_BLOB, data, len);

	rc = sqlite3_bind_blob64(stmt, index, data, len, destroy);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_blob64(sqlite3_stmt *stmt, int index, const void *data,
    sqlite3_uint64 len, void (*destroy)(void *))
{
	if (PASSES)
		return PASS(sqlite3_bind_blob64)(stmt, index, data, len, destroy);
	return bind_blob64_traced(stmt, index, data, len, destroy);
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
		return PASS(sqlite3_bind_pointer)(stmt, index, data, type, destroy);
	return bind_pointer_traced(stmt, index, data, type, destroy);
}

OUT_OF_LINE int
bind_text_traced(sqlite3_stmt *stmt, int index, const char *text, int len,
    void (*destroy)(void *))
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		stage_text(&bind, seen, text, len);

	rc = sqlite3_bind_text(stmt, index, text, len, destroy);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_text(sqlite3_stmt *stmt, int index, const char *text,
    int len, void (*destroy)(void *))
{
	if (PASSES)
		return PASS(sqlite3_bind_text)(stmt, index, text, len, destroy);
	return bind_text_traced(stmt, index, text, len, destroy);
}

OUT_OF_LINE int
bind_text16_traced(sqlite3_stmt *stmt, int index, const void *text, int len,
    void (*destroy)(void *))
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		stage_text16(&bind, seen, text, len);

	rc = sqlite3_bind_text16(stmt, index, text, len, destroy);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_text16(sqlite3_stmt *stmt, int index, const void *text,
    int len, void (*destroy)(void *))
{
	if (PASSES)
		return PASS(sqlite3_bind_text16)(stmt, index, text, len, destroy);
	return bind_text16_traced(stmt, index, text, len, destroy);
}

OUT_OF_LINE int
bind_text64_traced(sqlite3_stmt *stmt, int index, const char *text,
    sqlite3_uint64 len, void (*destroy)(void *), unsigned char encoding)
{
	struct stmt *seen;
	struct bind bind;
	int rc;

	seen = bind_begin(stmt, index);
	if (seen)
		bind_stage_bytes(
		    &bind, &seen->shadow, text_type(encoding), text, len);

	rc = sqlite3_bind_text64(stmt, index, text, len, destroy, encoding);

	if (seen)
		bind_end(seen, index, rc, &bind);
	return rc;
}

int
osprof_sqlite3_bind_text64(sqlite3_stmt *stmt, int index, const char *text,
    sqlite3_uint64 len, void (*destroy)(void *), unsigned char encoding)
{
	if (PASSES)
		return PASS(sqlite3_bind_text64)(
		    stmt, index, text, len, destroy, encoding);
	return bind_text64_traced(stmt, index, text, len, destroy, encoding);
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
