/*
 * load.c - from a connection string to a driver, which is a plugin.
 */
#include "collectors/collector.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collectors/storage.h"
#include "collectors/uri.h"
#include "shim/plugin.h"

_Static_assert(
    COLLECTOR_PROBLEM == PLUGIN_PROBLEM, "one is passed as the other");

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

/* What is loaded, and the process that loaded it. */
static struct loaded {
	const struct collector_driver *driver;
	pid_t pid;
} loaded[DRIVER_COUNT];

static const struct collector_driver *
driver_open(const char *plugin, bool anew, char problem[COLLECTOR_PROBLEM])
{
	char file[64], path[PATH_MAX];
	const struct collector_driver *driver;

	snprintf(file, sizeof(file), "collector-%s.so", plugin);
	if (!plugin_find(file, path, problem))
		return NULL;
	driver = plugin_open(path, "osprof_collector", anew, problem);
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
driver_load(size_t number, char problem[COLLECTOR_PROBLEM])
{
	struct loaded *here = &loaded[number];
	bool forked = here->driver && here->pid != getpid();
	const struct collector_driver *driver;

	if (here->driver && (!forked || drivers[number].forks))
		return here->driver;
	driver = driver_open(drivers[number].plugin, forked, problem);
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
	driver = driver_load(number, problem);
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
		bool loads = driver_load(i, problem);

		each(arg, drivers[i].scheme, drivers[i].plugin,
		    loads ? NULL : problem);
	}
}
