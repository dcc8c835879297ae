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

#define TRACE_DEPTH 128
#define TRACE_NAME_MAX 255

struct trace_point {
	struct uuid id;
	uint8_t name_len; /* 0: db */
	char name[TRACE_NAME_MAX];
};

struct trace {
	bool given;   /* by osprof_init() */
	bool foreign; /* base_text and parent_text stand for base and parent */
	bool implicit_given; /* implicit_base is this thread's */
	unsigned depth;
	struct uuid base;   /* given */
	struct uuid parent; /* given; base if none was */
	struct uuid open_base; /* of the points on the stack */
	struct uuid implicit_base;
	char base_text[OSPROF_ID_SIZE];
	char parent_text[OSPROF_ID_SIZE];
	struct trace_point point[TRACE_DEPTH];
};

#endif
