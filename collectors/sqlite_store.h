/*
 * sqlite_store.h - the database behind sqlite://: its schema, opening, trouble.
 */
#ifndef COLLECTORS_SQLITE_STORE_H
#define COLLECTORS_SQLITE_STORE_H

#include <sqlite3.h>

#include "collectors/collector.h"
#include "collectors/json.h"
#include "collectors/uri.h"

struct store {
	struct collector collector;
	char path[URI_PATH_MAX];
	enum collector_mode mode;
	char *host;  /* the writer's; NULL: each message's own */
	sqlite3 *db; /* NULL: to be opened again */
	sqlite3_stmt *insert;
	struct json_out scratch;
};

/* What of the schema is there, as bits. */
enum schema_bit {
	SCHEMA_DATA = 1,
	SCHEMA_INDEX = 2,
	SCHEMA_TRACE = 4 | 8 | 16,
	SCHEMA_WHOLE = 31,
};

/*
 * Open the database where need be, for writing with all of the schema made.
 * Whatever fails, with its reason in `problem`, leaves it to be opened again.
 */
enum osprof_error store_connect(struct store *store);

void store_disconnect(struct store *store);

/* Run statements that answer nothing. */
bool store_run(struct store *store, const char *sql);

/* Which of the schema's parts are there, as bits; -1: that cannot be read. */
int store_schema(struct store *store);

/* Say that `what` failed, and why by SQLite's account; returns the error. */
enum osprof_error store_fail(struct store *store, const char *what);

#endif
