/*
 * client.h - the functions of libmysqlclient and Connector/C that are called
 * here, under the names that either library has for them.
 *
 * Included behind a genuine header, with the few types named that it has not,
 * it declares each function a second time: what has drifted does not compile.
 * CLIENT_HAS_MYSQL and CLIENT_HAS_MARIADB then tell which one it is.
 */
#ifndef MYSQL_CLIENT_H
#define MYSQL_CLIENT_H

#include <stddef.h>

#ifndef _mysql_h
# include "mysql/client_types.h"
# define CLIENT_HAS_MARIADB
# define CLIENT_HAS_MYSQL 1000000 /* all that it ever had */
#endif

/* Connections. */
MYSQL *mysql_init(MYSQL *mysql);
void mysql_close(MYSQL *mysql);
MYSQL *mysql_real_connect(MYSQL *mysql, const char *host, const char *user,
    const char *password, const char *db, unsigned port, const char *socket,
    unsigned long flags);
my_bool mysql_change_user(
    MYSQL *mysql, const char *user, const char *password, const char *db);
int mysql_reset_connection(MYSQL *mysql);

/* Statements as text, and their results. */
int mysql_query(MYSQL *mysql, const char *sql);
int mysql_real_query(MYSQL *mysql, const char *sql, unsigned long len);
int mysql_send_query(MYSQL *mysql, const char *sql, unsigned long len);
my_bool mysql_read_query_result(MYSQL *mysql);
int mysql_next_result(MYSQL *mysql);
MYSQL_RES *mysql_store_result(MYSQL *mysql);
MYSQL_RES *mysql_use_result(MYSQL *mysql);
MYSQL_ROW mysql_fetch_row(MYSQL_RES *result);
void mysql_free_result(MYSQL_RES *result);

/* Commands. */
my_bool mysql_commit(MYSQL *mysql);
my_bool mysql_rollback(MYSQL *mysql);
my_bool mysql_autocommit(MYSQL *mysql, my_bool on);
int mysql_set_character_set(MYSQL *mysql, const char *name);
int mysql_set_server_option(MYSQL *mysql, enum enum_mysql_set_option option);
int mysql_select_db(MYSQL *mysql, const char *db);
MYSQL_RES *mysql_list_dbs(MYSQL *mysql, const char *wild);
MYSQL_RES *mysql_list_tables(MYSQL *mysql, const char *wild);
MYSQL_RES *mysql_list_fields(MYSQL *mysql, const char *table, const char *wild);
MYSQL_RES *mysql_list_processes(MYSQL *mysql);
int mysql_kill(MYSQL *mysql, unsigned long thread_id);
int mysql_shutdown(MYSQL *mysql, enum mysql_enum_shutdown_level level);
int mysql_refresh(MYSQL *mysql, unsigned options);
client_text mysql_stat(MYSQL *mysql);
int mysql_dump_debug_info(MYSQL *mysql);
int mysql_ping(MYSQL *mysql);

/* Prepared statements. */
MYSQL_STMT *mysql_stmt_init(MYSQL *mysql);
my_bool mysql_stmt_close(MYSQL_STMT *stmt);
int mysql_stmt_prepare(MYSQL_STMT *stmt, const char *sql, unsigned long len);
my_bool mysql_stmt_attr_set(
    MYSQL_STMT *stmt, enum enum_stmt_attr_type type, const void *attr);
my_bool mysql_stmt_bind_param(MYSQL_STMT *stmt, MYSQL_BIND *bind);
my_bool mysql_stmt_send_long_data(
    MYSQL_STMT *stmt, unsigned index, const char *data, unsigned long len);
int mysql_stmt_execute(MYSQL_STMT *stmt);
int mysql_stmt_next_result(MYSQL_STMT *stmt);
int mysql_stmt_store_result(MYSQL_STMT *stmt);
int mysql_stmt_fetch(MYSQL_STMT *stmt);
my_bool mysql_stmt_free_result(MYSQL_STMT *stmt);
my_bool mysql_stmt_reset(MYSQL_STMT *stmt);

/* What is only read: reads.h. */
my_ulonglong mysql_affected_rows(MYSQL *mysql);
const char *mysql_character_set_name(MYSQL *mysql);
unsigned mysql_errno(MYSQL *mysql);
const char *mysql_error(MYSQL *mysql);
unsigned mysql_field_count(MYSQL *mysql);
client_text mysql_get_host_info(MYSQL *mysql);
client_text mysql_get_server_info(MYSQL *mysql);
const char *mysql_info(MYSQL *mysql);
my_ulonglong mysql_insert_id(MYSQL *mysql);
my_bool mysql_more_results(MYSQL *mysql);
my_ulonglong mysql_num_rows(MYSQL_RES *result);
int mysql_session_track_get_first(MYSQL *mysql,
    enum enum_session_state_type type, const char **data, size_t *len);
int mysql_session_track_get_next(MYSQL *mysql,
    enum enum_session_state_type type, const char **data, size_t *len);
const char *mysql_sqlstate(MYSQL *mysql);
my_ulonglong mysql_stmt_affected_rows(MYSQL_STMT *stmt);
my_bool mysql_stmt_attr_get(
    MYSQL_STMT *stmt, enum enum_stmt_attr_type type, void *ret_attr);
unsigned mysql_stmt_errno(MYSQL_STMT *stmt);
const char *mysql_stmt_error(MYSQL_STMT *stmt);
unsigned mysql_stmt_field_count(MYSQL_STMT *stmt);
my_ulonglong mysql_stmt_insert_id(MYSQL_STMT *stmt);
my_ulonglong mysql_stmt_num_rows(MYSQL_STMT *stmt);
unsigned long mysql_stmt_param_count(MYSQL_STMT *stmt);
const char *mysql_stmt_sqlstate(MYSQL_STMT *stmt);
unsigned long mysql_thread_id(MYSQL *mysql);
unsigned mysql_warning_count(MYSQL *mysql);

#ifdef CLIENT_HAS_MYSQL
enum net_async_status mysql_real_connect_nonblocking(MYSQL *mysql,
    const char *host, const char *user, const char *password, const char *db,
    unsigned port, const char *socket, unsigned long flags);
enum net_async_status mysql_send_query_nonblocking(
    MYSQL *mysql, const char *sql, unsigned long len);
enum net_async_status mysql_real_query_nonblocking(
    MYSQL *mysql, const char *sql, unsigned long len);
enum net_async_status mysql_store_result_nonblocking(
    MYSQL *mysql, MYSQL_RES **ret_result);
enum net_async_status mysql_next_result_nonblocking(MYSQL *mysql);
enum net_async_status mysql_fetch_row_nonblocking(
    MYSQL_RES *result, MYSQL_ROW *ret_row);
enum net_async_status mysql_free_result_nonblocking(MYSQL_RES *result);
unsigned long mysql_real_escape_string_quote(MYSQL *mysql, char *to,
    const char *from, unsigned long len, char quote);
# if CLIENT_HAS_MYSQL >= 80022
MYSQL *mysql_real_connect_dns_srv(MYSQL *mysql, const char *name,
    const char *user, const char *password, const char *db,
    unsigned long flags);
# endif
# if CLIENT_HAS_MYSQL >= 80023
my_bool mysql_bind_param(
    MYSQL *mysql, unsigned count, MYSQL_BIND *array, const char **names);
# endif
# if CLIENT_HAS_MYSQL >= 80100
enum net_async_status mysql_reset_connection_nonblocking(MYSQL *mysql);
# endif
# if CLIENT_HAS_MYSQL >= 80300
my_bool mysql_stmt_bind_named_param(
    MYSQL_STMT *stmt, MYSQL_BIND *array, unsigned count, const char **names);
# endif
#endif

#ifdef CLIENT_HAS_MARIADB
my_bool mariadb_reconnect(MYSQL *mysql);
int mariadb_stmt_execute_direct(MYSQL_STMT *stmt, const char *sql, size_t len);
my_bool mariadb_get_infov(
    MYSQL *mysql, enum mariadb_value value, void *arg, ...);
int mysql_get_socket(MYSQL *mysql);
int mysql_stmt_warning_count(MYSQL_STMT *stmt);
# include "mysql/client_pairs.h"
#endif

#endif
