/*
 * storage.h - files that hold traces: where they lie, who may read them.
 *
 * What the drivers for files have in common.  A file of traces is 0600: it
 * holds statements and their parameters.
 */
#ifndef COLLECTORS_STORAGE_H
#define COLLECTORS_STORAGE_H

#include "collectors/collector.h"
#include "collectors/uri.h"

/* Write a sentence to a driver's `problem`. */
__attribute__((format(printf, 2, 3))) void problem_set(
    char problem[COLLECTOR_PROBLEM], const char *format, ...);

/*
 * Find out where the storage of `uri` lies: its path, or `file` in the user's
 * state folder.  For COLLECTOR_WRITE its folders are made; a default folder
 * that is not the user's alone is refused.
 */
enum osprof_error storage_locate(const struct uri *uri, const char *file,
    enum collector_mode mode, char path[URI_PATH_MAX],
    char problem[COLLECTOR_PROBLEM]);

/*
 * Make the file, 0600 whatever the umask, if it is missing.  What is there
 * must be a regular file, and no symbolic link.
 */
enum osprof_error storage_create(
    const char *path, char problem[COLLECTOR_PROBLEM]);

/*
 * See that a file is there to be read.  OSPROF_ENOTFOUND where nothing was
 * ever stored, OSPROF_EOPEN where it is no file of ours to read.
 */
enum osprof_error storage_check(
    const char *path, char problem[COLLECTOR_PROBLEM]);

#endif
