/*
 * points_test.c - own trace points have OSProfiler's stack semantics, and all
 * that is recorded is delivered.
 */
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#include <errno.h>
#include <pthread.h>

#include "osprof.h"

#define BASE "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
#define PARENT "11111111-2222-4333-8444-555555555555"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char seen[64][2048];
static size_t count;

static void
keep(const char *message, size_t length, void *arg)
{
	(void)arg;
	pthread_mutex_lock(&lock);
	if (count < 64)
		snprintf(seen[count], sizeof(seen[count]), "%.*s", (int)length,
		    message);
	count++;
	pthread_mutex_unlock(&lock);
}

static void
begin(void)
{
	osprof_clean();
	osprof_flush(5000);
	count = 0;
}

/* Whether message `i` has `part` in it. */
static bool
has(size_t i, const char *part)
{
	bool found = i < count && strstr(seen[i], part);

	if (!found)
		fprintf(stderr, "message %zu: %s\n", i, seen[i]);
	return found;
}

static void
test_a_point_inside_a_point_hangs_below_it(void)
{
	char outer[OSPROF_ID_SIZE], part[300];

	begin();
	osprof_init("key", BASE, PARENT);
	osprof_start("wsgi", "{\"request\": {\"path\": \"/\"}}");
	osprof_get_id(outer);
	osprof_start("rpc", NULL);
	osprof_stop(NULL);
	osprof_stop("{\"status\": 200}");
	CHECK(osprof_flush(5000) == OSPROF_OK);

	CHECK_U64(count, 4);
	CHECK(has(0, "{\"name\": \"wsgi-start\", \"base_id\": \"" BASE "\""));
	CHECK(has(0, "\"parent_id\": \"" PARENT "\""));
	CHECK(has(0, "\"info\": {\"request\": {\"path\": \"/\"}, \"host\": "));
	snprintf(part, sizeof(part), "\"parent_id\": \"%s\"", outer);
	CHECK(has(1, "rpc-start") && has(1, part));
	CHECK(has(2, "rpc-stop") && has(2, part));
	CHECK(has(3, "wsgi-stop") && has(3, "\"status\": 200"));
}

static void
test_a_second_init_of_a_thread_is_ignored(void)
{
	char id[OSPROF_ID_SIZE];

	begin();
	osprof_init(NULL, BASE, NULL);
	CHECK(osprof_init(NULL, PARENT, NULL) == OSPROF_OK);

	osprof_get_base_id(id);
	CHECK_STR(id, BASE);
	osprof_get_id(id);
	CHECK_STR(id, BASE);
}

static void
test_a_stop_on_an_empty_stack_does_nothing(void)
{
	begin();
	osprof_init(NULL, BASE, NULL);

	CHECK(osprof_stop(NULL) == OSPROF_ENOTRACE);
	CHECK(osprof_flush(5000) == OSPROF_OK);
	CHECK_U64(count, 0);
}

static void
test_an_id_that_is_no_uuid_is_kept_as_it_is(void)
{
	begin();
	osprof_init(NULL, "my-trace", "Its Parent");
	osprof_start("rpc", NULL);
	osprof_stop(NULL);
	osprof_flush(5000);

	CHECK_U64(count, 2);
	CHECK(has(0, "\"base_id\": \"my-trace\"") &&
	      has(0, "\"parent_id\": \"Its Parent\""));
	CHECK(has(1, "\"base_id\": \"my-trace\""));
}

static void
test_a_bad_info_is_refused_and_the_point_recorded(void)
{
	begin();
	osprof_init(NULL, BASE, NULL);

	CHECK(osprof_start("rpc", "{\"a\": }") == OSPROF_EINVAL);
	CHECK(osprof_stop("[1]") == OSPROF_EINVAL);
	osprof_flush(5000);
	CHECK_U64(count, 2);
	CHECK(has(0, "\"info\": {\"host\": "));
}

static void
test_errno_is_left_alone(void)
{
	begin();
	errno = 12345;
	osprof_init(NULL, NULL, NULL);
	osprof_start("rpc", NULL);
	osprof_stop(NULL);
	osprof_flush(1000);

	CHECK(errno == 12345);
}

static void
test_a_point_too_deep_takes_no_other_off_the_stack(void)
{
	char before[OSPROF_ID_SIZE], after[OSPROF_ID_SIZE];

	begin();
	osprof_init(NULL, NULL, NULL);
	for (int i = 0; i < 100; i++)
		osprof_start("deep", NULL);
	osprof_get_id(before);
	for (int i = 0; i < 100; i++)
		osprof_start("deeper", NULL);
	for (int i = 0; i < 100; i++)
		osprof_stop(NULL);
	osprof_get_id(after);

	CHECK_STR(after, before);
	osprof_clean();
}

static void
test_called_is_written_and_dropped(void)
{
	struct osprof_counters counters;

	begin();
	osprof_init(NULL, NULL, NULL);
	for (int i = 0; i < 200; i++) /* deeper than the stack */
		osprof_start("deep", NULL);
	for (int i = 0; i < 200; i++)
		osprof_stop(NULL);
	osprof_flush(5000);
	osprof_get_counters(&counters, sizeof(counters));

	CHECK(counters.dropped_nested > 0);
	CHECK_U64(counters.called,
	    counters.written + counters.dropped_full + counters.dropped_nested +
		counters.dropped_no_ring + counters.dropped_exit);
	CHECK_U64(counters.delivered >= counters.written, 1);
}

static void
run_all(void)
{
	sandbox_make("enabled = true\ntrace_sql = true\nimplicit_trace = off");
	osprof_set_notifier(keep, NULL);
	CHECK(osprof_init_from_conf(NULL, NULL, NULL, NULL) == OSPROF_OK);
	CHECK(osprof_start("early", NULL) == OSPROF_ENOTRACE);
}

RUN_TESTS(TEST(run_all), TEST(test_a_point_inside_a_point_hangs_below_it),
    TEST(test_a_second_init_of_a_thread_is_ignored),
    TEST(test_a_stop_on_an_empty_stack_does_nothing),
    TEST(test_an_id_that_is_no_uuid_is_kept_as_it_is),
    TEST(test_a_bad_info_is_refused_and_the_point_recorded),
    TEST(test_errno_is_left_alone),
    TEST(test_a_point_too_deep_takes_no_other_off_the_stack),
    TEST(test_called_is_written_and_dropped), TEST(sandbox_remove))
