/*
 * ld_cache.c - read the cache of glibc's loader, in the format that it has had
 * since 2.2 and that alone is written since 2.32.
 */
#include "cli/ld_cache.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define CACHE "/etc/ld.so.cache"
#define MAGIC "glibc-ld.so.cache1.1"

struct header {
	char magic[sizeof(MAGIC) - 1];
	uint32_t count;
	uint32_t other[6];
};

struct entry {
	int32_t flags;
	uint32_t name; /* offsets in the file */
	uint32_t path;
	uint32_t other[3];
};

/* The text at `offset`; NULL if it does not end within the file. */
static const char *
text_at(const char *bytes, size_t size, uint32_t offset)
{
	if (offset >= size || !memchr(bytes + offset, '\0', size - offset))
		return NULL;
	return bytes + offset;
}

const char *
ld_cache_next_in(const void *bytes, size_t size, const char *name, size_t *at)
{
	struct header header;
	struct entry entry;
	size_t rows;

	if (size < sizeof(header))
		return NULL;
	memcpy(&header, bytes, sizeof(header));
	if (memcmp(header.magic, MAGIC, sizeof(header.magic)) != 0)
		return NULL;
	rows = (size - sizeof(header)) / sizeof(entry);
	while (*at < header.count && *at < rows) {
		const char *is, *path;

		memcpy(&entry,
		    (const char *)bytes + sizeof(header) + *at * sizeof(entry),
		    sizeof(entry));
		++*at;
		is = text_at(bytes, size, entry.name);
		path = text_at(bytes, size, entry.path);
		if (is && path && strcmp(is, name) == 0)
			return path;
	}
	return NULL;
}

/* Map the cache; its size, 0 if there is none. */
static size_t
map_cache(const void **ret_at)
{
	int fd = open(CACHE, O_RDONLY | O_CLOEXEC);
	struct stat stat;
	void *at = MAP_FAILED;

	if (fd < 0)
		return 0;
	if (fstat(fd, &stat) == 0 && stat.st_size > 0)
		at = mmap(
		    NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (at == MAP_FAILED)
		return 0;
	*ret_at = at;
	return (size_t)stat.st_size;
}

const char *
ld_cache_next(const char *name, size_t *at)
{
	static const void *cache;
	static size_t size;

	if (!cache)
		size = map_cache(&cache);
	return ld_cache_next_in(cache, size, name, at);
}
