/*
 * thread.c - giving threads their rings.
 */
#include "shim/thread.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "shim/host.h"
#include "shim/process.h"

_Thread_local struct thread *thread_self
    __attribute__((tls_model("initial-exec")));
_Thread_local bool thread_is_drain __attribute__((tls_model("initial-exec")));

/* Tells of a thread's end; the rings do not depend on it, only their reuse. */
static pthread_key_t end_key;
static bool end_key_made;

/*
 * The thread ends and leaves its ring to another.  Where one more destructor
 * of the program's traces after this, the thread simply gets one again.
 */
static void
thread_ended(void *value)
{
	struct thread *thread = value;

	thread_self = NULL;
	atomic_store_explicit(&thread->used, false, memory_order_release);
}

static void
watch_end(struct thread *thread)
{
	if (!end_key_made)
		end_key_made = pthread_key_create(&end_key, thread_ended) == 0;
	if (end_key_made)
		pthread_setspecific(end_key, thread);
}

/* Pages that a child finds zeroed. */
static void *
wiped_page(size_t size)
{
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return NULL;
	if (madvise(page, size, MADV_WIPEONFORK) != 0) {
		munmap(page, size);
		return NULL;
	}
	madvise(page, size, MADV_DONTDUMP);
	return page;
}

static struct thread *
thread_new(void)
{
	struct thread *thread = mmap(NULL, sizeof(*thread),
	    PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (thread == MAP_FAILED)
		return NULL;
	madvise(thread, sizeof(*thread), MADV_DONTDUMP);
	thread->writer = wiped_page(sizeof(*thread->writer));
	if (!thread->writer) {
		munmap(thread, sizeof(*thread));
		return NULL;
	}
	atomic_store(&thread->used, true);
	thread->next = atomic_load(&process.threads);
	atomic_store_explicit(&process.threads, thread, memory_order_release);
	return thread;
}

/* One that another thread left, its ring and all. */
static struct thread *
thread_reuse(void)
{
	struct thread *thread;

	for (thread = atomic_load(&process.threads); thread;
	     thread = thread->next) {
		bool used = false;

		if (!atomic_compare_exchange_strong(&thread->used, &used, true))
			continue;
		thread->trace.given = false;
		thread->trace.implicit.given = false;
		thread->trace.depth = thread->trace.missing = 0;
		thread->writer->busy = false;
		return thread;
	}
	return NULL;
}

/*
 * Enter a slow path.  A thread must not be cancelled inside: it would leave
 * the lock behind.
 */
static int
slow_enter(void)
{
	int state;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	process_lock();
	return state;
}

static void
slow_leave(int state)
{
	process_unlock();
	pthread_setcancelstate(state, &state);
}

static struct thread *
thread_get_locked(void)
{
	if (!thread_self) {
		struct thread *thread = thread_reuse();

		if (!thread)
			thread = thread_new();
		if (thread)
			watch_end(thread);
		thread_self = thread;
	}
	return thread_self;
}

struct thread *
thread_get(void)
{
	int saved = errno, state;

	if (thread_self || thread_is_drain || process_inside)
		return thread_self;
	state = slow_enter();
	thread_get_locked();
	slow_leave(state);
	errno = saved;
	return thread_self;
}

/*
 * Get a ring into the spool file; if that cannot be, into memory, where only a
 * thread of ours can read it.
 */
static bool
add_ring(struct thread *thread)
{
	struct writer *writer = thread->writer;
	uint64_t size = process_config()->ring_size;
	struct ring *ring;

	process_header();
	ring = spool_add_ring(&process.spool, size);
	thread->ring_in_file = ring;
	if (!ring && !process_drained_outside())
		ring = spool_memory_ring(size);
	if (!ring)
		return false;
	writer->ring = ring;
	writer->data = ring_data(ring);
	writer->size = size;
	writer->head = 0;
	writer->at = writer->end = writer->data; /* free room: not looked yet */
	uuid_seed(&writer->ids);
	atomic_store_explicit(&thread->ring, ring, memory_order_release);
	return true;
}

static bool
mend_locked(void)
{
	struct thread *thread = thread_get_locked();

	if (!thread)
		return false;
	if (!thread->writer->at && !add_ring(thread))
		return false;
	atomic_store(&thread->writer->ring->tid, (unsigned)syscall(SYS_gettid));
	host_start();
	return true;
}

struct thread *
thread_with_ring(void)
{
	int saved = errno, state;
	bool mended;

	if (thread_is_drain || !process_config())
		return NULL;
	if (process_inside) {
		process_count_nested();
		return NULL;
	}
	state = slow_enter();
	mended = mend_locked();
	if (!mended)
		process_count_no_ring();
	slow_leave(state);
	errno = saved;
	return mended ? thread_self : NULL;
}

void
thread_forked(void)
{
	struct thread *self = thread_self;

	if (self) {
		self->next = NULL;
		atomic_store(&self->ring, NULL);
		self->ring_in_file = false;
		atomic_store(&self->used, true);
	}
	atomic_store(&process.threads, self);
}
