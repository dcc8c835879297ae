/*
 * calls.h - the calls of libmysqlclient and Connector/C that osprof knows.
 *
 * Whoever includes this file first defines CALL(name, class, has, since).
 *   class  what the call means for spans, and the file of its wrapper
 *          STATE  only tells of a handle; a point if a connection has none
 *          WHOLE  one span around the call
 *          QUERY  opens a span, which its result may keep open
 *          RESULT goes on with that span or ends it
 *          BIND   gives a parameter its value; never a point
 *          POLL   of MySQL: the same call again until it is no longer
 *                 NOT_READY
 *          START  of Connector/C: the call of that name, which may come back
 *          CONT   in its middle, and goes on with this
 *   has    the library that has it: MYSQL, MARIADB (Connector/C) or BOTH
 *   since  of a call that only MySQL has: MYSQL_VERSION_ID of the first header
 *          that declares it; 0: any that osprof works with (8.0, 3.1)
 *
 * Not here, and so not redirected: what a header declares and no library
 * exports (mysql_select_db_nonblocking); replication streams.  The public
 * list of names is osprof_mysql_calls.h: tests/mysql compares the two.
 */
/* clang-format off */
CALL(mysql_init,                         STATE,  BOTH,    0)	/* connect.c */
CALL(mysql_close,                        STATE,  BOTH,    0)
CALL(mysql_real_connect,                 WHOLE,  BOTH,    0)
CALL(mysql_change_user,                  WHOLE,  BOTH,    0)
CALL(mysql_reset_connection,             WHOLE,  BOTH,    0)
CALL(mysql_real_connect_dns_srv,         WHOLE,  MYSQL,   80022)
CALL(mariadb_reconnect,                  WHOLE,  MARIADB, 0)
CALL(mysql_query,                        QUERY,  BOTH,    0)	/* query.c */
CALL(mysql_real_query,                   QUERY,  BOTH,    0)
CALL(mysql_next_result,                  QUERY,  BOTH,    0)
CALL(mysql_send_query,                   QUERY,  BOTH,    0)	/* send.c */
CALL(mysql_read_query_result,            QUERY,  BOTH,    0)
CALL(mysql_store_result,                 RESULT, BOTH,    0)	/* result.c */
CALL(mysql_use_result,                   RESULT, BOTH,    0)
CALL(mysql_fetch_row,                    RESULT, BOTH,    0)
CALL(mysql_free_result,                  RESULT, BOTH,    0)
CALL(mysql_commit,                       WHOLE,  BOTH,    0)	/* admin.c */
CALL(mysql_rollback,                     WHOLE,  BOTH,    0)
CALL(mysql_autocommit,                   WHOLE,  BOTH,    0)
CALL(mysql_set_character_set,            WHOLE,  BOTH,    0)
CALL(mysql_set_server_option,            WHOLE,  BOTH,    0)
CALL(mysql_select_db,                    WHOLE,  BOTH,    0)
CALL(mysql_kill,                         WHOLE,  BOTH,    0)
CALL(mysql_shutdown,                     WHOLE,  BOTH,    0)
CALL(mysql_refresh,                      WHOLE,  BOTH,    0)
CALL(mysql_stat,                         WHOLE,  BOTH,    0)
CALL(mysql_dump_debug_info,              WHOLE,  BOTH,    0)
CALL(mysql_ping,                         WHOLE,  BOTH,    0)
CALL(mysql_list_dbs,                     WHOLE,  BOTH,    0)	/* list.c */
CALL(mysql_list_tables,                  WHOLE,  BOTH,    0)
CALL(mysql_list_fields,                  WHOLE,  BOTH,    0)
CALL(mysql_list_processes,               WHOLE,  BOTH,    0)
CALL(mysql_stmt_init,                    STATE,  BOTH,    0)	/* stmt_prepare.c */
CALL(mysql_stmt_close,                   STATE,  BOTH,    0)
CALL(mysql_stmt_prepare,                 WHOLE,  BOTH,    0)
CALL(mysql_stmt_attr_set,                BIND,   BOTH,    0)	/* stmt_params.c */
CALL(mysql_stmt_bind_param,              BIND,   BOTH,    0)
CALL(mysql_stmt_bind_named_param,        BIND,   MYSQL,   80300)
CALL(mysql_stmt_send_long_data,          BIND,   BOTH,    0)
CALL(mysql_bind_param,                   BIND,   MYSQL,   80023)	/* attributes.c */
CALL(mysql_stmt_execute,                 QUERY,  BOTH,    0)	/* stmt_execute.c */
CALL(mariadb_stmt_execute_direct,        QUERY,  MARIADB, 0)
CALL(mysql_stmt_next_result,             QUERY,  BOTH,    0)
CALL(mysql_stmt_store_result,            RESULT, BOTH,    0)	/* stmt_fetch.c */
CALL(mysql_stmt_fetch,                   RESULT, BOTH,    0)
CALL(mysql_stmt_free_result,             RESULT, BOTH,    0)
CALL(mysql_stmt_reset,                   RESULT, BOTH,    0)
CALL(mysql_real_connect_nonblocking,     POLL,   MYSQL,   80016)	/* nonblocking.c */
CALL(mysql_send_query_nonblocking,       POLL,   MYSQL,   80016)
CALL(mysql_real_query_nonblocking,       POLL,   MYSQL,   80016)
CALL(mysql_next_result_nonblocking,      POLL,   MYSQL,   80016)
CALL(mysql_reset_connection_nonblocking, POLL,   MYSQL,   80100)
CALL(mysql_store_result_nonblocking,     POLL,   MYSQL,   80016)	/* nonblocking_result.c */
CALL(mysql_fetch_row_nonblocking,        POLL,   MYSQL,   80016)
CALL(mysql_free_result_nonblocking,      POLL,   MYSQL,   80016)
#define PAIR(name) \
	CALL(name##_start, START, MARIADB, 0) \
	CALL(name##_cont,  CONT,  MARIADB, 0)
PAIR(mysql_close)	/* async_connect.c */
PAIR(mysql_real_connect)
PAIR(mysql_change_user)
PAIR(mysql_reset_connection)
PAIR(mysql_query)	/* async_query.c */
PAIR(mysql_real_query)
PAIR(mysql_send_query)
PAIR(mysql_read_query_result)
PAIR(mysql_next_result)
PAIR(mysql_store_result)	/* async_result.c */
PAIR(mysql_fetch_row)
PAIR(mysql_free_result)
PAIR(mysql_commit)	/* async_session.c */
PAIR(mysql_rollback)
PAIR(mysql_autocommit)
PAIR(mysql_set_character_set)
PAIR(mysql_set_server_option)
PAIR(mysql_select_db)
PAIR(mysql_list_fields)	/* async_admin.c */
PAIR(mysql_kill)
PAIR(mysql_shutdown)
PAIR(mysql_refresh)
PAIR(mysql_stat)
PAIR(mysql_dump_debug_info)
PAIR(mysql_ping)
PAIR(mysql_stmt_prepare)	/* async_stmt.c */
PAIR(mysql_stmt_send_long_data)
PAIR(mysql_stmt_execute)
PAIR(mysql_stmt_next_result)
PAIR(mysql_stmt_store_result)	/* async_stmt_fetch.c */
PAIR(mysql_stmt_fetch)
PAIR(mysql_stmt_free_result)
PAIR(mysql_stmt_reset)
PAIR(mysql_stmt_close)
/* clang-format on */
#undef PAIR
#undef CALL
