/*
 * drain.c - from a ring through the real engine to a storage, on one core.
 *
 *	bench-drain NAME STORAGE PAIRS TRACES [BASE_ID]
 *
 * Pairs are as the SQLite wrappers write them: a statement of 200 bytes, one
 * parameter, a caller.  They are spread over so many traces, one after the
 * other; the first has the id that is given, if one is.  What is timed is the
 * CPU of gathering, formatting and delivering, not the filling of the ring.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/measure.h"
#include "collectors/drain.h"
#include "shim/modules.h"
#include "shim/span.h"

#define RING_SIZE (4u * 1024 * 1024)
#define TEMPLATE_MAX 1024

/* A record as it stands in a ring; its ids and times are changed there. */
struct sample {
	union {
		struct record record;
		char bytes[TEMPLATE_MAX];
	};
};

struct param_int {
	struct param param;
	int64_t value;
};

static struct sample start, stop;
static struct spool_header header;
static struct uuid_source ids;
static struct uuid base;
static uint64_t now_ns = 1000000000;

static void
sample_begin(
    struct sample *sample, enum record_kind kind, struct fields *ret_fields)
{
	sample->record.kind = (uint8_t)kind;
	sample->record.flags = RECORD_DB;
	*ret_fields = (struct fields){
	    .at = sample->bytes + sizeof(struct record),
	    .end = sample->bytes + TEMPLATE_MAX,
	};
}

static void
sample_end(struct sample *sample, const struct fields *fields)
{
	sample->record.size = (uint32_t)(fields->at - sample->bytes);
}

static void
make_start(void)
{
	static const char head[] =
	    "SELECT o.id, o.customer_id, o.total, c.name, c.email "
	    "FROM orders AS o JOIN customers AS c ON c.id = o.customer_id "
	    "WHERE o.id = ? AND o.state IN ('new', 'paid', 'sent')";
	const struct param_int one = {
	    {.index = 1, .type = PARAM_INT, .kept = 8, .len = 8}, 42};
	char statement[200];
	struct fields fields;

	memset(statement, ' ', sizeof(statement));
	memcpy(statement, head, sizeof(head) - 1);
	memcpy(statement + sizeof(statement) - 8, "LIMIT 10", 8);
	sample_begin(&start, RECORD_START, &fields);
	start.record.caller = (uint64_t)(uintptr_t)make_start;
	put_text(&fields, FIELD_SYSTEM, "sqlite", 6);
	put_text(&fields, FIELD_CALL, "sqlite3_step", 12);
	put_text(&fields, FIELD_DATABASE, "shop.db", 7);
	put_text(&fields, FIELD_PARAMS, (const char *)&one, sizeof(one));
	put_text(&fields, FIELD_STATEMENT, statement, sizeof(statement));
	sample_end(&start, &fields);
}

static void
make_stop(void)
{
	struct fields fields;

	sample_begin(&stop, RECORD_STOP, &fields);
	put_u64(&fields, FIELD_ROWS, 1);
	put_u64(&fields, FIELD_ENGINE, 8412);
	put_u64(&fields, FIELD_ELAPSED, 9105);
	sample_end(&stop, &fields);
}

static void
make_header(void)
{
	struct timespec wall;

	clock_gettime(CLOCK_REALTIME, &wall);
	strcpy(header.host, "bench.example.org");
	strcpy(header.service, "shop");
	strcpy(header.project, "shop");
	header.clock[0] = (struct clock_pair){.mono_ns = now_ns,
	    .real_ns = (int64_t)wall.tv_sec * 1000000000 + wall.tv_nsec};
	atomic_store(&header.clock_count, 1);
	modules_snapshot(&header);
}

static void
ring_add(struct ring *ring, const struct sample *sample, const struct uuid *id)
{
	uint64_t head = atomic_load(&ring->head);
	uint64_t offset = head & (ring->size - 1);
	struct record *record = (struct record *)(ring_data(ring) + offset);

	if (offset + sample->record.size > ring->size) {
		record->size = (uint32_t)(ring->size - offset);
		record->kind = RECORD_PAD;
		head += record->size;
		record = (struct record *)ring_data(ring);
	}
	memcpy(record, sample, sample->record.size);
	record->time_ns = now_ns += 5000;
	record->base = record->parent = base;
	record->id = *id;
	atomic_store(&ring->head, head + record->size);
}

/* Add pairs as far as they fit; returns how many. */
static size_t
ring_fill(struct ring *ring, size_t pairs, size_t done, size_t per_trace)
{
	size_t room = ring->size / (start.record.size + stop.record.size) - 2;

	for (size_t i = 0; i < room; i++) {
		struct uuid id;

		if (i == pairs)
			return i;
		if (done + i > 0 && (done + i) % per_trace == 0)
			uuid_next(&ids, &base);
		uuid_next(&ids, &id);
		ring_add(ring, &start, &id);
		ring_add(ring, &stop, &id);
	}
	return room;
}

static double
cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* Drain the ring to its end; returns the CPU it took. */
static double
drain_timed(struct drain *drain, struct ring *ring)
{
	double begin = cpu_ns();
	bool all = false;

	while (!all) {
		all = drain_source(drain, &header) && drain_gather(drain, ring);
		if (drain_deliver(drain, NULL) == OSPROF_OK)
			continue;
		fprintf(stderr, "bench-drain: %s\n", drain->problem);
		exit(1);
	}
	return cpu_ns() - begin;
}

int
main(int argc, char **argv)
{
	struct ring *ring = spool_memory_ring(RING_SIZE);
	size_t pairs, per_trace;
	struct drain drain;
	double spent = 0;

	if (argc < 5 || !ring || !drain_init(&drain, argv[2])) {
		fprintf(stderr,
		    "usage: bench-drain NAME STORAGE PAIRS TRACES [BASE_ID]\n");
		return 2;
	}
	pairs = (size_t)atol(argv[3]);
	per_trace = pairs / (size_t)atol(argv[4]);
	make_header();
	make_start();
	make_stop();
	uuid_seed(&ids);
	uuid_next(&ids, &base);
	if (argc > 5 && !uuid_parse(argv[5], strlen(argv[5]), &base))
		return 2;
	for (size_t done = 0; done < pairs;) {
		done += ring_fill(ring, pairs - done, done, per_trace);
		spent += drain_timed(&drain, ring);
	}
	drain_free(&drain);
	measure_tell(argv[1], spent / (double)pairs);
	return 0;
}
