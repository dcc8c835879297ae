/*
 * thread_host.c - the drain as a thread of the traced process.
 *
 * One thread with every signal blocked.  It polls: a wake-up for each record
 * would cost the program more than the record.  It also looks after what no
 * other thread has time for: a changed configuration, wall time, what dead
 * programs left.
 */
#include "shim/host.h"

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "collectors/drain.h"
#include "collectors/recover.h"
#include "collectors/spill.h"
#include "shim/modules.h"

#define MS 1000000u               /* ns */
#define NAP_BUSY_NS (5 * MS)      /* while records come */
#define NAP_IDLE_NS (50 * MS)     /* while none do */
#define CHORES_NS (250 * MS)      /* configuration, clocks */
#define RECOVER_NS (30000ul * MS) /* what the dead left */
#define RETRY_MIN_NS (100 * MS)
#define RETRY_MAX_NS (30000ul * MS)

/* Something that threads wait for, without a lock. */
struct event {
	atomic_uint count; /* of times that it came; a futex */
	atomic_uint waiting;
};

static struct host {
	atomic_bool running;
	atomic_bool stop;
	atomic_bool done;
	atomic_bool hurry;  /* somebody waits: do not back off */
	struct event wake;  /* somebody calls for the drain */
	struct event turns; /* a turn is done */
	atomic_int error;   /* of the last delivery: enum osprof_error */

	/* The thread's own. */
	struct drain drain;
	struct spill spill;
	bool open;
	uint64_t chores_at, recover_at, retry_at, retry_ns;
	struct stat watched; /* the configuration file as it was read */
} host;

static uint64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Sleep until the event is not `seen` any more, or the time is over. */
static void
event_wait(struct event *event, unsigned seen, uint64_t ns)
{
	struct timespec wait = {.tv_sec = (time_t)(ns / 1000000000u),
	    .tv_nsec = (long)(ns % 1000000000u)};

	atomic_fetch_add(&event->waiting, 1);
	syscall(
	    SYS_futex, &event->count, FUTEX_WAIT_PRIVATE, seen, &wait, NULL, 0);
	atomic_fetch_sub(&event->waiting, 1);
}

static void
event_tell(struct event *event)
{
	atomic_fetch_add(&event->count, 1);
	if (atomic_load(&event->waiting))
		syscall(SYS_futex, &event->count, FUTEX_WAKE_PRIVATE, 1 << 30,
		    NULL, NULL, 0);
}

void
host_wake(void)
{
	event_tell(&host.wake);
}

/* Whether the file was changed, replaced, made or removed. */
static bool
config_changed(const char *path)
{
	struct stat st = {0};

	if (stat(path, &st) != 0)
		memset(&st, 0, sizeof(st));
	if (st.st_ino == host.watched.st_ino &&
	    st.st_dev == host.watched.st_dev &&
	    st.st_size == host.watched.st_size &&
	    st.st_mtim.tv_sec == host.watched.st_mtim.tv_sec &&
	    st.st_mtim.tv_nsec == host.watched.st_mtim.tv_nsec &&
	    st.st_ctim.tv_sec == host.watched.st_ctim.tv_sec &&
	    st.st_ctim.tv_nsec == host.watched.st_ctim.tv_nsec)
		return false;
	host.watched = st;
	return true;
}

/* Read a changed file; one for which there was no memory, again and again. */
static void
reload(void)
{
	const char *path = process_watched();
	enum osprof_error error;

	if (!path || !config_changed(path))
		return;
	process_lock();
	error = process_load(path);
	process_unlock();
	if (error == OSPROF_ENOMEM)
		memset(&host.watched, 0, sizeof(host.watched));
}

/* See that the engine writes where the configuration says. */
static bool
engine_ready(const struct config *config)
{
	if (host.open &&
	    strcmp(host.drain.connection_string, config->connection_string)) {
		drain_free(&host.drain);
		host.open = false;
		host.retry_at = 0;
	}
	if (!host.open)
		host.open = drain_init(&host.drain, config->connection_string);
	return host.open;
}

static void
recover(const struct config *config)
{
	char dir[SPOOL_PATH_MAX - 64];
	struct recover_report report;

	if (!spool_dir_path(config->spool_dir, dir, sizeof(dir)))
		return;
	recover_into(&host.drain, dir, false, &report);
	atomic_fetch_add(&process.recovered, report.records);
}

/* Count a delivery; after a failure, wait longer each time. */
static void
account(enum osprof_error error, size_t count)
{
	atomic_store(&host.error, error);
	if (error == OSPROF_OK) {
		atomic_fetch_add(&process.delivered, count);
		host.retry_ns = 0;
		host.retry_at = 0;
		return;
	}
	atomic_fetch_add(&process.failed, 1);
	host.retry_ns = host.retry_ns ? host.retry_ns * 2 : RETRY_MIN_NS;
	if (host.retry_ns > RETRY_MAX_NS)
		host.retry_ns = RETRY_MAX_NS;
	/* Many processes of one broken storage come back at different times. */
	host.retry_at = now_ns() + host.retry_ns / 2 +
			(now_ns() / 64 % host.retry_ns) / 2;
}

static bool
deliver(size_t *total)
{
	enum osprof_error error;
	size_t count;

	error = drain_deliver(&host.drain, &count);
	if (count || error != OSPROF_OK)
		account(error, count);
	*total += count;
	return error == OSPROF_OK;
}

/* Deliver a ring to its end as of now; false where storage fails. */
static bool
drain_ring(struct ring *ring, size_t *total)
{
	while (!drain_gather(&host.drain, ring))
		if (!deliver(total))
			return false;
	return true;
}

/* One turn over all rings, the spilled ones first: they are older. */
static size_t
drain_all(struct spool_header *header)
{
	struct thread *thread = atomic_load(&process.threads);
	struct ring *ring;
	size_t total = 0;

	if (!drain_source(&host.drain, header))
		return 0;
	while ((ring = spill_first(&host.spill))) {
		if (!drain_ring(ring, &total) || !deliver(&total))
			return total;
		spill_drop_first(&host.spill);
	}
	for (; thread; thread = thread->next) {
		ring = atomic_load_explicit(
		    &thread->ring, memory_order_acquire);
		if (ring && !drain_ring(ring, &total))
			return total;
	}
	deliver(&total);
	return total;
}

/* Storage does not answer: make room in the rings that get full. */
static void
spill_all(struct spool_header *header, const struct config *config)
{
	struct thread *thread = atomic_load(&process.threads);

	for (; thread; thread = thread->next) {
		struct ring *ring = atomic_load(&thread->ring);
		uint64_t records;

		if (!ring)
			continue;
		records = spill_ring(&host.spill, header, ring, config);
		atomic_fetch_add(&process.spilled, records);
	}
}

/* Whether all that was recorded is stored. */
static bool
all_empty(void)
{
	struct thread *thread = atomic_load(&process.threads);

	for (; thread; thread = thread->next) {
		struct ring *ring = atomic_load(&thread->ring);

		if (ring &&
		    atomic_load(&ring->head) != atomic_load(&ring->tail))
			return false;
	}
	return !spill_first(&host.spill);
}

static void
chores(struct spool_header *header, const struct config *config)
{
	uint64_t now = now_ns();

	if (now < host.chores_at)
		return;
	host.chores_at = now + CHORES_NS;
	reload();
	if (header)
		spool_clock(header);
	if (now < host.recover_at || !config || host.retry_at)
		return;
	host.recover_at = now + RECOVER_NS;
	recover(config);
}

static const struct notifier *
notifier_in_force(void)
{
	const struct notifier *notifier = atomic_load(&process.notifier);

	return notifier && notifier->call ? notifier : NULL;
}

/* One turn; returns how long to sleep after it. */
static uint64_t
turn(void)
{
	struct spool_header *header = atomic_load(&process.header);
	const struct config *config = process_config();
	size_t count = 0;

	if (config && engine_ready(config)) {
		host.drain.notifier = notifier_in_force();
		chores(header, config);
		if (header &&
		    (now_ns() >= host.retry_at || atomic_load(&host.hurry)))
			count = drain_all(header);
		if (header && host.retry_at)
			spill_all(header, config);
	} else {
		chores(NULL, NULL);
	}
	return count ? NAP_BUSY_NS : NAP_IDLE_NS;
}

static void *
host_main(void *arg)
{
	(void)arg;
	thread_is_drain = true;
	while (!atomic_load(&host.stop)) {
		unsigned seen = atomic_load(&host.wake.count);
		uint64_t nap = turn();

		event_tell(&host.turns);
		event_wait(&host.wake, seen, nap);
	}
	turn(); /* what came while we slept */
	if (host.open)
		drain_free(&host.drain);
	host.open = false;
	spill_close(&host.spill);
	atomic_store(&host.done, true);
	event_tell(&host.turns);
	return NULL;
}

/* Create the thread; it inherits the mask with which it is created. */
static bool
create_thread(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	sigset_t all, before;
	bool created;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	created = pthread_create(&thread, &attributes, host_main, NULL) == 0;
	if (created)
		pthread_setname_np(thread, "osprof");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return created;
}

bool
host_start(void)
{
	bool running = false;

	if (atomic_load_explicit(&host.running, memory_order_relaxed))
		return true;
	if (atomic_load(&process.exited) ||
	    !atomic_compare_exchange_strong(&host.running, &running, true))
		return !atomic_load(&process.exited);
	atomic_store(&host.done, false);
	/* What could not be read is read once more: it may have been memory. */
	if (process_config() && process_watched())
		config_changed(process_watched());
	if (!create_thread()) {
		atomic_store(&host.running, false);
		return false;
	}
	return true;
}

/* The heads of all rings at one moment. */
struct target {
	struct ring *ring;
	uint64_t head;
};

static bool
reached(const struct target *target, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((int64_t)(atomic_load(&target[i].ring->tail) -
			      target[i].head) < 0)
			return false;
	return true;
}

static size_t
take_targets(struct target *target, size_t cap)
{
	struct thread *thread = atomic_load(&process.threads);
	size_t count = 0;

	for (; thread && count < cap; thread = thread->next) {
		struct ring *ring = atomic_load(&thread->ring);

		if (ring)
			target[count++] = (struct target){
			    ring, atomic_load(&ring->head)};
	}
	return count;
}

/* Wait for turns of the drain until the targets are reached. */
static enum osprof_error
wait_for(const struct target *target, size_t count, unsigned timeout_ms)
{
	uint64_t until = now_ns() + (uint64_t)timeout_ms * MS;

	while (!reached(target, count) || spill_first(&host.spill)) {
		unsigned seen = atomic_load(&host.turns.count);
		uint64_t now = now_ns();

		if (atomic_load(&host.done))
			return OSPROF_EIO;
		if (now >= until)
			return atomic_load(&host.error) == OSPROF_OK
				   ? OSPROF_ETIMEDOUT
				   : OSPROF_EIO;
		host_wake();
		event_wait(&host.turns, seen,
		    until - now < 20 * MS ? until - now : 20 * MS);
	}
	return OSPROF_OK;
}

#define FLUSH_RINGS 4096

enum osprof_error
host_flush(unsigned timeout_ms)
{
	struct target *target;
	enum osprof_error error;
	size_t count;

	if (thread_is_drain || !atomic_load(&process.threads) || all_empty())
		return OSPROF_OK;
	if (!host_start())
		return OSPROF_EIO;
	target = malloc(FLUSH_RINGS * sizeof(*target));
	if (!target)
		return OSPROF_ENOMEM;
	count = take_targets(target, FLUSH_RINGS);
	atomic_store(&host.hurry, true);
	error = wait_for(target, count, timeout_ms);
	atomic_store(&host.hurry, false);
	free(target);
	return error;
}

bool
host_stop(unsigned timeout_ms)
{
	uint64_t until = now_ns() + (uint64_t)timeout_ms * MS;

	if (!atomic_load(&host.running))
		return all_empty();
	host_flush(timeout_ms);
	atomic_store(&host.stop, true);
	while (!atomic_load(&host.done)) {
		unsigned seen = atomic_load(&host.turns.count);
		uint64_t now = now_ns();

		if (now >= until + 100 * MS)
			break;
		host_wake();
		event_wait(&host.turns, seen, 10 * MS);
	}
	return atomic_load(&host.done) && all_empty();
}

/* A child's copy of its parent's engine: never used, never freed. */
static struct drain forsaken;

void
host_forked(void)
{
	/*
	 * The parent's storage is the parent's, and its thread may have been
	 * in the middle of anything: nothing of it is closed or freed.
	 */
	forsaken = host.drain;
	memset(&host, 0, sizeof(host));
}
