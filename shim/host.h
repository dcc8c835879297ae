/*
 * host.h - what the core asks of the drain in its process.
 *
 * The core only calls these; collectors/thread_host.c has them.  So includes
 * go one way though the calls go the other.
 */
#ifndef SHIM_HOST_H
#define SHIM_HOST_H

#include <stdbool.h>

#include "osprof.h"

/*
 * Start the drain's thread unless it runs, or another process drains.  False
 * where nobody drains.
 */
bool host_start(void);

/* Whether the thread was started. */
bool host_runs(void);

/* Wake the drain: a ring is getting full. */
void host_wake(void);

/* Wait until what is in the rings now is stored: osprof_flush(). */
enum osprof_error host_flush(unsigned timeout_ms);

/* Flush and end the thread; true if nothing is left. */
bool host_stop(unsigned timeout_ms);

/*
 * Before and after fork(), there in parent and child: no thread of ours is in
 * the middle of what a child could not go on with.
 */
bool host_fork_begins(void);
void host_fork_ends(bool begun);

/* Forget the parent's thread: in a forked child. */
void host_forked(void);

#endif
