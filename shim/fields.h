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
FIELD(NAME,             "name",             FIELD_TEXT,   SELF)	/* the point's; absent for RECORD_DB */
FIELD(BASE_TEXT,        "base_id",          FIELD_TEXT,   SELF)	/* ids that are no canonical UUIDs, */
FIELD(PARENT_TEXT,      "parent_id",        FIELD_TEXT,   SELF)	/* instead of the binary ones */
FIELD(INFO,             "info",             FIELD_JSON,   SELF)	/* members are put into info */
FIELD(STATEMENT,        "statement",        FIELD_TEXT,   DB)
FIELD(STATEMENT_LENGTH, "statement_length", FIELD_U64,    DB)	/* only of a cut one: its bytes before */
FIELD(PARAMS,           "params",           FIELD_PARAMS, DB)
FIELD(PARAMS_OMITTED,   "params_omitted",   FIELD_U64,    DB)	/* bound, but past the limit */
FIELD(SYSTEM,           "system",           FIELD_TEXT,   DB)	/* sqlite, postgresql, mysql, mariadb */
FIELD(CALL,             "call",             FIELD_TEXT,   DB)	/* sqlite3_step, PQexec ... */
FIELD(DATABASE,         "database",         FIELD_TEXT,   DB)	/* file or database name, no secrets */
FIELD(TARGET,           "target",           FIELD_TEXT,   DB)	/* of calls without SQL: main.t.c row 5 */
FIELD(ROWS,             "rows",             FIELD_U64,    DB)	/* returned to the program */
FIELD(CHANGES,          "changes",          FIELD_U64,    DB)	/* rows inserted, updated, deleted */
FIELD(CODE,             "code",             FIELD_I64,    DB)	/* the library's own; absent: success */
FIELD(OUTCOME,          "outcome",          FIELD_TEXT,   DB)	/* how it ended, if not by its last row: reset, finalized ... */
FIELD(RETRIES,          "retries",          FIELD_U64,    DB)	/* BUSY answers before this end */
FIELD(BYTES,            "bytes",            FIELD_U64,    DB)	/* moved by a call without SQL */
FIELD(REMAINING,        "remaining",        FIELD_U64,    DB)	/* of a backup: pages still to copy */
FIELD(ENGINE,           "engine_us",        FIELD_NS,     DB)	/* inside the library */
FIELD(ELAPSED,          "elapsed_us",       FIELD_NS,     DB)	/* from START to STOP */
FIELD(ETYPE,            "etype",            FIELD_TEXT,   INFO)	/* SQLITE_CONSTRAINT_UNIQUE, SQLSTATE ... */
FIELD(MESSAGE,          "message",          FIELD_TEXT,   INFO)	/* the error's text */
FIELD(LOST,             "lost",             FIELD_U64,    INFO)	/* records that the ring had no room for */
/* clang-format on */
#undef FIELD
