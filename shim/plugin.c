/*
 * plugin.c - finding and loading what lies beside osprof's libraries.
 */
#include "shim/plugin.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <time.h>
#include <unistd.h>

/* From a program's folder to an installation's library folder. */
#ifndef OSPROF_PLUGIN_RELATIVE
# define OSPROF_PLUGIN_RELATIVE "../lib/osprof"
#endif

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

bool
plugin_find(const char *file, char path[PATH_MAX], char problem[PLUGIN_PROBLEM])
{
	char own[PATH_MAX];

	if (!own_folder(own)) {
		snprintf(problem, PLUGIN_PROBLEM,
		    "cannot find out where osprof's %s lies: "
		    "is /proc mounted?",
		    file);
		return false;
	}
	for (size_t i = 0; i < FOLDER_COUNT; i++) {
		int len = snprintf(
		    path, PATH_MAX, "%s/%s/%s", own, folders[i], file);

		if (len > 0 && len < PATH_MAX && access(path, R_OK) == 0)
			return true;
	}
	snprintf(problem, PLUGIN_PROBLEM,
	    "%s is not installed: it is neither in %.300s/osprof nor in "
	    "../lib/osprof from there",
	    file, own);
	return false;
}

/* Copy a file into memory that has a descriptor; -1 with errno. */
static int
memory_copy(const char *path)
{
	int from = open(path, O_RDONLY | O_CLOEXEC);
	int to = memfd_create("osprof-plugin", MFD_CLOEXEC);
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

/* Held while the loader is at work for us: a fork waits for it, a while. */
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

#define FORK_PATIENCE_S 2

bool
plugin_fork_begins(void)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += FORK_PATIENCE_S;
	return pthread_mutex_timedlock(&loading, &until) == 0;
}

void
plugin_fork_ends(bool begun)
{
	if (begun)
		pthread_mutex_unlock(&loading);
}

void
plugin_forked(void)
{
	pthread_mutex_init(&loading, NULL);
}

const void *
plugin_open(const char *path, const char *symbol, bool anew,
    char problem[PLUGIN_PROBLEM])
{
	const void *found = NULL;
	void *library;

	pthread_mutex_lock(&loading);
	library = anew ? open_anew(path)
		       : dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (library)
		found = dlsym(library, symbol);
	if (!found) {
		const char *why = dlerror();

		snprintf(problem, PLUGIN_PROBLEM, "%.200s does not load%s: %s",
		    path, anew ? " in a forked process" : "",
		    why ? why : strerror(errno));
	}
	pthread_mutex_unlock(&loading);
	return found;
}
