/*
 * flush.c - waiting for the drain, a thread or another process: until all is
 * stored, or the thread's end.
 */
#include "shim/host.h"

#include <stdlib.h>
#include <time.h>

#include "collectors/thread_host.h"

/* Whether all that was recorded is stored. */
static bool
all_empty(void)
{
	struct thread *thread = atomic_load(&process.threads);

	for (; thread; thread = thread->next) {
		struct ring *ring = atomic_load(&thread->ring);

		if (ring &&
		    atomic_load(&ring->head) != atomic_load(&ring->tail))
			return false;
	}
	return !spill_waits(&thread_host.spill);
}

/* The heads of all rings at one moment. */
struct target {
	struct ring *ring;
	uint64_t head;
};

static bool
reached(const struct target *target, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((int64_t)(atomic_load(&target[i].ring->tail) -
			      target[i].head) < 0)
			return false;
	return true;
}

static size_t
take_targets(struct target *target, size_t cap)
{
	struct thread *thread = atomic_load(&process.threads);
	size_t count = 0;

	for (; thread && count < cap; thread = thread->next) {
		struct ring *ring = atomic_load(&thread->ring);

		if (ring)
			target[count++] = (struct target){
			    ring, atomic_load(&ring->head)};
	}
	return count;
}

/*
 * Wait for turns of the drain until the targets are reached, or, if not
 * `patient`, a delivery fails.
 */
static enum osprof_error
wait_for(const struct target *target, size_t count, unsigned timeout_ms,
    bool patient)
{
	uint64_t until = event_now_ns() + (uint64_t)timeout_ms * MS;
	uint64_t failed = atomic_load(&process.failed);

	while (!reached(target, count) || spill_waits(&thread_host.spill)) {
		unsigned seen = atomic_load(&thread_host.turns.count);
		uint64_t now = event_now_ns();

		if (atomic_load(&thread_host.done) ||
		    (!patient && atomic_load(&process.failed) != failed))
			return OSPROF_EIO;
		if (now >= until)
			return atomic_load(&thread_host.error) == OSPROF_OK
				   ? OSPROF_ETIMEDOUT
				   : OSPROF_EIO;
		host_wake();
		event_wait(&thread_host.turns, seen,
		    until - now < 20 * MS ? until - now : 20 * MS);
	}
	return OSPROF_OK;
}

#define LOOK_NS (1 * MS)

/* Another process drains: it moves the tails, and tells nobody. */
static enum osprof_error
wait_outside(const struct target *target, size_t count, unsigned timeout_ms)
{
	const struct timespec nap = {.tv_nsec = LOOK_NS};
	uint64_t until = event_now_ns() + (uint64_t)timeout_ms * MS;

	while (!reached(target, count)) {
		if (event_now_ns() >= until)
			return OSPROF_ETIMEDOUT;
		nanosleep(&nap, NULL);
	}
	return OSPROF_OK;
}

#define FLUSH_RINGS 4096

static enum osprof_error
flush(unsigned timeout_ms, bool patient)
{
	bool outside = process_drained_outside();
	struct target *target;
	enum osprof_error error;
	size_t count;

	if (thread_is_drain || !atomic_load(&process.threads) || all_empty())
		return OSPROF_OK;
	if (!outside && !host_start())
		return OSPROF_EIO;
	target = malloc(FLUSH_RINGS * sizeof(*target));
	if (!target)
		return OSPROF_ENOMEM;
	count = take_targets(target, FLUSH_RINGS);
	atomic_store(&thread_host.hurry, true);
	error = outside ? wait_outside(target, count, timeout_ms)
			: wait_for(target, count, timeout_ms, patient);
	atomic_store(&thread_host.hurry, false);
	free(target);
	return error;
}

enum osprof_error
host_flush(unsigned timeout_ms)
{
	return flush(timeout_ms, true);
}

/* Whether all rings outlive the process. */
static bool
all_in_file(void)
{
	const struct thread *thread = atomic_load(&process.threads);

	for (; thread; thread = thread->next)
		if (atomic_load(&thread->ring) && !thread->ring_in_file)
			return false;
	return true;
}

/*
 * Where storage is down, the end of a program is not held up for what the next
 * drain finds in the spool anyway; nor where another process drains, which
 * also removes the file.
 */
bool
host_stop(unsigned timeout_ms)
{
	uint64_t until = event_now_ns() + (uint64_t)timeout_ms * MS;

	if (process_drained_outside())
		return false;
	if (!atomic_load(&thread_host.running))
		return all_empty();
	flush(timeout_ms, !all_in_file());
	atomic_store(&thread_host.stop, true);
	while (!atomic_load(&thread_host.done)) {
		unsigned seen = atomic_load(&thread_host.turns.count);
		uint64_t now = event_now_ns();

		if (now >= until + 100 * MS)
			break;
		host_wake();
		event_wait(&thread_host.turns, seen, 10 * MS);
	}
	return atomic_load(&thread_host.done) && all_empty();
}
