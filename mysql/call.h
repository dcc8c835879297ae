/*
 * call.h - the table of calls, for those who name one in a record.
 */
#ifndef MYSQL_CALL_H
#define MYSQL_CALL_H

#include "shim/wrapper.h"

enum call_class {
	CALL_STATE,
	CALL_WHOLE,
	CALL_QUERY,
	CALL_RESULT,
	CALL_BIND,
	CALL_POLL,
	CALL_START,
	CALL_CONT,
};

/* Which library has a call. */
enum call_library {
	CALL_BOTH,
	CALL_MYSQL,
	CALL_MARIADB,
};

enum call_key {
#define CALL(name, class, has, since) CALL_##name,
#include "mysql/calls.h"
	CALL_COUNT,
};

struct call {
	struct call_field field;
	enum call_class class;
	enum call_library has;
	int since;
};

extern const struct call mysql_call[CALL_COUNT];

#endif
