/*
 * spool.c - the file of this process: made whole before it can be seen, and
 * grown by a ring at a time.
 */
#include "shim/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim/spool_dir.h"
#include "shim/uuid.h"

/* Whether a file may grow to `size`: beyond the limit comes SIGXFSZ. */
static bool
within_file_limit(uint64_t size)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
	    limit.rlim_cur != RLIM_INFINITY && size > limit.rlim_cur) {
		errno = EFBIG;
		return false;
	}
	return true;
}

/* Give the file blocks, so that a full disk is an error here, not a SIGBUS. */
static bool
allocate(int fd, uint64_t at, uint64_t size)
{
	int error;

	if (!within_file_limit(at + size))
		return false;
	do
		error = posix_fallocate(fd, (off_t)at, (off_t)size);
	while (error == EINTR);
	errno = error;
	return error == 0;
}

/* Map a part of a file, or memory; children do not get it. */
static void *
map_shared(int fd, uint64_t at, uint64_t size)
{
	int flags = MAP_POPULATE | MAP_SHARED | (fd < 0 ? MAP_ANONYMOUS : 0);
	void *map = mmap(
	    NULL, size, PROT_READ | PROT_WRITE, flags, fd, (off_t)at);

	if (map == MAP_FAILED)
		return NULL;
	madvise(map, size, MADV_DONTFORK);
	madvise(map, size, MADV_DONTDUMP);
	return map;
}

/* Fill in a new file: allocated, locked, mapped.  NULL: errno says why. */
static struct spool_header *
header_create(int fd, const struct spool_header *values)
{
	struct spool_header *header;

	if (flock(fd, LOCK_EX | LOCK_NB) != 0 ||
	    !allocate(fd, 0, SPOOL_HEADER_SIZE))
		return NULL;
	header = map_shared(fd, 0, SPOOL_HEADER_SIZE);
	if (!header)
		return NULL;
	*header = *values;
	header->magic = SPOOL_MAGIC;
	header->header_size = SPOOL_HEADER_SIZE;
	spool_clock(header);
	return header;
}

/* Make the file under its hidden name and show it when it is whole. */
static bool
file_create(struct spool *spool, int dir_fd, const char *name,
    const struct spool_header *values)
{
	char hidden[NAME_MAX + 16];
	struct stat st;
	int fd;

	snprintf(hidden, sizeof(hidden), ".%s.new", name);
	fd = openat(dir_fd, hidden,
	    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	spool->header = header_create(fd, values);
	if (spool->header && fstat(fd, &st) == 0 &&
	    renameat(dir_fd, hidden, dir_fd, name) == 0) {
		spool->size = SPOOL_HEADER_SIZE;
		spool->device = st.st_dev;
		spool->inode = st.st_ino;
		close(fd);
		return true;
	}
	if (spool->header)
		munmap(spool->header, SPOOL_HEADER_SIZE);
	spool->header = NULL;
	unlinkat(dir_fd, hidden, 0);
	close(fd);
	return false;
}

enum osprof_error
spool_create(struct spool *spool, const char *dir,
    const struct spool_header *values, char *problem, size_t cap)
{
	struct uuid_source source = {{0}};
	char name[NAME_MAX + 1];
	bool created;
	int dir_fd;

	*spool = (struct spool){0};
	dir_fd = spool_dir_open(dir, true, problem, cap);
	if (dir_fd < 0)
		return OSPROF_EOPEN;
	uuid_seed(&source);
	snprintf(name, sizeof(name), "%u-%016llx" SPOOL_SUFFIX, values->pid,
	    (unsigned long long)uuid_word(&source));
	snprintf(spool->path, sizeof(spool->path), "%s/%s", dir, name);
	created = file_create(spool, dir_fd, name, values);
	if (!created)
		spool_say_problem(problem, cap, "cannot make the spool file",
		    spool->path, "free space there or set spool_dir");
	close(dir_fd);
	return created ? OSPROF_OK : OSPROF_EOPEN;
}

struct ring *
spool_add_ring(struct spool *spool, uint64_t size)
{
	struct ring *ring = NULL;
	struct stat st;
	int fd;

	if (!spool->header)
		return NULL;
	fd = open(spool->path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && st.st_dev == spool->device &&
	    st.st_ino == spool->inode &&
	    allocate(fd, spool->size, ring_span(size)))
		ring = map_shared(fd, spool->size, ring_span(size));
	close(fd);
	if (!ring)
		return NULL;
	ring_init(ring, size);
	spool->size += ring_span(size);
	return ring;
}

struct ring *
spool_memory_ring(uint64_t size)
{
	struct ring *ring = map_shared(-1, 0, ring_span(size));

	if (ring)
		ring_init(ring, size);
	return ring;
}

void
spool_unlink(struct spool *spool)
{
	if (spool->header)
		unlink(spool->path);
}

uint64_t
spool_storage_key(const char *connection_string)
{
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */

	for (; *connection_string; connection_string++)
		hash = (hash ^ (unsigned char)*connection_string) *
		       0x100000001b3u;
	return hash;
}
