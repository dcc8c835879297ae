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
#include "collectors/sqlite_store.h"

#include <stdlib.h>
#include <string.h>

#include "collectors/reader.h"
#include "collectors/storage.h"

#define DEFAULT_FILE "trace.db"

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
insert_ready(struct store *store)
{
	return store->insert || sqlite3_prepare_v3(store->db, query_insert, -1,
				    SQLITE_PREPARE_PERSISTENT, &store->insert,
				    NULL) == SQLITE_OK;
}

static bool
insert_all(struct store *store, const struct message *messages, size_t count)
{
	if (!insert_ready(store) || !store_run(store, "BEGIN IMMEDIATE"))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!insert_message(store, &messages[i]))
			return false;
	return store_run(store, "COMMIT");
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
	error = store_fail(store, "write to");
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
	bits = store_schema(store);
	if (bits >= 0 && !(bits & SCHEMA_DATA)) {
		problem_set(store->collector.problem,
		    "%s holds no traces: it has no table `data`", store->path);
		return OSPROF_ENOTFOUND;
	}
	if (bits < 0 ||
	    sqlite3_prepare_v2(store->db, sql, -1, ret_stmt, NULL) != SQLITE_OK)
		return store_fail(store, "read");
	return OSPROF_OK;
}

/* A row whose statement ends in an error has been told by `each` already. */
static enum osprof_error
query_end(struct store *store, sqlite3_stmt *stmt, int code)
{
	enum osprof_error error = OSPROF_OK;

	if (code != SQLITE_DONE && code != SQLITE_ROW)
		error = store_fail(store, "read");
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
		problem_set(
		    collector->problem, "no memory to read %s", store->path);
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
	summed = (store_schema(store) & SCHEMA_TRACE) == SCHEMA_TRACE;
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
