/*
 * call.h - the table of calls, for those who name one in a record.
 */
#ifndef SQLITE_CALL_H
#define SQLITE_CALL_H

#include <stddef.h>

#include "shim/wrapper.h"

enum call_class {
	CALL_STATE,
	CALL_STEP,
	CALL_BIND,
	CALL_WHOLE,
	CALL_STREAM,
};

enum call_key {
#define CALL(name, class, since) CALL_##name,
#include "sqlite/calls.h"
	CALL_COUNT,
};

struct call {
	struct call_field field;
	enum call_class class;
	int since;
};

extern const struct call sqlite_call[CALL_COUNT];

#endif
