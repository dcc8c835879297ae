/*
 * spill.h - where records wait when storage is down and their ring gets full.
 *
 * A spool file of its own that the drain makes and fills: each spilled ring
 * is a ring in it, copied as it stands.  So it is recovered like any other
 * when the process dies.  Its size is bounded (spill_size).
 */
#ifndef COLLECTORS_SPILL_H
#define COLLECTORS_SPILL_H

#include "shim/process.h"
#include "shim/spool.h"

#define SPILL_RINGS 1024

struct spill {
	struct spool spool;
	struct ring *ring[SPILL_RINGS];
	size_t first; /* the oldest that is not yet stored */
	size_t count;
	_Atomic size_t waiting; /* count - first: for other threads to ask */
};

/*
 * If more than half of `ring` is taken, move its records to the spill and give
 * the producer its room back.  Returns how many records moved; 0 where there
 * was no need or no room.
 */
uint64_t spill_ring(struct spill *spill, const struct spool_header *header,
    struct ring *ring, const struct config *config);

/* The oldest ring of the spill, or NULL. */
struct ring *spill_first(struct spill *spill);

/* Whether rings wait in the spill.  May be asked by any thread. */
bool spill_waits(const struct spill *spill);

/* It is stored: forget it, and the file with the last one. */
void spill_drop_first(struct spill *spill);

/* Let go of the file; what is in it waits for the next drain. */
void spill_close(struct spill *spill);

#endif
