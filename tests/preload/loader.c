/*
 * loader.c - a program that does not know SQLite and loads plugins that do.
 *
 *	loader [times N] WORD...
 *
 * The words are done in order, N times:
 *	local PATH, global PATH, deep PATH  load the plugin, as the next one
 *	run I        let plugin I run its statements
 *	nest I J     let plugin I run, and J inside of I's statement
 *	close I      unload it
 *	library PATH, unload  load any library, unload it
 *	direct       look the loaded SQLite's functions up and run a statement
 *	absent       call a function that the loaded SQLite does not have
 *	early        open a database if there is a function for it, which has to
 *	             fail where there is no plugin yet
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int plugin_function(const char *name, int (*within)(void *), void *arg);

struct plugin {
	void *handle;
	plugin_function *run;
	char name[16];
};

static struct plugin plugin[8];
static size_t plugins;
static void *library;

static int
fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, dlerror());
	return 1;
}

static int
load(const char *path, int mode)
{
	struct plugin *next = &plugin[plugins];
	void *run;

	next->handle = dlopen(path, mode);
	if (!next->handle)
		return fail(path);
	run = dlsym(next->handle, "plugin_run");
	if (!run)
		return fail(path);
	memcpy(&next->run, &run, sizeof(run));
	snprintf(next->name, sizeof(next->name), "plugin %zu", plugins++);
	return 0;
}

static int
run(const struct plugin *of)
{
	return of->run(of->name, NULL, NULL);
}

static int
run_within(void *of)
{
	return run(of);
}

static int
unload(struct plugin *of)
{
	plugins--;
	return dlclose(of->handle) ? fail("close") : 0;
}

static int
direct(void)
{
	int (*open)(const char *, void **), (*close)(void *);
	int (*exec)(void *, const char *, void *, void *, char **);
	void *db;

	*(void **)&open = dlsym(library, "sqlite3_open");
	*(void **)&exec = dlsym(library, "sqlite3_exec");
	*(void **)&close = dlsym(library, "sqlite3_close");
	if (!open || !exec || !close)
		return fail("direct");
	return open(":memory:", &db) ||
	       exec(db, "create virtual table f using fts5(a)", NULL, NULL,
		   NULL) ||
	       close(db);
}

static int
absent(void)
{
	int (*call)(void *, int, void *, int, int, void *);

	*(void **)&call = dlsym(RTLD_DEFAULT, "sqlite3_carray_bind");
	return call && call(NULL, 1, NULL, 0, 0, NULL) == 0;
}

static int
early(void)
{
	int (*call)(const char *, void **);
	void *db = NULL;

	*(void **)&call = dlsym(RTLD_DEFAULT, "sqlite3_open");
	return !plugins && call && call(":memory:", &db) == 0;
}

/* Do the word at *at; it moves past what the word took. */
static int
act(char ***at)
{
	const char *word = *(*at)++;

	if (strcmp(word, "direct") == 0)
		return direct();
	if (strcmp(word, "absent") == 0)
		return absent();
	if (strcmp(word, "early") == 0)
		return early();
	if (strcmp(word, "unload") == 0)
		return dlclose(library);

	const char *argument = *(*at)++;

	if (strcmp(word, "local") == 0)
		return load(argument, RTLD_NOW | RTLD_LOCAL);
	if (strcmp(word, "global") == 0)
		return load(argument, RTLD_LAZY | RTLD_GLOBAL);
	if (strcmp(word, "deep") == 0)
		return load(argument, RTLD_LAZY | RTLD_GLOBAL | RTLD_DEEPBIND);
	if (strcmp(word, "library") == 0)
		return !(library = dlopen(argument, RTLD_NOW | RTLD_LOCAL)) &&
		       fail(argument);
	if (strcmp(word, "run") == 0)
		return run(&plugin[atoi(argument)]);
	if (strcmp(word, "close") == 0)
		return unload(&plugin[atoi(argument)]);
	if (strcmp(word, "nest") == 0) {
		struct plugin *outer = &plugin[atoi(argument)];

		return outer->run(
		    outer->name, run_within, &plugin[atoi(*(*at)++)]);
	}
	fprintf(stderr, "loader: what is %s?\n", word);
	return 2;
}

int
main(int argc, char **argv)
{
	int times = 1;

	argv++;
	if (argc > 2 && strcmp(*argv, "times") == 0) {
		times = atoi(argv[1]);
		argv += 2;
	}
	while (times-- > 0)
		for (char **at = argv; *at;)
			if (act(&at))
				return 1;
	return 0;
}
