/*
 * ring.h - one thread's records on their way to the drain.
 *
 * A ring has one producer, the traced thread, and one consumer, the drain.
 * `head` counts the bytes ever published, `tail` those ever consumed; both
 * only grow.  A record is written first and published after by one release
 * store of head, so whoever sees head sees whole records: also the reader of a
 * file whose process was killed.  A record never wraps: where it does not fit
 * before the end of the ring, a RECORD_PAD fills the rest.
 */
#ifndef SHIM_RING_H
#define SHIM_RING_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shim/record.h"

#define RING_MAGIC 0x31474e495246504fu /* "OPFRING1" */
#define RING_HEADER_SIZE 4096
#define RING_SIZE_MIN 65536

struct ring {
	uint64_t magic;
	uint64_t size;   /* of the data after this page; a power of two */
	atomic_uint tid; /* of the thread that writes, or wrote last */

	/* The producer's line. */
	alignas(64) _Atomic uint64_t head;
	_Atomic uint64_t called; /* records that were to be made, but nested */
	_Atomic uint64_t written;
	_Atomic uint64_t dropped_full;
	_Atomic uint64_t dropped_nested; /* in a handler, or too deep */
	_Atomic uint64_t cut;

	/* The consumer's line. */
	alignas(64) _Atomic uint64_t tail;
	_Atomic uint64_t lost_told; /* of dropped_*, told in a trace */
};

_Static_assert(sizeof(struct ring) <= RING_HEADER_SIZE, "one page");

/* The ring's data: the page after its header. */
static inline char *
ring_data(struct ring *ring)
{
	return (char *)ring + RING_HEADER_SIZE;
}

/* The bytes that a ring of `size` takes in all. */
static inline uint64_t
ring_span(uint64_t size)
{
	return RING_HEADER_SIZE + size;
}

/* Add to a counter that only this thread writes. */
static inline void
ring_count(_Atomic uint64_t *counter)
{
	atomic_store_explicit(counter,
	    atomic_load_explicit(counter, memory_order_relaxed) + 1,
	    memory_order_relaxed);
}

/* Make `ring`, in zeroed memory of ring_span(size), ready. */
void ring_init(struct ring *ring, uint64_t size);

/*
 * Whether the memory at `ring`, of which `room` bytes are there, holds a ring
 * that can be read: for files that another process left.
 */
bool ring_valid(const struct ring *ring, uint64_t room);

/*
 * A reader's place in a ring.  It moves on its own; ring_consumed() gives the
 * room up to it back to the producer.
 */
struct ring_reader {
	struct ring *ring;
	uint64_t at;
	uint64_t head; /* as last seen */
	bool broken;   /* what stands at `at` is no record */
};

void ring_reader_init(struct ring_reader *reader, struct ring *ring);

/*
 * Return the next record, pads skipped, or NULL at the head.  The record lies
 * in the ring with all its `size`; its fields are not checked.
 */
const struct record *ring_next(struct ring_reader *reader);

/* Give back all that ring_next() has returned so far. */
void ring_consumed(const struct ring_reader *reader);

#endif
