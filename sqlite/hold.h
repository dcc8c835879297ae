/*
 * hold.h - keep a handle's state to one thread at a time.
 *
 * SQLite lets two threads use one statement or connection at once, so our
 * state of it has to stand that too.  Whoever finds it held goes without: that
 * call is not recorded, which costs a number in a trace and no wait.  The hold
 * lasts over the real call; a longjmp() out of that leaves it taken, and the
 * statement unrecorded until its handle is made anew.
 */
#ifndef SQLITE_HOLD_H
#define SQLITE_HOLD_H

#include <stdatomic.h>
#include <stdbool.h>

/* All zero is free. */
struct hold {
	atomic_bool held;
};

static inline bool
hold_take(struct hold *hold)
{
	return !atomic_exchange_explicit(
	    &hold->held, true, memory_order_acquire);
}

static inline void
hold_drop(struct hold *hold)
{
	atomic_store_explicit(&hold->held, false, memory_order_release);
}

#endif
