/*
 * sqlite_store.c - the database behind sqlite://: its schema, opening, trouble.
 */
#include "collectors/sqlite_store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "collectors/storage.h"

/*
 * How long to wait for another writer.  The records wait in the ring
 * meanwhile, and the caller comes again.
 */
#define BUSY_MS 1000

/*
 * The table as SQLAlchemy makes it for OSProfiler.  Of its eight indexes we
 * make the one that reading needs, under the name that it has there.
 */
static const char schema_data[] =
    "CREATE TABLE IF NOT EXISTS data ("
    "id INTEGER NOT NULL, timestamp VARCHAR(26), base_id VARCHAR(255), "
    "parent_id VARCHAR(255), trace_id VARCHAR(255), project VARCHAR(255), "
    "host VARCHAR(255), service VARCHAR(255), name VARCHAR(255), data JSON, "
    "PRIMARY KEY (id));"
    "CREATE INDEX IF NOT EXISTS ix_data_base_id ON data (base_id);";

/* Half of it may be there, from hands that are not ours: make it anew. */
static const char schema_trace[] =
    "DROP TRIGGER IF EXISTS osprof_trace_insert;"
    "DROP TRIGGER IF EXISTS osprof_trace_delete;"
    "DROP TABLE IF EXISTS osprof_trace;"
    "CREATE TABLE osprof_trace (base_id VARCHAR(255) PRIMARY KEY, "
    "timestamp VARCHAR(26), points INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO osprof_trace SELECT base_id, min(timestamp), "
    "sum(substr(name, -4) IS NOT 'stop') FROM data "
    "WHERE base_id IS NOT NULL GROUP BY base_id;"
    "CREATE TRIGGER osprof_trace_insert AFTER INSERT ON data "
    "WHEN new.base_id IS NOT NULL BEGIN "
    "INSERT INTO osprof_trace (base_id, timestamp, points) "
    "VALUES (new.base_id, new.timestamp, substr(new.name, -4) IS NOT 'stop') "
    "ON CONFLICT (base_id) DO UPDATE SET points = points + excluded.points, "
    "timestamp = min(coalesce(timestamp, excluded.timestamp), "
    "coalesce(excluded.timestamp, timestamp)); END;"
    "CREATE TRIGGER osprof_trace_delete AFTER DELETE ON data "
    "WHEN old.base_id IS NOT NULL BEGIN "
    "UPDATE osprof_trace SET points = points - "
    "(substr(old.name, -4) IS NOT 'stop') WHERE base_id = old.base_id; "
    "DELETE FROM osprof_trace WHERE base_id = old.base_id AND NOT EXISTS "
    "(SELECT 1 FROM data WHERE base_id = old.base_id); END;";

/* Which of the schema's parts are there, as bits. */
static const char query_schema[] =
    "SELECT coalesce(sum(CASE name WHEN 'data' THEN 1 "
    "WHEN 'ix_data_base_id' THEN 2 WHEN 'osprof_trace' THEN 4 "
    "WHEN 'osprof_trace_insert' THEN 8 WHEN 'osprof_trace_delete' THEN 16 "
    "ELSE 0 END), 0) FROM sqlite_master";

/*
 * Trouble.
 */

/* What SQLite's result means for the one who reads the problem. */
static const struct {
	int code;
	enum osprof_error error;
	const char *meaning;
} troubles[] = {
    /* clang-format off */
	{ SQLITE_BUSY,		OSPROF_EIO,	"another program has locked it" },
	{ SQLITE_LOCKED,	OSPROF_EIO,	"another program has locked it" },
	{ SQLITE_FULL,		OSPROF_EIO,	"the disk is full" },
	{ SQLITE_READONLY,	OSPROF_EIO,	"it or its folder cannot be written to" },
	{ SQLITE_CANTOPEN,	OSPROF_EOPEN,	"it or a file beside it cannot be opened" },
	{ SQLITE_PERM,		OSPROF_EOPEN,	"you may not" },
	{ SQLITE_CORRUPT,	OSPROF_EIO,	"it is damaged; move it away" },
	{ SQLITE_NOTADB,	OSPROF_EIO,	"it is no SQLite database; name another file" },
	{ SQLITE_NOMEM,		OSPROF_ENOMEM,	"there is no memory" },
    /* clang-format on */
};

enum osprof_error
store_fail(struct store *store, const char *what)
{
	int code = sqlite3_errcode(store->db) & 0xff;
	int system = sqlite3_system_errno(store->db);
	const char *meaning = sqlite3_errmsg(store->db);
	enum osprof_error error = OSPROF_EIO;

	for (size_t i = 0; i < sizeof(troubles) / sizeof(*troubles); i++)
		if (troubles[i].code == code) {
			error = troubles[i].error;
			meaning = troubles[i].meaning;
		}
	problem_set(store->collector.problem, "cannot %s %s: %s%s%s", what,
	    store->path, meaning, system ? ": " : "",
	    system ? strerror(system) : "");
	return error;
}

/*
 * Opening.
 */

void
store_disconnect(struct store *store)
{
	sqlite3_finalize(store->insert);
	sqlite3_close(store->db);
	store->insert = NULL;
	store->db = NULL;
}

bool
store_run(struct store *store, const char *sql)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

int
store_schema(struct store *store)
{
	sqlite3_stmt *stmt;
	int bits = -1;

	if (sqlite3_prepare_v2(store->db, query_schema, -1, &stmt, NULL) !=
	    SQLITE_OK)
		return -1;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		bits = sqlite3_column_int(stmt, 0);
	return sqlite3_finalize(stmt) == SQLITE_OK ? bits : -1;
}

/* Make what is missing, in one transaction. */
static bool
schema_make(struct store *store)
{
	int bits = store_schema(store);

	if (bits < 0 || bits == SCHEMA_WHOLE)
		return bits == SCHEMA_WHOLE;
	if (!store_run(store, "BEGIN IMMEDIATE"))
		return false;
	/* Another program may have made it while we waited for the lock. */
	bits = store_schema(store);
	if (bits == SCHEMA_WHOLE)
		return store_run(store, "COMMIT");
	if (bits < 0 || !store_run(store, schema_data) ||
	    ((bits & SCHEMA_TRACE) != SCHEMA_TRACE &&
		!store_run(store, schema_trace)))
		return false;
	return store_run(store, "COMMIT");
}

static enum osprof_error
connect_write(struct store *store)
{
	enum osprof_error error;

	if (!uri_make_folders(store->path)) {
		problem_set(store->collector.problem,
		    "cannot make the folder of %s: %s", store->path,
		    strerror(errno));
		return OSPROF_EOPEN;
	}
	error = storage_create(store->path, store->collector.problem);
	if (error)
		return error;
	if (sqlite3_open_v2(store->path, &store->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_PRIVATECACHE,
		NULL) != SQLITE_OK)
		return store_fail(store, "open");
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, BUSY_MS);
	/* A file system without shared memory stays with a journal. */
	store_run(store, "PRAGMA journal_mode = WAL");
	store_run(store, "PRAGMA synchronous = NORMAL");
	store_run(store, "PRAGMA journal_size_limit = 67108864");
	return schema_make(store) ? OSPROF_OK : store_fail(store, "set up");
}

/*
 * Open for queries alone.  Where we may, with the right to write: only then
 * does SQLite take away the files that it makes beside a database with a log.
 */
static bool
open_read(struct store *store, const char *name, int flags)
{
	sqlite3_close(store->db);
	if (sqlite3_open_v2(name, &store->db,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
		NULL) != SQLITE_OK)
		return false;
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, BUSY_MS);
	return store_run(store, "PRAGMA query_only = 1") &&
	       store_schema(store) >= 0;
}

/* Whether a log lies beside the database, so that it is not all in one file. */
static bool
has_log(const struct store *store)
{
	char path[URI_PATH_MAX + 8];
	struct stat st;

	snprintf(path, sizeof(path), "%s-wal", store->path);
	return stat(path, &st) == 0 && st.st_size > 0;
}

/*
 * A database in a folder that cannot be written to has no place for the index
 * of its log.  Without a log nobody is writing: read it as it stands.
 */
static bool
open_immutable(struct store *store)
{
	char name[3 * URI_PATH_MAX + 32] = "file:";
	char *at = name + strlen(name);

	if (has_log(store))
		return false;
	for (const char *from = store->path; *from; from++) {
		unsigned char c = (unsigned char)*from;

		if (c == '%' || c == '?' || c == '#')
			at += sprintf(at, "%%%02x", c);
		else
			*at++ = *from;
	}
	strcpy(at, "?immutable=1");
	return open_read(store, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

static enum osprof_error
connect_read(struct store *store)
{
	enum osprof_error error = storage_check(
	    store->path, store->collector.problem);
	int code;

	if (error)
		return error;
	if (open_read(store, store->path, SQLITE_OPEN_READWRITE))
		return OSPROF_OK;
	code = sqlite3_errcode(store->db) & 0xff;
	if ((code == SQLITE_CANTOPEN || code == SQLITE_READONLY) &&
	    open_immutable(store))
		return OSPROF_OK;
	return store_fail(store, "read");
}

/* Open where need be; whatever fails leaves it to be opened again. */
enum osprof_error
store_connect(struct store *store)
{
	enum osprof_error error;
	int moved = 0;

	/* SQLite would go on writing to a file that somebody removed. */
	if (store->db && store->mode == COLLECTOR_WRITE)
		sqlite3_file_control(
		    store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (store->db && !moved)
		return OSPROF_OK;
	store_disconnect(store);
	error = store->mode == COLLECTOR_WRITE ? connect_write(store)
					       : connect_read(store);
	if (error)
		store_disconnect(store);
	return error;
}
