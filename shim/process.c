/*
 * process.c - the turns in a process's life: first call, fork, exit.
 */
#include "shim/process.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shim/gate.h"
#include "shim/host.h"
#include "shim/modules.h"
#include "shim/note.h"
#include "shim/spool_dir.h"

/* A program that has a core of its own in it is not traced by another one. */
NOTE(NOTE_CORE);

atomic_uint gate = GATE_UNKNOWN;
_Thread_local bool process_inside __attribute__((tls_model("initial-exec")));
struct process process = {.tracing = PROCESS_SILENT};

/*
 * What a forked child must find as new, whether or not a fork handler ran.
 * A zeroed mutex is a free one.
 */
struct wiped {
	pthread_mutex_t lock;
	bool settled; /* this process is the one that set `process` up */
};

static _Atomic(struct wiped *) wiped;

/*
 * Make the page.  Where the kernel has none, or does not wipe it, only the
 * fork handler wipes: a child of _Fork() is not noticed then.
 */
static struct wiped *
wiped_make(void)
{
	static struct wiped fallback;
	struct wiped *fresh = mmap(NULL, sizeof(*fresh), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct wiped *none = NULL;

	if (fresh == MAP_FAILED)
		fresh = &fallback;
	else
		madvise(fresh, sizeof(*fresh), MADV_WIPEONFORK);
	if (atomic_compare_exchange_strong(&wiped, &none, fresh))
		return fresh;
	if (fresh != &fallback)
		munmap(fresh, sizeof(*fresh));
	return none;
}

/*
 * In a child: what belongs to the parent's threads, file and drain is not
 * ours.  The file's mapping is not there; its name is the parent's.
 */
static void
forget_parent(void)
{
	process.forks++;
	process.spool.header = NULL;
	atomic_store(&process.header, NULL);
	atomic_store(&process.delivered, 0);
	atomic_store(&process.failed, 0);
	atomic_store(&process.spilled, 0);
	atomic_store(&process.recovered, 0);
	thread_forked();
	host_forked();
}

void
process_lock(void)
{
	struct wiped *page = atomic_load(&wiped);

	if (!page)
		page = wiped_make();
	process_inside = true;
	pthread_mutex_lock(&page->lock);
	if (!page->settled && process_config())
		forget_parent();
	page->settled = true;
}

void
process_unlock(void)
{
	pthread_mutex_unlock(&atomic_load(&wiped)->lock);
	process_inside = false;
}

/* Two threads may fork at once. */
static _Thread_local bool fork_begun __attribute__((tls_model("initial-exec")));

/* Before fork() and daemon(). */
static void
fork_begins(void)
{
	int saved = errno;

	fork_begun = host_fork_begins();
	errno = saved;
}

static void
fork_ends(void)
{
	host_fork_ends(fork_begun);
}

/* In the child: let its next call start over. */
static void
forked(void)
{
	struct wiped *page = atomic_load(&wiped);
	int saved = errno;

	host_fork_ends(fork_begun);
	if (page)
		memset(page, 0, sizeof(*page));
	process_inside = false;
	process_lock();
	process_unlock();
	if (process_config() && !atomic_load(&process.exited))
		atomic_store(&gate, atomic_load(&gate) | GATE_UNKNOWN);
	errno = saved;
}

static void
name_copy(char to[SPOOL_NAME_MAX], const char *from)
{
	size_t len = from ? strnlen(from, SPOOL_NAME_MAX - 1) : 0;

	memcpy(to, from ? from : "", len);
	to[len] = '\0';
}

/* What stands in this process's header. */
static void
header_fill(struct spool_header *header, const struct config *config)
{
	char host[SPOOL_NAME_MAX] = "";
	const char *project = process.project ? process.project
					      : config->project;
	const char *service = process.service ? process.service
					      : config->service;

	if (process.host || config->host)
		name_copy(host, process.host ? process.host : config->host);
	else
		gethostname(host, sizeof(host) - 1);
	header->pid = (uint32_t)getpid();
	header->nulls = project ? 0 : 1;
	/* A thread that runs already goes on: a ring has one reader. */
	header->outside = config->drain == DRAIN_AGENT && !host_runs();
	header->storage = spool_storage_key(config->connection_string);
	name_copy(header->program, program_invocation_short_name);
	name_copy(header->project, project);
	name_copy(
	    header->service, service ? service : program_invocation_short_name);
	name_copy(header->host, host);
}

struct spool_header *
process_header(void)
{
	/* Where there is no file, it counts and serves the drain itself. */
	static struct spool_header values;
	struct spool_header *header = atomic_load(&process.header);
	const struct config *config = process_config();
	char dir[SPOOL_PATH_MAX - 64];

	if (header)
		return header;
	process.rooted = true;
	memset(&values, 0, sizeof(values));
	header_fill(&values, config);
	if (spool_dir_path(config->spool_dir, dir, sizeof(dir)) &&
	    spool_create(&process.spool, dir, &values, NULL, 0) == OSPROF_OK)
		header = process.spool.header;
	else
		spool_clock(header = &values);
	modules_snapshot(header);
	atomic_store_explicit(&process.header, header, memory_order_release);
	return header;
}

static void
count(_Atomic uint64_t *called, _Atomic uint64_t *dropped)
{
	atomic_fetch_add(called, 1);
	atomic_fetch_add(dropped, 1);
}

void
process_count_no_ring(void)
{
	struct spool_header *header = process_header();

	count(&header->called, &header->dropped_no_ring);
}

void
process_count_nested(void)
{
	struct spool_header *header = atomic_load(&process.header);

	if (header)
		count(&header->called, &header->dropped_no_ring);
}

void
process_count_exit(void)
{
	struct spool_header *header = atomic_load(&process.header);

	if (header && atomic_load(&process.exited))
		count(&header->called, &header->dropped_exit);
}

/* What the process begins with: its trace, its surroundings, its options. */
static void
begin(void)
{
	struct uuid_source source = {{0}};
	struct uuid id;

	uuid_seed(&source);
	uuid_next(&source, &id);
	trace_root_new(&process.root, &id);
	context_read(&process.context);
	process_load(process.path);
}

/*
 * The first call.  With a configuration file there is a thread from now on,
 * also while tracing is off: it watches the file.  Under `osprof run` there is
 * none.
 */
static void
settle_locked(void)
{
	static bool handlers;

	if (!handlers)
		handlers = pthread_atfork(fork_begins, fork_ends, forked) == 0;
	if (process_config()) { /* a forked child */
		process_publish(atomic_load(&process.config));
	} else {
		begin();
	}
	if (process_watched() && !process.context.run &&
	    (!process_config() || process_config()->drain == DRAIN_THREAD))
		host_start();
}

unsigned
gate_settle(void)
{
	int saved = errno, state;
	unsigned bits;

	if (process_inside)
		return 0;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	process_lock();
	if (atomic_load(&gate) & GATE_UNKNOWN)
		settle_locked();
	bits = atomic_load(&gate);
	process_unlock();
	pthread_setcancelstate(state, &state);
	errno = saved;
	return bits;
}

/*
 * Exit: give the drain a bounded time, then record no more.  What is left
 * stays in the file for whoever drains next; a file with nothing left goes.
 */
__attribute__((destructor)) static void
process_exit(void)
{
	const struct config *config = process_config();
	struct wiped *page = atomic_load(&wiped);
	bool empty;

	if (!config || !page || !page->settled)
		return; /* never used, or a child that recorded nothing */
	empty = host_stop((unsigned)config->exit_timeout_ms);
	atomic_store(&process.exited, true);
	atomic_store(&process.tracing, PROCESS_SILENT);
	if (empty)
		spool_unlink(&process.spool);
}
