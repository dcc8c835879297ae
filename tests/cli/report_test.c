/*
 * report_test.c - what the tree of a trace does with messages that the real
 * OSProfiler cannot take; report_compat.py proves the rest.
 */
#include "tests/check.h"

#include "cli/report.h"
#include "collectors/json_scan.h"

static struct report report;

static struct text
text_of(const char *text)
{
	return (struct text){text, text ? strlen(text) : 0};
}

static void
add(const char *id, const char *parent, const char *name, const char *time)
{
	struct message message = {
	    .trace_id = text_of(id),
	    .parent_id = text_of(parent),
	    .name = text_of(name),
	    .timestamp = text_of(time),
	    .json = text_of("{\"info\": {}}"),
	};

	CHECK(report_add(&report, &message));
}

static const struct node *
find(const char *id)
{
	const struct node *node = report.nodes;

	while (node && strcmp(node->id->text, id) != 0)
		node = node->next;
	return node;
}

static void
test_a_trace_without_a_start_has_no_last_start(void)
{
	report_init(&report);
	add("a", "base", "db-stop", "2026-01-01T00:00:00.000005");

	CHECK(report_build(&report, REPORT_BY_MS));

	CHECK(report.last_started_us == TIME_NONE);
	CHECK(report.roots == find("a"));
	CHECK(find("a")->started_us == 0);
	report_free(&report);
}

static void
test_a_message_without_a_time_takes_none_from_the_others(void)
{
	report_init(&report);
	add("a", "base", "db-start", "2026-01-01T00:00:00.000005");
	add("b", "base", "db-start", "yesterday");
	add("a", "base", "db-stop", "2026-01-01T00:00:01.000005");

	CHECK(report_build(&report, REPORT_BY_MS));

	CHECK(report.finished_us - report.started_us == 1000000);
	CHECK(find("b")->started_us == 0 && find("b")->finished_us == 0);
	report_free(&report);
}

static void
test_a_message_of_nulls_is_kept(void)
{
	report_init(&report);
	add(NULL, NULL, NULL, NULL);

	CHECK(report_build(&report, REPORT_BY_US));

	CHECK_U64(report.node_count, 1);
	report_free(&report);
}

static void
test_points_in_a_circle_are_counted_but_not_walked(void)
{
	unsigned depth = 0, seen = 0;

	report_init(&report);
	add("a", "b", "db-start", "2026-01-01T00:00:00.000001");
	add("b", "a", "db-start", "2026-01-01T00:00:00.000002");
	add("self", "self", "db-start", "2026-01-01T00:00:00.000003");
	add("c", "base", "db-start", "2026-01-01T00:00:00.000004");

	CHECK(report_build(&report, REPORT_BY_MS));

	for (const struct node *node = report.roots; node;
	     node = report_next(node, &depth))
		seen++;
	CHECK_U64(seen, 1);
	CHECK_U64(report.stats->count, 4);
	report_free(&report);
}

static void
test_a_chain_of_a_hundred_thousand_points_is_walked(void)
{
	unsigned depth = 0, deepest = 0;
	char id[16], parent[16];

	report_init(&report);
	for (int i = 0; i < 100000; i++) {
		snprintf(id, sizeof(id), "%d", i);
		snprintf(parent, sizeof(parent), "%d", i - 1);
		add(id, parent, "db-start", "2026-01-01T00:00:00.000001");
	}

	CHECK(report_build(&report, REPORT_BY_MS));

	for (const struct node *node = report.roots; node;
	     node = report_next(node, &depth))
		deepest = depth;
	CHECK_U64(deepest, 99999);
	report_free(&report);
}

static void
test_points_of_one_millisecond_are_told_apart_for_people(void)
{
	report_init(&report);
	add("late", "base", "db-start", "2026-01-01T00:00:00.000900");
	add("early", "base", "db-start", "2026-01-01T00:00:00.000100");

	CHECK(report_build(&report, REPORT_BY_US));

	CHECK_STR(report.roots->id->text, "early");
	report_free(&report);
}

static void
test_timestamps_are_read_as_microseconds(void)
{
	static const struct {
		const char *text;
		int64_t us;
	} cases[] = {
	    {"1970-01-01T00:00:00.000000", 0},
	    {"2000-02-29T12:34:56.7", 951827696700000},
	    {"2026-11-21T10:50:43.257918", 1795258243257918},
	    {"1969-12-31T23:59:59.999999", -1},
	    {"2026-11-21T10:50:43", 1795258243000000},
	    {"2026-11-21 10:50:43.0", TIME_NONE},
	    {"2026-13-21T10:50:43.0", TIME_NONE},
	    {"2026-11-21T10:50:43.", TIME_NONE},
	    {"2026-11-21T10:50:43.1234567", TIME_NONE},
	    {"", TIME_NONE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!CHECK(timestamp_us(text_of(cases[i].text)) == cases[i].us))
			fprintf(stderr, "  %s\n", cases[i].text);
}

/* A message whose text stands in the report as `json`, of point "id". */
static void
add_text(const char *project, const char *json)
{
	struct message message = {
	    .name = text_of("db-start"),
	    .base_id = text_of("base"),
	    .trace_id = text_of("id"),
	    .parent_id = text_of("base"),
	    .timestamp = text_of("2026-01-01T00:00:00.000001"),
	    .info = text_of("{\"db\": {}}"),
	    .project = text_of(project),
	    .json = text_of(json),
	};

	CHECK(report_add(&report, &message));
}

#define MESSAGE(between, project) \
 "{\"name\": \"db-start\"," between "\"base_id\": \"base\", " \
 "\"trace_id\": \"id\", \"parent_id\": \"base\", " \
 "\"timestamp\": \"2026-01-01T00:00:00.000001\", " \
 "\"info\": {\"db\": {}}, \"project\": " project ", \"service\": null}"

static void
test_a_text_is_kept_whole_unless_its_parts_make_it_again(void)
{
	static const struct {
		const char *about, *project, *json;
		bool is_short;
	} cases[] = {
	    {"as we write it", "p", MESSAGE(" ", "\"p\""), true},
	    {"without a project", NULL, MESSAGE(" ", "null"), true},
	    {"a text, not null", "null", MESSAGE(" ", "null"), false},
	    {"with escapes", "p\"", MESSAGE(" ", "\"p\\\"\""), false},
	    {"with other blanks", "p", MESSAGE("", "\"p\""), false},
	    {"with more behind it", "p", MESSAGE(" ", "\"p\"") " ", false},
	    {"with another project", "p", MESSAGE(" ", "\"q\""), false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct payload *payload;

		report_init(&report);
		add_text(cases[i].project, cases[i].json);
		payload = report.nodes->payloads;

		CHECK(text_is(payload_read_info(payload), "{\"db\": {}}"));
		if (!CHECK(payload_is_short(payload) == cases[i].is_short))
			fprintf(stderr, "  %s\n", cases[i].about);
		report_free(&report);
	}
}

RUN_TESTS(TEST(test_a_trace_without_a_start_has_no_last_start),
    TEST(test_a_message_without_a_time_takes_none_from_the_others),
    TEST(test_a_message_of_nulls_is_kept),
    TEST(test_points_in_a_circle_are_counted_but_not_walked),
    TEST(test_a_chain_of_a_hundred_thousand_points_is_walked),
    TEST(test_points_of_one_millisecond_are_told_apart_for_people),
    TEST(test_timestamps_are_read_as_microseconds),
    TEST(test_a_text_is_kept_whole_unless_its_parts_make_it_again))
