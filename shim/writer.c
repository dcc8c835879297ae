/*
 * writer.c - finding room in a ring, on the traced thread.
 */
#include "shim/writer.h"

#include <errno.h>
#include <time.h>

#include "shim/host.h"
#include "shim/process.h"

/* How long a thread that waits for room sleeps at a time. */
#define BLOCK_SLEEP_NS 200000

/* The bytes that the drain has given back. */
static inline uint64_t
free_room(const struct writer *writer)
{
	return writer->size -
	       (writer->head - atomic_load_explicit(
				   &writer->ring->tail, memory_order_acquire));
}

/* on_full = block: wait for the drain as long as there is one. */
static void
wait_for_room(const struct writer *writer, uint64_t need)
{
	const struct timespec nap = {.tv_nsec = BLOCK_SLEEP_NS};
	int saved = errno;

	while (!atomic_load(&process.exited) && host_start() &&
	       free_room(writer) < need) {
		host_wake();
		nanosleep(&nap, NULL);
	}
	errno = saved;
}

/*
 * Look at the drain's progress anew.  Wakes the drain when less than half of
 * the ring is free: the one system call of this path, once per half ring.
 */
static uint64_t
look_for_room(const struct writer *writer, uint64_t need)
{
	uint64_t room = free_room(writer);

	if (room < writer->size / 2) {
		int saved = errno;

		host_wake();
		errno = saved;
	}
	if (room < need && process_config()->on_full == FULL_BLOCK) {
		wait_for_room(writer, need);
		room = free_room(writer);
	}
	return room;
}

/* Fill the ring to its end; the pad is published with the record behind it. */
static void
wrap(struct writer *writer, uint64_t left)
{
	struct record *record = (struct record *)writer->at;

	if (left) {
		record->size = (uint32_t)left;
		record->kind = RECORD_PAD;
	}
	writer->head += left;
	writer->at = writer->data;
}

bool
writer_make_room(struct writer *writer, uint64_t need)
{
	uint64_t half = writer->size / 2;
	uint64_t left = writer->size - (uint64_t)(writer->at - writer->data);
	uint64_t skip = left < need ? left : 0;
	uint64_t room = look_for_room(writer, need + skip);

	if (room < need + skip)
		return false;
	if (left < need) {
		wrap(writer, left);
		room -= left;
		left = writer->size;
	}
	if (room >= half)
		room = room - half > need ? room - half : need;
	writer->end = writer->at + (room < left ? room : left);
	return true;
}
