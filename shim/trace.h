/*
 * trace.h - a thread's trace stack, with OSProfiler's semantics.
 *
 * The stack is [base_id, parent_id or base_id]; start pushes a fresh id, stop
 * pops.  Statements that complete later take their parent here and are not
 * pushed.  A thread whose stack is empty and that was given no trace may get
 * an implicit one, by the configuration.
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

/*
 * What outermost points hang below.  Ids are usually UUIDs; where one is any
 * other text, the binary one stands for it on this machine.
 */
struct trace_root {
	bool foreign; /* a text is no UUID: messages need the texts */
	struct uuid base;
	struct uuid parent; /* the base if there is none */
	char base_text[OSPROF_ID_SIZE];
	char parent_text[OSPROF_ID_SIZE];
};

/*
 * Fill `root` from texts.  An empty or NULL parent is the base.  False, and
 * nothing changed, where the base is missing or an id has over 255 bytes.
 */
bool trace_root_set(
    struct trace_root *root, const char *base_id, const char *parent_id);

/* Make `id` a trace of its own. */
void trace_root_new(struct trace_root *root, const struct uuid *id);

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
	bool given;        /* by osprof_init(): root */
	bool open_foreign; /* the stack's ids are some root's texts */
	unsigned depth;
	unsigned missing;         /* trace_point.missing of what comes next */
	struct uuid open_base;    /* of the points on the stack */
	struct uuid open_parent;  /* of the outermost of them */
	struct implicit implicit; /* of implicit_trace = thread */
	struct trace_root root;
	struct trace_point point[TRACE_DEPTH];
};

#endif
