/*
 * preloads.c - find the preload objects, from the place of this program's own
 * file and never from the environment.
 */
#include "cli/preloads.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PREFIX "libosprof-preload-"
#define SUFFIX ".so"

/* From a program's folder to an installation's library folder. */
#ifndef OSPROF_PLUGIN_RELATIVE
# define OSPROF_PLUGIN_RELATIVE "../lib/osprof"
#endif

/* From the program's folder; the last one is the build tree's. */
static const char *const folders[] = {OSPROF_PLUGIN_RELATIVE, "../lib/osprof"};

static bool
own_folder(char folder[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", folder, PATH_MAX - 1);

	if (len <= 0)
		return false;
	folder[len] = '\0';
	*strrchr(folder, '/') = '\0';
	return true;
}

static int
is_preload(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 &&
	       len > strlen(PREFIX SUFFIX) &&
	       strcmp(entry->d_name + len - strlen(SUFFIX), SUFFIX) == 0;
}

static void
tell(const char *folder, const char *name,
    void (*each)(void *arg, const char *path, const char *library), void *arg)
{
	char path[PATH_MAX + NAME_MAX + 2], library[NAME_MAX + 1];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	snprintf(library, sizeof(library), "%.*s",
	    (int)(strlen(name) - strlen(PREFIX SUFFIX)), name + strlen(PREFIX));
	each(arg, path, library);
}

/* The preload objects of one folder; their number. */
static int
each_of(const char *folder,
    void (*each)(void *arg, const char *path, const char *library), void *arg)
{
	struct dirent **entries;
	char real[PATH_MAX];
	int count;

	if (!realpath(folder, real))
		return 0;
	count = scandir(real, &entries, is_preload, alphasort);
	for (int i = 0; i < count; i++) {
		tell(real, entries[i]->d_name, each, arg);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return count < 0 ? 0 : count;
}

int
preloads_each(
    void (*each)(void *arg, const char *path, const char *library), void *arg)
{
	char own[PATH_MAX], folder[2 * PATH_MAX];
	int count = 0;

	if (!own_folder(own))
		return 0;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && !count;
	     i++) {
		snprintf(folder, sizeof(folder), "%s/%s", own, folders[i]);
		count = each_of(folder, each, arg);
	}
	return count;
}
