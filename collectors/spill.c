/*
 * spill.c - moving full rings out of the producers' way.
 */
#include "collectors/spill.h"

#include <string.h>
#include <sys/mman.h>

#include "shim/spool_dir.h"

/* The bytes that the file will have with one more ring. */
static uint64_t
size_with(const struct spill *spill, const struct ring *ring)
{
	uint64_t size = spill->spool.header ? spill->spool.size
					    : SPOOL_HEADER_SIZE;

	return size + ring_span(ring->size);
}

/* The file, made when it is first needed. */
static bool
spill_open(struct spill *spill, const struct spool_header *header,
    const struct config *config)
{
	char dir[SPOOL_PATH_MAX - 64];
	struct spool_header *own;

	if (spill->spool.header)
		return true;
	if (!spool_dir_path(config->spool_dir, dir, sizeof(dir)) ||
	    spool_create(&spill->spool, dir, header, NULL, 0) != OSPROF_OK)
		return false;
	/* The records are counted where they came from. */
	own = spill->spool.header;
	atomic_store(&own->called, 0);
	atomic_store(&own->dropped_no_ring, 0);
	atomic_store(&own->dropped_exit, 0);
	return true;
}

static uint64_t
count_records(struct ring *ring)
{
	struct ring_reader reader;
	uint64_t count = 0;

	ring_reader_init(&reader, ring);
	while (ring_next(&reader))
		count++;
	return count;
}

/* Copy what lies between tail and head: the rest is the producer's. */
static void
copy_records(struct ring *to, struct ring *from, uint64_t tail, uint64_t head)
{
	uint64_t at = tail & (from->size - 1), len = head - tail;
	uint64_t first = len < from->size - at ? len : from->size - at;

	memcpy(ring_data(to) + at, ring_data(from) + at, first);
	memcpy(ring_data(to), ring_data(from), len - first);
}

uint64_t
spill_ring(struct spill *spill, const struct spool_header *header,
    struct ring *ring, const struct config *config)
{
	uint64_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
	uint64_t tail = atomic_load(&ring->tail);
	struct ring *copy;

	if (head - tail <= ring->size / 2 || spill->count == SPILL_RINGS ||
	    size_with(spill, ring) > config->spill_size ||
	    !spill_open(spill, header, config))
		return 0;
	copy = spool_add_ring(&spill->spool, ring->size);
	if (!copy)
		return 0;
	copy_records(copy, ring, tail, head);
	atomic_store(&copy->tail, tail);
	atomic_store_explicit(&copy->head, head, memory_order_release);
	spill->ring[spill->count++] = copy;
	atomic_fetch_add(&spill->waiting, 1);
	atomic_store_explicit(&ring->tail, head, memory_order_release);
	return count_records(copy);
}

struct ring *
spill_first(struct spill *spill)
{
	if (spill->first == spill->count)
		return NULL;
	return spill->ring[spill->first];
}

bool
spill_waits(const struct spill *spill)
{
	return atomic_load(&spill->waiting) != 0;
}

void
spill_drop_first(struct spill *spill)
{
	if (++spill->first == spill->count) {
		spool_unlink(&spill->spool);
		spill_close(spill);
	} else {
		atomic_fetch_sub(&spill->waiting, 1);
	}
}

void
spill_close(struct spill *spill)
{
	for (size_t i = 0; i < spill->count; i++)
		munmap(spill->ring[i], ring_span(spill->ring[i]->size));
	if (spill->spool.header)
		munmap(spill->spool.header, SPOOL_HEADER_SIZE);
	memset(&spill->spool, 0, sizeof(spill->spool));
	spill->first = spill->count = 0;
	atomic_store(&spill->waiting, 0);
}
