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
/* clang-format on */
#undef FIELD
