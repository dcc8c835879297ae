/*
 * needed.c - follow a program's libraries as the loader would.
 */
#include "cli/needed.h"

#include <elf.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/ld_cache.h"

#define FILES_MAX 4096 /* no program has so many */

/* A library that is looked for. */
struct search {
	struct needed *needed;
	const char *name;
	size_t asked_by;
	char path[PATH_MAX];
	struct elf elf;
};

/* Whether what lies at search->path is a library for this program. */
static bool
opens(struct search *search)
{
	if (!elf_open(search->path, &search->elf))
		return false;
	if (elf_fits(&search->elf, &search->needed->files[0].elf))
		return true;
	elf_close(&search->elf);
	return false;
}

/* What a word behind $ stands for; NULL if nobody knows. */
static const char *
variable(const char *name, size_t len, const char *origin)
{
	if (len == strlen("ORIGIN") && memcmp(name, "ORIGIN", len) == 0)
		return origin;
	if (len == strlen("LIB") && memcmp(name, "LIB", len) == 0)
		return sizeof(void *) == 8 ? "lib64" : "lib";
	return NULL;
}

/* Append to a path; false where it would be too long. */
static bool
put(char path[PATH_MAX], const char *text, size_t len)
{
	size_t used = strlen(path);

	if (len >= PATH_MAX - used)
		return false;
	memcpy(path + used, text, len);
	path[used + len] = '\0';
	return true;
}

/* Write a folder of a list, its variables replaced; false if it is unusable. */
static bool
expand(const char *at, size_t len, const char *origin, char path[PATH_MAX])
{
	const char *end = at + len;

	path[0] = '\0';
	while (at < end) {
		size_t plain = 0, word, braces;
		const char *value;

		while (at + plain < end && at[plain] != '$')
			plain++;
		if (!put(path, at, plain))
			return false;
		at += plain;
		if (at == end)
			return true;
		braces = at + 1 < end && at[1] == '{';
		word = strspn(at + 1 + braces, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		value = variable(at + 1 + braces, word, origin);
		if (!value || !put(path, value, strlen(value)))
			return false;
		at += 1 + word + 2 * braces;
	}
	return true;
}

/* The folder of a file of the list. */
static void
origin_of(const struct needed_file *file, char origin[PATH_MAX])
{
	char *slash;

	if (!realpath(file->path, origin))
		snprintf(origin, PATH_MAX, "%s", file->path);
	slash = strrchr(origin, '/');
	if (slash)
		*slash = '\0';
	else
		snprintf(origin, PATH_MAX, ".");
}

/* Look in the folders of a list with colons, which `owner` gave. */
static bool
in_list(struct search *search, const char *list, size_t owner)
{
	char origin[PATH_MAX];

	origin_of(&search->needed->files[owner], origin);
	for (;;) {
		size_t len = strcspn(list, ":;");

		if (expand(list, len, origin, search->path) &&
		    put(search->path, len ? "/" : "", len ? 1 : 0) &&
		    put(search->path, search->name, strlen(search->name)) &&
		    opens(search))
			return true;
		list += len;
		if (!*list++)
			return false;
	}
}

static const char *
text_of(const struct needed_file *file, uint64_t tag)
{
	size_t at = 0;

	return elf_text(&file->elf, tag, &at);
}

/* RPATH counts for what a library's libraries need, too. */
static bool
in_rpaths(struct search *search)
{
	const struct needed_file *files = search->needed->files;
	size_t owner = search->asked_by;

	if (text_of(&files[owner], DT_RUNPATH))
		return false;
	for (;; owner = files[owner].asked_by) {
		const char *list = text_of(&files[owner], DT_RPATH);

		if (list && !text_of(&files[owner], DT_RUNPATH) &&
		    in_list(search, list, owner))
			return true;
		if (owner == 0)
			return false;
	}
}

/* The loader's cache knows a name several times, once for each machine. */
static bool
in_cache(struct search *search)
{
	const char *path;
	size_t at = 0;

	while ((path = ld_cache_next(search->name, &at)))
		if (strlen(path) < PATH_MAX && strcpy(search->path, path) &&
		    opens(search))
			return true;
	return false;
}

static bool
look(struct search *search)
{
	const struct needed_file *by = &search->needed->files[search->asked_by];
	const char *environment = getenv("LD_LIBRARY_PATH");
	const char *runpath = text_of(by, DT_RUNPATH);
	char origin[PATH_MAX];

	if (strchr(search->name, '/')) {
		origin_of(by, origin);
		return expand(search->name, strlen(search->name), origin,
			   search->path) &&
		       opens(search);
	}
	return in_rpaths(search) ||
	       (environment && *environment &&
		   in_list(search, environment, 0)) ||
	       (runpath && in_list(search, runpath, search->asked_by)) ||
	       in_cache(search) ||
	       in_list(search, "/lib64:/usr/lib64:/lib:/usr/lib", 0);
}

static bool
is_known(const struct needed *needed, const char *name)
{
	for (size_t i = 1; i < needed->count; i++)
		if (strcmp(needed->files[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < needed->missing_count; i++)
		if (strcmp(needed->missing[i], name) == 0)
			return true;
	return false;
}

/* Add an open file, named by `name` or by itself; it is closed on failure. */
static bool
add(struct needed *needed, const char *path, const char *name, struct elf *elf,
    size_t asked_by)
{
	struct needed_file *files = reallocarray(
	    needed->files, needed->count + 1, sizeof(*files));
	char *copy = strdup(path);
	const char *own;

	if (files)
		needed->files = files;
	if (!files || !copy) {
		free(copy);
		elf_close(elf);
		errno = ENOMEM;
		return false;
	}
	files += needed->count++;
	*files = (struct needed_file){copy, name, *elf, asked_by};
	own = text_of(files, DT_SONAME);
	if (own)
		files->name = own;
	return true;
}

static bool
add_missing(struct needed *needed, const char *name)
{
	const char **missing = reallocarray(
	    needed->missing, needed->missing_count + 1, sizeof(*missing));

	if (!missing)
		return false;
	needed->missing = missing;
	missing[needed->missing_count++] = name;
	return true;
}

/* Find what the file of this number needs. */
static bool
follow(struct needed *needed, size_t number)
{
	struct search search = {.needed = needed, .asked_by = number};
	size_t at = 0;

	while ((search.name = elf_text(
		    &needed->files[number].elf, DT_NEEDED, &at))) {
		bool added;

		if (is_known(needed, search.name) ||
		    needed->count + needed->missing_count >= FILES_MAX)
			continue;
		added = look(&search) ? add(needed, search.path, search.name,
					    &search.elf, number)
				      : add_missing(needed, search.name);
		if (!added)
			return false;
	}
	return true;
}

bool
needed_find(const char *program, struct needed *ret_needed)
{
	struct needed needed = {.count = 0};
	struct elf elf;

	if (!elf_open(program, &elf) ||
	    !add(&needed, program, program, &elf, 0))
		return false;
	for (size_t i = 0; i < needed.count; i++) {
		if (!follow(&needed, i)) {
			needed_free(&needed);
			errno = ENOMEM;
			return false;
		}
	}
	*ret_needed = needed;
	return true;
}

void
needed_free(struct needed *needed)
{
	for (size_t i = 0; i < needed->count; i++) {
		elf_close(&needed->files[i].elf);
		free(needed->files[i].path);
	}
	free(needed->files);
	free(needed->missing);
}
