/*
 * context_test.c - a process does as its environment says, where that may say
 * something: each test is a program of its own.
 */
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#include <dirent.h>
#include <sys/wait.h>

#include "osprof.h"
#include "shim/gate.h"
#include "shim/process.h"

#define BASE "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
#define PARENT "11111111-2222-4333-8444-555555555555"
#define TRACEPARENT "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

/* Names and values of the environment, NULL behind them. */
#define VARIABLES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The spool folder of the run: its value is not known before the sandbox. */
static const char run[] = "the run's";

static void
set_variables(const char *const *variables)
{
	char folder[128];

	snprintf(folder, sizeof(folder), "%s/run", sandbox);
	for (; *variables; variables += 2)
		setenv(variables[0],
		    variables[1] == run ? folder : variables[1], 1);
}

/* Run `body` as a program of its own; `options` NULL: no configuration. */
static int
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

static void
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

static void
body_is_of_the_run(void)
{
	char folder[128];

	CHECK(gate_settle() & GATE_SQL);
	check_ids(BASE, PARENT);

	snprintf(folder, sizeof(folder), "%s/run", sandbox);
	CHECK_STR(process_config()->spool_dir, folder);
	CHECK(process_config()->enabled && process_config()->trace_sql);
	CHECK(process_config()->drain == DRAIN_AGENT);
}

static void
test_a_run_traces_without_a_configuration(void)
{
	CHECK(in_program(NULL,
		  VARIABLES("OSPROF_RUN", run, "OSPROF_TRACE", BASE "/" PARENT),
		  body_is_of_the_run) == 0);
}

static void
test_a_run_wins_over_the_configuration(void)
{
	CHECK(in_program("enabled = false\ndrain = thread",
		  VARIABLES("OSPROF_RUN", run, "OSPROF_TRACE", BASE "/" PARENT),
		  body_is_of_the_run) == 0);
}

static void
body_starts_no_thread(void)
{
	DIR *tasks = opendir("/proc/self/task");
	int count = 0;

	gate_settle();
	osprof_start("point", NULL);
	osprof_stop(NULL);

	while (tasks && readdir(tasks))
		count++;
	CHECK(count == 3); /* . and .. and the program's own */
}

static void
test_a_run_starts_no_thread(void)
{
	CHECK(in_program("enabled = true", VARIABLES("OSPROF_RUN", run),
		  body_starts_no_thread) == 0);
	CHECK(in_program("enabled = maybe", VARIABLES("OSPROF_RUN", run),
		  body_starts_no_thread) == 0);
}

static void
body_keeps_what_the_file_says(void)
{
	gate_settle();

	CHECK(process_config()->hide_args);
	CHECK_U64(process_config()->max_statement, 100);
}

static void
test_a_run_keeps_what_else_the_configuration_says(void)
{
	CHECK(in_program("hide_args = true\nmax_statement = 100",
		  VARIABLES("OSPROF_RUN", run),
		  body_keeps_what_the_file_says) == 0);
}

static void
body_is_off(void)
{
	CHECK(gate_settle() == 0);
	CHECK(atomic_load(&process.tracing) == PROCESS_SILENT);
}

static void
test_a_bad_configuration_is_off_under_a_run_too(void)
{
	CHECK(in_program("hide_args = maybe", VARIABLES("OSPROF_RUN", run),
		  body_is_off) == 0);
}

static void
test_a_run_in_no_absolute_folder_is_none(void)
{
	CHECK(in_program(NULL, VARIABLES("OSPROF_RUN", "spool"), body_is_off) ==
	      0);
	CHECK(in_program(NULL, VARIABLES("OSPROF_RUN", ""), body_is_off) == 0);
}

static void
body_is_of_no_trace(void)
{
	char base[OSPROF_ID_SIZE];

	CHECK(osprof_get_base_id(base) == OSPROF_OK);

	CHECK(strcmp(base, BASE) != 0);
	CHECK(strncmp(base, "4bf92f35", 8) != 0);
	check_ids(base, base);
}

static void
test_what_nobody_signed_counts_under_a_run_only(void)
{
	CHECK(in_program("enabled = true",
		  VARIABLES("OSPROF_TRACE", BASE "/" PARENT, "TRACEPARENT",
		      TRACEPARENT),
		  body_is_of_no_trace) == 0);
}

static void
test_a_trace_that_is_malformed_is_none(void)
{
	static const char *const traces[] = {BASE, "/" PARENT, "/", "x"};

	for (size_t i = 0; i < sizeof(traces) / sizeof(*traces); i++)
		CHECK(
		    in_program(NULL,
			VARIABLES("OSPROF_RUN", run, "OSPROF_TRACE", traces[i]),
			body_is_of_no_trace) == 0);
}

static void
body_is_of_the_traceparent(void)
{
	check_ids("4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
	    "00000000-0000-0000-00f0-67aa0ba902b7");
}

static void
test_a_traceparent_is_joined_where_the_run_names_no_trace(void)
{
	CHECK(in_program(NULL,
		  VARIABLES("OSPROF_RUN", run, "TRACEPARENT", TRACEPARENT),
		  body_is_of_the_traceparent) == 0);
}

static void
body_is_of_the_text(void)
{
	check_ids("a/b \xc3\xa9", "7");
}

static void
test_ids_that_are_no_uuids_are_kept(void)
{
	CHECK(
	    in_program(NULL,
		VARIABLES("OSPROF_RUN", run, "OSPROF_TRACE", "a/b \xc3\xa9/7"),
		body_is_of_the_text) == 0);
}

static void
body_forks(void)
{
	int status;

	body_is_of_the_run();
	if (fork() == 0) {
		setenv("OSPROF_TRACE", "other/other", 1);
		body_is_of_the_run();
		exit(check_failures != 0);
	}
	wait(&status);
	CHECK(status == 0);
}

static void
test_a_forked_child_keeps_the_trace(void)
{
	CHECK(in_program(NULL,
		  VARIABLES("OSPROF_RUN", run, "OSPROF_TRACE", BASE "/" PARENT),
		  body_forks) == 0);
}

static void
body_of_threads(void)
{
	check_ids(BASE, PARENT);
	osprof_init(NULL, "mine", "above");
	check_ids("mine", "above");
	osprof_clean();
	check_ids(BASE, PARENT);
}

static void
test_a_trace_of_the_programs_own_wins(void)
{
	CHECK(in_program(NULL,
		  VARIABLES("OSPROF_RUN", run, "OSPROF_TRACE", BASE "/" PARENT),
		  body_of_threads) == 0);
}

RUN_TESTS(TEST(test_a_run_traces_without_a_configuration),
    TEST(test_a_run_wins_over_the_configuration),
    TEST(test_a_run_starts_no_thread),
    TEST(test_a_run_keeps_what_else_the_configuration_says),
    TEST(test_a_bad_configuration_is_off_under_a_run_too),
    TEST(test_a_run_in_no_absolute_folder_is_none),
    TEST(test_what_nobody_signed_counts_under_a_run_only),
    TEST(test_a_trace_that_is_malformed_is_none),
    TEST(test_a_traceparent_is_joined_where_the_run_names_no_trace),
    TEST(test_ids_that_are_no_uuids_are_kept),
    TEST(test_a_forked_child_keeps_the_trace),
    TEST(test_a_trace_of_the_programs_own_wins))
