/*
 * event.h - something that threads wait for, without a lock.
 *
 * Telling costs a system call only where somebody waits.  A fork leaves
 * nothing locked.
 */
#ifndef COLLECTORS_EVENT_H
#define COLLECTORS_EVENT_H

#include <stdatomic.h>
#include <stdint.h>

#define MS 1000000u /* ns */

struct event {
	atomic_uint count; /* of times that it came; a futex */
	atomic_uint waiting;
};

/* Sleep until the count is not `seen` any more, or the time is over. */
void event_wait(struct event *event, unsigned seen, uint64_t ns);

void event_tell(struct event *event);

/* The monotonic clock. */
uint64_t event_now_ns(void);

#endif
