/*
 * load.c - from a connection string to a driver.
 *
 * Drivers lie in the folder `osprof` beside the library that this code is
 * part of; for a program, in the library folder that belongs to its own.  The
 * place comes from the code's own file, never from the environment, so that a
 * setuid program loads nothing that its user put there.
 */
#include "collectors/collector.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collectors/storage.h"
#include "collectors/uri.h"

/* From a program's folder to an installation's library folder. */
#ifndef OSPROF_PLUGIN_RELATIVE
# define OSPROF_PLUGIN_RELATIVE "../lib/osprof"
#endif

/* scheme, as it stands in the connection string; plugin, collector-<plugin> */
static const struct {
	const char *scheme;
	const char *plugin;
} drivers[] = {
    /* clang-format off */
	{ "sqlite",	"sqlite" },
	{ "file",	"file" },
    /* clang-format on */
};

#define DRIVER_COUNT (sizeof(drivers) / sizeof(*drivers))

/* From the folder of the code's file. */
static const char *const folders[] = {
    "osprof",                                /* a library: beside it */
    OSPROF_PLUGIN_RELATIVE, "../lib/osprof", /* the build tree's programs */
};

#define FOLDER_COUNT (sizeof(folders) / sizeof(*folders))

/* The path on a line of the maps, if its range holds `address`. */
static char *
line_path(char *line, uintptr_t address)
{
	uintptr_t from, to;

	if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR, &from, &to) != 2 ||
	    address < from || address >= to)
		return NULL;
	line[strcspn(line, "\n")] = '\0';
	return strchr(line, '/');
}

/*
 * Write the path of the file that this code was loaded from.  The maps tell
 * it absolute; dladdr() would tell it as it was named, which is of no use
 * once a daemon has changed its working folder.
 */
static bool
own_path(char path[PATH_MAX])
{
	char line[PATH_MAX + 128];
	char *found = NULL;
	FILE *maps = fopen("/proc/self/maps", "re");

	while (maps && !found && fgets(line, sizeof(line), maps))
		found = line_path(line, (uintptr_t)own_path);
	if (maps)
		fclose(maps);
	if (found && strlen(found) < PATH_MAX) {
		strcpy(path, found);
		return true;
	}
	return false;
}

static bool
own_folder(char path[PATH_MAX])
{
	Dl_info info;

	if (!own_path(path)) {
		if (!dladdr((void *)(uintptr_t)own_path, &info) ||
		    !realpath(info.dli_fname, path))
			return false;
	}
	*strrchr(path, '/') = '\0';
	return true;
}

/* Write the plugin's path, or say in `problem` where it was looked for. */
static bool
plugin_path(
    const char *plugin, char path[PATH_MAX], char problem[COLLECTOR_PROBLEM])
{
	char own[PATH_MAX];

	if (!own_folder(own)) {
		problem_set(problem, "cannot find out where osprof's drivers "
				     "lie: is /proc mounted?");
		return false;
	}
	for (size_t i = 0; i < FOLDER_COUNT; i++) {
		int len = snprintf(path, PATH_MAX, "%s/%s/collector-%s.so", own,
		    folders[i], plugin);

		if (len > 0 && len < PATH_MAX && access(path, R_OK) == 0)
			return true;
	}
	problem_set(problem,
	    "the driver is not installed: there is no "
	    "collector-%s.so in %s/osprof, nor in ../lib/osprof"
	    " from there",
	    plugin, own);
	return false;
}

/* Load a plugin for good: its code may run until the process ends. */
static const struct collector_driver *
plugin_load(const char *plugin, char problem[COLLECTOR_PROBLEM])
{
	char path[PATH_MAX];
	const struct collector_driver *driver;
	void *library;

	if (!plugin_path(plugin, path, problem))
		return NULL;
	library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!library) {
		problem_set(problem, "the driver %s does not load: %s", plugin,
		    dlerror());
		return NULL;
	}
	driver = dlsym(library, "osprof_collector");
	if (!driver || driver->abi != COLLECTOR_ABI) {
		problem_set(problem,
		    "%s is of another version of osprof: "
		    "install one version whole",
		    path);
		return NULL;
	}
	return driver;
}

static const char *
plugin_find(const char *scheme)
{
	for (size_t i = 0; i < DRIVER_COUNT; i++)
		if (strcmp(drivers[i].scheme, scheme) == 0)
			return drivers[i].plugin;
	return NULL;
}

/* Name what there is; the string itself may hold a password. */
static void
problem_unknown(char problem[COLLECTOR_PROBLEM], const char *scheme)
{
	size_t used;

	problem_set(
	    problem, "there is no driver for \"%s\"; there are:", scheme);
	for (size_t i = 0; i < DRIVER_COUNT; i++) {
		used = strlen(problem);
		snprintf(problem + used, COLLECTOR_PROBLEM - used, "%s %s://",
		    i ? "," : "", drivers[i].scheme);
	}
}

enum osprof_error
collector_open(const struct collector_config *config,
    struct collector **ret_collector, char problem[COLLECTOR_PROBLEM])
{
	struct collector_config with_default = *config;
	const struct collector_driver *driver;
	const char *plugin;
	char scheme[URI_SCHEME_MAX];

	if (!config->connection_string || !*config->connection_string)
		with_default.connection_string = COLLECTOR_DEFAULT;
	if (!uri_scheme(with_default.connection_string, scheme)) {
		problem_set(problem, "the connection string is malformed: "
				     "it has to begin as sqlite:// does");
		return OSPROF_ENODRIVER;
	}
	plugin = plugin_find(scheme);
	if (!plugin) {
		problem_unknown(problem, scheme);
		return OSPROF_ENODRIVER;
	}
	driver = plugin_load(plugin, problem);
	if (!driver)
		return OSPROF_ENODRIVER;
	return driver->open(&with_default, ret_collector, problem);
}

void
collector_close(struct collector *collector)
{
	if (collector)
		collector->driver->close(collector);
}

void
collector_each_driver(void (*each)(void *arg, const char *scheme,
			  const char *driver, const char *problem),
    void *arg)
{
	for (size_t i = 0; i < DRIVER_COUNT; i++) {
		char problem[COLLECTOR_PROBLEM];
		bool loads = plugin_load(drivers[i].plugin, problem);

		each(arg, drivers[i].scheme, drivers[i].plugin,
		    loads ? NULL : problem);
	}
}
