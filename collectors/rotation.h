/*
 * rotation.h - a file and those it was rotated into: path, path.1, path.2...
 *
 * Whoever writes or rotates holds an flock() on the current file, the one
 * that the path names.
 */
#ifndef COLLECTORS_ROTATION_H
#define COLLECTORS_ROTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most that can be kept. */
#define ROTATION_MAX 9999

/*
 * Lock the open file with LOCK_EX or LOCK_SH.  False, with errno, where
 * another process does not give it back within a second.
 */
bool rotation_lock(int fd, int how);

/* How many rotated files stand in a row behind the current one. */
uint64_t rotation_count(const char *path);

/*
 * Make the current file path.1, path.1 path.2 and so on, of which `keep`
 * remain.  Under the lock.  False, with errno, where that fails.
 */
bool rotation_turn(const char *path, uint64_t keep);

/* The open files, oldest first, the current one last. */
struct rotation {
	int fds[ROTATION_MAX + 1];
	size_t count;
	int error; /* errno of one that is there and did not open; 0: none */
};

/*
 * Open all that are there, as they stood at one moment; rotation_close() ends
 * it.  NULL without memory.
 */
struct rotation *rotation_open(const char *path);
void rotation_close(struct rotation *files);

#endif
