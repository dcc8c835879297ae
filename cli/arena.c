/*
 * arena.c - memory that is taken piece by piece and given back all at once.
 */
#include "cli/arena.h"

#include <stdint.h>
#include <sys/mman.h>

#define BLOCK_MIN ((size_t)256 << 10)
#define BLOCK_MAX ((size_t)32 << 20)
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

/*
 * Straight from the kernel, so that only what is used is there, and in huge
 * pages where it can: small ones cost 0.2 s a GB.
 */
static void *
block_map(size_t size)
{
	void *block = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (block == MAP_FAILED)
		return NULL;
	(void)madvise(block, size, MADV_HUGEPAGE);
	return block;
}

static void *
arena_grow(struct arena *arena, size_t size)
{
	size_t bytes = block_size(arena, size);
	struct arena_block *block = block_map(bytes);

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
		munmap(block, block->size);
	}
	*arena = (struct arena){0};
}
