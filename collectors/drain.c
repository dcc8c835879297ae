/*
 * drain.c - gathering, delivering, and telling what was lost.
 */
#include "collectors/drain.h"

#include <stdlib.h>
#include <string.h>

#include "shim/modules.h"

#define BATCH_MESSAGES 1024

bool
drain_init(struct drain *drain, const char *connection_string)
{
	memset(drain, 0, sizeof(*drain));
	drain->connection_string = strdup(connection_string);
	return drain->connection_string;
}

static size_t
name_site(void *arg, uint64_t address, char *out, size_t cap)
{
	return modules_name(arg, address, out, cap);
}

bool
drain_source(struct drain *drain, struct spool_header *header)
{
	if (drain->header != header || !drain->context_ready)
		memset(drain->own_last, 0, sizeof(drain->own_last));
	return drain_source_of(drain, header, drain->own_last);
}

bool
drain_source_of(
    struct drain *drain, struct spool_header *header, struct drain_last *last)
{
	struct message_context *context = &drain->context;
	unsigned count = atomic_load(&header->clock_count);

	if (drain->header != header || !drain->context_ready) {
		if (drain->context_ready)
			message_context_free(context);
		/* A file's texts may have lost their ends. */
		header->project[SPOOL_NAME_MAX - 1] = '\0';
		header->service[SPOOL_NAME_MAX - 1] = '\0';
		header->host[SPOOL_NAME_MAX - 1] = '\0';
		drain->context_ready = message_context_init(context,
					   header->nulls & 1 ? NULL
							     : header->project,
					   header->service,
					   header->host) == OSPROF_OK;
		drain->header = header;
	}
	drain->last = last;
	context->name_site = name_site;
	context->site_arg = header;
	context->clocks = header->clock;
	context->clock_count = count < SPOOL_CLOCK_PAIRS ? count
							 : SPOOL_CLOCK_PAIRS;
	return drain->context_ready;
}

/* A record of the trace point `lost`, which says what is missing. */
struct lost_record {
	struct record record;
	struct field name_head;
	char name[8];
	struct field lost_head;
	uint64_t lost;
};

/*
 * Tell that `lost` records are missing behind `last`, `total` of the ring in
 * all: that makes an id of its own, and the same one if it is told twice.
 * False: there was no memory for it.
 */
static bool
add_lost(struct drain *drain, const struct record *last, uint64_t lost,
    uint64_t total)
{
	struct lost_record point = {
	    .record = *last,
	    .name_head = {.key = FIELD_NAME, .len = 4},
	    .name = "lost",
	    .lost_head = {.key = FIELD_LOST, .len = sizeof(uint64_t)},
	    .lost = lost,
	};

	point.record.size = sizeof(point);
	point.record.flags = 0;
	point.record.caller = 0;
	point.record.parent = last->base;
	for (unsigned i = 0; i < 7; i++)
		point.record.id.byte[15 - i] ^= (unsigned char)(total >> 8 * i);
	point.record.kind = RECORD_START;
	if (message_add(&drain->batch, &drain->context, &point,
		sizeof(point)) != OSPROF_OK)
		return false;
	point.record.kind = RECORD_STOP;
	return message_add(&drain->batch, &drain->context, &point,
		   sizeof(point)) == OSPROF_OK;
}

static uint64_t
dropped(const struct ring *ring)
{
	return atomic_load(&ring->dropped_full) +
	       atomic_load(&ring->dropped_nested);
}

/* Take what can be read; false when the batch is full. */
static bool
gather_records(
    struct drain *drain, struct ring_reader *reader, struct record *ret_last)
{
	const struct record *record;

	while (drain->batch.count < BATCH_MESSAGES) {
		enum osprof_error error;

		record = ring_next(reader);
		if (!record)
			return true;
		error = message_add(
		    &drain->batch, &drain->context, record, record->size);
		if (error == OSPROF_ENOMEM) {
			reader->at -= record->size;
			drain->starved = true;
			return false;
		}
		if (error == OSPROF_OK)
			memcpy(ret_last, record, sizeof(*ret_last));
		else
			drain->torn++;
	}
	return false;
}

static struct drain_last *
last_of(struct drain *drain, const struct ring *ring)
{
	return &drain->last[(uintptr_t)ring / RING_HEADER_SIZE % DRAIN_RINGS];
}

/* Tell what the ring dropped since it was last told; returns what is told. */
static uint64_t
gather_lost(struct drain *drain, const struct ring *ring, uint64_t lost)
{
	const struct drain_last *last = last_of(drain, ring);
	uint64_t told = atomic_load(&ring->lost_told);

	if (lost == told || last->ring != ring ||
	    !add_lost(drain, &last->record, lost - told, lost))
		return told;
	return lost;
}

bool
drain_gather(struct drain *drain, struct ring *ring)
{
	struct ring_reader *reader = &drain->reader[drain->readers];
	struct record last = {0};
	uint64_t lost = dropped(ring);
	bool room;

	if (drain->readers == DRAIN_RINGS)
		return false;
	ring_reader_init(reader, ring);
	room = gather_records(drain, reader, &last);
	if (reader->broken) { /* skip what is no record: it stays so */
		drain->torn++;
		reader->at = reader->head;
	}
	if (last.size)
		*last_of(drain, ring) = (struct drain_last){ring, last};
	drain->lost_told[drain->readers++] = gather_lost(drain, ring, lost);
	return room;
}

static enum osprof_error
store(struct drain *drain)
{
	struct collector_config config = {
	    .connection_string = drain->connection_string,
	    .host = drain->header->host,
	    .mode = COLLECTOR_WRITE,
	};
	enum osprof_error error;

	if (!drain->collector) {
		error = collector_open(
		    &config, &drain->collector, drain->problem);
		if (error != OSPROF_OK)
			return error;
	}
	error = drain->collector->driver->write(
	    drain->collector, drain->batch.messages, drain->batch.count);
	if (error != OSPROF_OK) {
		memcpy(drain->problem, drain->collector->problem,
		    sizeof(drain->problem));
		drain_close(drain); /* what failed once is opened anew */
	}
	return error;
}

static void
notify(const struct drain *drain)
{
	for (size_t i = 0; i < drain->batch.count; i++) {
		const struct text *json = &drain->batch.messages[i].json;

		drain->notifier->call(
		    json->at, json->len, drain->notifier->arg);
	}
}

static void
consume(struct drain *drain)
{
	for (size_t i = 0; i < drain->readers; i++) {
		struct ring_reader *reader = &drain->reader[i];

		atomic_store(&reader->ring->lost_told, drain->lost_told[i]);
		ring_consumed(reader);
	}
}

enum osprof_error
drain_deliver(struct drain *drain, size_t *ret_count)
{
	enum osprof_error error = OSPROF_OK;

	if (drain->batch.count && drain->notifier)
		notify(drain);
	else if (drain->batch.count)
		error = store(drain);
	else if (drain->starved) /* to come again at once would be no use */
		error = OSPROF_ENOMEM;
	if (ret_count)
		*ret_count = error == OSPROF_OK ? drain->batch.count : 0;
	if (error == OSPROF_OK)
		consume(drain);
	message_batch_clear(&drain->batch);
	drain->starved = false;
	drain->readers = 0;
	return error;
}

void
drain_close(struct drain *drain)
{
	collector_close(drain->collector);
	drain->collector = NULL;
}

void
drain_free(struct drain *drain)
{
	drain_close(drain);
	if (drain->context_ready)
		message_context_free(&drain->context);
	message_batch_free(&drain->batch);
	free(drain->connection_string);
}
