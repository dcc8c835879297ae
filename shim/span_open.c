/*
 * span_open.c - the START of a span: its place in the trace, its id, a record.
 */
#include "shim/span_record.h"

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
	writer = record_claim();
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
	if (!record_find_room(writer, &room)) {
		stand(thread, writer, span, opening, false, foreign);
		writer_release(writer);
		return false;
	}
	start(thread, writer, span, fields, opening, room, foreign);
	if (foreign)
		record_put_foreign(fields, span);
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

void
implicit_renew(struct implicit *implicit)
{
	if (process_config()->implicit_trace == IMPLICIT_TRANSACTION)
		implicit->given = false;
}
