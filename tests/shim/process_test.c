/*
 * process_test.c - the turns of a process: threads come and go, forks, exit,
 * a configuration that changes, storage that is down, folders that are hostile.
 */
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "osprof.h"
#include "shim/gate.h"

/* Messages come here from every process, one line each. */
static int messages = -1;

static void
keep(const char *message, size_t length, void *arg)
{
	char line[4096];
	int len = snprintf(line, sizeof(line), "%.*s\n", (int)length, message);

	(void)arg;
	if (write(messages, line, (size_t)len) != len)
		_exit(9);
}

/* How many lines of the messages hold `part`. */
static size_t
count_messages(const char *part)
{
	char path[128], line[4096];
	size_t count = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/messages", sandbox);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		count += strstr(line, part) != NULL;
	if (file)
		fclose(file);
	return count;
}

static size_t
count_ring_files(void)
{
	char path[128];
	struct dirent *entry;
	size_t count = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/spool", sandbox);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		count += strstr(entry->d_name, ".ring") != NULL;
	if (dir)
		closedir(dir);
	return count;
}

/* Run `body` as a program of its own: a child that has seen nothing of us. */
static int
in_program(const char *options, void (*body)(void))
{
	char path[128];
	int status;
	pid_t pid;

	sandbox_make(options);
	snprintf(path, sizeof(path), "%s/messages", sandbox);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		check_failures = 0;
		messages = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
		osprof_set_notifier(keep, NULL);
		osprof_init_from_conf(NULL, NULL, NULL, NULL);
		body();
		exit(check_failures != 0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static void
point(const char *name)
{
	osprof_start(name, NULL);
	osprof_stop(NULL);
}

static void
body_point(void)
{
	point("first");
}

static void
test_exit_delivers_and_leaves_no_file(void)
{
	CHECK(in_program("enabled = true", body_point) == 0);

	CHECK_U64(count_messages("\"first-start\""), 1);
	CHECK_U64(count_messages("\"first-stop\""), 1);
	CHECK_U64(count_ring_files(), 0);
	sandbox_remove();
}

static void
body_disabled(void)
{
	point("never");
}

static void
test_disabled_records_nothing(void)
{
	CHECK(in_program("enabled = false", body_disabled) == 0);

	CHECK_U64(count_messages("never"), 0);
	sandbox_remove();
}

static void
wait_for_children(void)
{
	int status;

	while (wait(&status) > 0)
		CHECK(status == 0);
}

static void
body_fork(void)
{
	point("parent");
	for (int i = 0; i < 20; i++) {
		if (fork() == 0) {
			point("child");
			exit(0);
		}
		point("parent");
	}
	wait_for_children();
}

static void
test_parent_and_children_are_each_told_once(void)
{
	CHECK(in_program("enabled = true", body_fork) == 0);

	CHECK_U64(count_messages("\"parent-start\""), 21);
	CHECK_U64(count_messages("\"parent-stop\""), 21);
	CHECK_U64(count_messages("\"child-start\""), 20);
	CHECK_U64(count_messages("\"child-stop\""), 20);
	CHECK_U64(count_ring_files(), 0);
	sandbox_remove();
}

static void
body_raw_fork(void)
{
	char before[OSPROF_ID_SIZE], after[OSPROF_ID_SIZE];
	int status;

	osprof_start("outer", NULL);
	osprof_get_id(before);
	if (syscall(SYS_fork) == 0) { /* no fork handler runs */
		point("raw");
		osprof_get_id(after);
		CHECK_STR(after, before); /* the context is inherited */
		exit(check_failures);
	}
	wait(&status);
	CHECK(status == 0);
	osprof_stop(NULL);
}

static void
test_a_child_made_past_the_handlers_traces_too(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	printf("skipped: the sanitizer does not know of such a child\n");
	return;
#endif
	CHECK(in_program("enabled = true", body_raw_fork) == 0);

	CHECK_U64(count_messages("\"raw-start\""), 1);
	CHECK_U64(count_messages("\"outer-start\""), 1);
	sandbox_remove();
}

static void *
one_point(void *arg)
{
	point("thread");
	return arg;
}

static void
body_threads(void)
{
	struct osprof_counters counters;

	for (int i = 0; i < 2000; i++) {
		pthread_t thread;

		pthread_create(&thread, NULL, one_point, NULL);
		pthread_join(thread, NULL);
	}
	osprof_get_counters(&counters, sizeof(counters));
	CHECK(counters.rings_in_file + counters.rings_in_memory <= 4);
}

static void
test_rings_of_finished_threads_are_used_again(void)
{
	CHECK(in_program("enabled = true", body_threads) == 0);

	CHECK_U64(count_messages("\"thread-stop\""), 2000);
	sandbox_remove();
}

static void *
many_points(void *arg)
{
	for (int i = 0; i < 500; i++)
		point("busy");
	return arg;
}

static void
body_busy(void)
{
	pthread_t thread[8];

	for (int i = 0; i < 8; i++)
		pthread_create(&thread[i], NULL, many_points, NULL);
	for (int i = 0; i < 8; i++)
		pthread_join(thread[i], NULL);
}

static void
test_threads_at_once_lose_nothing_when_full_blocks(void)
{
	CHECK(in_program("enabled = true\non_full = block\nring_size = 64k",
		  body_busy) == 0);

	CHECK_U64(count_messages("\"busy-start\""), 4000);
	CHECK_U64(count_messages("\"busy-stop\""), 4000);
	sandbox_remove();
}

static void
body_exit_handler(void)
{
	atexit(body_point);
	point("main");
}

static void
test_an_exit_handler_is_traced(void)
{
	CHECK(in_program("enabled = true", body_exit_handler) == 0);

	CHECK_U64(count_messages("\"first-start\""), 1);
	sandbox_remove();
}

/* Let the drain's thread have a turn: conditions are polled, not timed. */
static void
poll_nap(void)
{
	const struct timespec nap = {.tv_nsec = 10000000};

	nanosleep(&nap, NULL);
}

static void
body_reload(void)
{
	for (int i = 0; !(gate_settle() & GATE_SQL) && i < 500; i++) {
		if (i == 0)
			sandbox_write("osprof.ini",
			    "[profiler]\nenabled = true\ntrace_sql = true\n");
		poll_nap();
	}
	CHECK(gate_settle() & GATE_SQL);
	sandbox_write("osprof.ini", "[profiler]\nenabled = maybe\n");
	for (int i = 0; gate_settle() && i < 500; i++)
		poll_nap();
	CHECK(gate_settle() == 0);
}

static void
test_a_changed_file_takes_effect_and_a_bad_one_puts_tracing_off(void)
{
	CHECK(in_program("enabled = true", body_reload) == 0);
	sandbox_remove();
}

/* Put the option into force at once, as a program may ask for it. */
static void
reload(const char *enabled)
{
	char text[64], path[128];

	snprintf(text, sizeof(text),
	    "[profiler]\nenabled = %s\ntrace_sql = true\n", enabled);
	sandbox_write("osprof.ini", text);
	snprintf(path, sizeof(path), "%s/osprof.ini", sandbox);
	CHECK(osprof_init_from_conf(path, NULL, NULL, NULL) == OSPROF_OK);
}

static void
body_off_and_on(void)
{
	unsigned first;

	reload("true");
	first = gate_epoch();
	reload("true");
	CHECK_U64(gate_epoch(), first);
	reload("false");
	CHECK_U64(gate_epoch(), 0);
	reload("true");
	CHECK(gate_epoch() != first && gate_epoch() & GATE_SQL);
}

static void
test_a_gate_that_was_shut_meanwhile_is_told_from_one_that_was_not(void)
{
	CHECK(in_program("enabled = true", body_off_and_on) == 0);
	sandbox_remove();
}

static void
body_in_memory(void)
{
	struct osprof_counters counters;

	point("anyway");
	CHECK(osprof_flush(5000) == OSPROF_OK);
	osprof_get_counters(&counters, sizeof(counters));
	CHECK_U64(counters.rings_in_file, 0);
	CHECK_U64(counters.rings_in_memory, 1);
}

static void
test_a_symlink_in_the_spools_place_is_refused_and_said(void)
{
	char options[256];

	sandbox_make("");
	snprintf(options, sizeof(options), "enabled = true\nspool_dir = %s/x",
	    sandbox);
	if (chdir(sandbox) != 0 || symlink("/tmp", "x") != 0)
		abort();
	CHECK(in_program(options, body_in_memory) == 0);

	CHECK_U64(count_messages("anyway-start"), 1);
	sandbox_remove();
}

static void
test_a_spool_that_cannot_be_made_is_memory(void)
{
	CHECK(in_program("enabled = true\nspool_dir = /nonexistent/x/y",
		  body_in_memory) == 0);
	sandbox_remove();
}

static volatile sig_atomic_t handled;

static void
trace_in_handler(int signal)
{
	(void)signal;
	point("handler");
	handled++;
}

static void
body_signals(void)
{
	struct osprof_counters counters;
	const struct itimerval every = {{0, 200}, {0, 200}};
	const struct itimerval never = {{0, 0}, {0, 0}};

	point("first");
	signal(SIGALRM, trace_in_handler);
	setitimer(ITIMER_REAL, &every, NULL);
	while (handled < 500)
		point("main");
	setitimer(ITIMER_REAL, &never, NULL);
	osprof_get_counters(&counters, sizeof(counters));
	CHECK_U64(counters.called,
	    counters.written + counters.dropped_full + counters.dropped_nested);
}

static void
test_a_handler_inside_a_record_is_counted_not_torn(void)
{
	CHECK(in_program("enabled = true\non_full = drop", body_signals) == 0);

	CHECK(count_messages("\"main-stop\"") > 0);
	sandbox_remove();
}

RUN_TESTS(TEST(test_exit_delivers_and_leaves_no_file),
    TEST(test_disabled_records_nothing),
    TEST(test_parent_and_children_are_each_told_once),
    TEST(test_a_child_made_past_the_handlers_traces_too),
    TEST(test_rings_of_finished_threads_are_used_again),
    TEST(test_threads_at_once_lose_nothing_when_full_blocks),
    TEST(test_an_exit_handler_is_traced),
    TEST(test_a_changed_file_takes_effect_and_a_bad_one_puts_tracing_off),
    TEST(test_a_gate_that_was_shut_meanwhile_is_told_from_one_that_was_not),
    TEST(test_a_symlink_in_the_spools_place_is_refused_and_said),
    TEST(test_a_spool_that_cannot_be_made_is_memory),
    TEST(test_a_handler_inside_a_record_is_counted_not_torn))
