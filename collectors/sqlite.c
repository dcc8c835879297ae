/*
 * sqlite.c - the driver for sqlite://, the table of OSProfiler's SQL driver.
 *
 *	sqlite:///path/to.db
 *
 * OSProfiler reads what we write and we read what it writes.  Beside its
 * table `data` stands our `osprof_trace`, one row a trace, so that a list does
 * not have to walk all records.  Triggers keep it, which see rows of every
 * writer.  A batch is a transaction.
 *
 * Reading changes nothing and needs none of our tables.
 *
 * The SQLite in here is our own copy where one can be linked in (see
 * CMakeLists.txt): the program's sqlite3_config(), its VFS and its auto
 * extensions are not for us, nor are ours for it.  One rule follows from that:
 * a program must not open its own trace database, since two copies of SQLite
 * in one process do not see each other's locks.
 */
#include <sqlite3.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "collectors/json.h"
#include "collectors/reader.h"
#include "collectors/storage.h"

#define DEFAULT_FILE "trace.db"

/*
 * How long to wait for another writer.  The records wait in the ring
 * meanwhile, and the caller comes again.
 */
#define BUSY_MS 1000

struct store {
	struct collector collector;
	char path[URI_PATH_MAX];
	enum collector_mode mode;
	char *host;  /* the writer's; NULL: each message's own */
	sqlite3 *db; /* NULL: to be opened again */
	sqlite3_stmt *insert;
	struct json_out scratch;
};

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

enum schema_bit {
	SCHEMA_DATA = 1,
	SCHEMA_INDEX = 2,
	SCHEMA_TRACE = 4 | 8 | 16,
	SCHEMA_WHOLE = 31,
};

static const char query_insert[] =
    "INSERT INTO data (timestamp, base_id, parent_id, trace_id, project, "
    "host, service, name, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

static const char query_read[] =
    "SELECT timestamp, base_id, parent_id, trace_id, project, host, service, "
    "name, data FROM data WHERE base_id = ? ORDER BY id";

static const char query_list[] =
    "SELECT base_id, timestamp, points FROM osprof_trace ORDER BY timestamp";

static const char query_list_all[] =
    "SELECT base_id, min(timestamp) AS first, "
    "sum(substr(name, -4) IS NOT 'stop') FROM data "
    "WHERE base_id IS NOT NULL GROUP BY base_id ORDER BY first, min(id)";

/* The columns of query_insert and query_read, from 0. */
enum column {
	TIMESTAMP,
	BASE_ID,
	PARENT_ID,
	TRACE_ID,
	PROJECT,
	HOST,
	SERVICE,
	NAME,
	DATA,
};

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

/* Say what failed, and close what may be of no more use. */
static enum osprof_error
fail(struct store *store, const char *what)
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

static void
store_disconnect(struct store *store)
{
	sqlite3_finalize(store->insert);
	sqlite3_close(store->db);
	store->insert = NULL;
	store->db = NULL;
}

static bool
run(struct store *store, const char *sql)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* A number that a query answers with; -1: it fails. */
static int
query_number(struct store *store, const char *sql)
{
	sqlite3_stmt *stmt;
	int number = -1;

	if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		number = sqlite3_column_int(stmt, 0);
	return sqlite3_finalize(stmt) == SQLITE_OK ? number : -1;
}

/* Make what is missing, in one transaction. */
static bool
schema_make(struct store *store)
{
	int bits = query_number(store, query_schema);

	if (bits < 0 || bits == SCHEMA_WHOLE)
		return bits == SCHEMA_WHOLE;
	if (!run(store, "BEGIN IMMEDIATE"))
		return false;
	/* Another program may have made it while we waited for the lock. */
	bits = query_number(store, query_schema);
	if (bits == SCHEMA_WHOLE)
		return run(store, "COMMIT");
	if (bits < 0 || !run(store, schema_data) ||
	    ((bits & SCHEMA_TRACE) != SCHEMA_TRACE &&
		!run(store, schema_trace)))
		return false;
	return run(store, "COMMIT");
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
		return fail(store, "open");
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, BUSY_MS);
	/* A file system without shared memory stays with a journal. */
	run(store, "PRAGMA journal_mode = WAL");
	run(store, "PRAGMA synchronous = NORMAL");
	run(store, "PRAGMA journal_size_limit = 67108864");
	if (!schema_make(store))
		return fail(store, "set up");
	if (sqlite3_prepare_v3(store->db, query_insert, -1,
		SQLITE_PREPARE_PERSISTENT, &store->insert, NULL) != SQLITE_OK)
		return fail(store, "write to");
	return OSPROF_OK;
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
	return run(store, "PRAGMA query_only = 1") &&
	       query_number(store, query_schema) >= 0;
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
	return fail(store, "read");
}

/* Open where need be; whatever fails leaves it to be opened again. */
static enum osprof_error
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

/*
 * Writing.
 */

static void
bind_text(struct store *store, enum column column, struct text text)
{
	if (text.at)
		sqlite3_bind_text64(store->insert, (int)column + 1, text.at,
		    text.len, SQLITE_STATIC, SQLITE_UTF8);
	else
		sqlite3_bind_null(store->insert, (int)column + 1);
}

/* The rest of a message, {"info": ...}, encoded twice as OSProfiler does. */
static struct text
encode_data(struct store *store, struct text info)
{
	struct json_out *out = &store->scratch;

	out->at = out->start;
	out->failed = false;
	json_put_literal(out, "\"{\\\"info\\\": ");
	json_put_escaped(out, info.at, info.len);
	json_put_literal(out, "}\"");
	return (struct text){out->start, (size_t)(out->at - out->start)};
}

static struct text
host_of(const struct store *store, const struct message *message)
{
	if (!store->host)
		return message->host;
	return (struct text){store->host, strlen(store->host)};
}

static bool
insert_message(struct store *store, const struct message *message)
{
	bind_text(store, TIMESTAMP, message->timestamp);
	bind_text(store, BASE_ID, message->base_id);
	bind_text(store, PARENT_ID, message->parent_id);
	bind_text(store, TRACE_ID, message->trace_id);
	bind_text(store, PROJECT, message->project);
	bind_text(store, HOST, host_of(store, message));
	bind_text(store, SERVICE, message->service);
	bind_text(store, NAME, message->name);
	bind_text(store, DATA, encode_data(store, message->info));
	if (store->scratch.failed)
		return false;
	sqlite3_step(store->insert);
	return sqlite3_reset(store->insert) == SQLITE_OK;
}

static bool
insert_all(struct store *store, const struct message *messages, size_t count)
{
	if (!run(store, "BEGIN IMMEDIATE"))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!insert_message(store, &messages[i]))
			return false;
	return run(store, "COMMIT");
}

static enum osprof_error
store_write(
    struct collector *collector, const struct message *messages, size_t count)
{
	struct store *store = (struct store *)collector;
	enum osprof_error error = store_connect(store);

	if (error || count == 0)
		return error;
	if (insert_all(store, messages, count))
		return OSPROF_OK;
	error = fail(store, "write to");
	/* Rolls back.  What is wrong with the file may be mended by then. */
	store_disconnect(store);
	return error;
}

/*
 * Reading.
 */

static struct text
column_text(sqlite3_stmt *stmt, int column)
{
	const void *at = sqlite3_column_text(stmt, column);
	int len = sqlite3_column_bytes(stmt, column);

	return (struct text){at, at ? (size_t)len : 0};
}

/* Make a row a message; false: it is none. */
static bool
row_message(struct store *store, sqlite3_stmt *stmt, struct message *message)
{
	struct text host = column_text(stmt, HOST);

	*message = (struct message){0};
	if (!reader_payload(column_text(stmt, DATA), &store->scratch, message))
		return false;
	message->timestamp = column_text(stmt, TIMESTAMP);
	message->base_id = column_text(stmt, BASE_ID);
	message->parent_id = column_text(stmt, PARENT_ID);
	message->trace_id = column_text(stmt, TRACE_ID);
	message->project = column_text(stmt, PROJECT);
	message->service = column_text(stmt, SERVICE);
	message->name = column_text(stmt, NAME);
	if (host.at)
		message->host = host;
	return message->name.at && message->trace_id.at;
}

/* Prepare a query; a database without the table has no traces. */
static enum osprof_error
query_begin(struct store *store, const char *sql, sqlite3_stmt **ret_stmt)
{
	enum osprof_error error = store_connect(store);
	int bits;

	store->collector.skipped = 0;
	if (error)
		return error;
	bits = query_number(store, query_schema);
	if (bits >= 0 && !(bits & SCHEMA_DATA)) {
		problem_set(store->collector.problem,
		    "%s holds no traces: it has no table `data`", store->path);
		return OSPROF_ENOTFOUND;
	}
	if (bits < 0 ||
	    sqlite3_prepare_v2(store->db, sql, -1, ret_stmt, NULL) != SQLITE_OK)
		return fail(store, "read");
	return OSPROF_OK;
}

/* A row whose statement ends in an error has been told by `each` already. */
static enum osprof_error
query_end(struct store *store, sqlite3_stmt *stmt, int code)
{
	enum osprof_error error = OSPROF_OK;

	if (code != SQLITE_DONE && code != SQLITE_ROW)
		error = fail(store, "read");
	sqlite3_finalize(stmt);
	return error;
}

static enum osprof_error
store_read(struct collector *collector, const char *base_id,
    collector_each_message *each, void *arg)
{
	struct store *store = (struct store *)collector;
	sqlite3_stmt *stmt;
	struct message message;
	bool found = false;
	int code;
	enum osprof_error error = query_begin(store, query_read, &stmt);

	if (error)
		return error;
	sqlite3_bind_text(stmt, 1, base_id, -1, SQLITE_STATIC);
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (!row_message(store, stmt, &message)) {
			if (store->scratch.failed)
				break;
			collector->skipped++;
			continue;
		}
		found = true;
		if (!each(arg, &message))
			break;
	}
	error = query_end(store, stmt, code);
	if (!error && store->scratch.failed) {
		problem_set(collector->problem, "no memory to read %s",
		    store->path);
		error = OSPROF_ENOMEM;
	}
	if (error || found)
		return error;
	problem_set(collector->problem, "there is no trace %s in %s", base_id,
	    store->path);
	return OSPROF_ENOTFOUND;
}

static enum osprof_error
store_list(struct collector *collector, collector_each_trace *each, void *arg)
{
	struct store *store = (struct store *)collector;
	enum osprof_error error = store_connect(store);
	sqlite3_stmt *stmt;
	bool summed;
	int code;

	if (error)
		return error;
	summed = (query_number(store, query_schema) & SCHEMA_TRACE) ==
		 SCHEMA_TRACE;
	error = query_begin(store, summed ? query_list : query_list_all, &stmt);
	if (error)
		return error;
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct trace_summary trace = {
		    .base_id = column_text(stmt, 0),
		    .timestamp = column_text(stmt, 1),
		    .points = (uint64_t)sqlite3_column_int64(stmt, 2),
		};

		if (!each(arg, &trace))
			break;
	}
	return query_end(store, stmt, code);
}

/*
 * Opening and closing the driver.
 */

static void
store_close(struct collector *collector)
{
	struct store *store = (struct store *)collector;

	store_disconnect(store);
	json_free(&store->scratch);
	free(store->host);
	free(store);
}

static enum osprof_error
store_locate(struct store *store, const char *connection_string,
    char problem[COLLECTOR_PROBLEM])
{
	struct uri uri;

	if (uri_parse(connection_string, &uri))
		return storage_locate(
		    &uri, DEFAULT_FILE, store->mode, store->path, problem);
	problem_set(problem, "the connection string is malformed: "
			     "sqlite:///path/to.db was expected");
	return OSPROF_EINVAL;
}

static enum osprof_error store_open(const struct collector_config *config,
    struct collector **ret_collector, char problem[COLLECTOR_PROBLEM]);

__attribute__((visibility("default")))
const struct collector_driver osprof_collector = {
    .abi = COLLECTOR_ABI,
    .name = "sqlite",
    .open = store_open,
    .write = store_write,
    .read = store_read,
    .list = store_list,
    .close = store_close,
};

static enum osprof_error
store_open(const struct collector_config *config,
    struct collector **ret_collector, char problem[COLLECTOR_PROBLEM])
{
	struct store *store = calloc(1, sizeof(*store));
	enum osprof_error error;

	if (!store) {
		problem_set(problem, "no memory");
		return OSPROF_ENOMEM;
	}
	store->collector.driver = &osprof_collector;
	store->mode = config->mode;
	store->host = config->host ? strdup(config->host) : NULL;
	error = store_locate(store, config->connection_string, problem);
	if (!error) {
		error = store_connect(store);
		memcpy(problem, store->collector.problem, COLLECTOR_PROBLEM);
	}
	if (!error) {
		*ret_collector = &store->collector;
		return OSPROF_OK;
	}
	store_close(&store->collector);
	return error;
}
