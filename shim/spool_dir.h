/*
 * spool_dir.h - the folder that spool files lie in.
 *
 * It is the user's own, 0700; files are 0600.  A folder that belongs to
 * someone else or that others may write to is refused.
 */
#ifndef SHIM_SPOOL_DIR_H
#define SHIM_SPOOL_DIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Write the spool folder's path: `configured`, or where that is empty
 * $XDG_RUNTIME_DIR/osprof, else /dev/shm/osprof-<uid>.
 */
bool spool_dir_path(const char *configured, char *path, size_t cap);

/*
 * Open the spool folder, made (its last part only) if missing.  Returns a
 * descriptor, or -1 with the reason and the remedy in `problem` (may be NULL).
 */
int spool_dir_open(const char *dir, bool make, char *problem, size_t cap);

/*
 * Whether a file with one ring of `ring_size` could be made in `dir`, which
 * need not be there yet.  Makes nothing; if not, `problem` has the reason and
 * the remedy.
 */
bool spool_dir_usable(
    const char *dir, uint64_t ring_size, char *problem, size_t cap);

/*
 * Call `each` with the name of every spool file in `dir`, oldest first.
 * Returns how many, or -1 with errno.
 */
int spool_each(
    const char *dir, void (*each)(void *arg, const char *name), void *arg);

/* Write "<what> <path>: <errno's text>; <remedy>"; `problem` may be NULL. */
void spool_say_problem(char *problem, size_t cap, const char *what,
    const char *path, const char *remedy);

#endif
