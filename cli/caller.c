/*
 * caller.c - from "module+0xoffset" to function and file:line.
 *
 * A trace may come from anywhere, so its module names are not to be trusted:
 * only regular files are opened, and libdw is kept from asking servers for
 * debug information.
 */
#include "cli/caller.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef OSPROF_HAVE_LIBDW
# include <elfutils/libdwfl.h>

# define CACHE_SLOTS 1024

struct site {
	char *name;
	char *text;
};

struct module {
	struct module *next;
	Dwfl *dwfl; /* NULL: the file tells nothing */
	Dwfl_Module *module;
	char path[];
};

struct caller_cache {
	struct module *modules;
	struct site sites[CACHE_SLOTS]; /* by hash; the newest stays */
};

struct caller_cache *
caller_open(void)
{
	/* Looking at a trace must not go out to the network. */
	unsetenv("DEBUGINFOD_URLS");
	return calloc(1, sizeof(struct caller_cache));
}

void
caller_close(struct caller_cache *cache)
{
	if (!cache)
		return;
	while (cache->modules) {
		struct module *module = cache->modules;

		cache->modules = module->next;
		if (module->dwfl)
			dwfl_end(module->dwfl);
		free(module);
	}
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		free(cache->sites[i].name);
		free(cache->sites[i].text);
	}
	free(cache);
}

static int
open_regular(const char *path)
{
	struct stat stat_;
	int fd;

	if (path[0] != '/')
		return -1;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && (fstat(fd, &stat_) != 0 || !S_ISREG(stat_.st_mode))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static void
load_module(struct module *module)
{
	static const Dwfl_Callbacks callbacks = {
	    .find_elf = dwfl_build_id_find_elf,
	    .find_debuginfo = dwfl_standard_find_debuginfo,
	    .section_address = dwfl_offline_section_address,
	};
	int fd = open_regular(module->path);

	if (fd < 0)
		return;
	module->dwfl = dwfl_begin(&callbacks);
	if (!module->dwfl) {
		close(fd);
		return;
	}
	dwfl_report_begin(module->dwfl);
	/* libdw owns the descriptor if it takes it. */
	module->module = dwfl_report_elf(
	    module->dwfl, module->path, module->path, fd, 0, true);
	dwfl_report_end(module->dwfl, NULL, NULL);
	if (!module->module)
		close(fd);
}

static struct module *
find_module(struct caller_cache *cache, const char *path, size_t len)
{
	struct module *module;

	for (module = cache->modules; module; module = module->next)
		if (strlen(module->path) == len &&
		    memcmp(module->path, path, len) == 0)
			return module;
	module = calloc(1, sizeof(*module) + len + 1);
	if (!module)
		return NULL;
	memcpy(module->path, path, len);
	module->next = cache->modules;
	cache->modules = module;
	load_module(module);
	return module;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* False where the module knows nothing of the address. */
static bool
describe(struct module *module, uint64_t address, char *out, size_t cap)
{
	const char *function, *file = NULL;
	Dwfl_Line *line;
	int number = 0;

	if (!module || !module->module)
		return false;
	/* A return address may lie behind its call's line. */
	address -= address > 0;
	function = dwfl_module_addrname(module->module, address);
	line = dwfl_module_getsrc(module->module, address);
	if (line)
		file = dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL);
	if (file)
		snprintf(out, cap, "%s%s%s:%d", function ? function : "",
		    function ? " at " : "", base_name(file), number);
	else if (function)
		snprintf(
		    out, cap, "%s in %s", function, base_name(module->path));
	return file || function;
}

static void
resolve(struct caller_cache *cache, const char *site, char *out, size_t cap)
{
	const char *plus = strrchr(site, '+');
	unsigned long long offset = 0;
	char *end = NULL;

	if (plus)
		offset = strtoull(plus + 1, &end, 16);
	if (!plus || *end || end == plus + 1 ||
	    !describe(find_module(cache, site, (size_t)(plus - site)), offset,
		out, cap))
		snprintf(out, cap, "%s", site);
}

static struct site *
find_site(struct caller_cache *cache, const char *name)
{
	uint32_t hash = 2166136261u;

	for (const char *at = name; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	return &cache->sites[(hash ^ hash >> 16) % CACHE_SLOTS];
}

void
caller_text(struct caller_cache *cache, struct text text, char *out, size_t cap)
{
	char name[4200];
	struct site *site;

	snprintf(name, sizeof(name), "%.*s", (int)text.len, text.at);
	if (!cache) {
		snprintf(out, cap, "%s", name);
		return;
	}
	site = find_site(cache, name);
	if (site->name && site->text && strcmp(site->name, name) == 0) {
		snprintf(out, cap, "%s", site->text);
		return;
	}
	resolve(cache, name, out, cap);
	free(site->name);
	free(site->text);
	site->name = strdup(name);
	site->text = strdup(out);
}

#else /* without libdw a call site stays as it is */

struct caller_cache *
caller_open(void)
{
	return NULL;
}

void
caller_close(struct caller_cache *cache)
{
	(void)cache;
}

void
caller_text(struct caller_cache *cache, struct text site, char *out, size_t cap)
{
	(void)cache;
	snprintf(out, cap, "%.*s", (int)site.len, site.at);
}

#endif
