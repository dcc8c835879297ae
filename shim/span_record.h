/*
 * span_record.h - what opening and closing a span have in common: a record that
 * is begun in the thread's ring.
 *
 * This is the path that every statement takes twice.  In the steady state it
 * copies, and that is all: no lock, no allocation, no kernel, errno left
 * alone.  What is not steady (no ring yet, a ring that fills up, a handler of
 * a signal inside a record) is told by one comparison each and goes to a slow
 * twin by a tail call, so that the straight way needs neither a frame nor a
 * saved register.
 */
#ifndef SHIM_SPAN_RECORD_H
#define SHIM_SPAN_RECORD_H

#include "shim/process.h"
#include "shim/span.h"

#define OUT_OF_LINE __attribute__((noinline, cold))
#define IN_LINE static inline __attribute__((always_inline))

/* The bytes to hold free for a record with `room` bytes of fields. */
static inline uint64_t
record_room(size_t room)
{
	return RECORD_PADDED(room + FIELDS_ROOM);
}

/*
 * Begin a record in the room that was found.  All counters but the one that
 * handlers count in are touched under the claim only.
 */
IN_LINE struct record *
record_begin(struct writer *writer, struct fields *fields, uint64_t need,
    enum record_kind kind, const void *caller)
{
	char *at = writer->at;
	struct record *record = (struct record *)at;

	ring_count(&writer->ring->called);
	fields->at = at + sizeof(*record);
	fields->end = at + need;
	fields->writer = writer;
	fields->cut = false;
	record->kind = (uint8_t)kind;
	record->flags = RECORD_DB;
	record->reserved = 0;
	record->caller = (uint64_t)(uintptr_t)caller;
	return record;
}

/* Room for two ids that are texts. */
#define FOREIGN_ROOM (2 * (OSPROF_ID_SIZE + sizeof(struct field)))

/* Claim the calling thread's writer, made if need be; NULL if that fails. */
struct writer *record_claim(void);

/*
 * Look for room for a record, which may have to be smaller than was asked for.
 * Where there is none, the record is counted as dropped.
 */
bool record_find_room(struct writer *writer, size_t *room);

/* Text ids of the span's trace, where the binary ones cannot say them. */
void record_put_foreign(struct fields *fields, const struct span *span);

#endif
