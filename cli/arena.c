/*
 * arena.c - memory that is taken piece by piece and given back all at once.
 */
#include "cli/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define BLOCK_MIN ((size_t)64 << 10)
#define BLOCK_MAX ((size_t)4 << 20)
#define HUGE_PAGE ((size_t)2 << 20)
#define ALIGN 8

struct arena_block {
	struct arena_block *next;
	size_t size;
};

/* Blocks double up to BLOCK_MAX: a small trace stays small. */
static size_t
block_size(const struct arena *arena, size_t wanted)
{
	size_t size = BLOCK_MIN;

	if (arena->blocks)
		size = arena->blocks->size * 2;
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < wanted + sizeof(struct arena_block))
		size = wanted + sizeof(struct arena_block);
	return size;
}

/* Large blocks ask for huge pages: faulting 4 KiB ones in costs 0.1 s/GB. */
static void *
block_alloc(size_t size)
{
	void *block;

	if (size < BLOCK_MAX)
		return malloc(size);
	if (posix_memalign(&block, HUGE_PAGE, size) != 0)
		return NULL;
	(void)madvise(block, size & ~(HUGE_PAGE - 1), MADV_HUGEPAGE);
	return block;
}

static void *
arena_grow(struct arena *arena, size_t size)
{
	size_t bytes = block_size(arena, size);
	struct arena_block *block = block_alloc(bytes);

	if (!block)
		return NULL;
	*block = (struct arena_block){.next = arena->blocks, .size = bytes};
	arena->blocks = block;
	arena->at = (char *)(block + 1) + size;
	arena->end = (char *)block + bytes;
	return block + 1;
}

void *
arena_take(struct arena *arena, size_t size)
{
	char *at = arena->at;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if ((size_t)(arena->end - at) < size)
		return arena_grow(arena, size);
	arena->at += size;
	return at;
}

void
arena_free(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *block = arena->blocks;

		arena->blocks = block->next;
		free(block);
	}
	*arena = (struct arena){0};
}
