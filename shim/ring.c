/*
 * ring.c - the consumer's side of a ring; the producer's is writer.h.
 */
#include "shim/ring.h"

void
ring_init(struct ring *ring, uint64_t size)
{
	ring->size = size;
	ring->magic = RING_MAGIC;
}

bool
ring_valid(const struct ring *ring, uint64_t room)
{
	if (room < RING_HEADER_SIZE || ring->magic != RING_MAGIC)
		return false;
	if (ring->size < RECORD_ALIGN || ring->size & (ring->size - 1))
		return false;
	return ring->size <= room - RING_HEADER_SIZE;
}

void
ring_reader_init(struct ring_reader *reader, struct ring *ring)
{
	uint64_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);

	*reader = (struct ring_reader){.ring = ring, .at = tail, .head = tail};
}

/* Whether `head` can follow `at`: a file's words may be anything. */
static bool
distance_valid(const struct ring_reader *reader)
{
	return reader->head - reader->at <= reader->ring->size &&
	       reader->at % RECORD_ALIGN == 0;
}

const struct record *
ring_next(struct ring_reader *reader)
{
	struct ring *ring = reader->ring;

	while (!reader->broken) {
		const struct record *record;
		uint64_t offset = reader->at & (ring->size - 1);

		if (reader->at == reader->head)
			reader->head = atomic_load_explicit(
			    &ring->head, memory_order_acquire);
		if (reader->at == reader->head)
			return NULL;
		record = (const struct record *)(ring_data(ring) + offset);
		if (!distance_valid(reader) || record->size < RECORD_ALIGN ||
		    record->size % RECORD_ALIGN ||
		    record->size > ring->size - offset ||
		    record->size > reader->head - reader->at) {
			reader->broken = true;
			break;
		}
		reader->at += record->size;
		if (record->kind != RECORD_PAD)
			return record;
	}
	return NULL;
}

void
ring_consumed(const struct ring_reader *reader)
{
	atomic_store_explicit(
	    &reader->ring->tail, reader->at, memory_order_release);
}
