/*
 * rotation.c - a file and those it was rotated into.
 */
#include "collectors/rotation.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "collectors/uri.h"

/* Another process holds the lock for a batch; one that is stopped, for ever. */
#define LOCK_TRIES 200
#define LOCK_PAUSE_NS 5000000

/* Room for a path, a dot and a number. */
#define ROTATED_MAX (URI_PATH_MAX + 16)

bool
rotation_lock(int fd, int how)
{
	const struct timespec pause = {.tv_nsec = LOCK_PAUSE_NS};

	for (int tries = 0; tries < LOCK_TRIES; tries++) {
		if (flock(fd, how | LOCK_NB) == 0)
			return true;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return false;
		nanosleep(&pause, NULL);
	}
	errno = EWOULDBLOCK;
	return false;
}

static void
rotated_path(const char *path, uint64_t number, char out[ROTATED_MAX])
{
	snprintf(out, ROTATED_MAX, "%s.%u", path, (unsigned)number);
}

uint64_t
rotation_count(const char *path)
{
	char rotated[ROTATED_MAX];
	struct stat st;
	uint64_t count = 0;

	while (count < ROTATION_MAX) {
		rotated_path(path, count + 1, rotated);
		if (lstat(rotated, &st) != 0)
			break;
		count++;
	}
	return count;
}

bool
rotation_turn(const char *path, uint64_t keep)
{
	char from[ROTATED_MAX], to[ROTATED_MAX];
	uint64_t last = rotation_count(path);

	for (; last >= keep && last > 0; last--) {
		rotated_path(path, last, from);
		if (unlink(from) != 0)
			return false;
	}
	for (; last > 0; last--) {
		rotated_path(path, last, from);
		rotated_path(path, last + 1, to);
		if (rename(from, to) != 0)
			return false;
	}
	if (keep == 0)
		return unlink(path) == 0;
	rotated_path(path, 1, to);
	return rename(path, to) == 0;
}

static int
open_to_read(const char *path)
{
	return open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
}

static void
add(struct rotation *files, const char *path)
{
	int fd = open_to_read(path);

	if (fd >= 0)
		files->fds[files->count++] = fd;
	else if (errno != ENOENT)
		files->error = errno;
}

/*
 * A rotation waits for the lock of the current file.  If that is not to be
 * had, go without.
 */
struct rotation *
rotation_open(const char *path)
{
	struct rotation *files = calloc(1, sizeof(*files));
	char rotated[ROTATED_MAX];
	int current = open_to_read(path);
	bool locked = current >= 0 && rotation_lock(current, LOCK_SH);

	if (files) {
		for (uint64_t i = rotation_count(path); i > 0; i--) {
			rotated_path(path, i, rotated);
			add(files, rotated);
		}
		add(files, path);
	}
	if (locked)
		flock(current, LOCK_UN);
	if (current >= 0)
		close(current);
	return files;
}

void
rotation_close(struct rotation *files)
{
	for (size_t i = 0; i < files->count; i++)
		close(files->fds[i]);
	free(files);
}
