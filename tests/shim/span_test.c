/*
 * span_test.c - a span is over when it is closed, whether or not its STOP was
 * recorded: who keeps it need not ask.
 */
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#include <sys/wait.h>

#include "osprof.h"
#include "shim/gate.h"
#include "shim/span.h"

static bool
open_span(struct span *span)
{
	struct fields fields;

	if (!span_open_detached(span, &fields, NULL, NULL, 64))
		return false;
	span_publish(span, &fields, clock_ns());
	return true;
}

static bool
close_span(struct span *span)
{
	struct fields fields;

	if (!span_close(span, &fields, 64, clock_ns()))
		return false;
	span_finish(&fields);
	return true;
}

static uint64_t
called(void)
{
	struct osprof_counters counters;

	osprof_get_counters(&counters, sizeof(counters));
	return counters.called;
}

static void
test_a_span_whose_stop_finds_no_room_is_over(void)
{
	struct span span, another;
	uint64_t before;

	CHECK(open_span(&span));
	while (open_span(&another))
		;
	before = called();

	CHECK(!close_span(&span));
	CHECK(!span.recorded);
	CHECK(!close_span(&span));
	CHECK_U64(called() - before, 1);
}

static void
test_a_span_of_the_parents_is_over_in_a_child_that_closes_it(void)
{
	struct span span;
	int status = -1;
	pid_t pid;

	CHECK(open_span(&span));

	pid = fork();
	if (pid == 0) {
		uint64_t before = called();

		_exit(close_span(&span) || span.recorded || called() != before);
	}
	waitpid(pid, &status, 0);

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	CHECK(close_span(&span));
}

/* Nobody drains: a ring that is full stays so. */
static void
make(void)
{
	sandbox_make("enabled = true\ntrace_sql = true\nring_size = 64k\n"
		     "on_full = drop\ndrain = agent");
	CHECK(osprof_init_from_conf(NULL, NULL, NULL, NULL) == OSPROF_OK);
}

RUN_TESTS(TEST(make),
    TEST(test_a_span_of_the_parents_is_over_in_a_child_that_closes_it),
    TEST(test_a_span_whose_stop_finds_no_room_is_over), TEST(sandbox_remove))
