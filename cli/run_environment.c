/*
 * run_environment.c - what a command under osprof run finds in its environment.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/preloads.h"
#include "cli/run.h"

bool
run_setenv(const char *name, const char *value)
{
	if (setenv(name, value, 1) == 0)
		return true;
	complain("cannot set %s: %s", name, strerror(errno));
	return false;
}

/* Whether `path` is one of the list's, between colons or spaces. */
static bool
list_has(const char *list, const char *path)
{
	size_t len = strlen(path);

	for (; (list = strstr(list, path)); list += len)
		if (strchr(": ", list[len]))
			return true;
	return false;
}

static bool
append(const char *name, const char *value)
{
	const char *before = getenv(name);
	char *list;
	bool good;

	if (before && list_has(before, value))
		return true;
	if (asprintf(&list, "%s%s%s", before ? before : "",
		before && *before ? ":" : "", value) < 0) {
		complain("there is no memory");
		return false;
	}
	good = run_setenv(name, list);
	free(list);
	return good;
}

/* The loader takes both a colon and a space for the end of a path. */
static bool
append_preload(const char *path)
{
	if (strpbrk(path, ": ")) {
		complain("cannot preload %s: there is a space or a colon in "
			 "its path",
		    path);
		return false;
	}
	return append("LD_PRELOAD", path);
}

static void
append_each(void *good, const char *path, const char *library)
{
	(void)library;
	*(bool *)good = append_preload(path) && *(bool *)good;
}

bool
run_preload(void)
{
	bool good = true;

	preloads_each(append_each, &good);
	/* The sanitizer refuses to start behind what is preloaded. */
	return append("ASAN_OPTIONS", "verify_asan_link_order=0") && good;
}
