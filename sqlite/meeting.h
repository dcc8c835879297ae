/*
 * meeting.h - handles that came out of our sight are met one at a time.
 *
 * Two threads may meet the same handle at once, and the second must not start
 * over the entry that the first is filling.  Nobody waits: whoever comes second
 * goes without an entry, for that call.  What is kept is the process that a
 * meeting is of, so that a fork in the middle of one leaves the child free.
 */
#ifndef SQLITE_MEETING_H
#define SQLITE_MEETING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

/* All zero is free. */
struct meeting {
	atomic_int process;
};

static inline bool
meeting_begin(struct meeting *meeting)
{
	int mine = getpid(), holder = atomic_load(&meeting->process);

	return holder != mine &&
	       atomic_compare_exchange_strong(&meeting->process, &holder, mine);
}

static inline void
meeting_end(struct meeting *meeting)
{
	atomic_store(&meeting->process, 0);
}

#endif
