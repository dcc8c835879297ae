/*
 * traceparent_test.c - W3C's traceparent is read and written as the Trace
 * Context text says.
 */
#include "tests/check.h"

#include "shim/traceparent.h"

#define TRACE "4bf92f3577b34da6a3ce929d0e0e4736"
#define SPAN "00f067aa0ba902b7"
#define ZERO8 "00000000"
#define ZERO16 ZERO8 ZERO8
#define ZERO32 ZERO16 ZERO16

static const struct row {
	const char *fact;
	const char *text;
	bool good;
} rows[] = {
    /* clang-format off */
	{ "the usual one", "00-" TRACE "-" SPAN "-01", true },
	{ "one that is not sampled", "00-" TRACE "-" SPAN "-00", true },
	{ "flags of the future", "00-" TRACE "-" SPAN "-ff", true },
	{ "a version of the future", "cc-" TRACE "-" SPAN "-01", true },
	{ "and what it has more", "cc-" TRACE "-" SPAN "-01-what", true },
	{ "which needs its dash", "cc-" TRACE "-" SPAN "-01.what", false },
	{ "a dash alone will do", "cc-" TRACE "-" SPAN "-01-", true },
	{ "version 00 has no more", "00-" TRACE "-" SPAN "-01-what", false },
	{ "nor a dash more", "00-" TRACE "-" SPAN "-01-", false },
	{ "version ff is none", "ff-" TRACE "-" SPAN "-01", false },
	{ "a version of one digit", "0-" TRACE "-" SPAN "-01", false },
	{ "a version that is none", ".0-" TRACE "-" SPAN "-01", false },
	{ "a capital in the trace id",
	    "00-4BF92f3577b34da6a3ce929d0e0e4736-" SPAN "-01", false },
	{ "a capital in the span id", "00-" TRACE "-00F067aa0ba902b7-01", false },
	{ "a capital in the version", "Cc-" TRACE "-" SPAN "-01", false },
	{ "a capital in the flags", "00-" TRACE "-" SPAN "-0A", false },
	{ "a trace id of zeros", "00-" ZERO32 "-" SPAN "-01", false },
	{ "a span id of zeros", "00-" TRACE "-" ZERO16 "-01", false },
	{ "a short trace id", "00-" TRACE "-" SPAN "-1", false },
	{ "a dot for a dash", "00-" TRACE "." SPAN "-01", false },
	{ "white space before it", " 00-" TRACE "-" SPAN "-01", false },
	{ "white space behind it", "00-" TRACE "-" SPAN "-01 ", false },
	{ "nothing", "", false },
    /* clang-format on */
};

static void
test_each_traceparent_is_taken_or_ignored(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct uuid base, parent;
		bool good = traceparent_parse(
		    rows[i].text, strlen(rows[i].text), &base, &parent);

		if (!CHECK(good == rows[i].good))
			fprintf(stderr, "  %s\n", rows[i].fact);
	}
}

static void
test_ids_become_uuids_and_come_back(void)
{
	const char *text = "00-" TRACE "-" SPAN "-00";
	char out[TRACEPARENT_LEN + 1] = "", base_id[UUID_TEXT_LEN],
				   parent_id[UUID_TEXT_LEN];
	struct uuid base, parent;

	CHECK(traceparent_parse(text, strlen(text), &base, &parent));
	uuid_format(&base, base_id);
	uuid_format(&parent, parent_id);
	CHECK(traceparent_format(&base, &parent, out));

	CHECK_TEXT(
	    base_id, UUID_TEXT_LEN, "4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
	CHECK_TEXT(
	    parent_id, UUID_TEXT_LEN, "00000000-0000-0000-00f0-67aa0ba902b7");
	CHECK_STR(out, "00-" TRACE "-" SPAN "-01");
}

static void
test_a_point_goes_by_the_low_half_of_its_id(void)
{
	const char *text = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
	char out[TRACEPARENT_LEN + 1] = "";
	struct uuid id;

	CHECK(uuid_parse(text, strlen(text), &id));
	CHECK(traceparent_format(&id, &id, out));

	CHECK_STR(
	    out, "00-aaaaaaaabbbb4ccc8dddeeeeeeeeeeee-8dddeeeeeeeeeeee-01");
}

static void
test_ids_that_would_be_zeros_are_not_written(void)
{
	char out[TRACEPARENT_LEN + 1] = "";
	struct uuid zero = {{0}}, high = {{1}};

	CHECK(!traceparent_format(&zero, &high, out));
	CHECK(!traceparent_format(&high, &high, out));

	CHECK_STR(out, "");
}

RUN_TESTS(TEST(test_each_traceparent_is_taken_or_ignored),
    TEST(test_ids_become_uuids_and_come_back),
    TEST(test_a_point_goes_by_the_low_half_of_its_id),
    TEST(test_ids_that_would_be_zeros_are_not_written))
