/*
 * spool.c - making, growing and taking over spool files.
 */
#include "shim/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "shim/uuid.h"

/* Write "<what> <path>: <errno's text>; <remedy>". */
static void
say_problem(char *problem, size_t cap, const char *what, const char *path,
    const char *remedy)
{
	char reason[128];

	if (!problem || !cap)
		return;
	snprintf(problem, cap, "%s %s: %s; %s", what, path,
	    strerror_r(errno, reason, sizeof(reason)), remedy);
}

bool
spool_dir_path(const char *configured, char *path, size_t cap)
{
	const char *runtime = secure_getenv("XDG_RUNTIME_DIR");
	int len;

	if (configured && *configured)
		len = snprintf(path, cap, "%s", configured);
	else if (runtime && *runtime == '/')
		len = snprintf(path, cap, "%s/osprof", runtime);
	else
		len = snprintf(
		    path, cap, "/dev/shm/osprof-%u", (unsigned)geteuid());
	return len > 0 && (size_t)len < cap;
}

int
spool_dir_open(const char *dir, bool make, char *problem, size_t cap)
{
	struct stat st;
	int fd;

	if (make && mkdir(dir, 0700) != 0 && errno != EEXIST) {
		say_problem(problem, cap, "cannot make the spool folder", dir,
		    "set spool_dir to a folder that can be made");
		return -1;
	}
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		say_problem(problem, cap, "cannot open the spool folder", dir,
		    "set spool_dir to a folder, not a link to one");
		return -1;
	}
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    !(st.st_mode & (S_IWGRP | S_IWOTH)))
		return fd;
	errno = EACCES;
	say_problem(problem, cap, "refused the spool folder", dir,
	    "it must be the user's own and writable by no one else");
	close(fd);
	return -1;
}

/* The folder that `path` lies in. */
static void
parent_path(const char *path, char *parent, size_t cap)
{
	char *slash;

	snprintf(parent, cap, "%s", path);
	slash = strrchr(parent, '/');
	if (!slash)
		snprintf(parent, cap, ".");
	else
		slash[slash == parent] = '\0';
}

/* Whether files of `size` bytes can be made in a folder; errno says why not. */
static bool
folder_takes(const char *folder, uint64_t size)
{
	struct statvfs disk;

	if (access(folder, W_OK | X_OK) != 0 || statvfs(folder, &disk) != 0)
		return false;
	if ((uint64_t)disk.f_bavail * disk.f_frsize >= size)
		return true;
	errno = ENOSPC;
	return false;
}

bool
spool_dir_usable(
    const char *dir, uint64_t ring_size, char *problem, size_t cap)
{
	uint64_t size = SPOOL_HEADER_SIZE + ring_span(ring_size);
	char folder[SPOOL_PATH_MAX];
	struct stat st;
	int fd;

	if (lstat(dir, &st) != 0 && errno == ENOENT) {
		parent_path(dir, folder, sizeof(folder));
		if (folder_takes(folder, size))
			return true;
		say_problem(problem, cap, "cannot make the spool folder", dir,
		    "set spool_dir to a folder that can be made");
		return false;
	}
	fd = spool_dir_open(dir, false, problem, cap);
	if (fd < 0)
		return false;
	close(fd);
	if (folder_takes(dir, size))
		return true;
	say_problem(problem, cap, "cannot make files in the spool folder", dir,
	    "free space there or set spool_dir");
	return false;
}

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
	struct uuid_source source = { { 0 } };
	char name[NAME_MAX + 1];
	bool created;
	int dir_fd;

	*spool = (struct spool){ 0 };
	dir_fd = spool_dir_open(dir, true, problem, cap);
	if (dir_fd < 0)
		return OSPROF_EOPEN;
	uuid_seed(&source);
	snprintf(name, sizeof(name), "%u-%016llx" SPOOL_SUFFIX, values->pid,
	    (unsigned long long)uuid_word(&source));
	snprintf(spool->path, sizeof(spool->path), "%s/%s", dir, name);
	created = file_create(spool, dir_fd, name, values);
	if (!created)
		say_problem(problem, cap, "cannot make the spool file",
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

static uint64_t
clock_read(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Clocks that are read further apart than this are read again, so often. */
#define CLOCK_GAP_NS 5000
#define CLOCK_TRIES 8

/*
 * Both clocks at one instant.  The thread may lose the processor between the
 * readings for milliseconds, by which all its points would be shifted then.
 */
static struct clock_pair
clock_now(void)
{
	struct clock_pair now = { 0 };
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < CLOCK_TRIES && least > CLOCK_GAP_NS; i++) {
		uint64_t before = clock_read(CLOCK_MONOTONIC);
		uint64_t real = clock_read(CLOCK_REALTIME);
		uint64_t gap = clock_read(CLOCK_MONOTONIC) - before;

		if (gap >= least)
			continue;
		least = gap;
		now.mono_ns = before + gap / 2;
		now.real_ns = (int64_t)real;
	}
	return now;
}

/* How far wall time may wander from a pair before a new one is written. */
#define CLOCK_DRIFT_NS 1000000

void
spool_clock(struct spool_header *header)
{
	unsigned count = atomic_load(&header->clock_count);
	struct clock_pair now = clock_now();

	if (count) {
		int64_t off = now.real_ns -
		    spool_wall_ns(header->clock, count, now.mono_ns);

		if (off < CLOCK_DRIFT_NS && off > -CLOCK_DRIFT_NS)
			return;
	}
	if (count < SPOOL_CLOCK_PAIRS)
		count++;
	header->clock[count - 1] = now;
	atomic_store(&header->clock_count, count);
}

int64_t
spool_wall_ns(const struct clock_pair *pairs, unsigned count, uint64_t mono_ns)
{
	const struct clock_pair *pair = pairs;

	if (count == 0)
		return (int64_t)mono_ns;
	for (unsigned i = 1; i < count && i < SPOOL_CLOCK_PAIRS; i++)
		if (pairs[i].mono_ns <= mono_ns)
			pair = &pairs[i];
	/* Unsigned: a file may say anything. */
	return (int64_t)((uint64_t)pair->real_ns + mono_ns - pair->mono_ns);
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
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1
	};

	return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

enum spool_state
spool_take(const char *dir, const char *name, struct spool_left *ret_left)
{
	struct spool_left left = { .fd = -1 };
	enum spool_state state = SPOOL_BAD;
	int error;

	snprintf(left.path, sizeof(left.path), "%s/%s", dir, name);
	left.fd =
	    open(left.path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
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

/* A directory entry with its time, for sorting. */
struct spool_file {
	char name[NAME_MAX + 1];
	struct timespec made;
};

static int
older_first(const void *a, const void *b)
{
	const struct timespec *x = &((const struct spool_file *)a)->made;
	const struct timespec *y = &((const struct spool_file *)b)->made;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? -1 : 1;
	return (x->tv_nsec > y->tv_nsec) - (x->tv_nsec < y->tv_nsec);
}

static bool
is_spool_name(const char *name)
{
	size_t len = strlen(name), suffix = strlen(SPOOL_SUFFIX);

	return *name != '.' && len > suffix &&
	    strcmp(name + len - suffix, SPOOL_SUFFIX) == 0;
}

/* Collect the spool files of an open folder; -1 without memory. */
static int
collect(DIR *folder, struct spool_file **ret_files)
{
	struct spool_file *files = NULL;
	struct dirent *entry;
	size_t count = 0, cap = 0;

	while ((entry = readdir(folder))) {
		struct stat st = { 0 };

		/* What cannot be looked at is told by whoever opens it. */
		if (!is_spool_name(entry->d_name) ||
		    (fstatat(dirfd(folder), entry->d_name, &st,
			 AT_SYMLINK_NOFOLLOW) != 0 &&
			errno == ENOENT))
			continue;
		if (count == cap) {
			struct spool_file *more = realloc(
			    files, (cap = cap * 2 + 16) * sizeof(*files));

			if (!more) {
				free(files);
				return -1;
			}
			files = more;
		}
		snprintf(files[count].name, sizeof(files[count].name), "%s",
		    entry->d_name);
		files[count++].made = st.st_mtim;
	}
	*ret_files = files;
	return (int)count;
}

int
spool_each(const char *dir, void (*each)(void *arg, const char *name),
    void *arg)
{
	struct spool_file *files = NULL;
	DIR *folder = opendir(dir);
	int count;

	if (!folder)
		return -1;
	count = collect(folder, &files);
	closedir(folder);
	if (count > 0)
		qsort(files, (size_t)count, sizeof(*files), older_first);
	for (int i = 0; i < count; i++)
		each(arg, files[i].name);
	free(files);
	return count;
}
