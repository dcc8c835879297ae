/*
 * run_folder.h - the spool folders that osprof run makes, one for each run.
 *
 * They lie in the usual spool folder, and their names tell the storage.  Who
 * drains one holds an flock() on it: a folder that nobody holds was left, its
 * programs perhaps alive.
 */
#ifndef COLLECTORS_RUN_FOLDER_H
#define COLLECTORS_RUN_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Make a folder in `dir` for a run that stores where `storage` says
 * (spool_storage_key()), and hold it.  Writes its path; returns the descriptor
 * that holds it, or -1 with errno.
 */
int run_folder_make(const char *dir, uint64_t storage, char *path, size_t cap);

/*
 * Call `each` for every such folder in `dir` that nobody holds; `fd` holds it
 * and is the callee's.  Returns how many there are that somebody holds.
 */
size_t run_folder_each(const char *dir,
    void (*each)(void *arg, const char *path, uint64_t storage, int fd),
    void *arg);

#endif
