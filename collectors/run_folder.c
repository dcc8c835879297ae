/*
 * run_folder.c - the spool folders that osprof run makes, one for each run.
 */
#include "collectors/run_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim/spool.h"
#include "shim/uuid.h"

#define TRIES 8

/* Open a folder and hold it; -1 with EWOULDBLOCK where somebody else does. */
static int
hold(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int error;

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

int
run_folder_make(const char *dir, uint64_t storage, char *path, size_t cap)
{
	struct uuid_source source = {{0}};

	uuid_seed(&source);
	for (int i = 0; i < TRIES; i++) {
		int fd;

		snprintf(path, cap, "%s/run-%016llx-%016llx", dir,
		    (unsigned long long)storage,
		    (unsigned long long)uuid_word(&source));
		if (mkdir(path, 0700) != 0) {
			if (errno != EEXIST)
				return -1;
			continue;
		}
		/* Who clears up may have found it before we hold it. */
		fd = hold(path);
		if (fd >= 0 && access(path, F_OK) == 0)
			return fd;
		if (fd >= 0)
			close(fd);
	}
	return -1;
}

static bool
is_run_folder(const char *name, unsigned long long *ret_storage)
{
	unsigned long long random;
	int len = 0;

	return sscanf(name, "run-%16llx-%16llx%n", ret_storage, &random,
		   &len) == 2 &&
	       len == (int)strlen(name);
}

size_t
run_folder_each(const char *dir,
    void (*each)(void *arg, const char *path, uint64_t storage, int fd),
    void *arg)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	size_t held = 0;

	while (folder && (entry = readdir(folder))) {
		char path[SPOOL_PATH_MAX];
		unsigned long long storage;
		int fd;

		if (!is_run_folder(entry->d_name, &storage) ||
		    (size_t)snprintf(path, sizeof(path), "%s/%s", dir,
			entry->d_name) >= sizeof(path))
			continue;
		fd = hold(path);
		if (fd >= 0)
			each(arg, path, storage, fd);
		else
			held += errno == EWOULDBLOCK;
	}
	if (folder)
		closedir(folder);
	return held;
}
