/*
 * span.c - making records: the traced thread's way into its ring.
 *
 * This is the path that every statement takes twice.  In the steady state it
 * reads the clock once a record and copies; it takes no lock, allocates
 * nothing, enters no kernel, and leaves errno alone.
 */
#include "shim/span.h"

#include <errno.h>
#include <time.h>

#include "shim/gate.h"
#include "shim/host.h"
#include "shim/process.h"

static inline uint64_t
clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The calling thread, ready to write. */
static inline struct thread *
begin(void)
{
	struct thread *thread = thread_self;

	if (__builtin_expect(!thread || !thread->writer->data, 0))
		thread = thread_with_ring();
	return thread;
}

/*
 * Let handlers of signals see that a record is being made.  All counters but
 * the one that handlers count in are touched under this claim only.
 */
static inline bool
claim(struct thread *thread)
{
	struct writer *writer = thread->writer;

	if (__builtin_expect(writer->busy, 0)) {
		atomic_fetch_add(&writer->ring->dropped_nested, 1);
		return false;
	}
	writer->busy = true;
	atomic_signal_fence(memory_order_seq_cst);
	return true;
}

static inline void
release(struct thread *thread)
{
	atomic_signal_fence(memory_order_seq_cst);
	thread->writer->busy = false;
}

/* How long a thread that waits for room sleeps at a time. */
#define BLOCK_SLEEP_NS 200000

/* on_full = block: wait for the drain as long as there is one. */
static void
wait_for_room(struct writer *writer, uint64_t need)
{
	const struct timespec nap = { .tv_nsec = BLOCK_SLEEP_NS };
	int saved = errno;

	while (!atomic_load(&process.exited) && host_start()) {
		writer->tail = atomic_load_explicit(
		    &writer->ring->tail, memory_order_acquire);
		if (writer->mask + 1 - (writer->head - writer->tail) >= need)
			break;
		host_wake();
		nanosleep(&nap, NULL);
	}
	errno = saved;
}

/*
 * Look at the drain's progress anew.  Wakes the drain when less than half of
 * the ring is free: the one system call of this path, once per half ring.
 */
static bool
look_for_room(struct writer *writer, uint64_t need)
{
	uint64_t size = writer->mask + 1, used;

	writer->tail =
	    atomic_load_explicit(&writer->ring->tail, memory_order_acquire);
	used = writer->head - writer->tail;
	if (used > size / 2) {
		int saved = errno;

		host_wake();
		errno = saved;
	}
	if (size - used >= need)
		return true;
	if (process_config()->on_full == FULL_BLOCK) {
		wait_for_room(writer, need);
		return size - (writer->head - writer->tail) >= need;
	}
	return false;
}

/*
 * Return room for `need` bytes in a piece, or NULL.  Where they do not fit
 * before the end of the ring, a pad fills it, published with the record.
 */
static struct record *
reserve(struct writer *writer, uint64_t need)
{
	uint64_t size = writer->mask + 1;
	uint64_t offset = writer->head & writer->mask;
	uint64_t pad = size - offset >= need ? 0 : size - offset;
	uint64_t used = writer->head - writer->tail;
	struct record *record;

	if (__builtin_expect(used + need + pad > size / 2, 0) &&
	    !look_for_room(writer, need + pad)) {
		ring_count(&writer->ring->dropped_full);
		return NULL;
	}
	if (pad) {
		record = (struct record *)(writer->data + offset);
		record->size = (uint32_t)pad;
		record->kind = RECORD_PAD;
		writer->head += pad;
		offset = 0;
	}
	return (struct record *)(writer->data + offset);
}

/* Room for a record: what was asked for, within the ring's and our limits. */
static inline bool
record_begin(struct thread *thread, struct fields *fields, size_t room)
{
	struct writer *writer = thread->writer;
	uint64_t most = (writer->mask + 1) / 4;
	uint64_t need = RECORD_PADDED(room + FIELDS_ROOM);
	struct record *record;

	ring_count(&writer->ring->called);
	if (need > most)
		need = most;
	record = reserve(writer, need);
	if (!record)
		return false;
	fields->record = record;
	fields->at = (char *)(record + 1);
	fields->end = (char *)record + need;
	fields->cut = false;
	return true;
}

static inline void
record_publish(struct thread *thread, struct fields *fields)
{
	struct writer *writer = thread->writer;
	struct ring *ring = writer->ring;

	fields->record->size =
	    (uint32_t)(fields->at - (char *)fields->record);
	writer->head += fields->record->size;
	atomic_store_explicit(&ring->head, writer->head, memory_order_release);
	ring_count(&ring->written);
	if (fields->cut)
		ring_count(&ring->cut);
}

/* Whether a point of this thread would belong to a trace. */
static inline bool
has_trace(const struct thread *thread, const struct config *config)
{
	if (config->implicit_trace != IMPLICIT_OFF)
		return true;
	return thread && (thread->trace.given || thread->trace.depth);
}

/* The trace of a handle; false where it has none of its own. */
static bool
handle_base(struct thread *thread, struct implicit *implicit,
    enum implicit_mode mode, struct uuid *ret_base)
{
	if (!implicit ||
	    (mode != IMPLICIT_CONNECTION && mode != IMPLICIT_TRANSACTION))
		return false;
	if (!implicit->given)
		uuid_next(&thread->writer->ids, &implicit->base);
	implicit->given = true;
	*ret_base = implicit->base;
	return true;
}

/* The implicit trace of a thread that was given none. */
static void
implicit_base(struct thread *thread, struct implicit *implicit,
    struct uuid *ret_base)
{
	enum implicit_mode mode = process_config()->implicit_trace;
	struct trace *trace = &thread->trace;

	if (mode == IMPLICIT_PROCESS) {
		*ret_base = process.base;
	} else if (mode == IMPLICIT_STATEMENT) {
		uuid_next(&thread->writer->ids, ret_base);
	} else if (!handle_base(thread, implicit, mode, ret_base)) {
		if (!trace->implicit_given)
			uuid_next(&thread->writer->ids, &trace->implicit_base);
		trace->implicit_given = true;
		*ret_base = trace->implicit_base;
	}
}

/* Where a new point hangs. */
static inline void
place(struct thread *thread, struct implicit *implicit, struct span *span)
{
	struct trace *trace = &thread->trace;

	span->foreign = trace->foreign && trace->given;
	if (trace->depth) {
		span->base = trace->open_base;
		span->parent = trace->point[trace->depth - 1].id;
	} else if (trace->given) {
		span->base = trace->base;
		span->parent = trace->parent;
	} else {
		implicit_base(thread, implicit, &span->base);
		span->parent = span->base;
	}
}

static inline void
push(struct trace *trace, const struct span *span, const char *name, size_t len)
{
	struct trace_point *point = &trace->point[trace->depth];

	if (trace->depth++ == 0)
		trace->open_base = span->base;
	point->id = span->id;
	point->name_len = (uint8_t)len;
	if (len)
		memcpy(point->name, name, len);
}

/* Room for two ids that are texts. */
#define FOREIGN_ROOM (2 * (OSPROF_ID_SIZE + sizeof(struct field)))

/* Text ids of the thread's trace, where the binary ones cannot say them. */
static void
put_foreign(struct thread *thread, struct fields *fields,
    const struct uuid *parent)
{
	const struct trace *trace = &thread->trace;

	if (!trace->foreign)
		return; /* the span ends on a thread with another trace */
	put_text(fields, FIELD_BASE_TEXT, trace->base_text,
	    strlen(trace->base_text));
	if (memcmp(parent, &trace->parent, sizeof(*parent)) == 0)
		put_text(fields, FIELD_PARENT_TEXT, trace->parent_text,
		    strlen(trace->parent_text));
}

static inline void
record_fill(struct record *record, enum record_kind kind,
    const struct span *span, uint64_t time_ns, const void *caller)
{
	*record = (struct record){
		.kind = (uint8_t)kind,
		.flags = RECORD_DB,
		.time_ns = time_ns,
		.base = span->base,
		.parent = span->parent,
		.id = span->id,
		.caller = (uint64_t)(uintptr_t)caller,
	};
}

/* What differs between the ways to open a span. */
struct opening {
	const void *caller;
	struct implicit *implicit;
	size_t room;
	bool push;
	const char *name; /* of a point of the program's own; NULL: db */
	size_t name_len;
};

static inline bool
open_claimed(struct thread *thread, struct span *span, struct fields *fields,
    const struct opening *opening)
{
	size_t room = opening->room + opening->name_len;

	if (opening->push && thread->trace.depth == TRACE_DEPTH) {
		atomic_fetch_add(&thread->writer->ring->dropped_nested, 1);
		return false;
	}
	place(thread, opening->implicit, span);
	uuid_next(&thread->writer->ids, &span->id);
	if (opening->push) {
		push(&thread->trace, span, opening->name, opening->name_len);
		span->pushed = true;
	}
	if (__builtin_expect(span->foreign, 0))
		room += FOREIGN_ROOM;
	if (!record_begin(thread, fields, room))
		return false;
	span->start_ns = clock_ns();
	record_fill(
	    fields->record, RECORD_START, span, span->start_ns, opening->caller);
	if (opening->name) {
		fields->record->flags = 0;
		put_text(fields, FIELD_NAME, opening->name, opening->name_len);
	}
	if (__builtin_expect(span->foreign, 0))
		put_foreign(thread, fields, &span->parent);
	span->recorded = true;
	return true;
}

static inline bool
open_span(struct span *span, struct fields *fields,
    const struct opening *opening)
{
	const struct config *config = process_config();
	struct thread *thread;

	span->recorded = span->pushed = false;
	if (!config ||
	    !atomic_load_explicit(&process.recording, memory_order_relaxed) ||
	    !has_trace(thread_self, config))
		return false;
	thread = begin();
	if (!thread || !claim(thread))
		return false;
	if (open_claimed(thread, span, fields, opening))
		return true;
	release(thread);
	return false;
}

bool
span_open(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t room)
{
	return open_span(span, fields,
	    &(struct opening){ .caller = caller,
		.implicit = implicit,
		.room = room,
		.push = true });
}

bool
span_open_detached(struct span *span, struct fields *fields,
    const void *caller, struct implicit *implicit, size_t room)
{
	return open_span(span, fields,
	    &(struct opening){
		.caller = caller, .implicit = implicit, .room = room });
}

bool
span_open_named(struct span *span, struct fields *fields, const char *name,
    size_t len, size_t room)
{
	return open_span(span, fields,
	    &(struct opening){ .room = room,
		.push = true,
		.name = name,
		.name_len = len });
}

void
span_publish(struct span *span, struct fields *fields)
{
	(void)span;
	record_publish(thread_self, fields);
	release(thread_self);
}

/*
 * Take the span, and what a longjmp or a C++ exception left above it, off the
 * stack.
 */
static void
pop(struct thread *thread, const struct span *span)
{
	struct trace *trace = &thread->trace;

	for (unsigned i = trace->depth; i-- > 0;) {
		if (memcmp(&trace->point[i].id, &span->id,
			sizeof(span->id)) == 0) {
			trace->depth = i;
			break;
		}
	}
}

bool
span_close(struct span *span, struct fields *fields, size_t room,
    uint64_t *ret_elapsed_ns)
{
	struct thread *thread;
	uint64_t now;

	if (span->pushed && thread_self)
		pop(thread_self, span);
	if (!span->recorded)
		return false;
	thread = begin();
	if (!thread || !claim(thread))
		return false;
	if (!record_begin(thread, fields,
		room + (span->foreign ? FOREIGN_ROOM : 0))) {
		release(thread);
		return false;
	}
	now = clock_ns();
	record_fill(fields->record, RECORD_STOP, span, now, NULL);
	if (__builtin_expect(span->foreign, 0))
		put_foreign(thread, fields, &span->parent);
	span->recorded = false;
	if (ret_elapsed_ns)
		*ret_elapsed_ns = now - span->start_ns;
	return true;
}

bool
span_close_named(struct span *span, struct fields *fields, const char *name,
    size_t len, size_t room)
{
	if (!span_close(span, fields, room + len, NULL))
		return false;
	fields->record->flags = 0;
	put_text(fields, FIELD_NAME, name, len);
	return true;
}

void
span_finish(struct span *span, struct fields *fields)
{
	span_publish(span, fields);
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
