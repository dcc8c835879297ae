/*
 * event.c - something that threads wait for, without a lock.
 */
#include "collectors/event.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

uint64_t
event_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void
event_wait(struct event *event, unsigned seen, uint64_t ns)
{
	struct timespec wait = {.tv_sec = (time_t)(ns / 1000000000u),
	    .tv_nsec = (long)(ns % 1000000000u)};

	atomic_fetch_add(&event->waiting, 1);
	syscall(
	    SYS_futex, &event->count, FUTEX_WAIT_PRIVATE, seen, &wait, NULL, 0);
	atomic_fetch_sub(&event->waiting, 1);
}

void
event_tell(struct event *event)
{
	atomic_fetch_add(&event->count, 1);
	if (atomic_load(&event->waiting))
		syscall(SYS_futex, &event->count, FUTEX_WAKE_PRIVATE, 1 << 30,
		    NULL, NULL, 0);
}
