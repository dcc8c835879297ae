/*
 * match.h - client_types.h and client.h say what a client library's header
 * says: included behind that header, with MATCH_MARIADB defined for
 * Connector/C, this compiles.
 */
#include <stddef.h>
#include <stdint.h>

#ifdef MATCH_MARIADB
typedef char *client_text;
# define CLIENT_HAS_MARIADB
#else
typedef _Bool my_bool;
typedef uint64_t my_ulonglong;
typedef const char *client_text;
# define CLIENT_HAS_MYSQL MYSQL_VERSION_ID
#endif
#include "mysql/client.h"

/* clang-format off */
#define IS(one, other) _Static_assert((one) == (other), #one)
#define AT(type, member, place) IS(offsetof(type, member), place)
#define VALUE(name, number) IS(name, number)

/* As client_types.h lays them out: tests/mysql/bind_test.c. */
#include "layout.h"

#define FIELD_TYPE(name, number, read, size) IS(MYSQL_TYPE_##name, number);
#include "mysql/field_types.h"

VALUE(STMT_ATTR_CURSOR_TYPE, 1);
VALUE(STMT_ATTR_PREFETCH_ROWS, 2);
VALUE(MYSQL_OPTION_MULTI_STATEMENTS_OFF, 1);
VALUE(SESSION_TRACK_SCHEMA, 1);
VALUE(SESSION_TRACK_TRANSACTION_STATE, 5);
#ifdef MATCH_MARIADB
VALUE(STMT_INDICATOR_NTS, -1);
VALUE(STMT_INDICATOR_IGNORE_ROW, 4);
VALUE(STMT_ATTR_PREBIND_PARAMS, 200);
VALUE(STMT_ATTR_ARRAY_SIZE, 201);
VALUE(STMT_ATTR_ROW_SIZE, 202);
VALUE(STMT_ATTR_CB_PARAM, 205);
VALUE(STMT_ATTR_CB_RESULT, 206);
VALUE(MARIADB_CONNECTION_HOST, 10);
VALUE(MARIADB_CONNECTION_PORT, 12);
VALUE(MARIADB_CONNECTION_SCHEMA, 15);
VALUE(MARIADB_CONNECTION_SERVER_TYPE, 16);
VALUE(MARIADB_CONNECTION_UNIX_SOCKET, 26);
VALUE(MARIADB_CONNECTION_USER, 27);
VALUE(MARIADB_CONNECTION_SERVER_STATUS, 30);
VALUE(MARIADB_CONNECTION_BYTES_READ, 34);
VALUE(MARIADB_CONNECTION_BYTES_SENT, 35);
#else
VALUE(NET_ASYNC_NOT_READY, 1);
VALUE(NET_ASYNC_ERROR, 2);
VALUE(NET_ASYNC_COMPLETE_NO_MORE_RESULTS, 3);
#endif
