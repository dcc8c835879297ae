/*
 * client_types.h - the types of libmysqlclient and Connector/C, as far as both
 * have them alike.
 *
 * One library of wrappers serves programs of either, so it is built with
 * neither header.  The handles are opaque: their layouts differ, and only the
 * libraries' own functions look inside.  What is declared here is the same in
 * both as far as it is read: MYSQL_BIND, the first forty bytes of MYSQL_TIME,
 * the numbers of the enums.  A result of `bool` in one header and of `char` in
 * the other is the same byte in the same register.  tests/mysql/headers.sh
 * compares all of it with each header that is there.
 */
#ifndef MYSQL_CLIENT_TYPES_H
#define MYSQL_CLIENT_TYPES_H

typedef struct MYSQL MYSQL;
typedef struct MYSQL_STMT MYSQL_STMT;
typedef struct MYSQL_RES MYSQL_RES;
typedef char **MYSQL_ROW;

typedef char my_bool;                    /* MySQL: bool */
typedef unsigned long long my_ulonglong; /* MySQL: uint64_t */
typedef const char *client_text;         /* Connector/C: char * */

/* A parameter, or a column to be fetched; only the program writes to it. */
typedef struct MYSQL_BIND {
	unsigned long *length;
	my_bool *is_null;
	void *buffer;
	my_bool *error;
	const signed char *indicator; /* in an array of Connector/C alone */
	void *inner[3];
	unsigned long buffer_length;
	unsigned long offset;
	unsigned long length_value;
	unsigned param_number;
	unsigned pack_length;
	unsigned buffer_type; /* field_types.h, and others */
	my_bool error_value;
	my_bool is_unsigned;
	my_bool long_data_used;
	my_bool is_null_value;
	void *extension;
} MYSQL_BIND;

/* MySQL's goes on behind this. */
typedef struct MYSQL_TIME {
	unsigned year;
	unsigned month;
	unsigned day;
	unsigned hour;
	unsigned minute;
	unsigned second;
	unsigned long second_part; /* microseconds */
	my_bool neg;
	int time_type;
} MYSQL_TIME;

/* Of Connector/C, in an array: what stands in for a row's value. */
enum {
	INDICATOR_TERMINATED = -1, /* the value ends at a NUL */
	INDICATOR_NONE,
	INDICATOR_NULL,
	INDICATOR_DEFAULT,
	INDICATOR_IGNORE,
	INDICATOR_IGNORE_ROW,
};

enum enum_stmt_attr_type {
	STMT_ATTR_UPDATE_MAX_LENGTH,
	STMT_ATTR_CURSOR_TYPE,
	STMT_ATTR_PREFETCH_ROWS,
	/* Connector/C alone */
	STMT_ATTR_PREBIND_PARAMS = 200,
	STMT_ATTR_ARRAY_SIZE,
	STMT_ATTR_ROW_SIZE,
	STMT_ATTR_STATE,
	STMT_ATTR_CB_USER_DATA,
	STMT_ATTR_CB_PARAM,
	STMT_ATTR_CB_RESULT,
};

enum enum_mysql_set_option {
	MYSQL_OPTION_MULTI_STATEMENTS_ON,
	MYSQL_OPTION_MULTI_STATEMENTS_OFF,
};

enum mysql_enum_shutdown_level { SHUTDOWN_DEFAULT };

/* Of Connector/C: some of what STMT_ATTR_STATE tells. */
enum {
	STMT_STATE_NEW,
	STMT_STATE_HAS_ROWS = 3, /* and none of them was asked for */
};

/* MySQL alone. */
enum net_async_status {
	NET_ASYNC_COMPLETE,
	NET_ASYNC_NOT_READY,
	NET_ASYNC_ERROR,
	NET_ASYNC_COMPLETE_NO_MORE_RESULTS,
};

enum enum_session_state_type {
	SESSION_TRACK_SYSTEM_VARIABLES,
	SESSION_TRACK_SCHEMA,
	SESSION_TRACK_STATE_CHANGE,
	SESSION_TRACK_GTIDS,
	SESSION_TRACK_TRANSACTION_CHARACTERISTICS,
	SESSION_TRACK_TRANSACTION_STATE,
};

/* Of Connector/C: what mariadb_get_infov() tells of a connection. */
enum mariadb_value {
	MARIADB_CONNECTION_HOST = 10,
	MARIADB_CONNECTION_PORT = 12,
	MARIADB_CONNECTION_SCHEMA = 15,
	MARIADB_CONNECTION_SERVER_TYPE,
	MARIADB_CONNECTION_UNIX_SOCKET = 26,
	MARIADB_CONNECTION_USER,
	MARIADB_CONNECTION_SERVER_STATUS = 30,
	MARIADB_CONNECTION_BYTES_READ = 34,
	MARIADB_CONNECTION_BYTES_SENT,
};

#endif
