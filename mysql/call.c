/*
 * call.c - the table of calls.
 */
#include "mysql/call.h"

#include "shim/note.h"

#ifndef OSPROF_PRELOAD
/* A program that has these wrappers in it is not traced by preloaded ones. */
NOTE(NOTE_WRAPPERS);
#endif

const struct call mysql_call[CALL_COUNT] = {
/* clang-format off */
#define CALL(name, class, has, since) \
	[CALL_##name] = { CALL_FIELD(#name), \
	    CALL_##class, CALL_##has, since },
#include "mysql/calls.h"
    /* clang-format on */
};
