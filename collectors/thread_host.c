/*
 * thread_host.c - the drain as a thread of the traced process.
 *
 * One thread with every signal blocked.  It polls: a wake-up for each record
 * would cost the program more than the record.  It also looks after what no
 * other thread has time for: a changed configuration, wall time, what dead
 * programs left.
 */
#include "shim/host.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "collectors/recover.h"
#include "collectors/thread_host.h"
#include "shim/modules.h"
#include "shim/plugin.h"
#include "shim/spool_dir.h"

#define NAP_BUSY_NS (5 * MS)      /* while records come */
#define NAP_IDLE_NS (50 * MS)     /* while none do */
#define CHORES_NS (250 * MS)      /* configuration, clocks */
#define RECOVER_NS (30000ul * MS) /* what the dead left */
#define RETRY_MIN_NS (100 * MS)
#define RETRY_MAX_NS (30000ul * MS)
#define AGENT_SILENCE_NS (2000ul * MS) /* who is silent longer is gone */

struct thread_host thread_host;

void
host_wake(void)
{
	event_tell(&thread_host.wake);
}

/* Whether the file was changed, replaced, made or removed. */
static bool
config_changed(const char *path)
{
	struct stat st = {0};

	if (stat(path, &st) != 0)
		memset(&st, 0, sizeof(st));
	if (st.st_ino == thread_host.watched.st_ino &&
	    st.st_dev == thread_host.watched.st_dev &&
	    st.st_size == thread_host.watched.st_size &&
	    st.st_mtim.tv_sec == thread_host.watched.st_mtim.tv_sec &&
	    st.st_mtim.tv_nsec == thread_host.watched.st_mtim.tv_nsec &&
	    st.st_ctim.tv_sec == thread_host.watched.st_ctim.tv_sec &&
	    st.st_ctim.tv_nsec == thread_host.watched.st_ctim.tv_nsec)
		return false;
	thread_host.watched = st;
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
		memset(&thread_host.watched, 0, sizeof(thread_host.watched));
}

/* See that the engine writes where the configuration says. */
static bool
engine_ready(const struct config *config)
{
	if (thread_host.open && strcmp(thread_host.drain.connection_string,
				    config->connection_string)) {
		drain_free(&thread_host.drain);
		thread_host.open = false;
		thread_host.retry_at = 0;
	}
	if (!thread_host.open)
		thread_host.open = drain_init(
		    &thread_host.drain, config->connection_string);
	return thread_host.open;
}

static void
recover(const struct config *config)
{
	char dir[SPOOL_PATH_MAX - 64];
	struct recover_report report;

	if (!spool_dir_path(config->spool_dir, dir, sizeof(dir)))
		return;
	recover_into(&thread_host.drain, dir, false, &report);
	atomic_fetch_add(&process.recovered, report.records);
}

/* Count a delivery; after a failure, wait longer each time. */
static void
account(enum osprof_error error, size_t count)
{
	atomic_store(&thread_host.error, error);
	if (error == OSPROF_OK) {
		atomic_fetch_add(&process.delivered, count);
		thread_host.retry_ns = 0;
		thread_host.retry_at = 0;
		return;
	}
	atomic_fetch_add(&process.failed, 1);
	thread_host.retry_ns = thread_host.retry_ns ? thread_host.retry_ns * 2
						    : RETRY_MIN_NS;
	if (thread_host.retry_ns > RETRY_MAX_NS)
		thread_host.retry_ns = RETRY_MAX_NS;
	/* Many processes of one broken storage come back at different times. */
	thread_host.retry_at = event_now_ns() + thread_host.retry_ns / 2 +
			       (event_now_ns() / 64 % thread_host.retry_ns) / 2;
}

static bool
deliver(size_t *total)
{
	enum osprof_error error;
	size_t count;

	error = drain_deliver(&thread_host.drain, &count);
	if (count || error != OSPROF_OK)
		account(error, count);
	*total += count;
	return error == OSPROF_OK;
}

/* Deliver a ring to its end as of now; false where storage fails. */
static bool
drain_ring(struct ring *ring, size_t *total)
{
	while (!drain_gather(&thread_host.drain, ring))
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

	if (!drain_source(&thread_host.drain, header))
		return 0;
	while ((ring = spill_first(&thread_host.spill))) {
		if (!drain_ring(ring, &total) || !deliver(&total))
			return total;
		spill_drop_first(&thread_host.spill);
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
		records = spill_ring(&thread_host.spill, header, ring, config);
		atomic_fetch_add(&process.spilled, records);
	}
}

static void
chores(struct spool_header *header, const struct config *config)
{
	uint64_t now = event_now_ns();

	if (now < thread_host.chores_at)
		return;
	thread_host.chores_at = now + CHORES_NS;
	reload();
	if (header)
		spool_clock(header);
	if (now < thread_host.recover_at || !config || thread_host.retry_at)
		return;
	thread_host.recover_at = now + RECOVER_NS;
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
		thread_host.drain.notifier = notifier_in_force();
		chores(header, config);
		if (header && (event_now_ns() >= thread_host.retry_at ||
				  atomic_load(&thread_host.hurry)))
			count = drain_all(header);
		if (header && thread_host.retry_at)
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
	while (!atomic_load(&thread_host.stop)) {
		unsigned seen = atomic_load(&thread_host.wake.count);
		uint64_t nap = turn();

		event_tell(&thread_host.turns);
		event_wait(&thread_host.wake, seen, nap);
	}
	turn(); /* what came while we slept */
	if (thread_host.open)
		drain_free(&thread_host.drain);
	thread_host.open = false;
	spill_close(&thread_host.spill);
	atomic_store(&thread_host.done, true);
	event_tell(&thread_host.turns);
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
host_runs(void)
{
	return atomic_load_explicit(&thread_host.running, memory_order_relaxed);
}

/* Whether the process that drains us has looked at our file of late. */
static bool
agent_looks(void)
{
	const struct spool_header *header = atomic_load(&process.header);

	return header && event_now_ns() - atomic_load(&header->agent_ns) <
			     AGENT_SILENCE_NS;
}

bool
host_start(void)
{
	bool running = false;

	if (host_runs())
		return true;
	if (process_drained_outside())
		return agent_looks();
	if (atomic_load(&process.exited) ||
	    !atomic_compare_exchange_strong(
		&thread_host.running, &running, true))
		return !atomic_load(&process.exited);
	atomic_store(&thread_host.done, false);
	/* What could not be read is read once more: it may have been memory. */
	if (process_config() && process_watched())
		config_changed(process_watched());
	if (!create_thread()) {
		atomic_store(&thread_host.running, false);
		return false;
	}
	return true;
}

/*
 * A child's copy of its parent's engine: never used, never freed.  Only leak
 * checkers read it, so the compiler must be told to keep it.
 */
static struct drain forsaken __attribute__((used));

bool
host_fork_begins(void)
{
	return plugin_fork_begins();
}

void
host_fork_ends(bool begun)
{
	plugin_fork_ends(begun);
}

void
host_forked(void)
{
	plugin_forked();
	/*
	 * The parent's storage is the parent's, and its thread may have been
	 * in the middle of anything: nothing of it is closed or freed.
	 */
	forsaken = thread_host.drain;
	memset(&thread_host, 0, sizeof(thread_host));
}
