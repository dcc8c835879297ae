/*
 * prepare.c - making a statement of a text.
 *
 * A prepare that succeeds is no point: the statement's runs are.  One that
 * fails is, from the call to its return, for its step will never come; it
 * shows the text, the error, and where in the text it lies.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "sqlite/point.h"
#include "sqlite/stmt.h"
#include "sqlite/text.h"

/* One call, as far as the six functions are alike. */
struct prepare {
	enum call_key call;
	const void *caller;
	uint64_t begin_ns;
	sqlite3 *db;
	bool legacy;
};

/* The bytes of a text: up to its NUL, and no more than `limit` if not < 0. */
static size_t
sql_length(const char *sql, int limit)
{
	return limit < 0 ? strlen(sql) : strnlen(sql, (size_t)limit);
}

static size_t
sql_length16(const void *sql, int limit)
{
	const unsigned char *at = sql;
	size_t len = 0;

	if (limit < 0)
		return text_len16(sql);
	while (len + 2 <= (size_t)limit && (at[len] || at[len + 1]))
		len += 2;
	return len;
}

static void
prepare_failed(
    const struct prepare *prepare, const char *sql, size_t len, int rc)
{
	const struct subject subject = {
	    .call = prepare->call,
	    .caller = prepare->caller,
	    .sql = sql,
	    .sql_len = len,
	};
	struct conn *conn = conn_find(prepare->db);
	struct ending ending = ending_ok;

	ending_fail(&ending, prepare->db, conn, rc);
	if (conn && !atomic_load(&conn->zombie) && sqlite3_error_offset)
		ending.error_offset = sqlite3_error_offset(prepare->db);
	point_failed(&subject, prepare->db, conn, prepare->begin_ns, &ending);
}

/*
 * The bytes of a statement that failed.  `tail` is where SQLite stopped to
 * read, which may be a word of it; from there it goes on to its semicolon.
 */
static size_t
failed_length(const char *sql, int limit, const char *const *tail)
{
	size_t len = sql_length(sql, limit), read = len;
	const char *end;

	if (tail && *tail > sql && *tail < sql + len)
		read = (size_t)(*tail - sql);
	if (sql[read - (read > 0)] == ';')
		return read;
	end = memchr(sql + read, ';', len - read);
	return end ? (size_t)(end - sql) + 1 : len;
}

/* The call returned `rc`; `tail` is where it says the statement ends. */
static void
prepare_end(const struct prepare *prepare, const char *sql, int limit,
    sqlite3_stmt *const *stmt, const char *const *tail, int rc)
{
	int saved = errno;

	if (!gate_open())
		return;
	if (rc == SQLITE_OK && stmt && *stmt) {
		stmt_prepared(*stmt, prepare->legacy);
	} else if (rc != SQLITE_OK && sql) {
		prepare_failed(
		    prepare, sql, failed_length(sql, limit, tail), rc);
	}
	errno = saved;
}

static void
prepare_end16(const struct prepare *prepare, const void *sql, int limit,
    sqlite3_stmt *const *stmt, int rc)
{
	int saved = errno;

	if (!gate_open())
		return;
	if (rc == SQLITE_OK && stmt && *stmt) {
		stmt_prepared(*stmt, prepare->legacy);
	} else if (rc != SQLITE_OK && sql) {
		char *utf8 = text_from16(sql, sql_length16(sql, limit));

		prepare_failed(prepare, utf8, utf8 ? strlen(utf8) : 0, rc);
		free(utf8);
	}
	errno = saved;
}

OUT_OF_LINE int
prepare_traced(sqlite3 *db, const char *sql, int limit, sqlite3_stmt **stmt,
    const char **tail, const void *caller)
{
	struct prepare prepare = {
	    .call = CALL_sqlite3_prepare,
	    .caller = caller,
	    .db = db,
	    .legacy = true,
	};
	int rc;

	prepare.begin_ns = clock_ns();

	rc = sqlite3_prepare(db, sql, limit, stmt, tail);

	prepare_end(&prepare, sql, limit, stmt, tail, rc);
	return rc;
}

int
osprof_sqlite3_prepare(sqlite3 *db, const char *sql, int limit,
    sqlite3_stmt **stmt, const char **tail)
{
	if (PASSES)
		return PASS(sqlite3_prepare)(db, sql, limit, stmt, tail);
	return prepare_traced(db, sql, limit, stmt, tail, CALLER);
}

OUT_OF_LINE int
prepare_v2_traced(sqlite3 *db, const char *sql, int limit, sqlite3_stmt **stmt,
    const char **tail, const void *caller)
{
	struct prepare prepare = {
	    .call = CALL_sqlite3_prepare_v2,
	    .caller = caller,
	    .db = db,
	};
	int rc;

	prepare.begin_ns = clock_ns();

	rc = sqlite3_prepare_v2(db, sql, limit, stmt, tail);

	prepare_end(&prepare, sql, limit, stmt, tail, rc);
	return rc;
}

int
osprof_sqlite3_prepare_v2(sqlite3 *db, const char *sql, int limit,
    sqlite3_stmt **stmt, const char **tail)
{
	if (PASSES)
		return PASS(sqlite3_prepare_v2)(db, sql, limit, stmt, tail);
	return prepare_v2_traced(db, sql, limit, stmt, tail, CALLER);
}

OUT_OF_LINE int
prepare_v3_traced(sqlite3 *db, const char *sql, int limit, unsigned flags,
    sqlite3_stmt **stmt, const char **tail, const void *caller)
{
	struct prepare prepare = {
	    .call = CALL_sqlite3_prepare_v3,
	    .caller = caller,
	    .db = db,
	};
	int rc;

	prepare.begin_ns = clock_ns();

	rc = sqlite3_prepare_v3(db, sql, limit, flags, stmt, tail);

	prepare_end(&prepare, sql, limit, stmt, tail, rc);
	return rc;
}

int
osprof_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int limit,
    unsigned flags, sqlite3_stmt **stmt, const char **tail)
{
	if (PASSES)
		return PASS(sqlite3_prepare_v3)(
		    db, sql, limit, flags, stmt, tail);
	return prepare_v3_traced(db, sql, limit, flags, stmt, tail, CALLER);
}

OUT_OF_LINE int
prepare16_traced(sqlite3 *db, const void *sql, int limit, sqlite3_stmt **stmt,
    const void **tail, const void *caller)
{
	struct prepare prepare = {
	    .call = CALL_sqlite3_prepare16,
	    .caller = caller,
	    .db = db,
	    .legacy = true,
	};
	int rc;

	prepare.begin_ns = clock_ns();

	rc = sqlite3_prepare16(db, sql, limit, stmt, tail);

	prepare_end16(&prepare, sql, limit, stmt, rc);
	return rc;
}

int
osprof_sqlite3_prepare16(sqlite3 *db, const void *sql, int limit,
    sqlite3_stmt **stmt, const void **tail)
{
	if (PASSES)
		return PASS(sqlite3_prepare16)(db, sql, limit, stmt, tail);
	return prepare16_traced(db, sql, limit, stmt, tail, CALLER);
}

OUT_OF_LINE int
prepare16_v2_traced(sqlite3 *db, const void *sql, int limit,
    sqlite3_stmt **stmt, const void **tail, const void *caller)
{
	struct prepare prepare = {
	    .call = CALL_sqlite3_prepare16_v2,
	    .caller = caller,
	    .db = db,
	};
	int rc;

	prepare.begin_ns = clock_ns();

	rc = sqlite3_prepare16_v2(db, sql, limit, stmt, tail);

	prepare_end16(&prepare, sql, limit, stmt, rc);
	return rc;
}

int
osprof_sqlite3_prepare16_v2(sqlite3 *db, const void *sql, int limit,
    sqlite3_stmt **stmt, const void **tail)
{
	if (PASSES)
		return PASS(sqlite3_prepare16_v2)(db, sql, limit, stmt, tail);
	return prepare16_v2_traced(db, sql, limit, stmt, tail, CALLER);
}

OUT_OF_LINE int
prepare16_v3_traced(sqlite3 *db, const void *sql, int limit, unsigned flags,
    sqlite3_stmt **stmt, const void **tail, const void *caller)
{
	struct prepare prepare = {
	    .call = CALL_sqlite3_prepare16_v3,
	    .caller = caller,
	    .db = db,
	};
	int rc;

	prepare.begin_ns = clock_ns();

	rc = sqlite3_prepare16_v3(db, sql, limit, flags, stmt, tail);

	prepare_end16(&prepare, sql, limit, stmt, rc);
	return rc;
}

int
osprof_sqlite3_prepare16_v3(sqlite3 *db, const void *sql, int limit,
    unsigned flags, sqlite3_stmt **stmt, const void **tail)
{
	if (PASSES)
		return PASS(sqlite3_prepare16_v3)(
		    db, sql, limit, flags, stmt, tail);
	return prepare16_v3_traced(db, sql, limit, flags, stmt, tail, CALLER);
}
