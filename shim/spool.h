/*
 * spool.h - the file that holds a process's rings, and outlives the process.
 *
 * A file begins with one struct spool_header and goes on with rings, each a
 * page of struct ring and its data, one behind the other.  The owner holds an
 * flock() on it.  A lock belongs to the open file, which the owner's mapping
 * of the header keeps open after the descriptor is closed: so the owner needs
 * no descriptor (a daemon may close them all), and the lock ends with the
 * process, however it ends, or with its exec.  Who gets the lock owns what is
 * left.  A file is made under a hidden name and appears as *.ring when it is
 * whole and locked.
 *
 * Who reads a file from outside, its owner alive or dead, holds a second lock,
 * an OFD lock on the first byte: there is one reader at a time (spool_left.h).
 */
#ifndef SHIM_SPOOL_H
#define SHIM_SPOOL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "osprof.h"
#include "shim/ring.h"

#define SPOOL_MAGIC 0x314c4f4f5053504fu /* "OPSPOOL1" */
#define SPOOL_CLOCK_PAIRS 32
#define SPOOL_NAME_MAX 256
#define SPOOL_PATH_MAX 4096
#define SPOOL_SUFFIX ".ring"

/* The same instant on both clocks. */
struct clock_pair {
	uint64_t mono_ns; /* CLOCK_MONOTONIC */
	int64_t real_ns;  /* CLOCK_REALTIME */
};

struct spool_header {
	uint64_t magic;
	uint64_t header_size; /* where the first ring begins */
	uint32_t pid;
	uint32_t nulls;   /* bit 0: project is null */
	uint64_t storage; /* spool_storage_key() of the connection string */
	uint32_t outside; /* 1: another process drains the rings (agent.h) */
	uint32_t reserved;
	_Atomic uint64_t agent_ns; /* CLOCK_MONOTONIC when it last looked */
	char program[SPOOL_NAME_MAX];
	char project[SPOOL_NAME_MAX];
	char service[SPOOL_NAME_MAX];
	char host[SPOOL_NAME_MAX];

	/* Records that had no ring to count them in. */
	_Atomic uint64_t called;
	_Atomic uint64_t dropped_no_ring;
	_Atomic uint64_t dropped_exit;

	/* Appended by whoever drains; valid up to clock_count. */
	atomic_uint clock_count;
	struct clock_pair clock[SPOOL_CLOCK_PAIRS];

	/* Where program and libraries lie in memory: modules.h. */
	atomic_uint modules_len;
	char modules[24 * 1024];
};

#define SPOOL_HEADER_SIZE 32768
_Static_assert(sizeof(struct spool_header) <= SPOOL_HEADER_SIZE, "fits");

/* The file that this process writes. */
struct spool {
	struct spool_header *header; /* mapped; NULL: no file */
	uint64_t size;               /* of the file so far */
	dev_t device;
	ino_t inode;
	char path[SPOOL_PATH_MAX];
};

/*
 * Make this process's file in `dir`.  All of `header` but its clocks and
 * modules is copied from `values`.  No descriptor stays open.  Not inherited
 * over fork.  On failure the reason is in `problem` (may be NULL).
 */
enum osprof_error spool_create(struct spool *spool, const char *dir,
    const struct spool_header *values, char *problem, size_t cap);

/*
 * Add a ring of `size` data bytes: allocated on disk first, then mapped and
 * prefaulted, never inherited over fork.  NULL where that fails.
 */
struct ring *spool_add_ring(struct spool *spool, uint64_t size);

/* A ring in anonymous memory, for when there is no file.  NULL: no memory. */
struct ring *spool_memory_ring(uint64_t size);

/* Remove the file's name; the mappings stay. */
void spool_unlink(struct spool *spool);

/* Add the current instant to the header's clock pairs if they have drifted. */
void spool_clock(struct spool_header *header);

/* The wall time of a record, in nanoseconds since 1970. */
int64_t spool_wall_ns(
    const struct clock_pair *pairs, unsigned count, uint64_t mono_ns);

/* What tells storages apart in a header; never the string itself. */
uint64_t spool_storage_key(const char *connection_string);

#endif
