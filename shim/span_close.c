/*
 * span_close.c - the STOP of a span: off the stack, and its record.
 */
#include "shim/span_record.h"

static inline bool
is_at(const struct trace *trace, unsigned place, const struct span *span)
{
	return memcmp(&trace->point[place].id, &span->id, sizeof(span->id)) ==
	       0;
}

/*
 * Take the span, and what a longjmp or a C++ exception left above it, off the
 * stack.
 */
static void
pop(struct thread *thread, const struct span *span)
{
	struct trace *trace = &thread->trace;
	unsigned place = trace->depth;

	while (place-- > 0) {
		if (is_at(trace, place, span)) {
			trace->depth = place;
			trace->missing = trace->point[place].missing;
			return;
		}
	}
}

void
span_detach(struct span *span)
{
	if (span->pushed && thread_self)
		pop(thread_self, span);
	span->pushed = false;
}

/* Write the STOP of a span on a thread that is ready. */
static inline void
stop(struct writer *writer, struct span *span, struct fields *fields,
    size_t room, uint64_t stop_ns)
{
	struct record *record = record_begin(
	    writer, fields, record_room(room), RECORD_STOP, NULL);

	record->base = span->base;
	record->parent = span->parent;
	uuid_copy(&record->id, &span->id);
	record->time_ns = stop_ns;
	span->recorded = false;
}

/*
 * A forked child has a copy of what its parent began, and will end.  Whether
 * there is a STOP or not, nobody is to want it again.
 */
OUT_OF_LINE static bool
close_slowly(
    struct span *span, struct fields *fields, size_t room, uint64_t stop_ns)
{
	struct writer *writer = span->forks == process.forks ? record_claim()
							     : NULL;

	span->recorded = false;
	if (!writer)
		return false;
	if (span->foreign)
		room += FOREIGN_ROOM;
	if (!record_find_room(writer, &room)) {
		writer_release(writer);
		return false;
	}
	stop(writer, span, fields, room, stop_ns);
	if (span->foreign)
		record_put_foreign(fields, span);
	return true;
}

/* The same of one that is not on the stack any more. */
IN_LINE bool
close_popped(
    struct span *span, struct fields *fields, size_t room, uint64_t stop_ns)
{
	struct thread *thread = thread_self;
	struct writer *writer;

	if (!span->recorded)
		return false;
	if (__builtin_expect(
		!thread || span->foreign || span->forks != process.forks, 0))
		return close_slowly(span, fields, room, stop_ns);
	writer = thread->writer;
	if (__builtin_expect(!writer_claim_room(writer, record_room(room)), 0))
		return close_slowly(span, fields, room, stop_ns);
	stop(writer, span, fields, room, stop_ns);
	return true;
}

/* A way of its own, so that the other one saves no registers for the search. */
static __attribute__((noinline)) bool
close_pushed(
    struct span *span, struct fields *fields, size_t room, uint64_t stop_ns)
{
	span_detach(span);
	return close_popped(span, fields, room, stop_ns);
}

bool
span_close(
    struct span *span, struct fields *fields, size_t room, uint64_t stop_ns)
{
	return span->pushed ? close_pushed(span, fields, room, stop_ns)
			    : close_popped(span, fields, room, stop_ns);
}

bool
span_close_named(struct span *span, struct fields *fields, const char *name,
    size_t len, size_t room, uint64_t stop_ns)
{
	if (!span_close(span, fields, room + len, stop_ns))
		return false;
	fields_record(fields)->flags = 0;
	put_text(fields, FIELD_NAME, name, len);
	return true;
}
