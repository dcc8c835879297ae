/*
 * thread.h - what a traced thread has: its ring, its ids, its trace.
 *
 * One pointer of thread-local storage leads to it.  A thread gets it at its
 * first record and leaves it, with the ring, to the next new thread when it
 * ends; it is never freed.  What must not survive a fork, the way to the
 * ring and the id generator, lies on a page that the kernel wipes in the
 * child: a child that no fork handler announced finds `at` NULL and takes
 * the slow path.
 */
#ifndef SHIM_THREAD_H
#define SHIM_THREAD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "shim/ring.h"
#include "shim/trace.h"
#include "shim/uuid.h"
#include "shim/writer.h"

struct statement_cache;

struct thread {
	struct writer *writer;
	struct trace trace;
	struct statement_cache *cache; /* statement.c */

	/* Read by the drain. */
	_Atomic(struct ring *) ring;
	bool ring_in_file;
	atomic_bool used;
	struct thread *next; /* in process.threads; never changes */
};

/*
 * The calling thread's, or NULL.  Initial-exec: no call, no allocation, and
 * one pointer is small enough for a library that is dlopened.
 */
extern _Thread_local struct thread *thread_self
    __attribute__((tls_model("initial-exec")));

/* Whether the calling thread is a drain: it is never traced. */
extern _Thread_local bool thread_is_drain
    __attribute__((tls_model("initial-exec")));

/*
 * Return the calling thread's, made or mended if need be, with or without a
 * ring; NULL if there is no memory or the thread is a drain.  Keeps errno.
 */
struct thread *thread_get(void);

/* The same with a ring; counts the record as dropped where there is none. */
struct thread *thread_with_ring(void);

/* Forget every thread but the caller: in a forked child. */
void thread_forked(void);

#endif
