/*
 * ring_test.c - a ring hands over whole records, in order, at any offset, and
 * takes nothing on trust from a file.
 */
#include "tests/check.h"

#include <stdlib.h>

#include "shim/ring.h"

#define SIZE 4096

static struct ring *
ring_make(uint64_t at)
{
	struct ring *ring = aligned_alloc(4096, ring_span(SIZE));

	memset(ring, 0, ring_span(SIZE));
	ring_init(ring, SIZE);
	atomic_store(&ring->head, at);
	atomic_store(&ring->tail, at);
	return ring;
}

/* Put a record of `size` bytes whose fixed part holds `value`. */
static void
put(struct ring *ring, uint32_t size, uint64_t value)
{
	uint64_t head = atomic_load(&ring->head);
	uint64_t offset = head & (SIZE - 1);
	struct record *record;

	if (SIZE - offset < size) {
		record = (struct record *)(ring_data(ring) + offset);
		record->size = (uint32_t)(SIZE - offset);
		record->kind = RECORD_PAD;
		head += SIZE - offset;
		offset = 0;
	}
	record = (struct record *)(ring_data(ring) + offset);
	record->size = size;
	record->kind = RECORD_START;
	record->time_ns = value;
	atomic_store(&ring->head, head + size);
}

static void
test_records_come_in_order_across_the_end_and_the_counters_wrap(void)
{
	/* Given counters near 2^64, as after centuries. */
	struct ring *ring = ring_make(0u - (uint64_t)SIZE * 2);
	struct ring_reader reader;
	uint64_t wanted = 0;

	/* When far more is written and read than the ring holds. */
	for (uint64_t value = 0; value < 1000; value++) {
		const struct record *record;

		put(ring, 96 + (uint32_t)(value % 7) * 8, value);
		ring_reader_init(&reader, ring);
		record = ring_next(&reader);
		if (CHECK(record))
			wanted += record->time_ns == value;
		CHECK(!ring_next(&reader));
		ring_consumed(&reader);
	}

	/* Then each came once, in its place. */
	CHECK_U64(wanted, 1000);
	free(ring);
}

static void
test_an_empty_ring_that_was_used_is_not_broken(void)
{
	struct ring *ring = ring_make(800);
	struct ring_reader reader;

	ring_reader_init(&reader, ring);

	CHECK(!ring_next(&reader));
	CHECK(!reader.broken);
	CHECK_U64(reader.at, 800);
	free(ring);
}

static void
test_a_record_longer_than_what_was_published_is_refused(void)
{
	struct ring *ring = ring_make(0);
	struct ring_reader reader;

	put(ring, 96, 1);
	((struct record *)ring_data(ring))->size = 104;
	ring_reader_init(&reader, ring);

	CHECK(!ring_next(&reader));
	CHECK(reader.broken);
	free(ring);
}

static void
test_a_size_of_zero_or_askew_is_refused(void)
{
	static const uint32_t bad[] = {0, 4, 12, 97, 0xfffffff8u};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct ring *ring = ring_make(0);
		struct ring_reader reader;

		put(ring, 96, 1);
		((struct record *)ring_data(ring))->size = bad[i];
		ring_reader_init(&reader, ring);
		CHECK(!ring_next(&reader));
		CHECK(reader.broken);
		free(ring);
	}
}

static void
test_a_header_that_promises_more_than_the_file_has_is_refused(void)
{
	struct ring *ring = ring_make(0);

	CHECK(ring_valid(ring, ring_span(SIZE)));
	CHECK(!ring_valid(ring, ring_span(SIZE) - 1));
	ring->size = SIZE - 8;
	CHECK(!ring_valid(ring, ring_span(SIZE)));
	ring->size = SIZE;
	ring->magic++;
	CHECK(!ring_valid(ring, ring_span(SIZE)));
	free(ring);
}

RUN_TESTS(TEST(test_records_come_in_order_across_the_end_and_the_counters_wrap),
    TEST(test_an_empty_ring_that_was_used_is_not_broken),
    TEST(test_a_record_longer_than_what_was_published_is_refused),
    TEST(test_a_size_of_zero_or_askew_is_refused),
    TEST(test_a_header_that_promises_more_than_the_file_has_is_refused))
