/*
 * spool_left.c - taking over the file of a process that is gone.
 */
#include "shim/spool_left.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Map a locked file and see that it is one of ours. */
static bool
left_map(struct spool_left *left)
{
	struct stat st;
	void *map;

	if (fstat(left->fd, &st) != 0)
		return false;
	if (!S_ISREG(st.st_mode) || st.st_size < SPOOL_HEADER_SIZE) {
		errno = EINVAL;
		return false;
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED,
	    left->fd, 0);
	if (map == MAP_FAILED)
		return false;
	left->header = map;
	left->size = (uint64_t)st.st_size;
	if (left->header->magic == SPOOL_MAGIC &&
	    left->header->header_size == SPOOL_HEADER_SIZE)
		return true;
	munmap(map, left->size);
	left->header = NULL;
	errno = EINVAL;
	return false;
}

bool
spool_lock_reader(int fd)
{
	struct flock lock = {
	    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};

	return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

enum spool_state
spool_take(const char *dir, const char *name, struct spool_left *ret_left)
{
	struct spool_left left = {.fd = -1};
	enum spool_state state = SPOOL_BAD;
	int error;

	snprintf(left.path, sizeof(left.path), "%s/%s", dir, name);
	left.fd = open(left.path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (left.fd < 0)
		return SPOOL_BAD;
	if (flock(left.fd, LOCK_EX | LOCK_NB) != 0 ||
	    !spool_lock_reader(left.fd)) {
		if (errno == EWOULDBLOCK || errno == EACCES)
			state = SPOOL_ALIVE;
	} else if (left_map(&left)) {
		*ret_left = left;
		return SPOOL_DEAD;
	}
	error = errno;
	close(left.fd);
	errno = error;
	return state;
}

struct ring *
spool_left_ring(const struct spool_left *left, uint64_t *at)
{
	struct ring *ring;

	if (*at == 0)
		*at = SPOOL_HEADER_SIZE;
	if (*at >= left->size)
		return NULL;
	ring = (struct ring *)((char *)left->header + *at);
	if (!ring_valid(ring, left->size - *at))
		return NULL;
	*at += ring_span(ring->size);
	return ring;
}

void
spool_left_close(struct spool_left *left, bool done)
{
	if (done)
		unlink(left->path);
	munmap(left->header, left->size);
	close(left->fd);
	left->header = NULL;
}
