/*
 * fields.h - the fields a record can have.
 *
 * Whoever includes this file first defines FIELD(key, name, type, place).
 *   name   its key in the message
 *   place  DB    inside info.db
 *          INFO  inside info
 *          SELF  no key of its own: the message is made of it
 */
/* clang-format off */
FIELD(NAME,             "name",             VALUE_TEXT,   SELF)	/* the point's; absent for RECORD_DB */
FIELD(BASE_TEXT,        "base_id",          VALUE_TEXT,   SELF)	/* ids that are no canonical UUIDs, */
FIELD(PARENT_TEXT,      "parent_id",        VALUE_TEXT,   SELF)	/* instead of the binary ones */
FIELD(INFO,             "info",             VALUE_JSON,   SELF)	/* members are put into info */
FIELD(STATEMENT,        "statement",        VALUE_TEXT,   DB)
FIELD(STATEMENT_LENGTH, "statement_length", VALUE_U64,    DB)	/* only of a cut one: its bytes before */
FIELD(PARAMS,           "params",           VALUE_PARAMS, DB)
FIELD(PARAMS_OMITTED,   "params_omitted",   VALUE_U64,    DB)	/* bound, but past the limit */
FIELD(SYSTEM,           "system",           VALUE_TEXT,   DB)	/* sqlite, postgresql, mysql, mariadb */
FIELD(CALL,             "call",             VALUE_TEXT,   DB)	/* sqlite3_step, PQexec ... */
FIELD(DATABASE,         "database",         VALUE_TEXT,   DB)	/* file or database name, no secrets */
FIELD(TARGET,           "target",           VALUE_TEXT,   DB)	/* of calls without SQL: main.t.c row 5 */
FIELD(ROWS,             "rows",             VALUE_U64,    DB)	/* returned to the program */
FIELD(CHANGES,          "changes",          VALUE_U64,    DB)	/* rows inserted, updated, deleted */
FIELD(CODE,             "code",             VALUE_I64,    DB)	/* the library's own; absent: success */
FIELD(OUTCOME,          "outcome",          VALUE_TEXT,   DB)	/* how it ended, if not by its last row: reset, finalized ... */
FIELD(RETRIES,          "retries",          VALUE_U64,    DB)	/* BUSY answers before this end */
FIELD(BYTES,            "bytes",            VALUE_U64,    DB)	/* moved by a call without SQL */
FIELD(REMAINING,        "remaining",        VALUE_U64,    DB)	/* of a backup: pages still to copy */
FIELD(ENGINE,           "engine_us",        VALUE_NS,     DB)	/* inside the library */
FIELD(ELAPSED,          "elapsed_us",       VALUE_NS,     DB)	/* from START to STOP */
FIELD(ETYPE,            "etype",            VALUE_TEXT,   INFO)	/* SQLITE_CONSTRAINT_UNIQUE, SQLSTATE ... */
FIELD(MESSAGE,          "message",          VALUE_TEXT,   INFO)	/* the error's text */
FIELD(LOST,             "lost",             VALUE_U64,    INFO)	/* records that the ring had no room for */
FIELD(ERROR_OFFSET,     "error_offset",     VALUE_U64,    DB)	/* byte of the program's text at which it fails */
FIELD(PAGES,            "pages",            VALUE_U64,    DB)	/* copied by a backup, frames by a checkpoint */
FIELD(STATEMENT_NAME,   "statement_name",   VALUE_TEXT,   DB)	/* of a prepared statement or portal */
FIELD(TAG,              "tag",              VALUE_TEXT,   DB)	/* SELECT 5, CREATE TABLE: the server's word */
FIELD(STATUS,           "status",           VALUE_TEXT,   DB)	/* PGRES_TUPLES_OK ... */
FIELD(RESULTS,          "results",          VALUE_U64,    DB)	/* results of one command, if not one */
FIELD(HOST,             "host",             VALUE_TEXT,   DB)	/* name, address or the socket's folder */
FIELD(PORT,             "port",             VALUE_U64,    DB)
FIELD(USER,             "user",             VALUE_TEXT,   DB)
FIELD(CONNECTION_ID,    "connection_id",    VALUE_U64,    DB)	/* the server's: backend pid, thread id */
FIELD(SERVER_VERSION,   "server_version",   VALUE_TEXT,   DB)
FIELD(SCHEMA,           "schema",           VALUE_TEXT,   DB)	/* search_path, where the server reports it */
FIELD(TRANSACTION,      "transaction",      VALUE_TEXT,   DB)	/* state after the call: idle, active, open, failed */
FIELD(SEND,             "send_us",          VALUE_NS,     DB)	/* in the call that sent */
FIELD(WAIT,             "wait_us",          VALUE_NS,     DB)	/* from there, or from the call, to the first result */
FIELD(TRANSFER,         "transfer_us",      VALUE_NS,     DB)	/* in the calls that fetched the rest */
FIELD(APPLICATION,      "application_us",   VALUE_NS,     DB)	/* the program's own, between results */
FIELD(BATCH,            "batch",            VALUE_U64,    DB)	/* of a pipeline: which, from 1 on */
FIELD(BATCH_POSITION,   "batch_position",   VALUE_U64,    DB)	/* in the batch, from 1 on */
FIELD(BATCH_SIZE,       "batch_size",       VALUE_U64,    DB)	/* commands, or rows of an array bind */
FIELD(BATCH_SYNC,       "batch_sync",       VALUE_TEXT,   DB)	/* what ends the batch: sync, none */
FIELD(NOTE,             "note",             VALUE_TEXT,   DB)	/* what the numbers cannot say */
FIELD(INSERT_ID,        "insert_id",        VALUE_U64,    DB)
FIELD(WARNINGS,         "warnings",         VALUE_U64,    DB)
FIELD(STATEMENT_INDEX,  "statement_index",  VALUE_U64,    DB)	/* in a text of several, from 1 on */
FIELD(RESULT_INFO,      "result_info",      VALUE_TEXT,   DB)	/* Records: 3  Duplicates: 0 ... */
FIELD(STATEMENTS,       "statements",       VALUE_U64,    DB)	/* of a transaction */
FIELD(IDLE,             "idle_us",          VALUE_NS,     DB)	/* of a transaction: between statements */
FIELD(COPY,             "copy_us",          VALUE_NS,     DB)	/* a COPY's data moved, the program's pauses included */
/* clang-format on */
#undef FIELD
