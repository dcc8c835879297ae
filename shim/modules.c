/*
 * modules.c - the modules in a spool file's header.
 */
#include "shim/modules.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct snapshot {
	struct spool_header *header;
	size_t len;
};

/* The range of memory that a module's segments take. */
static void
module_range(const struct dl_phdr_info *info, uint64_t *begin, uint64_t *end)
{
	*begin = UINT64_MAX;
	*end = 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		uint64_t at = info->dlpi_addr + segment->p_vaddr;

		if (segment->p_type != PT_LOAD)
			continue;
		if (at < *begin)
			*begin = at;
		if (at + segment->p_memsz > *end)
			*end = at + segment->p_memsz;
	}
}

static int
add_module(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct snapshot *snapshot = arg;
	char *to = snapshot->header->modules + snapshot->len;
	size_t room = sizeof(snapshot->header->modules) - snapshot->len;
	char program[SPOOL_PATH_MAX];
	const char *path = info->dlpi_name;
	uint64_t begin, end;
	int len;

	(void)size;
	module_range(info, &begin, &end);
	if (!path || !*path) { /* the program itself */
		ssize_t got = readlink(
		    "/proc/self/exe", program, sizeof(program) - 1);

		if (got < 0)
			return 0;
		program[got] = '\0';
		path = program;
	}
	len = snprintf(to, room, "%llx %llx %llx %s\n",
	    (unsigned long long)begin, (unsigned long long)end,
	    (unsigned long long)info->dlpi_addr, path);
	if (len > 0 && (size_t)len < room)
		snapshot->len += (size_t)len;
	return 0;
}

void
modules_snapshot(struct spool_header *header)
{
	struct snapshot snapshot = {.header = header};

	atomic_store(&header->modules_len, 0);
	dl_iterate_phdr(add_module, &snapshot);
	atomic_store_explicit(
	    &header->modules_len, (unsigned)snapshot.len, memory_order_release);
}

size_t
modules_name(
    const struct spool_header *header, uint64_t address, char *out, size_t cap)
{
	size_t left = atomic_load_explicit(
	    &header->modules_len, memory_order_acquire);
	const char *line = header->modules;

	if (left > sizeof(header->modules))
		return 0;
	while (left) {
		const char *end = memchr(line, '\n', left);
		unsigned long long begin, after, base;
		int path = 0, len;

		if (!end)
			return 0;
		if (sscanf(line, "%llx %llx %llx %n", &begin, &after, &base,
			&path) == 3 &&
		    address >= begin && address < after) {
			len = snprintf(out, cap, "%.*s+0x%llx",
			    (int)(end - line - path), line + path,
			    (unsigned long long)address - base);
			return len > 0 && (size_t)len < cap ? (size_t)len : 0;
		}
		left -= (size_t)(end + 1 - line);
		line = end + 1;
	}
	return 0;
}
