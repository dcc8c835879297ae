/*
 * spool_clock.c - the clock pairs that turn a record's time into wall time.
 */
#include "shim/spool.h"

#include <time.h>

static uint64_t
clock_read(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Clocks that are read further apart than this are read again, so often. */
#define CLOCK_GAP_NS 5000
#define CLOCK_TRIES 8

/*
 * Both clocks at one instant.  The thread may lose the processor between the
 * readings for milliseconds, by which all its points would be shifted then.
 */
static struct clock_pair
clock_now(void)
{
	struct clock_pair now = {0};
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < CLOCK_TRIES && least > CLOCK_GAP_NS; i++) {
		uint64_t before = clock_read(CLOCK_MONOTONIC);
		uint64_t real = clock_read(CLOCK_REALTIME);
		uint64_t gap = clock_read(CLOCK_MONOTONIC) - before;

		if (gap >= least)
			continue;
		least = gap;
		now.mono_ns = before + gap / 2;
		now.real_ns = (int64_t)real;
	}
	return now;
}

/* How far wall time may wander from a pair before a new one is written. */
#define CLOCK_DRIFT_NS 1000000

void
spool_clock(struct spool_header *header)
{
	unsigned count = atomic_load(&header->clock_count);
	struct clock_pair now = clock_now();

	if (count) {
		int64_t off = now.real_ns -
			      spool_wall_ns(header->clock, count, now.mono_ns);

		if (off < CLOCK_DRIFT_NS && off > -CLOCK_DRIFT_NS)
			return;
	}
	if (count < SPOOL_CLOCK_PAIRS)
		count++;
	header->clock[count - 1] = now;
	atomic_store(&header->clock_count, count);
}

int64_t
spool_wall_ns(const struct clock_pair *pairs, unsigned count, uint64_t mono_ns)
{
	const struct clock_pair *pair = pairs;

	if (count == 0)
		return (int64_t)mono_ns;
	for (unsigned i = 1; i < count && i < SPOOL_CLOCK_PAIRS; i++)
		if (pairs[i].mono_ns <= mono_ns)
			pair = &pairs[i];
	/* Unsigned: a file may say anything. */
	return (int64_t)((uint64_t)pair->real_ns + mono_ns - pair->mono_ns);
}
