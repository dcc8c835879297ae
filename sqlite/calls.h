/*
 * calls.h - the calls of SQLite that osprof knows.
 *
 * Whoever includes this file first defines CALL(name, class, since).
 *   class  what the call means for spans, and the file of its wrapper
 *          STATE     only tells of a handle; a point if it fails
 *          STEP      opens, goes on with or ends the span of a statement's run
 *          BIND      gives a parameter its value; never a point
 *          WHOLE     one span around the call
 *          STREAM    one span from the handle's opening to its closing
 *   since  SQLITE_VERSION_NUMBER of the first header that declares it; 0: any
 *          that osprof builds with (3.31)
 * The public header redirects each of them: tests/sqlite compares the two.
 */
/* clang-format off */
CALL(sqlite3_open,              STATE,  0)		/* open.c */
CALL(sqlite3_open16,            STATE,  0)
CALL(sqlite3_open_v2,           STATE,  0)
CALL(sqlite3_close,             STATE,  0)
CALL(sqlite3_close_v2,          STATE,  0)
CALL(sqlite3_prepare,           STATE,  0)		/* prepare.c */
CALL(sqlite3_prepare_v2,        STATE,  0)
CALL(sqlite3_prepare_v3,        STATE,  0)
CALL(sqlite3_prepare16,         STATE,  0)
CALL(sqlite3_prepare16_v2,      STATE,  0)
CALL(sqlite3_prepare16_v3,      STATE,  0)
CALL(sqlite3_step,              STEP,   0)		/* step.c */
CALL(sqlite3_reset,             STEP,   0)
CALL(sqlite3_finalize,          STEP,   0)
CALL(sqlite3_bind_double,       BIND,   0)		/* bind.c */
CALL(sqlite3_bind_int,          BIND,   0)
CALL(sqlite3_bind_int64,        BIND,   0)
CALL(sqlite3_bind_null,         BIND,   0)
CALL(sqlite3_bind_zeroblob,     BIND,   0)
CALL(sqlite3_bind_zeroblob64,   BIND,   0)
CALL(sqlite3_bind_blob,         BIND,   0)		/* bind_bytes.c */
CALL(sqlite3_bind_blob64,       BIND,   0)
CALL(sqlite3_bind_text,         BIND,   0)
CALL(sqlite3_bind_text16,       BIND,   0)
CALL(sqlite3_bind_text64,       BIND,   0)
CALL(sqlite3_bind_value,        BIND,   0)		/* bind_opaque.c */
CALL(sqlite3_bind_pointer,      BIND,   0)
CALL(sqlite3_carray_bind,       BIND,   3052000)
CALL(sqlite3_carray_bind_v2,    BIND,   3052000)
CALL(sqlite3_clear_bindings,    BIND,   0)		/* rebind.c */
CALL(sqlite3_transfer_bindings, BIND,   0)
CALL(sqlite3_exec,              WHOLE,  0)		/* exec.c */
CALL(sqlite3_get_table,         WHOLE,  0)
CALL(sqlite3_wal_checkpoint,    WHOLE,  0)		/* admin.c */
CALL(sqlite3_wal_checkpoint_v2, WHOLE,  0)
CALL(sqlite3_serialize,         WHOLE,  0)
CALL(sqlite3_deserialize,       WHOLE,  0)
CALL(sqlite3_load_extension,    WHOLE,  0)
CALL(sqlite3_key,               WHOLE,  0)		/* SQLITE_HAS_CODEC only */
CALL(sqlite3_key_v2,            WHOLE,  0)
CALL(sqlite3_rekey,             WHOLE,  0)
CALL(sqlite3_rekey_v2,          WHOLE,  0)
CALL(sqlite3_blob_open,         STREAM, 0)		/* blob.c */
CALL(sqlite3_blob_reopen,       STREAM, 0)
CALL(sqlite3_blob_read,         STREAM, 0)
CALL(sqlite3_blob_write,        STREAM, 0)
CALL(sqlite3_blob_close,        STREAM, 0)
CALL(sqlite3_backup_init,       STREAM, 0)		/* backup.c */
CALL(sqlite3_backup_step,       STREAM, 0)
CALL(sqlite3_backup_finish,     STREAM, 0)
/* clang-format on */
#undef CALL
