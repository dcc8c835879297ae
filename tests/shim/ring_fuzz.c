/*
 * ring_fuzz.c - whatever stands in a ring file, reading it and making messages
 * of it does no harm.
 */
#include <stdlib.h>

#include "collectors/message.h"
#include "shim/ring.h"

#define SIZE 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct message_context context;
	struct message_batch batch = {0};
	struct ring *ring = aligned_alloc(4096, ring_span(SIZE));
	struct ring_reader reader;
	const struct record *record;

	memset(ring, 0, ring_span(SIZE));
	ring_init(ring, SIZE);
	memcpy(ring_data(ring), data, size < SIZE ? size : SIZE);
	atomic_store(&ring->head, SIZE);
	message_context_init(&context, "p", NULL, "h");
	ring_reader_init(&reader, ring);
	while ((record = ring_next(&reader)))
		message_add(&batch, &context, record, record->size);
	message_batch_free(&batch);
	message_context_free(&context);
	free(ring);
	return 0;
}
