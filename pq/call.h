/*
 * call.h - the table of calls, for those who name one in a record.
 */
#ifndef PQ_CALL_H
#define PQ_CALL_H

#include "shim/wrapper.h"

enum call_class {
	CALL_QUERY,
	CALL_SEND,
	CALL_RESULT,
	CALL_PIPELINE,
	CALL_COPY,
	CALL_LINE,
	CALL_OBJECT,
	CALL_CONNECT,
	CALL_CANCEL,
	CALL_ADMIN,
};

enum call_key {
#define CALL(name, class, since) CALL_##name,
#include "pq/calls.h"
	CALL_COUNT,
};

struct call {
	struct call_field field;
	enum call_class class;
	int since;
};

extern const struct call pq_call[CALL_COUNT];

#endif
