/*
 * program.c - from a command's first word to the file that the kernel runs,
 * and whether its loader would take preloaded objects.
 */
#include "cli/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "cli/elf.h"

#define SCRIPTS_MAX 5 /* within one another; the kernel follows no more */

static bool
is_program(const char *path)
{
	struct stat stat_;

	return stat(path, &stat_) == 0 && S_ISREG(stat_.st_mode) &&
	       access(path, X_OK) == 0;
}

static bool
search_path(const char *name, char *ret_path)
{
	const char *folders = getenv("PATH");
	char path[PATH_MAX];

	if (!folders)
		folders = "/bin:/usr/bin";
	for (;; folders++) {
		size_t len = strcspn(folders, ":");
		int size = snprintf(path, sizeof(path), "%.*s%s%s", (int)len,
		    folders, len ? "/" : "", name);

		if (size > 0 && (size_t)size < sizeof(path) &&
		    is_program(path)) {
			memcpy(ret_path, path, (size_t)size + 1);
			return true;
		}
		folders += len;
		if (!*folders)
			return false;
	}
}

/* What execvp() would run for a name. */
static bool
find(const char *name, char *ret_path)
{
	if (!*name || strlen(name) >= PATH_MAX)
		return false;
	if (!strchr(name, '/'))
		return search_path(name, ret_path);
	if (!is_program(name))
		return false;
	strcpy(ret_path, name);
	return true;
}

/* The first line, without #!, of a script; false if it is none. */
static bool
read_first_line(const char *path, char *line, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return false;
	len = read(fd, line, size - 1);
	close(fd);
	if (len < 2 || line[0] != '#' || line[1] != '!')
		return false;
	line[len] = '\0';
	line[strcspn(line, "\n")] = '\0';
	memmove(line, line + 2, strlen(line + 2) + 1);
	return true;
}

static bool
is_env(const char *path)
{
	const char *name = strrchr(path, '/');

	return strcmp(name ? name + 1 : path, "env") == 0;
}

/* The word that env(1) would run; NULL if there is none. */
static char *
word_of_env(char **rest)
{
	char *word;

	while ((word = strsep(rest, " \t")))
		if (*word && *word != '-' && !strchr(word, '='))
			return word;
	return NULL;
}

/* The interpreter that a script's first line names. */
static bool
find_interpreter(const char *script, char *ret_path)
{
	char line[512]; /* the kernel reads 256 */
	char *rest = line, *word;

	/* execvp() lets the shell have what has no first line of its own. */
	if (!read_first_line(script, line, sizeof(line)))
		return find("/bin/sh", ret_path);
	rest += strspn(rest, " \t");
	word = strsep(&rest, " \t");
	if (is_env(word))
		word = word_of_env(&rest);
	return word && find(word, ret_path);
}

/* Whether the loader will be told that it must not trust the environment. */
static bool
gains_rights(const char *path)
{
	struct statvfs disk;
	struct stat file;

	if (stat(path, &file) != 0 ||
	    (statvfs(path, &disk) == 0 && disk.f_flag & ST_NOSUID))
		return false;
	if (file.st_mode & S_ISUID && file.st_uid != getuid())
		return true;
	if (file.st_mode & S_ISGID && file.st_mode & S_IXGRP &&
	    file.st_gid != getgid())
		return true;
	/* Root has these already. */
	return getuid() != 0 &&
	       getxattr(path, "security.capability", NULL, 0) > 0;
}

/* Whether this very program could load it. */
static bool
is_foreign(const struct elf *elf)
{
	struct elf own;
	bool foreign;

	if (!elf_open("/proc/self/exe", &own))
		return false;
	foreign = !elf_fits(elf, &own);
	elf_close(&own);
	return foreign;
}

static enum program_kind
kind_of(const char *path, const struct elf *elf)
{
	if (is_foreign(elf))
		return PROGRAM_FOREIGN;
	if (!elf->asks_loader)
		return PROGRAM_STATIC;
	return gains_rights(path) ? PROGRAM_SECURE : PROGRAM_OPEN;
}

/* The kind of the file at path; a script is followed and becomes another. */
static enum program_kind
inspect(struct program *program, int depth)
{
	enum program_kind kind;
	struct elf elf;

	if (elf_open(program->path, &elf)) {
		kind = kind_of(program->path, &elf);
		elf_close(&elf);
		return kind;
	}
	if (errno == EACCES)
		return gains_rights(program->path) ? PROGRAM_SECURE
						   : PROGRAM_UNREAD;
	if (errno != ENOEXEC || depth == SCRIPTS_MAX)
		return PROGRAM_ABSENT;
	strcpy(program->script, program->path);
	if (!find_interpreter(program->script, program->path))
		return PROGRAM_ABSENT;
	return inspect(program, depth + 1);
}

enum program_kind
program_inspect(const char *command, struct program *ret_program)
{
	struct program *program = ret_program;

	program->path[0] = program->script[0] = '\0';
	if (!find(command, program->path))
		return program->kind = PROGRAM_ABSENT;
	return program->kind = inspect(program, 0);
}

const char *
program_obstacle(enum program_kind kind)
{
	static const char *const obstacle[PROGRAM_KINDS] = {
	    [PROGRAM_STATIC] = "is linked statically: nothing can be loaded "
			       "into it; build it with the header",
	    [PROGRAM_SECURE] = "runs with rights that its user has not: the "
			       "loader ignores preloads; build it with the "
			       "header",
	    [PROGRAM_FOREIGN] = "is made for another machine or word size",
	    [PROGRAM_UNREAD] = "may be run but not read",
	    [PROGRAM_ABSENT] = "cannot be run",
	};

	return obstacle[kind];
}
