/*
 * config_test.c - a file gives the values that it should, or says what is
 * wrong with it, at which line, without a word of a secret.
 */
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim/config.h"
#include "tests/check.h"

#define P "[profiler]\n"

static char folder[PATH_MAX];

/* Read `text`; the caller checks that it worked. */
static struct config *
parse(const char *text)
{
	struct config *config = NULL;
	struct config_problem problem;

	if (config_parse(text, strlen(text), &config, &problem) != OSPROF_OK)
		fprintf(stderr, "line %u: %s\n", problem.line, problem.text);
	return config;
}

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!CHECK(file != NULL))
		return;
	fputs(text, file);
	fclose(file);
}

static void
test_an_empty_file_gives_the_defaults(void)
{
	struct config *config = parse("");

	if (!CHECK(config != NULL))
		return;
	CHECK(!config->enabled);
	CHECK(!config->trace_sql);
	CHECK(!config->hide_args);
	CHECK(config->implicit_trace == IMPLICIT_PROCESS);
	CHECK(config->drain == DRAIN_THREAD);
	CHECK(config->on_full == FULL_DROP);
	CHECK_U64(config->ring_size, 1024 * 1024);
	CHECK_U64(config->max_statement, 32 * 1024);
	CHECK_U64(config->max_param, 256);
	CHECK_U64(config->max_params, 256);
	CHECK_U64(config->spill_size, 64 * 1024 * 1024);
	CHECK_U64(config->exit_timeout_ms, 2000);
	CHECK_STR(config->connection_string, "sqlite://");
	CHECK_STR(config->hmac_keys, "");
	CHECK_STR(config->spool_dir, "");
	CHECK(!config->project && !config->service && !config->host);
	CHECK(!config->path);
	config_free(config);
}

static void
test_every_option_can_be_set(void)
{
	struct config *config = parse(
	    P "enabled = true\ntrace_sql = on\nhide_args = 1\n"
	      "implicit_trace = statement\ndrain = agent\non_full = block\n"
	      "ring_size = 65k\nmax_statement = 64\nmax_param = 4k\n"
	      "max_params = 32766\nspill_size = 0\nexit_timeout = 0.25\n"
	      "connection_string = file:///t\nhmac_keys = a,b\nspool_dir = /s\n"
	      "project = p\nservice = s\nhost = h\n");

	if (!CHECK(config != NULL))
		return;
	CHECK(config->enabled && config->trace_sql && config->hide_args);
	CHECK(config->implicit_trace == IMPLICIT_STATEMENT);
	CHECK(config->drain == DRAIN_AGENT);
	CHECK(config->on_full == FULL_BLOCK);
	CHECK_U64(config->ring_size, 128 * 1024);
	CHECK_U64(config->max_statement, 64);
	CHECK_U64(config->max_param, 4096);
	CHECK_U64(config->max_params, 32766);
	CHECK_U64(config->spill_size, 0);
	CHECK_U64(config->exit_timeout_ms, 250);
	CHECK_STR(config->connection_string, "file:///t");
	CHECK_STR(config->hmac_keys, "a,b");
	CHECK_STR(config->spool_dir, "/s");
	CHECK_STR(config->project, "p");
	CHECK_STR(config->service, "s");
	CHECK_STR(config->host, "h");
	config_free(config);
}

static void
test_an_openstack_file_switches_sql_on(void)
{
	struct config *config = parse(
	    "[DEFAULT]\ndebug = maybe\n" P
	    "profiler_enabled = True\ntrace_sqlalchemy = True\n"
	    "hmac_keys = k\nes_doc_type = notification\n"
	    "trace_requests = whatever\n[database]\nconnection = x\n");

	if (!CHECK(config != NULL))
		return;
	CHECK(config->enabled && config->trace_sql);
	CHECK_STR(config->hmac_keys, "k");
	config_free(config);
}

static void
test_numbers_do_not_follow_the_locale(void)
{
	struct config *config;

	/* Where the machine has no such locale the test is weaker. */
	setlocale(LC_ALL, "de_DE.UTF-8");
	config = parse(P "exit_timeout = 1.5\nproject = $exit_timeout");
	if (CHECK(config != NULL)) {
		CHECK_U64(config->exit_timeout_ms, 1500);
		CHECK_STR(config->project, "1.5");
	}
	config_free(config);
	setlocale(LC_ALL, "C");
}

/* Files in error, what is said of them, and where they are in error. */
static const struct wrong {
	const char *text;
	unsigned line;
	const char *problem;
} wrong[] = {
    /* clang-format off */
	{ P "\nenabled = maybe", 3, "enabled = maybe: not a boolean "
	    "(true, 1, on, yes / false, 0, off, no)" },
	{ P "profiler_enabled=", 2, "profiler_enabled = : not a boolean "
	    "(true, 1, on, yes / false, 0, off, no)" },
	{ P "a=b\n\nring_size = 4k", 4, "ring_size = 4k: not a size in bytes, "
	    "k, M or G from 64k to 1G" },
	{ P "max_params = -1", 2, "max_params = -1: not a whole number "
	    "from 0 to 32766" },
	{ P "exit_timeout = soon", 2, "exit_timeout = soon: not a number of "
	    "seconds from 0 to 3600" },
	{ P "on_full = wait", 2, "on_full = wait: not one of drop, block" },
	{ P "drain = \x1b[31m", 2, "drain = ?[31m: not one of thread, agent" },
	{ P "implicit_trace = yes", 2, "implicit_trace = yes: not one of "
	    "process, thread, connection, transaction, statement, off" },
	{ P "project = $nope", 2, "project: $nope is no known option; "
	    "write $$ for a dollar sign" },
	{ P "project = $host\nhost = a$project", 2,
	    "project: its value refers to itself" },
	{ P "project = $enabled\nenabled = maybe", 3, "enabled = maybe: not a "
	    "boolean (true, 1, on, yes / false, 0, off, no)" },
	{ P "enabled", 2, "No ':' or '=' found in assignment" },
	{ "\xef\xbb\xbf" P, 1, "No ':' or '=' found in assignment: a byte "
	    "order mark stands before it, save the file without" },
	{ P "\n = a", 3, "Unexpected continuation line: it begins with white "
	    "space, but no value stands before it" },
	{ "enabled = true", 1, "Section must be started before assignment, "
	    "e.g. by [profiler]" },
	{ "[profiler] # c\n", 1, "Invalid section (must end with ]); a comment "
	    "needs a line of its own" },
	{ P "[]", 2, "Empty section name" },
	{ P "=a", 2, "Key cannot be empty" },
	{ P "# \xe9", 2, "not UTF-8: convert the file, e.g. by "
	    "iconv -t UTF-8" },
	/* Neither the password nor the name that it seems to hold. */
	{ P "connection_string = redis://:top$secret@h", 2,
	    "connection_string: a $name in it is no known option; write $$ "
	    "for a dollar sign" },
	{ P "project = $x\n[DEFAULT]\nx = top$secret", 4, "x: a $name in it "
	    "is no known option; write $$ for a dollar sign" },
	{ P "enabled = $hmac_keys\nhmac_keys = secret", 2,
	    "enabled = $hmac_keys: not a boolean "
	    "(true, 1, on, yes / false, 0, off, no)" },
    /* clang-format on */
};

static void
test_what_is_wrong_is_said_with_line_and_remedy(void)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct config *config = NULL;
		struct config_problem problem;

		CHECK(config_parse(wrong[i].text, strlen(wrong[i].text),
			  &config, &problem) == OSPROF_ECONFIG);
		CHECK_U64(problem.line, wrong[i].line);
		CHECK_STR(problem.text, wrong[i].problem);
		CHECK(config == NULL);
	}
}

static void
test_names_that_multiply_come_to_an_end(void)
{
	char text[4096] = "[profiler]\nproject = $a0\n[DEFAULT]\n";
	struct config *config = NULL;
	struct config_problem problem;

	for (int i = 0; i < 30; i++)
		snprintf(text + strlen(text), 64, "a%d = $a%d$a%d\n", i, i + 1,
		    i + 1);
	strcat(text, "a30 =\n");

	CHECK(config_parse(text, strlen(text), &config, &problem) ==
	      OSPROF_ECONFIG);
	CHECK(strstr(problem.text, "too long") != NULL);
}

static void
test_a_nul_byte_ends_no_value(void)
{
	static const char text[] = P "connection_string=file:///a\0b";
	struct config *config = NULL;
	struct config_problem problem;

	CHECK(config_parse(text, sizeof(text) - 1, &config, &problem) ==
	      OSPROF_ECONFIG);
	CHECK_STR(problem.text,
	    "connection_string: its value holds a NUL byte; remove it");
}

static void
test_a_file_is_loaded_with_its_path(void)
{
	struct config *config = NULL;

	write_file("good.ini", P "enabled = true");

	CHECK(config_load("good.ini", &config, NULL) == OSPROF_OK);
	CHECK(config && config->enabled);
	CHECK_STR(config ? config->path : NULL, "good.ini");
	config_free(config);
}

static void
test_no_path_gives_the_defaults(void)
{
	struct config *config = NULL;

	CHECK(config_load(NULL, &config, NULL) == OSPROF_OK);
	CHECK(config && !config->enabled && !config->path);
	config_free(config);
}

static void
test_what_is_no_readable_file_is_said_so(void)
{
	struct config *config = NULL;
	struct config_problem problem;

	CHECK(config_load("absent.ini", &config, &problem) == OSPROF_ENOCONFIG);
	CHECK_STR(problem.text, "absent.ini: No such file or directory");

	CHECK(config_load(".", &config, &problem) == OSPROF_ENOCONFIG);
	CHECK_STR(problem.text, ".: is not a regular file");

	CHECK(mkfifo("fifo.ini", 0600) == 0);
	CHECK(config_load("fifo.ini", &config, &problem) == OSPROF_ENOCONFIG);
	CHECK_STR(problem.text, "fifo.ini: is not a regular file");
	CHECK(config == NULL);
}

static void
test_a_file_that_is_too_large_is_refused(void)
{
	struct config *config = NULL;
	struct config_problem problem;

	write_file("large.ini", "# c\n");
	CHECK(truncate("large.ini", 1024 * 1024 + 1) == 0);

	CHECK(config_load("large.ini", &config, &problem) == OSPROF_ECONFIG);
	CHECK_STR(problem.text,
	    "large.ini: is larger than 1 MiB, the most that is read");
}

static void
test_the_environment_names_the_file_even_if_absent(void)
{
	char path[PATH_MAX], wanted[PATH_MAX + 16];

	setenv("OSPROF_CONFIG", "some/where.ini", 1);
	snprintf(wanted, sizeof(wanted), "%s/some/where.ini", folder);
	CHECK(config_find(path, sizeof(path)));
	CHECK_STR(path, wanted);

	setenv("OSPROF_CONFIG", "/some/where.ini", 1);
	CHECK(config_find(path, sizeof(path)));
	CHECK_STR(path, "/some/where.ini");
	CHECK(!config_find(path, 5));
	unsetenv("OSPROF_CONFIG");
}

static void
test_the_working_folder_has_the_file(void)
{
	char path[PATH_MAX], wanted[PATH_MAX + 16];

	write_file("osprof.ini", "");
	setenv("OSPROF_CONFIG", "", 1);
	snprintf(wanted, sizeof(wanted), "%s/osprof.ini", folder);

	CHECK(config_find(path, sizeof(path)));

	CHECK_STR(path, wanted);
	unlink("osprof.ini");
	unsetenv("OSPROF_CONFIG");
}

static void
test_a_strangers_file_in_an_open_folder_is_not_found(void)
{
	char path[PATH_MAX] = "";

	/* Only root can make a file that is somebody else's. */
	if (geteuid() != 0)
		return;
	write_file("osprof.ini", "");
	CHECK(chown("osprof.ini", 65534, 65534) == 0);
	CHECK(chmod(".", 01777) == 0);
	CHECK(
	    !config_find(path, sizeof(path)) || strncmp(path, "/etc/", 5) == 0);

	CHECK(chmod(".", 0755) == 0);
	CHECK(config_find(path, sizeof(path)));
	CHECK(strstr(path, folder) != NULL);
	unlink("osprof.ini");
}

struct shown {
	char text[4096];
	unsigned count, changed;
};

static void
show(void *arg, const char *name, const char *value, bool is_default)
{
	struct shown *shown = arg;
	size_t len = strlen(shown->text);

	shown->count++;
	shown->changed += !is_default;
	snprintf(shown->text + len, sizeof(shown->text) - len, "%s=%s%s\n",
	    name, value, is_default ? "" : " *");
}

static void
test_options_are_shown_without_secrets(void)
{
	struct shown shown = {.count = 0};
	struct config *config = parse(
	    P "hmac_keys=k\nconnection_string=redis://:secret@h\n"
	      "ring_size=100k\nproject=p\nexit_timeout=1.25\nenabled=false\n"
	      "on_full=block\nmax_statement=32768");

	if (!CHECK(config != NULL))
		return;
	config_each(config, show, &shown);

	CHECK_U64(shown.count, 20);
	CHECK_U64(shown.changed, 6);
	CHECK(strstr(shown.text, "hmac_keys=**** *\n") != NULL);
	CHECK(strstr(shown.text, "connection_string=**** *\n") != NULL);
	CHECK(strstr(shown.text, "ring_size=128k *\n") != NULL);
	CHECK(strstr(shown.text, "project=p *\n") != NULL);
	CHECK(strstr(shown.text, "service=\n") != NULL);
	CHECK(strstr(shown.text, "exit_timeout=1.25 *\n") != NULL);
	CHECK(strstr(shown.text, "enabled=false\n") != NULL);
	CHECK(strstr(shown.text, "on_full=block *\n") != NULL);
	CHECK(strstr(shown.text, "max_statement=32k\n") != NULL);
	config_free(config);
}

static void
test_a_default_is_shown_as_it_is(void)
{
	struct shown shown = {.count = 0};
	struct config *config = parse("");

	if (!CHECK(config != NULL))
		return;
	config_each(config, show, &shown);

	CHECK_U64(shown.changed, 0);
	CHECK(strstr(shown.text, "connection_string=sqlite://\n") != NULL);
	CHECK(strstr(shown.text, "exit_timeout=2.0\n") != NULL);
	CHECK(strstr(shown.text, "hmac_keys=\n") != NULL);
	config_free(config);
}

/* Each run has a folder of its own, in which the tests work. */
static void
test_a_folder_can_be_made(void)
{
	char template[] = "/tmp/osprof-config-XXXXXX";

	CHECK(mkdtemp(template) && chdir(template) == 0 &&
	      getcwd(folder, sizeof(folder)));
	unsetenv("OSPROF_CONFIG");
}

static void
test_the_folder_can_be_removed(void)
{
	static const char *const files[] = {
	    "good.ini", "fifo.ini", "large.ini"};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		unlink(files[i]);
	CHECK(chdir("/") == 0 && rmdir(folder) == 0);
}

RUN_TESTS(TEST(test_a_folder_can_be_made),
    TEST(test_an_empty_file_gives_the_defaults),
    TEST(test_every_option_can_be_set),
    TEST(test_an_openstack_file_switches_sql_on),
    TEST(test_numbers_do_not_follow_the_locale),
    TEST(test_what_is_wrong_is_said_with_line_and_remedy),
    TEST(test_names_that_multiply_come_to_an_end),
    TEST(test_a_nul_byte_ends_no_value),
    TEST(test_a_file_is_loaded_with_its_path),
    TEST(test_no_path_gives_the_defaults),
    TEST(test_what_is_no_readable_file_is_said_so),
    TEST(test_a_file_that_is_too_large_is_refused),
    TEST(test_the_environment_names_the_file_even_if_absent),
    TEST(test_the_working_folder_has_the_file),
    TEST(test_a_strangers_file_in_an_open_folder_is_not_found),
    TEST(test_options_are_shown_without_secrets),
    TEST(test_a_default_is_shown_as_it_is),
    TEST(test_the_folder_can_be_removed))
