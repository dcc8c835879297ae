/*
 * thread_host.h - the state of the drain's thread, for who waits for it.
 */
#ifndef COLLECTORS_THREAD_HOST_H
#define COLLECTORS_THREAD_HOST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "collectors/drain.h"
#include "collectors/event.h"
#include "collectors/spill.h"

struct thread_host {
	atomic_bool running;
	atomic_bool stop;
	atomic_bool done;
	atomic_bool hurry;  /* somebody waits: do not back off */
	struct event wake;  /* somebody calls for the drain */
	struct event turns; /* a turn is done */
	atomic_int error;   /* of the last delivery: enum osprof_error */

	/* The thread's own. */
	struct drain drain;
	struct spill spill;
	bool open;
	uint64_t chores_at, recover_at, retry_at, retry_ns;
	struct stat watched; /* the configuration file as it was read */
};

extern struct thread_host thread_host;

#endif
