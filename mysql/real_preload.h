/*
 * real_preload.h - what real.h means in the preload object.
 *
 * A wrapper has the real function's name there, so the real function is called
 * by an address that was found at run time (shim/preload.h).  Each #define has
 * its row in calls.h or reads.h; a missing one does not link.
 */
#ifndef MYSQL_REAL_PRELOAD_H
#define MYSQL_REAL_PRELOAD_H

#include "mysql/call.h"
#include "shim/preload.h"

/* Rows of preload.name: those of calls.h, and behind them those of reads.h. */
enum read_key {
	READ_FIRST = CALL_COUNT - 1,
#define READ(name, has) READ_##name,
#include "mysql/reads.h"
	REAL_COUNT,
};

/* A wrapper is known to the linker by the real function's name. */
/* clang-format off */
#define CALL(name, class, has, since) \
	OSPROF_API __typeof__(name) osprof_##name __asm__(#name);
#include "mysql/calls.h"
/* clang-format on */

#define PASSES preload_passes(CALLER)
#define PASS(name) PRELOAD_REAL(name, CALL_##name)
#define REAL_CALL(name, ...) PRELOAD_CALL(name, CALL_##name, __VA_ARGS__)
#define REAL_RUN(name, ...) PRELOAD_RUN(name, CALL_##name, __VA_ARGS__)
#define REAL_READ(name) PRELOAD_REAL(name, READ_##name)

/* clang-format off */
#define mysql_init(...) \
	REAL_CALL(mysql_init, __VA_ARGS__)
#define mysql_close(...) \
	REAL_RUN(mysql_close, __VA_ARGS__)
#define mysql_real_connect(...) \
	REAL_CALL(mysql_real_connect, __VA_ARGS__)
#define mysql_change_user(...) \
	REAL_CALL(mysql_change_user, __VA_ARGS__)
#define mysql_reset_connection(...) \
	REAL_CALL(mysql_reset_connection, __VA_ARGS__)
#define mysql_real_connect_dns_srv(...) \
	REAL_CALL(mysql_real_connect_dns_srv, __VA_ARGS__)
#define mariadb_reconnect(...) \
	REAL_CALL(mariadb_reconnect, __VA_ARGS__)
#define mysql_query(...) \
	REAL_CALL(mysql_query, __VA_ARGS__)
#define mysql_real_query(...) \
	REAL_CALL(mysql_real_query, __VA_ARGS__)
#define mysql_send_query(...) \
	REAL_CALL(mysql_send_query, __VA_ARGS__)
#define mysql_read_query_result(...) \
	REAL_CALL(mysql_read_query_result, __VA_ARGS__)
#define mysql_next_result(...) \
	REAL_CALL(mysql_next_result, __VA_ARGS__)
#define mysql_store_result(...) \
	REAL_CALL(mysql_store_result, __VA_ARGS__)
#define mysql_use_result(...) \
	REAL_CALL(mysql_use_result, __VA_ARGS__)
#define mysql_fetch_row(...) \
	REAL_CALL(mysql_fetch_row, __VA_ARGS__)
#define mysql_free_result(...) \
	REAL_RUN(mysql_free_result, __VA_ARGS__)
#define mysql_commit(...) \
	REAL_CALL(mysql_commit, __VA_ARGS__)
#define mysql_rollback(...) \
	REAL_CALL(mysql_rollback, __VA_ARGS__)
#define mysql_autocommit(...) \
	REAL_CALL(mysql_autocommit, __VA_ARGS__)
#define mysql_set_character_set(...) \
	REAL_CALL(mysql_set_character_set, __VA_ARGS__)
#define mysql_set_server_option(...) \
	REAL_CALL(mysql_set_server_option, __VA_ARGS__)
#define mysql_select_db(...) \
	REAL_CALL(mysql_select_db, __VA_ARGS__)
#define mysql_list_dbs(...) \
	REAL_CALL(mysql_list_dbs, __VA_ARGS__)
#define mysql_list_tables(...) \
	REAL_CALL(mysql_list_tables, __VA_ARGS__)
#define mysql_list_fields(...) \
	REAL_CALL(mysql_list_fields, __VA_ARGS__)
#define mysql_list_processes(...) \
	REAL_CALL(mysql_list_processes, __VA_ARGS__)
#define mysql_kill(...) \
	REAL_CALL(mysql_kill, __VA_ARGS__)
#define mysql_shutdown(...) \
	REAL_CALL(mysql_shutdown, __VA_ARGS__)
#define mysql_refresh(...) \
	REAL_CALL(mysql_refresh, __VA_ARGS__)
#define mysql_stat(...) \
	REAL_CALL(mysql_stat, __VA_ARGS__)
#define mysql_dump_debug_info(...) \
	REAL_CALL(mysql_dump_debug_info, __VA_ARGS__)
#define mysql_ping(...) \
	REAL_CALL(mysql_ping, __VA_ARGS__)
#define mysql_stmt_init(...) \
	REAL_CALL(mysql_stmt_init, __VA_ARGS__)
#define mysql_stmt_close(...) \
	REAL_CALL(mysql_stmt_close, __VA_ARGS__)
#define mysql_stmt_prepare(...) \
	REAL_CALL(mysql_stmt_prepare, __VA_ARGS__)
#define mysql_stmt_attr_set(...) \
	REAL_CALL(mysql_stmt_attr_set, __VA_ARGS__)
#define mysql_stmt_bind_param(...) \
	REAL_CALL(mysql_stmt_bind_param, __VA_ARGS__)
#define mysql_stmt_bind_named_param(...) \
	REAL_CALL(mysql_stmt_bind_named_param, __VA_ARGS__)
#define mysql_stmt_send_long_data(...) \
	REAL_CALL(mysql_stmt_send_long_data, __VA_ARGS__)
#define mysql_bind_param(...) \
	REAL_CALL(mysql_bind_param, __VA_ARGS__)
#define mysql_stmt_execute(...) \
	REAL_CALL(mysql_stmt_execute, __VA_ARGS__)
#define mariadb_stmt_execute_direct(...) \
	REAL_CALL(mariadb_stmt_execute_direct, __VA_ARGS__)
#define mysql_stmt_next_result(...) \
	REAL_CALL(mysql_stmt_next_result, __VA_ARGS__)
#define mysql_stmt_store_result(...) \
	REAL_CALL(mysql_stmt_store_result, __VA_ARGS__)
#define mysql_stmt_fetch(...) \
	REAL_CALL(mysql_stmt_fetch, __VA_ARGS__)
#define mysql_stmt_free_result(...) \
	REAL_CALL(mysql_stmt_free_result, __VA_ARGS__)
#define mysql_stmt_reset(...) \
	REAL_CALL(mysql_stmt_reset, __VA_ARGS__)
#define mysql_real_connect_nonblocking(...) \
	REAL_CALL(mysql_real_connect_nonblocking, __VA_ARGS__)
#define mysql_send_query_nonblocking(...) \
	REAL_CALL(mysql_send_query_nonblocking, __VA_ARGS__)
#define mysql_real_query_nonblocking(...) \
	REAL_CALL(mysql_real_query_nonblocking, __VA_ARGS__)
#define mysql_store_result_nonblocking(...) \
	REAL_CALL(mysql_store_result_nonblocking, __VA_ARGS__)
#define mysql_next_result_nonblocking(...) \
	REAL_CALL(mysql_next_result_nonblocking, __VA_ARGS__)
#define mysql_fetch_row_nonblocking(...) \
	REAL_CALL(mysql_fetch_row_nonblocking, __VA_ARGS__)
#define mysql_free_result_nonblocking(...) \
	REAL_CALL(mysql_free_result_nonblocking, __VA_ARGS__)
#define mysql_reset_connection_nonblocking(...) \
	REAL_CALL(mysql_reset_connection_nonblocking, __VA_ARGS__)
#define mysql_close_start(...) \
	REAL_CALL(mysql_close_start, __VA_ARGS__)
#define mysql_close_cont(...) \
	REAL_CALL(mysql_close_cont, __VA_ARGS__)
#define mysql_real_connect_start(...) \
	REAL_CALL(mysql_real_connect_start, __VA_ARGS__)
#define mysql_real_connect_cont(...) \
	REAL_CALL(mysql_real_connect_cont, __VA_ARGS__)
#define mysql_change_user_start(...) \
	REAL_CALL(mysql_change_user_start, __VA_ARGS__)
#define mysql_change_user_cont(...) \
	REAL_CALL(mysql_change_user_cont, __VA_ARGS__)
#define mysql_reset_connection_start(...) \
	REAL_CALL(mysql_reset_connection_start, __VA_ARGS__)
#define mysql_reset_connection_cont(...) \
	REAL_CALL(mysql_reset_connection_cont, __VA_ARGS__)
#define mysql_query_start(...) \
	REAL_CALL(mysql_query_start, __VA_ARGS__)
#define mysql_query_cont(...) \
	REAL_CALL(mysql_query_cont, __VA_ARGS__)
#define mysql_real_query_start(...) \
	REAL_CALL(mysql_real_query_start, __VA_ARGS__)
#define mysql_real_query_cont(...) \
	REAL_CALL(mysql_real_query_cont, __VA_ARGS__)
#define mysql_send_query_start(...) \
	REAL_CALL(mysql_send_query_start, __VA_ARGS__)
#define mysql_send_query_cont(...) \
	REAL_CALL(mysql_send_query_cont, __VA_ARGS__)
#define mysql_read_query_result_start(...) \
	REAL_CALL(mysql_read_query_result_start, __VA_ARGS__)
#define mysql_read_query_result_cont(...) \
	REAL_CALL(mysql_read_query_result_cont, __VA_ARGS__)
#define mysql_next_result_start(...) \
	REAL_CALL(mysql_next_result_start, __VA_ARGS__)
#define mysql_next_result_cont(...) \
	REAL_CALL(mysql_next_result_cont, __VA_ARGS__)
#define mysql_store_result_start(...) \
	REAL_CALL(mysql_store_result_start, __VA_ARGS__)
#define mysql_store_result_cont(...) \
	REAL_CALL(mysql_store_result_cont, __VA_ARGS__)
#define mysql_fetch_row_start(...) \
	REAL_CALL(mysql_fetch_row_start, __VA_ARGS__)
#define mysql_fetch_row_cont(...) \
	REAL_CALL(mysql_fetch_row_cont, __VA_ARGS__)
#define mysql_free_result_start(...) \
	REAL_CALL(mysql_free_result_start, __VA_ARGS__)
#define mysql_free_result_cont(...) \
	REAL_CALL(mysql_free_result_cont, __VA_ARGS__)
#define mysql_commit_start(...) \
	REAL_CALL(mysql_commit_start, __VA_ARGS__)
#define mysql_commit_cont(...) \
	REAL_CALL(mysql_commit_cont, __VA_ARGS__)
#define mysql_rollback_start(...) \
	REAL_CALL(mysql_rollback_start, __VA_ARGS__)
#define mysql_rollback_cont(...) \
	REAL_CALL(mysql_rollback_cont, __VA_ARGS__)
#define mysql_autocommit_start(...) \
	REAL_CALL(mysql_autocommit_start, __VA_ARGS__)
#define mysql_autocommit_cont(...) \
	REAL_CALL(mysql_autocommit_cont, __VA_ARGS__)
#define mysql_set_character_set_start(...) \
	REAL_CALL(mysql_set_character_set_start, __VA_ARGS__)
#define mysql_set_character_set_cont(...) \
	REAL_CALL(mysql_set_character_set_cont, __VA_ARGS__)
#define mysql_set_server_option_start(...) \
	REAL_CALL(mysql_set_server_option_start, __VA_ARGS__)
#define mysql_set_server_option_cont(...) \
	REAL_CALL(mysql_set_server_option_cont, __VA_ARGS__)
#define mysql_select_db_start(...) \
	REAL_CALL(mysql_select_db_start, __VA_ARGS__)
#define mysql_select_db_cont(...) \
	REAL_CALL(mysql_select_db_cont, __VA_ARGS__)
#define mysql_list_fields_start(...) \
	REAL_CALL(mysql_list_fields_start, __VA_ARGS__)
#define mysql_list_fields_cont(...) \
	REAL_CALL(mysql_list_fields_cont, __VA_ARGS__)
#define mysql_kill_start(...) \
	REAL_CALL(mysql_kill_start, __VA_ARGS__)
#define mysql_kill_cont(...) \
	REAL_CALL(mysql_kill_cont, __VA_ARGS__)
#define mysql_shutdown_start(...) \
	REAL_CALL(mysql_shutdown_start, __VA_ARGS__)
#define mysql_shutdown_cont(...) \
	REAL_CALL(mysql_shutdown_cont, __VA_ARGS__)
#define mysql_refresh_start(...) \
	REAL_CALL(mysql_refresh_start, __VA_ARGS__)
#define mysql_refresh_cont(...) \
	REAL_CALL(mysql_refresh_cont, __VA_ARGS__)
#define mysql_stat_start(...) \
	REAL_CALL(mysql_stat_start, __VA_ARGS__)
#define mysql_stat_cont(...) \
	REAL_CALL(mysql_stat_cont, __VA_ARGS__)
#define mysql_dump_debug_info_start(...) \
	REAL_CALL(mysql_dump_debug_info_start, __VA_ARGS__)
#define mysql_dump_debug_info_cont(...) \
	REAL_CALL(mysql_dump_debug_info_cont, __VA_ARGS__)
#define mysql_ping_start(...) \
	REAL_CALL(mysql_ping_start, __VA_ARGS__)
#define mysql_ping_cont(...) \
	REAL_CALL(mysql_ping_cont, __VA_ARGS__)
#define mysql_stmt_close_start(...) \
	REAL_CALL(mysql_stmt_close_start, __VA_ARGS__)
#define mysql_stmt_close_cont(...) \
	REAL_CALL(mysql_stmt_close_cont, __VA_ARGS__)
#define mysql_stmt_prepare_start(...) \
	REAL_CALL(mysql_stmt_prepare_start, __VA_ARGS__)
#define mysql_stmt_prepare_cont(...) \
	REAL_CALL(mysql_stmt_prepare_cont, __VA_ARGS__)
#define mysql_stmt_send_long_data_start(...) \
	REAL_CALL(mysql_stmt_send_long_data_start, __VA_ARGS__)
#define mysql_stmt_send_long_data_cont(...) \
	REAL_CALL(mysql_stmt_send_long_data_cont, __VA_ARGS__)
#define mysql_stmt_execute_start(...) \
	REAL_CALL(mysql_stmt_execute_start, __VA_ARGS__)
#define mysql_stmt_execute_cont(...) \
	REAL_CALL(mysql_stmt_execute_cont, __VA_ARGS__)
#define mysql_stmt_next_result_start(...) \
	REAL_CALL(mysql_stmt_next_result_start, __VA_ARGS__)
#define mysql_stmt_next_result_cont(...) \
	REAL_CALL(mysql_stmt_next_result_cont, __VA_ARGS__)
#define mysql_stmt_store_result_start(...) \
	REAL_CALL(mysql_stmt_store_result_start, __VA_ARGS__)
#define mysql_stmt_store_result_cont(...) \
	REAL_CALL(mysql_stmt_store_result_cont, __VA_ARGS__)
#define mysql_stmt_fetch_start(...) \
	REAL_CALL(mysql_stmt_fetch_start, __VA_ARGS__)
#define mysql_stmt_fetch_cont(...) \
	REAL_CALL(mysql_stmt_fetch_cont, __VA_ARGS__)
#define mysql_stmt_free_result_start(...) \
	REAL_CALL(mysql_stmt_free_result_start, __VA_ARGS__)
#define mysql_stmt_free_result_cont(...) \
	REAL_CALL(mysql_stmt_free_result_cont, __VA_ARGS__)
#define mysql_stmt_reset_start(...) \
	REAL_CALL(mysql_stmt_reset_start, __VA_ARGS__)
#define mysql_stmt_reset_cont(...) \
	REAL_CALL(mysql_stmt_reset_cont, __VA_ARGS__)

#define mariadb_get_infov		REAL_READ(mariadb_get_infov)
#define mysql_affected_rows		REAL_READ(mysql_affected_rows)
#define mysql_character_set_name	REAL_READ(mysql_character_set_name)
#define mysql_errno			REAL_READ(mysql_errno)
#define mysql_error			REAL_READ(mysql_error)
#define mysql_field_count		REAL_READ(mysql_field_count)
#define mysql_get_host_info		REAL_READ(mysql_get_host_info)
#define mysql_get_server_info		REAL_READ(mysql_get_server_info)
#define mysql_get_socket		REAL_READ(mysql_get_socket)
#define mysql_info			REAL_READ(mysql_info)
#define mysql_insert_id			REAL_READ(mysql_insert_id)
#define mysql_more_results		REAL_READ(mysql_more_results)
#define mysql_num_rows			REAL_READ(mysql_num_rows)
#define mysql_real_escape_string_quote	\
	REAL_READ(mysql_real_escape_string_quote)
#define mysql_session_track_get_first	REAL_READ(mysql_session_track_get_first)
#define mysql_session_track_get_next	REAL_READ(mysql_session_track_get_next)
#define mysql_sqlstate			REAL_READ(mysql_sqlstate)
#define mysql_stmt_affected_rows	REAL_READ(mysql_stmt_affected_rows)
#define mysql_stmt_attr_get		REAL_READ(mysql_stmt_attr_get)
#define mysql_stmt_errno		REAL_READ(mysql_stmt_errno)
#define mysql_stmt_error		REAL_READ(mysql_stmt_error)
#define mysql_stmt_field_count		REAL_READ(mysql_stmt_field_count)
#define mysql_stmt_insert_id		REAL_READ(mysql_stmt_insert_id)
#define mysql_stmt_num_rows		REAL_READ(mysql_stmt_num_rows)
#define mysql_stmt_param_count		REAL_READ(mysql_stmt_param_count)
#define mysql_stmt_sqlstate		REAL_READ(mysql_stmt_sqlstate)
#define mysql_stmt_warning_count	REAL_READ(mysql_stmt_warning_count)
#define mysql_thread_id			REAL_READ(mysql_thread_id)
#define mysql_warning_count		REAL_READ(mysql_warning_count)
/* clang-format on */

#endif
