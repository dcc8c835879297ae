/*
 * sandbox.h - a folder of a test's own with a configuration in it.
 */
#ifndef TESTS_SHIM_SANDBOX_H
#define TESTS_SHIM_SANDBOX_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char sandbox[64];

static inline void
sandbox_write(const char *name, const char *text)
{
	char path[128], fresh[136];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", sandbox, name);
	snprintf(fresh, sizeof(fresh), "%s.new", path);
	file = fopen(fresh, "w");
	if (!file || fputs(text, file) < 0 || fclose(file) != 0 ||
	    rename(fresh, path) != 0)
		abort();
}

/* Replace osprof.ini: the spool is in the folder, `options` come on top. */
static inline void
sandbox_again(const char *options)
{
	char text[2048];

	snprintf(text, sizeof(text), "[profiler]\nspool_dir = %s/spool\n%s\n",
	    sandbox, options);
	sandbox_write("osprof.ini", text);
}

/*
 * Make the folder, with `options` below [profiler] in osprof.ini, the spool
 * and the state in it, and point the environment there.
 */
static inline void
sandbox_make(const char *options)
{
	char path[128];

	strcpy(sandbox, "/tmp/osprof-test-XXXXXX");
	if (!mkdtemp(sandbox))
		abort();
	sandbox_again(options);
	snprintf(path, sizeof(path), "%s/osprof.ini", sandbox);
	setenv("OSPROF_CONFIG", path, 1);
	setenv("XDG_STATE_HOME", sandbox, 1);
}

static inline void
sandbox_remove(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", sandbox);
	if (system(command) != 0)
		abort();
}

#endif
