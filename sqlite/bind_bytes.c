/*
 * bind_bytes.c - binding texts and blobs.
 */
#include "sqlite/bind.h"
#include "sqlite/text.h"

static void
stage_text(struct bind *bind, struct stmt *seen, const char *text, int len)
{
	if (len < 0 && text)
		len = (int)strlen(text);
	bind_stage_bytes(bind, &seen->shadow, PARAM_TEXT, text, (uint64_t)len);
}

static void
stage_text16(struct bind *bind, struct stmt *seen, const void *text, int len)
{
	if (len < 0 && text)
		len = (int)text_len16(text);
	bind_stage_bytes(bind, &seen->shadow, text_type(SQLITE_UTF16), text,
	    (uint64_t)len & ~(uint64_t)1);
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
		return PASS(sqlite3_bind_blob64)(
		    stmt, index, data, len, destroy);
	return bind_blob64_traced(stmt, index, data, len, destroy);
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
		return PASS(sqlite3_bind_text16)(
		    stmt, index, text, len, destroy);
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
