/*
 * context_test.c - a process does as its environment says, where that may say
 * something: each test is a program of its own.
 */
#include "tests/sign/program.h"

#include <dirent.h>

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

static int
count_threads(void)
{
	DIR *tasks = opendir("/proc/self/task");
	int count = 0;

	while (tasks && readdir(tasks))
		count++;
	if (tasks)
		closedir(tasks);
	return count;
}

static void
body_starts_no_thread(void)
{
	int before = count_threads(); /* a sanitizer may have its own */

	gate_settle();
	osprof_start("point", NULL);
	osprof_stop(NULL);

	CHECK(count_threads() == before);
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
	static const char *const traces[] = {BASE, ("/" PARENT), "/", "x"};

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

static void
body_of_no_trace_without_libcrypto(void)
{
	body_is_of_no_trace();
	CHECK(!has_loaded("libosprof-sign"));
	CHECK(!has_loaded("libcrypto"));
}

static void
test_libcrypto_is_for_pairs_that_are_to_be_checked(void)
{
	CHECK(in_program("enabled = true", VARIABLES(PAIR),
		  body_of_no_trace_without_libcrypto) == 0);
	CHECK(in_program("enabled = true\nhmac_keys = SECRET_KEY",
		  VARIABLES("TRACEPARENT", TRACEPARENT),
		  body_of_no_trace_without_libcrypto) == 0);
	CHECK(in_program("enabled = true\nhmac_keys = SECRET_KEY",
		  VARIABLES("X_TRACE_INFO", INFO, "X_TRACE_HMAC", "no hmac"),
		  body_of_no_trace_without_libcrypto) == 0);
	CHECK(in_program("enabled = true\nhmac_keys = ,", VARIABLES(PAIR),
		  body_of_no_trace_without_libcrypto) == 0);
}

/* The last value that each name was given. */
static struct given {
	const char *name;
	char value[512];
} given[5] = {{"OSPROF_TRACE", ""}, {"TRACEPARENT", ""}, {"TRACESTATE", ""},
    {"X_TRACE_INFO", ""}, {"X_TRACE_HMAC", ""}};

static void
keep_given(void *arg, const char *name, const char *value)
{
	(void)arg;
	for (size_t i = 0; i < 5; i++)
		if (strcmp(given[i].name, name) == 0)
			snprintf(given[i].value, sizeof(given[i].value), "%s",
			    value ? value : "gone");
}

static const char *
given_value(const char *name)
{
	for (size_t i = 0; i < 5; i++)
		if (strcmp(given[i].name, name) == 0)
			return given[i].value;
	abort();
}

/* What a child is told, of a process that has a TRACEPARENT. */
static bool
give(const char *traceparent, const char *base_id, const char *parent_id,
    const char *key)
{
	char copy[64], problem[PLUGIN_PROBLEM] = "";
	struct context context = {.traceparent = copy};
	struct trace_root root;

	for (size_t i = 0; i < 5; i++)
		strcpy(given[i].value, "kept");
	snprintf(copy, sizeof(copy), "%s", traceparent);
	CHECK(trace_root_set(&root, base_id, parent_id));
	return context_for_child(
	    &context, &root, key, keep_given, NULL, problem);
}

static void
test_a_child_is_told_its_trace_in_all_ways(void)
{
	CHECK(give("", BASE, PARENT, NULL));

	CHECK_STR(given_value("OSPROF_TRACE"), BASE "/" PARENT);
	CHECK_STR(given_value("TRACEPARENT"),
	    "00-aaaaaaaabbbb4ccc8dddeeeeeeeeeeee-8444555555555555-01");
	CHECK_STR(given_value("TRACESTATE"), "gone");
	CHECK_STR(given_value("X_TRACE_INFO"), "gone");
	CHECK_STR(given_value("X_TRACE_HMAC"), "gone");
}

static void
test_a_tracestate_stays_with_its_trace(void)
{
	CHECK(give(
	    TRACEPARENT, "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", PARENT, NULL));

	CHECK_STR(given_value("TRACESTATE"), "kept");
	CHECK(give(TRACEPARENT, BASE, PARENT, NULL));
	CHECK_STR(given_value("TRACESTATE"), "gone");
}

static void
test_w3c_has_no_name_for_other_ids(void)
{
	CHECK(give(TRACEPARENT, "req 7", PARENT, ""));

	CHECK_STR(given_value("OSPROF_TRACE"), "req 7/" PARENT);
	CHECK_STR(given_value("TRACEPARENT"), "gone");
	CHECK_STR(given_value("TRACESTATE"), "gone");
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
    TEST(test_a_trace_of_the_programs_own_wins),
    TEST(test_libcrypto_is_for_pairs_that_are_to_be_checked),
    TEST(test_a_child_is_told_its_trace_in_all_ways),
    TEST(test_a_tracestate_stays_with_its_trace),
    TEST(test_w3c_has_no_name_for_other_ids))
