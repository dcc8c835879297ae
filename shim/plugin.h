/*
 * plugin.h - the shared objects that osprof loads at need: the drivers of
 * storage, and what signs.
 *
 * They lie in the folder `osprof` beside the library that this code is part
 * of; for a program, in the library folder that belongs to its own.  The place
 * comes from the code's own file, never from the environment, so that a setuid
 * program loads nothing that its user put there.
 */
#ifndef SHIM_PLUGIN_H
#define SHIM_PLUGIN_H

#include <limits.h>
#include <stdbool.h>

#define PLUGIN_PROBLEM 512

/* Write the path of `file`, or say in `problem` where it was looked for. */
bool plugin_find(
    const char *file, char path[PATH_MAX], char problem[PLUGIN_PROBLEM]);

/*
 * Load the object at `path` for good and return what it calls `symbol`; NULL
 * with the reason.  `anew` loads it once more, beside the copy that a forked
 * child has from its parent.
 */
const void *plugin_open(const char *path, const char *symbol, bool anew,
    char problem[PLUGIN_PROBLEM]);

/*
 * Around fork(): keep other threads from being in the middle of loading, which
 * would leave the child a loader that is half-way and locked.  The first waits
 * for two seconds at most and tells whether it may be ended; the last is for a
 * child that nobody announced.
 */
bool plugin_fork_begins(void);
void plugin_fork_ends(bool begun);
void plugin_forked(void);

#endif
