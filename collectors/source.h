/*
 * source.h - the spool file of another process, read while it is written.
 *
 * The owner adds rings at the file's end as its threads come; each is mapped
 * by itself when it is there.  Head and tail work across processes as they do
 * across threads: both map the same pages.  The reader's lock (spool_left.h)
 * makes sure that nobody else reads.
 */
#ifndef COLLECTORS_SOURCE_H
#define COLLECTORS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "collectors/drain.h"
#include "shim/spool.h"

/* A file may say anything of a ring's size later; the mapping stays. */
struct source_ring {
	struct ring *ring;
	uint64_t span;
};

struct source {
	struct source *next;
	int fd;
	ino_t inode;
	struct spool_header *header;
	struct source_ring *ring;
	size_t ring_count, ring_cap;
	uint64_t size; /* of header and rings; where the next one begins */
	bool dead;     /* the owner is gone: it is ours alone */
	char path[SPOOL_PATH_MAX];
	struct drain_last last[DRAIN_RINGS];
};

enum source_state {
	SOURCE_OPEN, /* *ret_source is the caller's */
	SOURCE_BUSY, /* its owner drains it itself, or another reads it */
	SOURCE_BAD,  /* no spool file, or errno says why not */
};

/*
 * Open `dir`/`name` to read it.  A living owner's is opened only if it wants to
 * be drained from outside.
 */
enum source_state source_open(
    const char *dir, const char *name, struct source **ret_source);

/*
 * Find out whether the owner is gone, then map the rings that are new.  In
 * this order: when it is gone, all of its rings are there.  False where one of
 * them cannot be mapped.
 */
bool source_look(struct source *source);

/* The ring, or NULL where it is none any more. */
struct ring *source_ring(const struct source *source, size_t number);

/* Whether there is something to read, or drops that were not told. */
bool source_has_news(const struct source *source);

/* Whether all records are read. */
bool source_is_empty(const struct source *source);

/* The records that its process had no room for. */
uint64_t source_dropped(const struct source *source);

/* Close, and remove the file if `done`. */
void source_close(struct source *source, bool done);

#endif
