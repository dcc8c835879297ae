/*
 * arena.h - memory that is taken piece by piece and given back all at once.
 *
 * A report of a million records is two million small pieces that all die with
 * it; malloc would spend 16 bytes on each and a walk at the end.
 */
#ifndef CLI_ARENA_H
#define CLI_ARENA_H

#include <stddef.h>

struct arena {
	struct arena_block *blocks; /* newest first */
	char *at;
	char *end;
};

/* Return `size` bytes, aligned for pointers and integers; NULL: no memory. */
void *arena_take(struct arena *arena, size_t size);

void arena_free(struct arena *arena);

#endif
