/*
 * pair_test.c - a process joins the trace of a signed pair in its environment,
 * and hands its own on.
 */
#include "tests/sign/program.h"

static void
test_a_pair_that_another_key_signed_is_ignored(void)
{
	CHECK(in_program("enabled = true\nhmac_keys = other", VARIABLES(PAIR),
		  body_is_of_no_trace) == 0);
}

static void
body_is_of_the_pair(void)
{
	check_ids(BASE, PARENT);
	CHECK(has_loaded("libosprof-sign"));
}

static void
test_a_pair_that_a_key_signed_is_joined(void)
{
	CHECK(in_program("enabled = true\nhmac_keys = other, SECRET_KEY",
		  VARIABLES(PAIR), body_is_of_the_pair) == 0);
}

static void
test_a_pair_wins_over_what_nobody_signed(void)
{
	CHECK(in_program("hmac_keys = SECRET_KEY",
		  VARIABLES("OSPROF_RUN", run, "OSPROF_TRACE", "a/b",
		      "TRACEPARENT", TRACEPARENT, PAIR),
		  body_is_of_the_pair) == 0);
}

static void
test_a_pair_does_not_switch_tracing_on(void)
{
	CHECK(in_program("enabled = false\nhmac_keys = SECRET_KEY",
		  VARIABLES(PAIR), body_is_off) == 0);
}

static void
body_is_of_the_named_file(void)
{
	char path[128];

	CHECK(gate_settle() == 0); /* nothing was found */
	snprintf(path, sizeof(path), "%s/osprof.ini", sandbox);
	CHECK(osprof_init_from_conf(path, NULL, NULL, NULL) == OSPROF_OK);
	check_ids(BASE, PARENT);

	sandbox_again("enabled = true\nimplicit_trace = process");
	CHECK(osprof_init_from_conf(path, NULL, NULL, NULL) == OSPROF_OK);
	check_ids(BASE, PARENT);
}

static void
test_a_file_that_the_program_names_may_have_the_key(void)
{
	CHECK(in_program("enabled = true\nhmac_keys = SECRET_KEY",
		  VARIABLES("OSPROF_CONFIG", "", PAIR),
		  body_is_of_the_named_file) == 0);
}

static void
body_gets_the_key_too_late(void)
{
	char path[128], base[OSPROF_ID_SIZE];
	int status;

	CHECK(osprof_get_base_id(base) == OSPROF_OK);
	check_ids(base, base);
	snprintf(path, sizeof(path), "%s/osprof.ini", sandbox);
	sandbox_again("enabled = true\nhmac_keys = SECRET_KEY");
	if (fork() == 0) {
		osprof_init_from_conf(path, NULL, NULL, NULL);
		check_ids(base, base);
		exit(check_failures != 0);
	}
	wait(&status);
	CHECK(status == 0);
	osprof_init_from_conf(path, NULL, NULL, NULL);
	check_ids(base, base);
}

static void
test_a_trace_that_has_begun_stays_in_children_too(void)
{
	CHECK(in_program("enabled = true", VARIABLES(PAIR),
		  body_gets_the_key_too_late) == 0);
}

/* Messages of a foreign trace, as the notifier got them. */
static char told[16384];

static void
keep_message(const char *message, size_t length, void *arg)
{
	(void)arg;
	strncat(told, message, length);
	strcat(told, "\n");
}

static size_t
count_told(const char *part)
{
	size_t count = 0;

	for (const char *at = told; (at = strstr(at, part)); at++)
		count++;
	return count;
}

static void
body_tells_texts(void)
{
	osprof_set_notifier(keep_message, NULL);
	CHECK(osprof_start("outer", NULL) == OSPROF_OK);
	CHECK(osprof_start("inner", NULL) == OSPROF_OK);
	osprof_stop(NULL);
	osprof_stop(NULL);
	CHECK(osprof_flush(10000) == OSPROF_OK);

	CHECK_U64(count_told("\"base_id\": \"req 7\""), 4);
	CHECK_U64(count_told("\"parent_id\": \"a\\\"b\""), 2);
	CHECK_U64(count_told("\"name\": \"inner-st"), 2);
}

/* The pair of two ids, in the environment that the tests' programs get. */
static void
set_variable(void *arg, const char *name, const char *value)
{
	(void)arg;
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void
forget_variables(void)
{
	unsetenv("X_TRACE_INFO");
	unsetenv("X_TRACE_HMAC");
	unsetenv("OSPROF_TRACE");
	unsetenv("TRACEPARENT");
}

static void
test_messages_have_ids_that_are_no_uuids(void)
{
	struct context context = {.run = NULL};
	struct trace_root root;
	char problem[PLUGIN_PROBLEM];

	CHECK(trace_root_set(&root, "req 7", "a\"b"));
	CHECK(context_for_child(
	    &context, &root, "k\xc3\xa9", set_variable, NULL, problem));
	CHECK(in_program("enabled = true\nhmac_keys = k\xc3\xa9",
		  VARIABLES(NULL), body_tells_texts) == 0);
	forget_variables();
}
static void
test_a_child_gets_the_pair_of_a_key(void)
{
	struct context context = {.run = NULL};
	struct trace_root root;
	char problem[PLUGIN_PROBLEM];

	CHECK(trace_root_set(&root, BASE, PARENT));
	CHECK(context_for_child(
	    &context, &root, "SECRET_KEY", set_variable, NULL, problem));

	CHECK_STR(getenv("X_TRACE_INFO"), INFO);
	CHECK_STR(getenv("X_TRACE_HMAC"), HMAC);
	forget_variables();
}
RUN_TESTS(TEST(test_a_pair_that_another_key_signed_is_ignored),
    TEST(test_a_pair_that_a_key_signed_is_joined),
    TEST(test_a_pair_wins_over_what_nobody_signed),
    TEST(test_a_pair_does_not_switch_tracing_on),
    TEST(test_a_file_that_the_program_names_may_have_the_key),
    TEST(test_a_trace_that_has_begun_stays_in_children_too),
    TEST(test_messages_have_ids_that_are_no_uuids),
    TEST(test_a_child_gets_the_pair_of_a_key))
