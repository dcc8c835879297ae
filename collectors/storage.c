/*
 * storage.c - files that hold traces: where they lie, who may read them.
 */
#include "collectors/storage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
problem_set(char problem[COLLECTOR_PROBLEM], const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(problem, COLLECTOR_PROBLEM, format, arguments);
	va_end(arguments);
}

/*
 * /var/tmp is everybody's: somebody else may have made the folder first, to
 * read what we store.
 */
static bool
folder_is_private(const char *path)
{
	char folder[URI_PATH_MAX];
	char *slash;
	struct stat st;

	strcpy(folder, path);
	slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
	return lstat(folder, &st) == 0 && S_ISDIR(st.st_mode) &&
	       st.st_uid == geteuid() && !(st.st_mode & (S_IWGRP | S_IWOTH));
}

/* A program may change its working folder before storage is opened again. */
static bool
path_absolute(const char *given, char path[URI_PATH_MAX])
{
	char folder[URI_PATH_MAX];
	int len;

	if (given[0] == '/') {
		strcpy(path, given);
		return true;
	}
	if (!getcwd(folder, sizeof(folder)))
		return false;
	len = snprintf(
	    path, URI_PATH_MAX, "%s/%s", folder[1] ? folder : "", given);
	return len > 0 && len < URI_PATH_MAX;
}

enum osprof_error
storage_locate(const struct uri *uri, const char *file,
    enum collector_mode mode, char path[URI_PATH_MAX],
    char problem[COLLECTOR_PROBLEM])
{
	bool by_default = uri->path[0] == '\0';

	if (by_default ? !uri_default_path(file, path, URI_PATH_MAX)
		       : !path_absolute(uri->path, path)) {
		problem_set(problem,
		    "the path of %s is too long: name a "
		    "shorter one in the connection string",
		    by_default ? file : uri->path);
		return OSPROF_EOPEN;
	}
	if (mode == COLLECTOR_READ)
		return OSPROF_OK;
	if (!uri_make_folders(path)) {
		problem_set(problem, "cannot make the folder of %s: %s", path,
		    strerror(errno));
		return OSPROF_EOPEN;
	}
	if (by_default && !folder_is_private(path)) {
		problem_set(problem,
		    "the folder of %s is not yours alone: "
		    "remove it, or name a file in the "
		    "connection string",
		    path);
		return OSPROF_EOPEN;
	}
	return OSPROF_OK;
}

enum osprof_error
storage_check(const char *path, char problem[COLLECTOR_PROBLEM])
{
	struct stat st;

	if (lstat(path, &st) != 0) {
		bool absent = errno == ENOENT;

		if (absent)
			problem_set(problem,
			    "no traces are stored: there is "
			    "no file %s",
			    path);
		else
			problem_set(problem, "cannot reach %s: %s", path,
			    strerror(errno));
		return absent ? OSPROF_ENOTFOUND : OSPROF_EOPEN;
	}
	if (S_ISREG(st.st_mode))
		return OSPROF_OK;
	problem_set(problem, "%s is %s: name the file itself", path,
	    S_ISLNK(st.st_mode) ? "a symbolic link" : "no regular file");
	return OSPROF_EOPEN;
}

enum osprof_error
storage_create(const char *path, char problem[COLLECTOR_PROBLEM])
{
	int fd = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	/*
	 * What is there already is looked at but never opened: closing it
	 * would end the POSIX locks that another SQLite of this process has.
	 */
	if (fd < 0 && errno == EEXIST)
		return storage_check(path, problem);
	if (fd < 0) {
		problem_set(
		    problem, "cannot create %s: %s", path, strerror(errno));
		return OSPROF_EOPEN;
	}
	fchmod(fd, 0600);
	close(fd);
	return OSPROF_OK;
}
