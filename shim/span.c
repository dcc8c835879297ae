/*
 * span.c - making records: the traced thread's way into its ring.
 *
 * This is the path that every statement takes twice.  In the steady state it
 * copies, and that is all: no lock, no allocation, no kernel, errno left
 * alone.  What is not steady (no ring yet, a ring that fills up, a handler of
 * a signal inside a record) is told by one comparison each and goes to a slow
 * twin by a tail call, so that the straight way needs neither a frame nor a
 * saved register.
 */
#include "shim/span.h"

#include "shim/clock.h"
#include "shim/process.h"

#define OUT_OF_LINE __attribute__((noinline, cold))
#define IN_LINE static inline __attribute__((always_inline))

/* The bytes to hold free for a record with `room` bytes of fields. */
static inline uint64_t
record_room(size_t room)
{
	return RECORD_PADDED(room + FIELDS_ROOM);
}

/* Claim the calling thread's writer, made if need be; NULL if that fails. */
static struct writer *
claim_slowly(void)
{
	struct thread *thread = thread_self;

	if (!thread || !thread->writer->at)
		thread = thread_with_ring();
	if (!thread)
		return NULL;
	if (thread->writer->busy) {
		atomic_fetch_add(&thread->writer->ring->dropped_nested, 1);
		return NULL;
	}
	writer_claim(thread->writer);
	return thread->writer;
}

/*
 * Look for room for a record, which may have to be smaller than was asked for.
 * Where there is none, the record is counted as dropped.
 */
static bool
find_room(struct writer *writer, size_t *room)
{
	uint64_t need = record_room(*room);

	if (need > writer->size / 4) {
		need = writer->size / 4;
		*room = need - FIELDS_ROOM;
	}
	if (writer_make_room(writer, need))
		return true;
	ring_count(&writer->ring->called);
	ring_count(&writer->ring->dropped_full);
	return false;
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

/* Where a new point of a thread that was given no trace hangs. */
static void
place_implicit(struct thread *thread, struct implicit *implicit, int mode,
    struct span *span)
{
	struct implicit fresh = {.given = false};

	if (mode == PROCESS_FOREIGN) {
		span->base = process.root.base;
		span->parent = process.root.parent;
		return;
	}
	if (mode == IMPLICIT_STATEMENT)
		implicit = &fresh;
	else if (mode == IMPLICIT_THREAD || !implicit)
		implicit = &thread->trace.implicit;
	if (!implicit->given)
		uuid_next(&thread->writer->ids, &implicit->base);
	implicit->given = true;
	span->base = span->parent = implicit->base;
}

/* Whether the ids above a new point are some root's texts. */
static inline bool
is_foreign(const struct trace *trace, int mode)
{
	if (trace->depth)
		return trace->open_foreign;
	return trace->given ? trace->root.foreign : mode == PROCESS_FOREIGN;
}

/* Where a new point hangs.  False: in no trace that is there already. */
IN_LINE bool
place(const struct trace *trace, int mode, struct span *span)
{
	if (trace->depth) {
		span->base = trace->open_base;
		span->parent = trace->point[trace->depth - 1].id;
	} else if (trace->given) {
		span->base = trace->root.base;
		span->parent = trace->root.parent;
	} else if (mode == IMPLICIT_PROCESS) {
		span->base = process.root.base;
		span->parent = process.root.parent;
	} else {
		return false;
	}
	return true;
}

IN_LINE void
push(struct trace *trace, const struct span *span, const char *name, size_t len)
{
	struct trace_point *point = &trace->point[trace->depth];

	if (trace->depth++ == 0) {
		trace->open_base = span->base;
		trace->open_parent = span->parent;
		trace->open_foreign = span->foreign;
	}
	point->id = span->id;
	point->missing = trace->missing;
	trace->missing = 0;
	point->name_len = (uint8_t)len;
	if (len)
		memcpy(point->name, name, len);
}

/* Room for two ids that are texts. */
#define FOREIGN_ROOM (2 * (OSPROF_ID_SIZE + sizeof(struct field)))

static bool
is_rooted(const struct span *span, const struct trace_root *root)
{
	return root->foreign &&
	       memcmp(&span->base, &root->base, sizeof(span->base)) == 0;
}

/* Text ids of the span's trace, where the binary ones cannot say them. */
static void
put_foreign(struct fields *fields, const struct span *span)
{
	const struct trace_root *root = &thread_self->trace.root;

	if (!is_rooted(span, root))
		root = &process.root;
	if (!is_rooted(span, root))
		return; /* the span ends on a thread with another trace */
	put_text(
	    fields, FIELD_BASE_TEXT, root->base_text, strlen(root->base_text));
	if (memcmp(&span->parent, &root->parent, sizeof(span->parent)) == 0)
		put_text(fields, FIELD_PARENT_TEXT, root->parent_text,
		    strlen(root->parent_text));
}

/* What differs between the ways to open a span. */
struct opening {
	const void *caller;
	struct implicit *implicit;
	bool push;
	const char *name; /* of a point of the program's own; NULL: db */
	size_t name_len;
};

/* Give the span, which has its place in the trace, its id and the stack's. */
IN_LINE void
stand(struct thread *thread, struct writer *writer, struct span *span,
    const struct opening *opening, bool recorded, bool foreign)
{
	uuid_next(&writer->ids, &span->id);
	span->forks = process.forks;
	span->recorded = recorded;
	span->pushed = opening->push;
	span->foreign = foreign;
	span->secret = false;
	if (opening->push)
		push(&thread->trace, span, opening->name, opening->name_len);
}

/* Write the START of a span of a thread that is ready. */
IN_LINE void
start(struct thread *thread, struct writer *writer, struct span *span,
    struct fields *fields, const struct opening *opening, size_t room,
    bool foreign)
{
	struct record *record = record_begin(
	    writer, fields, record_room(room), RECORD_START, opening->caller);

	stand(thread, writer, span, opening, true, foreign);
	record->base = span->base;
	record->parent = span->parent;
	uuid_copy(&record->id, &span->id);
	if (opening->name) {
		record->flags = 0;
		put_text(fields, FIELD_NAME, opening->name, opening->name_len);
	}
}

/* Whether the stack has no place for the point. */
IN_LINE bool
is_too_deep(const struct thread *thread, const struct opening *opening)
{
	return opening->push && thread->trace.depth == TRACE_DEPTH;
}

/* Whether the calling thread was given a trace. */
static inline bool
has_trace(const struct thread *thread)
{
	return thread && (thread->trace.given || thread->trace.depth);
}

/* Whether the thread records nothing. */
static bool
is_silent(const struct thread *thread, int mode)
{
	if ((unsigned)mode < IMPLICIT_OFF || mode == PROCESS_FOREIGN)
		return false;
	if (mode != PROCESS_SILENT)
		return !has_trace(thread);
	process_count_exit();
	return true;
}

/*
 * Open a span where something is not as usual.  One that finds no room in the
 * ring stands on the stack all the same: what runs below it hangs below it.
 */
static bool
open_any(struct span *span, struct fields *fields,
    const struct opening *opening, size_t room)
{
	int mode = atomic_load_explicit(&process.tracing, memory_order_relaxed);
	struct writer *writer;
	struct thread *thread;
	bool foreign;

	span->recorded = span->pushed = span->secret = false;
	if (is_silent(thread_self, mode))
		return false;
	writer = claim_slowly();
	thread = thread_self;
	if (!writer)
		return false;
	if (is_too_deep(thread, opening)) {
		atomic_fetch_add(&writer->ring->dropped_nested, 1);
		writer_release(writer);
		return false;
	}
	if (!place(&thread->trace, mode, span))
		place_implicit(thread, opening->implicit, mode, span);
	foreign = is_foreign(&thread->trace, mode);
	if (foreign)
		room += FOREIGN_ROOM;
	if (!find_room(writer, &room)) {
		stand(thread, writer, span, opening, false, foreign);
		writer_release(writer);
		return false;
	}
	start(thread, writer, span, fields, opening, room, foreign);
	if (foreign)
		put_foreign(fields, span);
	return true;
}

/* The arguments are the caller's, in their registers: this is a jump. */
OUT_OF_LINE static bool
open_slowly(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t room, bool push)
{
	return open_any(span, fields,
	    &(struct opening){
		.caller = caller, .implicit = implicit, .push = push},
	    room);
}

/* Open a span where all is as usual; false, and nothing done, where not. */
IN_LINE bool
open_usual(struct span *span, struct fields *fields,
    const struct opening *opening, size_t room)
{
	int mode = atomic_load_explicit(&process.tracing, memory_order_relaxed);
	struct thread *thread = thread_self;
	struct writer *writer;

	if (__builtin_expect((unsigned)mode > IMPLICIT_OFF || !thread ||
				 thread->trace.root.foreign ||
				 thread->trace.open_foreign ||
				 is_too_deep(thread, opening) ||
				 !place(&thread->trace, mode, span),
		0))
		return false;
	writer = thread->writer;
	if (__builtin_expect(!writer_claim_room(writer, record_room(room)), 0))
		return false;
	start(thread, writer, span, fields, opening, room, false);
	return true;
}

bool
span_open(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t room)
{
	const struct opening opening = {.caller = caller, .push = true};

	if (__builtin_expect(open_usual(span, fields, &opening, room), 1))
		return true;
	return open_slowly(span, fields, caller, implicit, room, true);
}

bool
span_open_detached(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t room)
{
	const struct opening opening = {.caller = caller};

	if (__builtin_expect(open_usual(span, fields, &opening, room), 1))
		return true;
	return open_slowly(span, fields, caller, implicit, room, false);
}

bool
span_open_named(struct span *span, struct fields *fields, const char *name,
    size_t len, size_t room)
{
	const struct opening opening = {
	    .push = true, .name = name, .name_len = len};

	return open_usual(span, fields, &opening, room + len) ||
	       open_any(span, fields, &opening, room + len);
}

bool
span_ready(void)
{
	struct thread *thread = thread_self;

	return thread && thread->writer->at &&
	       atomic_load_explicit(&process.tracing, memory_order_relaxed) <
		   IMPLICIT_OFF;
}

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
	struct writer *writer = span->forks == process.forks ? claim_slowly()
							     : NULL;

	span->recorded = false;
	if (!writer)
		return false;
	if (span->foreign)
		room += FOREIGN_ROOM;
	if (!find_room(writer, &room)) {
		writer_release(writer);
		return false;
	}
	stop(writer, span, fields, room, stop_ns);
	if (span->foreign)
		put_foreign(fields, span);
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

void
implicit_renew(struct implicit *implicit)
{
	if (process_config()->implicit_trace == IMPLICIT_TRANSACTION)
		implicit->given = false;
}

struct shim_limits
shim_limits(void)
{
	const struct config *config = process_config();

	return (struct shim_limits){
	    .max_param = config ? (uint32_t)config->max_param : 0,
	    .max_params = config ? (uint32_t)config->max_params : 0,
	};
}
