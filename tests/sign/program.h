/*
 * program.h - programs of their own in surroundings of the tests' making.
 */
#ifndef TESTS_SIGN_PROGRAM_H
#define TESTS_SIGN_PROGRAM_H

#include <sys/wait.h>

#include "osprof.h"
#include "shim/context.h"
#include "shim/gate.h"
#include "shim/process.h"
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#define BASE "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
#define PARENT "11111111-2222-4333-8444-555555555555"
#define TRACEPARENT "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

/* Names and values of the environment, NULL behind them. */
#define VARIABLES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The spool folder of the run: its value is not known before the sandbox. */
static const char run[] = "the run's";

static inline void
set_variables(const char *const *variables)
{
	char folder[128];

	snprintf(folder, sizeof(folder), "%s/run", sandbox);
	for (; *variables; variables += 2)
		setenv(variables[0],
		    variables[1] == run ? folder : variables[1], 1);
}

/* Run `body` as a program of its own; `options` NULL: no configuration. */
static inline int
in_program(
    const char *options, const char *const *variables, void (*body)(void))
{
	int status;
	pid_t pid;

	sandbox_make(options ? options : "");
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		check_failures = 0;
		if (!options)
			unsetenv("OSPROF_CONFIG");
		if (chdir("/") != 0)
			abort();
		set_variables(variables);
		body();
		exit(check_failures != 0);
	}
	waitpid(pid, &status, 0);
	sandbox_remove();
	return status;
}

static inline void
check_ids(const char *base, const char *outside)
{
	char id[OSPROF_ID_SIZE];

	CHECK(osprof_get_base_id(id) == OSPROF_OK);
	CHECK_STR(id, base);
	CHECK(osprof_get_id(id) == OSPROF_OK);
	CHECK_STR(id, outside);
	CHECK(osprof_start("point", NULL) == OSPROF_OK);
	osprof_get_base_id(id);
	CHECK_STR(id, base);
	osprof_get_parent_id(id);
	CHECK_STR(id, outside);
	CHECK(osprof_stop(NULL) == OSPROF_OK);
}

static inline void
body_is_off(void)
{
	CHECK(gate_settle() == 0);
	CHECK(atomic_load(&process.tracing) == PROCESS_SILENT);
}

static inline void
body_is_of_no_trace(void)
{
	char base[OSPROF_ID_SIZE];

	CHECK(osprof_get_base_id(base) == OSPROF_OK);

	CHECK(strcmp(base, BASE) != 0);
	CHECK(strncmp(base, "4bf92f35", 8) != 0);
	check_ids(base, base);
}

/* Whether a library of that name is in this program. */
static inline bool
has_loaded(const char *name)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[4096];
	bool found = false;

	while (maps && fgets(line, sizeof(line), maps))
		found |= strstr(line, name) != NULL;
	if (maps)
		fclose(maps);
	return found;
}

/* Vector 1 of sign_test.c: signs BASE and PARENT with SECRET_KEY. */
#define INFO \
 "eyJiYXNlX2lkIjogImFhYWFhYWFhLWJiYmItNGNjYy04ZGRkLWVlZWVlZWVlZWVlZSIs" \
 "ICJwYXJlbnRfaWQiOiAiMTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1" \
 "In0="
#define HMAC "696cb28bc1294fb4a67da7fd79fb0268ce823684"
#define PAIR "X_TRACE_INFO", INFO, "X_TRACE_HMAC", HMAC

#endif
