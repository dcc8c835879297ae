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
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <time.h>
#include <unistd.h>

#include "collectors/storage.h"
#include "collectors/uri.h"

/* From a program's folder to an installation's library folder. */
#ifndef OSPROF_PLUGIN_RELATIVE
# define OSPROF_PLUGIN_RELATIVE "../lib/osprof"
#endif

/*
 * scheme   as it stands in the connection string
 * plugin   collector-<plugin>
 * forks    whether a forked child may use the code that its parent has used
 */
static const struct driver {
	const char *scheme;
	const char *plugin;
	bool forks;
} drivers[] = {
    /* clang-format off */
	{ "sqlite",	"sqlite",	false },
	{ "file",	"file",		true },
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

/* What is loaded, and the process that loaded it. */
static struct loaded {
	const struct collector_driver *driver;
	pid_t pid;
} loaded[DRIVER_COUNT];

/* Copy a file into memory that has a descriptor; -1 with errno. */
static int
memory_copy(const char *path)
{
	int from = open(path, O_RDONLY | O_CLOEXEC);
	int to = memfd_create("osprof-driver", MFD_CLOEXEC);
	ssize_t done = -1;

	if (from >= 0 && to >= 0)
		do
			done = sendfile(to, from, NULL, 1 << 20);
		while (done > 0);
	if (from >= 0)
		close(from);
	if (done == 0)
		return to;
	if (to >= 0)
		close(to);
	return -1;
}

/*
 * Load the plugin once more.  The loader gives one file only once, hence the
 * copy.
 */
static void *
open_anew(const char *path)
{
	char copy[64];
	int fd = memory_copy(path);
	void *library;

	if (fd < 0)
		return NULL;
	snprintf(copy, sizeof(copy), "/proc/self/fd/%d", fd);
	library = dlopen(copy, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	close(fd);
	return library;
}

/*
 * Held while the loader is at work for us.  A fork in the middle of that would
 * leave the child a loader that is half-way and locked, so it waits a while.
 */
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

#define FORK_PATIENCE_S 2

bool
collector_fork_begins(void)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += FORK_PATIENCE_S;
	return pthread_mutex_timedlock(&loading, &until) == 0;
}

void
collector_fork_ends(bool begun)
{
	if (begun)
		pthread_mutex_unlock(&loading);
}

void
collector_forked(void)
{
	pthread_mutex_init(&loading, NULL);
}

/* Load the library and return its driver; NULL with the reason. */
static const struct collector_driver *
library_open(const char *path, bool anew, char problem[COLLECTOR_PROBLEM])
{
	const struct collector_driver *driver = NULL;
	void *library;

	pthread_mutex_lock(&loading);
	library = anew ? open_anew(path)
		       : dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (library)
		driver = dlsym(library, "osprof_collector");
	if (!driver) {
		const char *why = dlerror();

		problem_set(problem, "the driver %s does not load%s: %s", path,
		    anew ? " in a forked process" : "",
		    why ? why : strerror(errno));
	}
	pthread_mutex_unlock(&loading);
	return driver;
}

static const struct collector_driver *
plugin_open(const char *plugin, bool anew, char problem[COLLECTOR_PROBLEM])
{
	char path[PATH_MAX];
	const struct collector_driver *driver;

	if (!plugin_path(plugin, path, problem))
		return NULL;
	driver = library_open(path, anew, problem);
	if (!driver)
		return NULL;
	if (driver->abi != COLLECTOR_ABI) {
		problem_set(problem,
		    "%s is of another version of osprof: "
		    "install one version whole",
		    path);
		return NULL;
	}
	return driver;
}

/*
 * Load a plugin for good: its code may run until the process ends.
 *
 * A forked child loads it anew.  SQLite keeps in its memory which locks its
 * process has, and in a child takes its parent's for its own: the child would
 * write to a log that the parent removes.
 */
static const struct collector_driver *
plugin_load(size_t number, char problem[COLLECTOR_PROBLEM])
{
	struct loaded *here = &loaded[number];
	bool forked = here->driver && here->pid != getpid();
	const struct collector_driver *driver;

	if (here->driver && (!forked || drivers[number].forks))
		return here->driver;
	driver = plugin_open(drivers[number].plugin, forked, problem);
	if (driver)
		*here = (struct loaded){driver, getpid()};
	return driver;
}

/* The driver's number, or DRIVER_COUNT. */
static size_t
driver_find(const char *scheme)
{
	size_t number = 0;

	while (number < DRIVER_COUNT &&
	       strcmp(drivers[number].scheme, scheme) != 0)
		number++;
	return number;
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
	char scheme[URI_SCHEME_MAX];
	size_t number;

	if (!config->connection_string || !*config->connection_string)
		with_default.connection_string = COLLECTOR_DEFAULT;
	if (!uri_scheme(with_default.connection_string, scheme)) {
		problem_set(problem, "the connection string is malformed: "
				     "it has to begin as sqlite:// does");
		return OSPROF_ENODRIVER;
	}
	number = driver_find(scheme);
	if (number == DRIVER_COUNT) {
		problem_unknown(problem, scheme);
		return OSPROF_ENODRIVER;
	}
	driver = plugin_load(number, problem);
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
		bool loads = plugin_load(i, problem);

		each(arg, drivers[i].scheme, drivers[i].plugin,
		    loads ? NULL : problem);
	}
}
