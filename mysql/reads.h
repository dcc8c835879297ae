/*
 * reads.h - the functions of the client library that wrappers call and nobody
 * wraps.
 *
 * Whoever includes this file first defines READ(name, has), with the library
 * that has it as in calls.h.  A preload object looks them up beside those of
 * calls.h; what is not in it does not link there.
 */
/* clang-format off */
READ(mariadb_get_infov,              MARIADB)	/* tells the libraries apart */
READ(mysql_affected_rows,            BOTH)
READ(mysql_character_set_name,       BOTH)
READ(mysql_errno,                    BOTH)
READ(mysql_error,                    BOTH)
READ(mysql_field_count,              BOTH)
READ(mysql_get_host_info,            BOTH)
READ(mysql_get_server_info,          BOTH)
READ(mysql_get_socket,               MARIADB)
READ(mysql_info,                     BOTH)
READ(mysql_insert_id,                BOTH)
READ(mysql_more_results,             BOTH)
READ(mysql_num_rows,                 BOTH)
READ(mysql_real_escape_string_quote, MYSQL)
READ(mysql_session_track_get_first,  BOTH)
READ(mysql_session_track_get_next,   BOTH)
READ(mysql_sqlstate,                 BOTH)
READ(mysql_stmt_affected_rows,       BOTH)
READ(mysql_stmt_attr_get,            BOTH)
READ(mysql_stmt_errno,               BOTH)
READ(mysql_stmt_error,               BOTH)
READ(mysql_stmt_field_count,         BOTH)
READ(mysql_stmt_insert_id,           BOTH)
READ(mysql_stmt_num_rows,            BOTH)
READ(mysql_stmt_param_count,         BOTH)
READ(mysql_stmt_sqlstate,            BOTH)
READ(mysql_stmt_warning_count,       MARIADB)
READ(mysql_thread_id,                BOTH)
READ(mysql_warning_count,            BOTH)
/* clang-format on */
#undef READ
