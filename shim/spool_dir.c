/*
 * spool_dir.c - the folder of spool files: which it is, whether it may be
 * used, what lies in it.
 */
#include "shim/spool_dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "shim/spool.h"

void
spool_say_problem(char *problem, size_t cap, const char *what, const char *path,
    const char *remedy)
{
	char reason[128];

	if (!problem || !cap)
		return;
	snprintf(problem, cap, "%s %s: %s; %s", what, path,
	    strerror_r(errno, reason, sizeof(reason)), remedy);
}

bool
spool_dir_path(const char *configured, char *path, size_t cap)
{
	const char *runtime = secure_getenv("XDG_RUNTIME_DIR");
	int len;

	if (configured && *configured)
		len = snprintf(path, cap, "%s", configured);
	else if (runtime && *runtime == '/')
		len = snprintf(path, cap, "%s/osprof", runtime);
	else
		len = snprintf(
		    path, cap, "/dev/shm/osprof-%u", (unsigned)geteuid());
	return len > 0 && (size_t)len < cap;
}

int
spool_dir_open(const char *dir, bool make, char *problem, size_t cap)
{
	struct stat st;
	int fd;

	if (make && mkdir(dir, 0700) != 0 && errno != EEXIST) {
		spool_say_problem(problem, cap, "cannot make the spool folder",
		    dir, "set spool_dir to a folder that can be made");
		return -1;
	}
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		spool_say_problem(problem, cap, "cannot open the spool folder",
		    dir, "set spool_dir to a folder, not a link to one");
		return -1;
	}
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    !(st.st_mode & (S_IWGRP | S_IWOTH)))
		return fd;
	errno = EACCES;
	spool_say_problem(problem, cap, "refused the spool folder", dir,
	    "it must be the user's own and writable by no one else");
	close(fd);
	return -1;
}

/* The folder that `path` lies in. */
static void
parent_path(const char *path, char *parent, size_t cap)
{
	char *slash;

	snprintf(parent, cap, "%s", path);
	slash = strrchr(parent, '/');
	if (!slash)
		snprintf(parent, cap, ".");
	else
		slash[slash == parent] = '\0';
}

/* Whether files of `size` bytes can be made in a folder; errno says why not. */
static bool
folder_takes(const char *folder, uint64_t size)
{
	struct statvfs disk;

	if (access(folder, W_OK | X_OK) != 0 || statvfs(folder, &disk) != 0)
		return false;
	if ((uint64_t)disk.f_bavail * disk.f_frsize >= size)
		return true;
	errno = ENOSPC;
	return false;
}

bool
spool_dir_usable(const char *dir, uint64_t ring_size, char *problem, size_t cap)
{
	uint64_t size = SPOOL_HEADER_SIZE + ring_span(ring_size);
	char folder[SPOOL_PATH_MAX];
	struct stat st;
	int fd;

	if (lstat(dir, &st) != 0 && errno == ENOENT) {
		parent_path(dir, folder, sizeof(folder));
		if (folder_takes(folder, size))
			return true;
		spool_say_problem(problem, cap, "cannot make the spool folder",
		    dir, "set spool_dir to a folder that can be made");
		return false;
	}
	fd = spool_dir_open(dir, false, problem, cap);
	if (fd < 0)
		return false;
	close(fd);
	if (folder_takes(dir, size))
		return true;
	spool_say_problem(problem, cap, "cannot make files in the spool folder",
	    dir, "free space there or set spool_dir");
	return false;
}

struct found {
	char name[NAME_MAX + 1];
	struct timespec made;
};

struct found_list {
	struct found *file;
	size_t count;
	size_t cap;
};

static int
older_first(const void *a, const void *b)
{
	const struct timespec *x = &((const struct found *)a)->made;
	const struct timespec *y = &((const struct found *)b)->made;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? -1 : 1;
	return (x->tv_nsec > y->tv_nsec) - (x->tv_nsec < y->tv_nsec);
}

static bool
is_spool_name(const char *name)
{
	size_t len = strlen(name), suffix = strlen(SPOOL_SUFFIX);

	return *name != '.' && len > suffix &&
	       strcmp(name + len - suffix, SPOOL_SUFFIX) == 0;
}

/* Add a file to the list; false without memory. */
static bool
add(struct found_list *list, const char *name, struct timespec made)
{
	struct found *file = list->file;

	if (list->count == list->cap) {
		size_t cap = list->cap * 2 + 16;

		file = realloc(file, cap * sizeof(*file));
		if (!file)
			return false;
		list->file = file;
		list->cap = cap;
	}
	file += list->count++;
	snprintf(file->name, sizeof(file->name), "%s", name);
	file->made = made;
	return true;
}

/* Collect the spool files of an open folder; false without memory. */
static bool
collect(DIR *folder, struct found_list *list)
{
	struct dirent *entry;

	while ((entry = readdir(folder))) {
		struct stat st = {0};

		if (!is_spool_name(entry->d_name))
			continue;
		/* What cannot be looked at is told by whoever opens it. */
		if (fstatat(dirfd(folder), entry->d_name, &st,
			AT_SYMLINK_NOFOLLOW) != 0 &&
		    errno == ENOENT)
			continue;
		if (!add(list, entry->d_name, st.st_mtim))
			return false;
	}
	return true;
}

int
spool_each(
    const char *dir, void (*each)(void *arg, const char *name), void *arg)
{
	struct found_list list = {0};
	DIR *folder = opendir(dir);
	int count = -1;

	if (!folder)
		return -1;
	if (collect(folder, &list))
		count = (int)list.count;
	closedir(folder);
	if (count > 0)
		qsort(list.file, list.count, sizeof(*list.file), older_first);
	for (int i = 0; i < count; i++)
		each(arg, list.file[i].name);
	free(list.file);
	return count;
}
