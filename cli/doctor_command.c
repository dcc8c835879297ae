/*
 * doctor_command.c - osprof doctor -- COMMAND: which calls of which library
 * osprof run would trace in a program, and why not others.
 *
 * The program is read, not run.  What is traced stands in the preload objects
 * themselves: the names that they show are the calls that they catch.
 */
#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/doctor.h"
#include "cli/inside.h"
#include "cli/needed.h"
#include "cli/preloads.h"
#include "cli/program.h"

/* Names, in order; they lie in mapped files. */
struct set {
	const char **at;
	size_t count;
	size_t cap;
};

struct examination {
	struct doctor doctor;
	struct needed needed;
	struct set *shown; /* by file of the program */
	struct set *wanted;
	bool loads_more;    /* it can load modules */
	bool starts_others; /* it can run programs */
	bool finds;         /* something is traced, or may be */
};

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
set_has(const struct set *set, const char *name)
{
	return set->count &&
	       bsearch(&name, set->at, set->count, sizeof(*set->at), compare);
}

static bool
set_add(struct set *set, const char *name)
{
	size_t cap = set->cap ? 2 * set->cap : 64;
	const char **at = set->at;

	if (set->count == set->cap) {
		at = reallocarray(at, cap, sizeof(*at));
		if (!at)
			return false;
		set->at = at;
		set->cap = cap;
	}
	set->at[set->count++] = name;
	return true;
}

/* The functions that a file has, or wants. */
static void
set_read(struct doctor *doctor, struct set *set, const struct elf *elf,
    const struct elf_names *names, bool wanted)
{
	struct elf_symbol symbol;
	size_t at = 0;

	while (elf_symbol(elf, names, &at, &symbol)) {
		if (!symbol.function || symbol.wanted != wanted)
			continue;
		if (!set_add(set, symbol.name)) {
			out_fail(&doctor->out, ENOMEM);
			return;
		}
	}
	if (set->count)
		qsort(set->at, set->count, sizeof(*set->at), compare);
}

/* How many names of `set` are among the `calls`. */
static size_t
common(const struct set *set, const struct set *calls)
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++)
		count += set_has(calls, set->at[i]);
	return count;
}

/* Whether a file is osprof's own: what it calls is not the program's. */
static bool
is_ours(const struct needed_file *file)
{
	return strncmp(file->name, "libosprof", strlen("libosprof")) == 0;
}

/* Say the calls of a set that are traced, in one line. */
static void
say_calls(struct examination *this, const char *library, const char *path,
    const struct set *calls, size_t prefix, const char *how)
{
	struct doctor *doctor = &this->doctor;
	char *list = NULL;
	size_t size;
	FILE *stream = open_memstream(&list, &size);

	for (size_t i = 0; stream && i < calls->count; i++)
		fprintf(stream, "%s %s", i ? "," : "", calls->at[i] + prefix);
	if (!stream || fclose(stream) != 0)
		out_fail(&doctor->out, ENOMEM);
	else
		doctor_say(doctor, OK, "%s: of %s, %zu call%s traced%s:%s",
		    library, path, calls->count,
		    calls->count == 1 ? " is" : "s are", how, list);
	free(list);
	this->finds = true;
}

/* The names of `wanted` that begin with `prefix` and go on as a call's. */
static bool
pick(struct doctor *doctor, const struct set *wanted, const char *prefix,
    const struct set *calls, struct set *ret_picked)
{
	size_t len = strlen(prefix);

	*ret_picked = (struct set){.count = 0};
	for (size_t i = 0; i < wanted->count; i++) {
		const char *name = wanted->at[i];

		if (strncmp(name, prefix, len) != 0 ||
		    !set_has(calls, name + len))
			continue;
		if (!set_add(ret_picked, name))
			out_fail(&doctor->out, ENOMEM);
	}
	return ret_picked->count > 0;
}

/* Say what one file calls; whether it calls anything. */
static bool
examine_caller(struct examination *this, const char *library,
    const struct set *calls, size_t file)
{
	static const struct {
		const char *prefix;
		const char *how;
	} ways[] = {
	    {"osprof_", ", once, by the header it was built with"},
	    {"", ""},
	};
	const char *path = this->needed.files[file].path;
	bool any = false;

	if (is_ours(&this->needed.files[file]))
		return false;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways) && !any; i++) {
		struct set picked;

		any = pick(&this->doctor, &this->wanted[file], ways[i].prefix,
		    calls, &picked);
		if (any)
			say_calls(this, library, path, &picked,
			    strlen(ways[i].prefix), ways[i].how);
		free(picked.at);
	}
	return any;
}

/* Whether the program was linked with the library's code. */
static bool
has_own_copy(
    struct examination *this, const char *library, const struct set *calls)
{
	const struct elf *elf = &this->needed.files[0].elf;
	struct set all = {.count = 0};
	bool has;

	set_read(&this->doctor, &all, elf, &elf->all, false);
	has = common(&all, calls) || common(&this->shown[0], calls) ||
	      inside_has(elf, library);
	free(all.at);
	return has;
}

/* The files that have the library's calls; whether there are any. */
static bool
examine_copies(struct examination *this, const char *library,
    const struct set *calls, bool called)
{
	bool any = false;

	for (size_t i = 1; i < this->needed.count; i++) {
		const struct needed_file *file = &this->needed.files[i];

		if (is_ours(file) || !common(&this->shown[i], calls))
			continue;
		any = true;
		if (called)
			doctor_say(&this->doctor, OK, "%s: library %s", library,
			    file->path);
		else
			doctor_say(&this->doctor, WARN,
			    "%s: %s has the calls, but no file of the "
			    "program asks for them by name: what it calls in "
			    "itself%s is not traced",
			    library, file->path,
			    file->elf.symbolic
				? " (it was linked with -Bsymbolic)"
				: "");
	}
	return any;
}

static void
examine_library(
    struct examination *this, const char *library, const struct set *calls)
{
	bool called = false, there;

	for (size_t i = 0; i < this->needed.count; i++)
		called |= examine_caller(this, library, calls, i);
	there = examine_copies(this, library, calls, called);
	if (has_own_copy(this, library, calls))
		doctor_say(&this->doctor, BAD,
		    "%s: the program has a copy of the library inside, whose "
		    "calls no preloaded object sees: build it with the header",
		    library);
	else if (called || there)
		return;
	else if (this->loads_more)
		doctor_say(&this->doctor, WARN,
		    "%s: the library is not linked; a module that is loaded "
		    "later may bring it, and is traced",
		    library);
	else
		doctor_say(&this->doctor, WARN, "%s: the library is not linked",
		    library);
}

/* The calls that a preload object catches, without those of the loader. */
static void
examine_preload(void *arg, const char *path, const char *library)
{
	struct examination *this = arg;
	struct set shown = {.count = 0}, calls = {.count = 0};
	struct elf elf;

	if (!elf_open(path, &elf)) {
		doctor_say(&this->doctor, BAD, "%s cannot be read: %s", path,
		    strerror(errno));
		return;
	}
	set_read(&this->doctor, &shown, &elf, &elf.shown, false);
	for (size_t i = 0; i < shown.count; i++)
		if (strncmp(shown.at[i], "dl", 2) != 0 &&
		    strncmp(shown.at[i], "osprof_", 7) != 0 &&
		    !set_add(&calls, shown.at[i]))
			out_fail(&this->doctor.out, ENOMEM);
	examine_library(this, library, &calls);
	free(calls.at);
	free(shown.at);
	elf_close(&elf);
}

/* Whether the file itself, and not what it is linked with, can do this. */
static bool
wants_one_of(const struct set *wanted, const char *const *names)
{
	for (; *names; names++)
		if (set_has(wanted, *names))
			return true;
	return false;
}

static void
read_names(struct examination *this)
{
	static const char *const loads[] = {"dlopen", "dlmopen", NULL};
	static const char *const starts[] = {"execl", "execle", "execlp",
	    "execv", "execve", "execvp", "execvpe", "fexecve", "popen",
	    "posix_spawn", "posix_spawnp", "system", NULL};

	for (size_t i = 0; i < this->needed.count; i++) {
		const struct elf *elf = &this->needed.files[i].elf;

		set_read(
		    &this->doctor, &this->shown[i], elf, &elf->shown, false);
		set_read(
		    &this->doctor, &this->wanted[i], elf, &elf->shown, true);
		this->loads_more |= wants_one_of(&this->wanted[i], loads);
	}
	this->starts_others = wants_one_of(&this->wanted[0], starts);
}

static void
examine_files(struct examination *this)
{
	struct doctor *doctor = &this->doctor;

	read_names(this);
	for (size_t i = 0; i < this->needed.missing_count; i++)
		doctor_say(doctor, WARN,
		    "%s is not found: the program will not start",
		    this->needed.missing[i]);
	if (preloads_each(examine_preload, this) == 0)
		doctor_say(doctor, BAD,
		    "there are no preload objects: install osprof whole");
	if (this->starts_others)
		doctor_say(doctor, OK,
		    "programs that it starts are traced too: ask about them "
		    "by their names");
	if (!this->finds && !this->loads_more && !this->starts_others)
		doctor_say(doctor, BAD, "nothing in it would be traced");
}

static void
examine_program(struct examination *this, const char *path)
{
	size_t count;

	if (!needed_find(path, &this->needed)) {
		doctor_say(&this->doctor, BAD, "%s: %s", path, strerror(errno));
		return;
	}
	count = this->needed.count;
	this->shown = calloc(count, sizeof(*this->shown));
	this->wanted = calloc(count, sizeof(*this->wanted));
	if (this->shown && this->wanted)
		examine_files(this);
	else
		out_fail(&this->doctor.out, ENOMEM);
	for (size_t i = 0; this->shown && this->wanted && i < count; i++) {
		free(this->shown[i].at);
		free(this->wanted[i].at);
	}
	free(this->shown);
	free(this->wanted);
	needed_free(&this->needed);
}

int
doctor_program(const char *command)
{
	struct examination this = {.finds = false};
	struct doctor *doctor = &this.doctor;
	struct program program;
	const char *obstacle;

	program_inspect(command, &program);
	obstacle = program_obstacle(program.kind);
	if (!doctor_open(doctor))
		return EXIT_BAD;
	if (*program.script)
		doctor_say(doctor, OK, "script %s", program.script);
	if (obstacle)
		doctor_say(doctor, BAD, "program %s %s",
		    *program.path ? program.path : command, obstacle);
	else
		doctor_say(doctor, OK, "program %s", program.path);
	if (!obstacle)
		examine_program(&this, program.path);
	return doctor_close(doctor);
}
