/*
 * implicit_test.c - what has no trace gets one as implicit_trace says.
 */
#include "tests/check.h"
#include "tests/shim/sandbox.h"

#include <pthread.h>

#include "osprof.h"
#include "shim/gate.h"
#include "shim/span.h"

/* Two connections, and spans on two threads. */
static struct implicit one, other;
static struct span first, second, on_other, on_thread;

/* Record a span of `connection` and remember it. */
static struct span
span_of(struct implicit *connection)
{
	struct fields fields;
	struct span span;

	if (span_open_detached(&span, &fields, NULL, connection, 64))
		span_publish(&span, &fields, clock_ns());
	if (span_close(&span, &fields, 64, clock_ns()))
		span_finish(&fields);
	return span;
}

static void *
run_thread(void *arg)
{
	(void)arg;
	on_thread = span_of(&one);
	return NULL;
}

static void
record_with(const char *mode)
{
	char options[128];
	pthread_t thread;

	snprintf(options, sizeof(options),
	    "enabled = true\ntrace_sql = true\nimplicit_trace = %s", mode);
	sandbox_again(options);
	CHECK(osprof_init_from_conf(NULL, NULL, NULL, NULL) == OSPROF_OK);
	osprof_clean();
	memset(&one, 0, sizeof(one));
	memset(&other, 0, sizeof(other));
	first = span_of(&one);
	second = span_of(&one);
	on_other = span_of(&other);
	pthread_create(&thread, NULL, run_thread, NULL);
	pthread_join(thread, NULL);
}

static bool
same_trace(const struct span *a, const struct span *b)
{
	return memcmp(&a->base, &b->base, sizeof(a->base)) == 0;
}

static void
test_a_process_has_one_trace(void)
{
	record_with("process");

	CHECK(same_trace(&first, &second));
	CHECK(same_trace(&first, &on_other));
	CHECK(same_trace(&first, &on_thread));
}

static void
test_a_thread_has_its_own(void)
{
	record_with("thread");

	CHECK(same_trace(&first, &second));
	CHECK(same_trace(&first, &on_other));
	CHECK(!same_trace(&first, &on_thread));
}

static void
test_a_connection_has_its_own_on_every_thread(void)
{
	record_with("connection");

	CHECK(gate_settle() & GATE_HANDLES);
	CHECK(same_trace(&first, &second));
	CHECK(!same_trace(&first, &on_other));
	CHECK(same_trace(&first, &on_thread));
}

static void
test_a_transaction_has_its_own(void)
{
	struct span next;

	record_with("transaction");
	implicit_renew(&one);
	next = span_of(&one);

	CHECK(gate_settle() & GATE_HANDLES);
	CHECK(same_trace(&first, &second));
	CHECK(!same_trace(&first, &on_other));
	CHECK(!same_trace(&first, &next));
}

static void
test_a_statement_has_its_own(void)
{
	record_with("statement");

	CHECK(!same_trace(&first, &second));
	CHECK(!same_trace(&first, &on_other));
	CHECK(!(gate_settle() & GATE_HANDLES));
}

static void
test_off_records_only_what_was_given_a_trace(void)
{
	struct osprof_counters before, after;

	osprof_get_counters(&before, sizeof(before));
	record_with("off");
	osprof_get_counters(&after, sizeof(after));
	CHECK_U64(after.called, before.called);

	osprof_init(NULL, NULL, NULL);
	first = span_of(&one);
	osprof_get_counters(&after, sizeof(after));

	CHECK_U64(after.called, before.called + 2);
	CHECK_U64(after.written, before.written + 2);
	osprof_clean();
}

static void
test_a_given_trace_wins_over_every_mode(void)
{
	static const char *const mode[] = {
	    "process", "thread", "connection", "transaction", "statement"};

	for (size_t i = 0; i < sizeof(mode) / sizeof(*mode); i++) {
		struct span given;
		char base[OSPROF_ID_SIZE], is[UUID_TEXT_LEN + 1] = "";

		record_with(mode[i]);
		osprof_init(NULL, NULL, NULL);
		osprof_get_base_id(base);
		given = span_of(&one);
		uuid_format(&given.base, is);

		CHECK_STR(is, base);
		osprof_clean();
	}
}

static void
make(void)
{
	sandbox_make("enabled = true");
}

RUN_TESTS(TEST(make), TEST(test_a_process_has_one_trace),
    TEST(test_a_thread_has_its_own),
    TEST(test_a_connection_has_its_own_on_every_thread),
    TEST(test_a_transaction_has_its_own), TEST(test_a_statement_has_its_own),
    TEST(test_off_records_only_what_was_given_a_trace),
    TEST(test_a_given_trace_wins_over_every_mode), TEST(sandbox_remove))
