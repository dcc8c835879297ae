/*
 * needed.h - the files that a program's loader maps before the program begins.
 *
 * They are looked for where glibc's loader looks: RPATH, LD_LIBRARY_PATH,
 * RUNPATH, the loader's cache, the system's folders.  Nothing is run for it.
 */
#ifndef CLI_NEEDED_H
#define CLI_NEEDED_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/elf.h"

struct needed_file {
	char *path;
	const char *name; /* its own, as others ask for it */
	struct elf elf;   /* mapped as long as the list lives */
	size_t asked_by;  /* number of the file that needs it */
};

struct needed {
	struct needed_file *files; /* the program first, then breadth first */
	size_t count;
	const char **missing; /* names that lie nowhere */
	size_t missing_count;
};

/*
 * False, with errno and nothing to free, if the program cannot be read or
 * there is no memory.
 */
bool needed_find(const char *program, struct needed *ret_needed);
void needed_free(struct needed *needed);

#endif
