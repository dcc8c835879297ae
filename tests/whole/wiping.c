/*
 * wiping.c - memory for SQLite that is wiped when it is given back.
 */
#include "wiping.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* In front of each piece: its size. */
#define HEAD 16

static void *
wiping_malloc(int size)
{
	char *memory = malloc((size_t)size + HEAD);

	if (!memory)
		return NULL;
	memcpy(memory, &size, sizeof(size));
	return memory + HEAD;
}

static int
wiping_size(void *memory)
{
	int size = 0;

	if (memory)
		memcpy(&size, (char *)memory - HEAD, sizeof(size));
	return size;
}

static void
wiping_free(void *memory)
{
	if (!memory)
		return;
	explicit_bzero(memory, (size_t)wiping_size(memory));
	free((char *)memory - HEAD);
}

static void *
wiping_realloc(void *memory, int size)
{
	int before = wiping_size(memory);
	void *after = wiping_malloc(size);

	if (after && memory)
		memcpy(after, memory, (size_t)(before < size ? before : size));
	if (after)
		wiping_free(memory);
	return after;
}

static int
wiping_round(int size)
{
	return (size + 7) & ~7;
}

static int
wiping_init(void *arg)
{
	(void)arg;
	return SQLITE_OK;
}

static void
wiping_shutdown(void *arg)
{
	(void)arg;
}

void
wipe_what_sqlite_frees(void)
{
	static const sqlite3_mem_methods methods = {wiping_malloc, wiping_free,
	    wiping_realloc, wiping_size, wiping_round, wiping_init,
	    wiping_shutdown, NULL};

	sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
