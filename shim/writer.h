/*
 * writer.h - the producer's side of a ring.
 *
 * The writer keeps a stretch [at, end) of the ring that is known to be free, so
 * that a record asks one comparison for its room.  Only when the stretch is
 * used up does it look at what the drain has given back.
 */
#ifndef SHIM_WRITER_H
#define SHIM_WRITER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "shim/ring.h"
#include "shim/uuid.h"

/* A thread's; it lies on a page that a forked child finds zeroed. */
struct writer {
	char *at;  /* next record; NULL: no ring yet, or a forked child */
	char *end; /* of the room known to be free, in a piece from `at` */
	struct ring *ring;
	char *data;    /* the ring's */
	uint64_t size; /* of data */
	uint64_t head; /* bytes published */
	struct uuid_source ids;
	bool busy; /* a record is being made: who comes now is a handler */
};

/*
 * Claim the writer for one record: handlers of signals see from here on that
 * one is being made, and make none.
 */
static inline void
writer_claim(struct writer *writer)
{
	writer->busy = true;
	atomic_signal_fence(memory_order_seq_cst);
}

static inline void
writer_release(struct writer *writer)
{
	atomic_signal_fence(memory_order_seq_cst);
	writer->busy = false;
}

/* Claim a writer that has room for `need` bytes; false where it has not. */
static inline bool
writer_claim_room(struct writer *writer, uint64_t need)
{
	if (writer->busy)
		return false;
	writer_claim(writer);
	if (__builtin_expect(need <= (uint64_t)(writer->end - writer->at), 1))
		return true;
	writer_release(writer);
	return false;
}

/*
 * Make [at, end) hold `need` bytes, a quarter of the ring at most, from the
 * ring's beginning where they do not fit before its end; the next look is due
 * when half of the ring is used.  False: the ring is full, also after waiting
 * where on_full = block.  Under the claim.  Wakes the drain at half full.
 */
bool writer_make_room(struct writer *writer, uint64_t need);

/* Let the drain see the `size` bytes at `at`, and release. */
static inline void
writer_publish(struct writer *writer, uint64_t size)
{
	struct ring *ring = writer->ring;
	char *next = writer->at + size;

	writer->at = next;
	writer->head += size;
	atomic_store_explicit(&ring->head, writer->head, memory_order_release);
	ring_count(&ring->written);
	/*
	 * The drain has read what comes next: begin to fetch it back, one
	 * statement ahead, as long as that takes.
	 */
	for (int i = 0; i < 5; i++)
		__builtin_prefetch(next + 640 + 64 * i, 1);
	writer_release(writer);
}

#endif
