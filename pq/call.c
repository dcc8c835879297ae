/*
 * call.c - the table of calls.
 */
#include "pq/call.h"

#include "shim/note.h"

#ifndef OSPROF_PRELOAD
/* A program that has these wrappers in it is not traced by preloaded ones. */
NOTE(NOTE_WRAPPERS);
#endif

const struct call pq_call[CALL_COUNT] = {
/* clang-format off */
#define CALL(name, class, since) \
	[CALL_##name] = { CALL_FIELD(#name), CALL_##class, since },
#include "pq/calls.h"
    /* clang-format on */
};
