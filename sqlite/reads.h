/*
 * reads.h - the functions of SQLite that wrappers call and nobody wraps.
 *
 * Whoever includes this file first defines READ(name).  A preload object looks
 * them up beside those of calls.h; what is not in it does not link there.
 */
/* clang-format off */
READ(sqlite3_backup_pagecount)
READ(sqlite3_backup_remaining)
READ(sqlite3_bind_parameter_count)
READ(sqlite3_bind_parameter_name)
READ(sqlite3_changes)
READ(sqlite3_changes64)		/* NULL before 3.37 */
READ(sqlite3_db_filename)
READ(sqlite3_db_handle)
READ(sqlite3_errcode)
READ(sqlite3_errmsg)
READ(sqlite3_error_offset)	/* NULL before 3.38 */
READ(sqlite3_errstr)
READ(sqlite3_extended_errcode)
READ(sqlite3_get_autocommit)
READ(sqlite3_sql)
READ(sqlite3_stmt_busy)
READ(sqlite3_stmt_readonly)
READ(sqlite3_total_changes)
READ(sqlite3_total_changes64)	/* NULL before 3.37 */
READ(sqlite3_value_bytes)
READ(sqlite3_value_bytes16)
READ(sqlite3_value_double)
READ(sqlite3_value_encoding)	/* NULL before 3.40 */
READ(sqlite3_value_int64)
READ(sqlite3_value_type)
/* clang-format on */
#undef READ
