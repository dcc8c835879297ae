/*
 * process.h - the tracing core of one process: configuration, spool file,
 * threads, and the turns of its life: first call, reload, fork, exit.
 */
#ifndef SHIM_PROCESS_H
#define SHIM_PROCESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "osprof.h"
#include "shim/config.h"
#include "shim/context.h"
#include "shim/spool.h"
#include "shim/thread.h"
#include "shim/uuid.h"

struct notifier {
	osprof_notifier *call;
	void *arg;
	const struct notifier *previous; /* may be in use: it stays */
};

#define PROCESS_SILENT (-1)
/* implicit_trace = process, of a trace whose ids are no UUIDs. */
#define PROCESS_FOREIGN (IMPLICIT_OFF + 1)

struct process {
	/* In force, or NULL; replaced whole, the old ones are kept. */
	_Atomic(struct config *) config;
	/*
	 * What every span asks first: the enum implicit_mode in force,
	 * PROCESS_FOREIGN, or PROCESS_SILENT where nothing is recorded: not
	 * enabled, or exited.
	 */
	atomic_int tracing;
	atomic_size_t shown; /* max_statement; 0 where hide_args */
	unsigned forks; /* that lie between the first process and this one */
	atomic_bool exited;
	/*
	 * Of implicit_trace = process; fixed once a ring is there.  `context`
	 * is what the environment said at the first call.
	 */
	struct trace_root root;
	struct context context;
	bool joined; /* the root is somebody else's trace */
	bool rooted; /* spans read the root: it stays, in children too */

	struct spool spool;
	/* The file's header, or one in memory; NULL before the first ring. */
	_Atomic(struct spool_header *) header;
	_Atomic(struct thread *) threads;

	/* Kept by the drain. */
	_Atomic uint64_t delivered;
	_Atomic uint64_t failed;
	_Atomic uint64_t spilled;
	_Atomic uint64_t recovered;
	_Atomic(const struct notifier *) notifier;

	/* Configurations: put into force, refused; the file's path. */
	_Atomic uint64_t reloads;
	_Atomic uint64_t bad_configs;
	_Atomic(const char *) watched;

	/* What osprof_init_from_conf() was given; wins over the file. */
	const char *path;
	const char *project;
	const char *service;
	const char *host;
};

extern struct process process;

/*
 * The lock of the slow paths: first call, new threads, reload.  It lies on a
 * page that is wiped in a forked child, where it is free therefore, whatever
 * thread held it.  process_lock() notices a child that no handler announced.
 */
void process_lock(void);
void process_unlock(void);

/* Whether the calling thread holds the lock: who asks is a signal's handler. */
extern _Thread_local bool process_inside
    __attribute__((tls_model("initial-exec")));

/* The spool file's header, or one in memory; made if new.  Under the lock. */
struct spool_header *process_header(void);

/*
 * Count a record that was to be made and has no ring to count it: for lack of
 * memory (under the lock), in a signal's handler that met the lock, or after
 * the exit began.  The last two count nothing before there is a header.
 */
void process_count_no_ring(void);
void process_count_nested(void);
void process_count_exit(void);

/*
 * Put the configuration at `path` into force (NULL: search).  Under the lock.
 * A missing or bad one puts tracing off.
 */
enum osprof_error process_load(const char *path);

/* Put `config` into force; NULL puts tracing off and leaves the old one. */
void process_publish(struct config *config);

/*
 * The path of the file that the configuration comes from, or would come from
 * if it were there and right: what to watch.  NULL: there is none.
 */
const char *process_watched(void);

/* The configuration in force; NULL before the first. */
static inline const struct config *
process_config(void)
{
	return atomic_load_explicit(&process.config, memory_order_acquire);
}

/*
 * Whether another process drains the rings.  What the configuration says of
 * it counts until there is a file, which tells the others.
 */
static inline bool
process_drained_outside(void)
{
	const struct spool_header *header = atomic_load(&process.header);
	const struct config *config = process_config();

	if (header)
		return header->outside;
	return config && config->drain == DRAIN_AGENT;
}

#endif
