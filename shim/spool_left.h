/*
 * spool_left.h - spool files of other processes: who may read one, and what to
 * do with one whose owner is gone.
 */
#ifndef SHIM_SPOOL_LEFT_H
#define SHIM_SPOOL_LEFT_H

#include <stdbool.h>
#include <stdint.h>

#include "shim/spool.h"

/*
 * A file that somebody left: locked, mapped, read only but for ring->tail.
 */
struct spool_left {
	struct spool_header *header;
	uint64_t size;
	int fd;
	char path[SPOOL_PATH_MAX];
};

enum spool_state {
	SPOOL_DEAD,  /* ours now */
	SPOOL_ALIVE, /* its owner lives, or somebody reads it */
	SPOOL_BAD,   /* errno says why; EINVAL, ELOOP: it is no spool file */
};

/* Open `dir`/`name` and take it over if its owner is gone. */
enum spool_state spool_take(
    const char *dir, const char *name, struct spool_left *ret_left);

/*
 * Become the one that reads the open file; false while another process is, or
 * another open file of this one.  It ends when the file is closed.
 */
bool spool_lock_reader(int fd);

/*
 * Return the next ring of the file, NULL after the last.  *at begins as 0.
 */
struct ring *spool_left_ring(const struct spool_left *left, uint64_t *at);

/* Close, and remove the file if `done`. */
void spool_left_close(struct spool_left *left, bool done);

#endif
