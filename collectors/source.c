/*
 * source.c - the spool file of another process, read while it is written.
 */
#include "collectors/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim/spool_left.h"

static void *
map_part(const struct source *source, uint64_t at, uint64_t size)
{
	void *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
	    source->fd, (off_t)at);

	return map == MAP_FAILED ? NULL : map;
}

/* Map the header and see that it is one of ours. */
static bool
map_header(struct source *source)
{
	struct stat st;

	if (fstat(source->fd, &st) != 0)
		return false;
	errno = EINVAL;
	if (!S_ISREG(st.st_mode) || st.st_size < SPOOL_HEADER_SIZE)
		return false;
	source->inode = st.st_ino;
	source->header = map_part(source, 0, SPOOL_HEADER_SIZE);
	if (!source->header)
		return false;
	source->size = SPOOL_HEADER_SIZE;
	errno = EINVAL;
	return source->header->magic == SPOOL_MAGIC &&
	       source->header->header_size == SPOOL_HEADER_SIZE;
}

/* The owner's lock is free, and ours from now on. */
static bool
owner_is_gone(const struct source *source)
{
	return flock(source->fd, LOCK_EX | LOCK_NB) == 0;
}

static enum source_state
open_file(struct source *source, const char *dir, const char *name)
{
	snprintf(source->path, sizeof(source->path), "%s/%s", dir, name);
	source->fd = open(
	    source->path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (source->fd < 0)
		return SOURCE_BAD;
	if (!spool_lock_reader(source->fd))
		return errno == EAGAIN || errno == EACCES ? SOURCE_BUSY
							  : SOURCE_BAD;
	if (!map_header(source))
		return SOURCE_BAD;
	source->dead = owner_is_gone(source);
	if (source->dead || source->header->outside)
		return SOURCE_OPEN;
	return SOURCE_BUSY;
}

enum source_state
source_open(const char *dir, const char *name, struct source **ret_source)
{
	struct source *source = calloc(1, sizeof(*source));
	enum source_state state = SOURCE_BAD;
	int error;

	if (!source)
		return SOURCE_BAD;
	source->fd = -1;
	state = open_file(source, dir, name);
	if (state == SOURCE_OPEN) {
		*ret_source = source;
		return state;
	}
	error = errno;
	source_close(source, false);
	errno = error;
	return state;
}

static bool
make_room(struct source *source)
{
	size_t cap = source->ring_cap ? 2 * source->ring_cap : 8;
	struct source_ring *ring;

	if (source->ring_count < source->ring_cap)
		return true;
	ring = realloc(source->ring, cap * sizeof(*ring));
	if (!ring)
		return false;
	source->ring = ring;
	source->ring_cap = cap;
	return true;
}

/*
 * The span of the ring at the end, if it is there whole; else 0.  False where
 * it cannot be looked at.
 */
static bool
next_span(const struct source *source, uint64_t file_size, uint64_t *ret_span)
{
	uint64_t room = file_size - source->size, span = 0;
	struct ring *ring;

	*ret_span = 0;
	if (file_size < source->size || room <= RING_HEADER_SIZE)
		return true;
	ring = map_part(source, source->size, RING_HEADER_SIZE);
	if (!ring)
		return false;
	/* Its owner may be making it just now. */
	if (ring_valid(ring, room))
		span = ring_span(ring->size);
	munmap(ring, RING_HEADER_SIZE);
	*ret_span = span;
	return true;
}

static bool
add_ring(struct source *source, uint64_t span)
{
	struct ring *ring;

	if (!make_room(source))
		return false;
	ring = map_part(source, source->size, span);
	if (!ring)
		return false;
	source->ring[source->ring_count++] = (struct source_ring){ring, span};
	source->size += span;
	return true;
}

bool
source_look(struct source *source)
{
	struct stat st;
	uint64_t span;

	if (!source->dead)
		source->dead = owner_is_gone(source);
	if (fstat(source->fd, &st) != 0)
		return false;
	do {
		if (!next_span(source, (uint64_t)st.st_size, &span) ||
		    (span && !add_ring(source, span)))
			return false;
	} while (span);
	return true;
}

struct ring *
source_ring(const struct source *source, size_t number)
{
	const struct source_ring *ring = &source->ring[number];

	return ring_valid(ring->ring, ring->span) ? ring->ring : NULL;
}

static uint64_t
ring_dropped(const struct ring *ring)
{
	return atomic_load(&ring->dropped_full) +
	       atomic_load(&ring->dropped_nested);
}

bool
source_is_empty(const struct source *source)
{
	for (size_t i = 0; i < source->ring_count; i++) {
		struct ring *ring = source->ring[i].ring;

		if (atomic_load_explicit(&ring->head, memory_order_acquire) !=
		    atomic_load_explicit(&ring->tail, memory_order_relaxed))
			return false;
	}
	return true;
}

bool
source_has_news(const struct source *source)
{
	if (!source_is_empty(source))
		return true;
	for (size_t i = 0; i < source->ring_count; i++)
		if (ring_dropped(source->ring[i].ring) !=
		    atomic_load(&source->ring[i].ring->lost_told))
			return true;
	return false;
}

uint64_t
source_dropped(const struct source *source)
{
	uint64_t dropped = atomic_load(&source->header->dropped_no_ring) +
			   atomic_load(&source->header->dropped_exit);

	for (size_t i = 0; i < source->ring_count; i++)
		dropped += ring_dropped(source->ring[i].ring);
	return dropped;
}

void
source_close(struct source *source, bool done)
{
	for (size_t i = 0; i < source->ring_count; i++)
		munmap(source->ring[i].ring, source->ring[i].span);
	if (source->header)
		munmap(source->header, SPOOL_HEADER_SIZE);
	if (done)
		unlink(source->path);
	if (source->fd >= 0)
		close(source->fd);
	free(source->ring);
	free(source);
}
