/*
 * trace.h - a thread's trace stack, with OSProfiler's semantics.
 *
 * The stack is [base_id, parent_id or base_id]; start pushes a fresh id, stop
 * pops.  Statements that complete later take their parent here and are not
 * pushed.  A thread whose stack is empty and that was given no trace may get
 * an implicit one, by the configuration (facts/osprofiler.md, section 3).
 */
#ifndef SHIM_TRACE_H
#define SHIM_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "osprof.h"
#include "shim/uuid.h"

/*
 * A trace that comes to life with its first span, of a thread or a handle
 * (connection).  All zero is a valid beginning.
 */
struct implicit {
	struct uuid base;
	bool given;
};

#define TRACE_DEPTH 128
#define TRACE_NAME_MAX 255

struct trace_point {
	struct uuid id;
	/*
	 * osprof_start() calls between the point below and this one that did
	 * not get on the stack: their osprof_stop() must not take what did.
	 */
	unsigned missing;
	uint8_t name_len; /* 0: db */
	char name[TRACE_NAME_MAX];
};

struct trace {
	bool given;   /* by osprof_init() */
	bool foreign; /* base_text and parent_text stand for base and parent */
	unsigned depth;
	unsigned missing;         /* trace_point.missing of what comes next */
	struct uuid base;         /* given */
	struct uuid parent;       /* given; base if none was */
	struct uuid open_base;    /* of the points on the stack */
	struct implicit implicit; /* of implicit_trace = thread */
	char base_text[OSPROF_ID_SIZE];
	char parent_text[OSPROF_ID_SIZE];
	struct trace_point point[TRACE_DEPTH];
};

#endif
