/*
 * fake_shim.c - a shim that keeps the points in memory: its switches, and the
 * spans.
 */
#include "inside.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "shim/gate.h"
#include "shim/handles.h"
#include "shim/process.h"

atomic_uint gate;
struct point_seen fake_points[POINTS_MAX];
size_t fake_count;
bool fake_hides;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool full, per_transaction;
static struct shim_limits limits = {256, 256};
static unsigned traces, forks, transactions;

static _Thread_local int open_point[64];
static _Thread_local int depth;

static void
forget(void)
{
	for (size_t i = 0; i < fake_count; i++) {
		free(fake_points[i].start);
		free(fake_points[i].stop);
	}
	memset(fake_points, 0, fake_count * sizeof(*fake_points));
	fake_count = 0;
	traces = 0;
	depth = 0;
	full = false;
}

static unsigned epoch; /* counts each change, as the real gate's */

void
shim_on_again(void)
{
	unsigned hides = fake_hides ? GATE_HIDE_ARGS : 0;

	epoch += GATE_EPOCH;
	atomic_store(
	    &gate, epoch | GATE_SQL | GATE_HANDLES | hides | transactions);
}

void
shim_on(void)
{
	forget();
	shim_on_again();
}

void
shim_off(void)
{
	epoch += GATE_EPOCH;
	atomic_store(&gate, 0);
}

void
shim_full(bool is_full)
{
	full = is_full;
}

void
shim_hide_args(bool hide)
{
	fake_hides = hide;
}

void
shim_transactions(bool trace)
{
	transactions = trace ? GATE_TRANSACTIONS : 0;
}

void
shim_set_limits(uint32_t max_param, uint32_t max_params)
{
	limits = (struct shim_limits){max_param, max_params};
}

void
shim_per_transaction(bool is)
{
	per_transaction = is;
}

unsigned
gate_settle(void)
{
	return atomic_load(&gate);
}

static atomic_int waiting;

int
shim_waiting(void)
{
	return atomic_load(&waiting);
}

void
process_lock(void)
{
	atomic_fetch_add(&waiting, 1);
	pthread_mutex_lock(&lock);
	atomic_fetch_sub(&waiting, 1);
}

void
process_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

void
process_count_no_ring(void)
{
}

struct shim_limits
shim_limits(void)
{
	return limits;
}

void
implicit_renew(struct implicit *implicit)
{
	if (per_transaction)
		implicit->given = false;
}

static struct made *
record_begin(struct fields *fields, size_t wanted)
{
	size_t room = wanted < RECORD_MAX ? wanted / 8 * 8 : RECORD_MAX;
	size_t size = (sizeof(struct made) + room + 63) / 64 * 64;
	struct made *made = aligned_alloc(64, size);

	memset(made, 0, size);
	made->writer.ring = &made->ring;
	made->writer.at = (char *)&made->record;
	made->writer.end = made->fields + room;
	fields->writer = &made->writer;
	fields->at = made->fields;
	fields->end = made->writer.end;
	fields->cut = false;
	return made;
}

static bool
open_span(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t wanted, bool pushes)
{
	struct point_seen *point;

	memset(span, 0, sizeof(*span));
	pthread_mutex_lock(&lock);
	if (full || fake_count == POINTS_MAX) {
		pthread_mutex_unlock(&lock);
		return false;
	}
	point = &fake_points[fake_count];
	if (implicit && !implicit->given) {
		traces++;
		memcpy(implicit->base.byte, &traces, sizeof(traces));
		implicit->given = true;
	}
	if (implicit)
		memcpy(&point->trace, implicit->base.byte, sizeof(traces));
	span->recorded = true;
	span->pushed = pushes;
	span->forks = forks;
	memcpy(span->id.byte, &fake_count, sizeof(fake_count));
	point->caller = caller;
	point->parent = depth ? open_point[depth - 1] : -1;
	if (pushes)
		open_point[depth++] = (int)fake_count;
	fake_count++;
	point->start = record_begin(fields, wanted);
	pthread_mutex_unlock(&lock);
	return true;
}

bool
span_open(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t wanted)
{
	return open_span(span, fields, caller, implicit, wanted, true);
}

bool
span_open_detached(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t wanted)
{
	return open_span(span, fields, caller, implicit, wanted, false);
}

static size_t
number_of(const struct span *span)
{
	size_t i;

	memcpy(&i, span->id.byte, sizeof(i));
	return i;
}

bool
span_ready(void)
{
	return true;
}

/* Take the span, and what a longjmp left above it, off the stack. */
static void
pop(const struct span *span)
{
	for (int i = depth; i-- > 0;) {
		if (open_point[i] == (int)number_of(span)) {
			depth = i;
			return;
		}
	}
}

void
span_detach(struct span *span)
{
	if (span->pushed)
		pop(span);
	span->pushed = false;
}

bool
span_close(
    struct span *span, struct fields *fields, size_t wanted, uint64_t stop_ns)
{
	struct point_seen *point;

	if (span->pushed)
		pop(span);
	if (!span->recorded)
		return false;
	span->recorded = false;
	if (span->forks != forks)
		return false;
	pthread_mutex_lock(&lock);
	point = &fake_points[number_of(span)];
	point->stop = record_begin(fields, wanted);
	point->stop->record.time_ns = stop_ns;
	pthread_mutex_unlock(&lock);
	return true;
}

static void
count_fork(void)
{
	forks++;
}

__attribute__((constructor)) static void
meet_forks(void)
{
	pthread_atfork(NULL, NULL, count_fork);
}
