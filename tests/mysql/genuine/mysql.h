/*
 * mysql.h - as much of libmysqlclient's header as makes it differ from that of
 * Connector/C: its version, types and calls, in the release GENUINE_VERSION.
 *
 * For machines that have no genuine one.  The calls are those of client.h,
 * which headers.sh compares with a genuine header where there is one.
 */
#ifndef _mysql_h
#define _mysql_h

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef GENUINE_VERSION
# define GENUINE_VERSION 80400
#endif
#define MYSQL_VERSION_ID GENUINE_VERSION
#define LIBMYSQL_VERSION_ID GENUINE_VERSION

typedef struct MYSQL MYSQL;
typedef struct MYSQL_STMT MYSQL_STMT;
typedef struct MYSQL_RES MYSQL_RES;
typedef struct MYSQL_BIND MYSQL_BIND;
typedef char **MYSQL_ROW;

enum enum_stmt_attr_type { STMT_ATTR_UPDATE_MAX_LENGTH };
enum enum_mysql_set_option { MYSQL_OPTION_MULTI_STATEMENTS_ON };
enum mysql_enum_shutdown_level { SHUTDOWN_DEFAULT };
enum net_async_status { NET_ASYNC_COMPLETE };
enum enum_session_state_type { SESSION_TRACK_SYSTEM_VARIABLES };

#ifdef __cplusplus
extern "C" {
#endif

#define my_bool bool
#define my_ulonglong uint64_t
typedef const char *client_text;
#define CLIENT_HAS_MYSQL GENUINE_VERSION
#include "mysql/client.h"
#undef CLIENT_HAS_MYSQL
#undef my_ulonglong
#undef my_bool

/* Declared, and exported by no release. */
enum net_async_status mysql_select_db_nonblocking(
    MYSQL *mysql, const char *db, bool *error);

#ifdef __cplusplus
}
#endif

#endif
