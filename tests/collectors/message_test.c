/*
 * message_test.c - a binary record becomes OSProfiler's message, and damage
 * to it becomes a count.
 */
#include "collectors/message.h"
#include "tests/check.h"
#include "tests/collectors/build_record.h"

#include <stdlib.h>

#define BASE "b0b1b2b3-b4b5-b6b7-b8b9-babbbcbdbebf"
#define PARENT "a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf"
#define ID "10111213-1415-1617-1819-1a1b1c1d1e1f"
#define IDS \
 "\"base_id\": \"" BASE "\", \"trace_id\": \"" ID "\", " \
 "\"parent_id\": \"" PARENT "\", "
#define HOST "\"host\": \"h\"}"

static struct build build;
static struct message_batch batch;
static struct message_context context;
static const struct clock_pair clocks[] = {
    {0, 1000000000000000000}, {5000000000, 1800000000000000000}};

static void
given(uint8_t kind, uint8_t flags)
{
	message_batch_free(&batch);
	message_context_free(&context);
	message_context_init(&context, "p", NULL, "h");
	context.clocks = clocks;
	context.clock_count = 2;
	build_begin(&build, kind, flags);
}

/* The message, from memory that ends where the record ends. */
static const struct message *
message(void)
{
	static const struct message none;
	char *copy = malloc(build.size);
	enum osprof_error error;

	memcpy(copy, build.bytes, build.size);
	error = message_add(&batch, &context, copy, build.size);
	free(copy);
	CHECK((error == OSPROF_OK) == (batch.count == 1));
	return batch.count == 1 ? &batch.messages[0] : &none;
}

static void
check_info(const char *wanted)
{
	const struct message *is = message();

	CHECK_TEXT(is->info.at, is->info.len, wanted);
}

static void
check_malformed(void)
{
	message();
	CHECK_U64(batch.malformed, 1);
	CHECK_U64(batch.count, 0);
}

static void
test_a_db_start_is_osprofilers_message(void)
{
	int64_t one = 1;
	const struct message *is;

	given(RECORD_START, RECORD_DB);
	build_record(&build)->time_ns = 257918999;
	build_text(&build, FIELD_STATEMENT, "SELECT '\xc3\xa9' \x7f");
	build_param(&build, 1, "", PARAM_INT, &one, 8, 8);
	build_params(&build);

	is = message();

	CHECK_TEXT(is->json.at, is->json.len,
	    "{\"name\": \"db-start\", " IDS
	    "\"timestamp\": \"2001-09-09T01:46:40.257918\", "
	    "\"info\": {\"db\": {\"statement\": \"SELECT '\\u00e9' \\u007f\", "
	    "\"params\": [1]}, " HOST
	    ", \"project\": \"p\", \"service\": null}");
}

static void
test_the_texts_of_a_message_are_its_parts(void)
{
	const struct message *is;

	given(RECORD_STOP, RECORD_DB);

	is = message();

	CHECK_TEXT(is->name.at, is->name.len, "db-stop");
	CHECK_TEXT(is->base_id.at, is->base_id.len, BASE);
	CHECK_TEXT(is->trace_id.at, is->trace_id.len, ID);
	CHECK_TEXT(is->parent_id.at, is->parent_id.len, PARENT);
	CHECK_TEXT(is->project.at, is->project.len, "p");
	CHECK_TEXT(is->host.at, is->host.len, "h");
	CHECK(!is->service.at);
	CHECK_TEXT(is->info.at, is->info.len, "{\"db\": {}, " HOST);
}

static void
test_fields_keep_their_order_and_find_their_place(void)
{
	given(RECORD_STOP, RECORD_DB);
	build_text(&build, FIELD_ETYPE, "SQLITE_BUSY");
	build_u64(&build, FIELD_ROWS, 18446744073709551615u);
	build_u64(&build, FIELD_CODE, (uint64_t)-5);
	build_text(&build, FIELD_MESSAGE, "locked");
	build_u64(&build, FIELD_ENGINE, 1500);
	build_u64(&build, FIELD_ELAPSED, 2000001);
	build_u64(&build, FIELD_LOST, 7);

	check_info("{\"db\": {\"rows\": 18446744073709551615, \"code\": -5, "
		   "\"engine_us\": 1.5, \"elapsed_us\": 2000.001}, "
		   "\"etype\": \"SQLITE_BUSY\", \"message\": \"locked\", "
		   "\"lost\": 7, " HOST);
}

static void
test_cut_text_says_so(void)
{
	given(RECORD_START, RECORD_DB);
	build_field(&build, FIELD_STATEMENT, FIELD_CUT, "INSERT", 6);
	build_u64(&build, FIELD_STATEMENT_LENGTH, 100000);
	build_field(&build, FIELD_MESSAGE, FIELD_CUT, "no", 2);

	check_info("{\"db\": {\"statement\": \"INSERT\", "
		   "\"statement_length\": 100000}, "
		   "\"message\": \"no\", \"message_cut\": true, " HOST);
}

static void
test_every_type_of_parameter_has_its_form(void)
{
	uint64_t most = UINT64_MAX;
	double half = 0.5;

	given(RECORD_START, RECORD_DB);
	build_param(&build, 1, "", PARAM_NULL, "", 0, 0);
	build_param(&build, 2, "", PARAM_DOUBLE, &half, 8, 8);
	build_param(&build, 3, "", PARAM_TEXT, "it's", 4, 4);
	build_param(&build, 4, "", PARAM_TEXT, "long", 4, 4000);
	build_param(&build, 5, "", PARAM_BLOB, "\x00\xff", 2, 900);
	build_param(&build, 6, "", PARAM_ZEROBLOB, "", 0, 4096);
	build_param(&build, 7, "", PARAM_POINTER, "carray", 6, 6);
	build_param(&build, 8, "", PARAM_TEXT16LE, "\xe9\x00", 2, 2);
	build_param(&build, 9, "", PARAM_TEXT16BE, "\x00\xe9", 2, 6);
	build_param(&build, 10, "", PARAM_ARRAY, "int8", 4, 3);
	build_param(&build, 11, "", PARAM_UINT, &most, 8, 8);
	build_param(&build, 12, "", PARAM_KEYWORD, "DEFAULT", 7, 7);
	build_params(&build);

	check_info(
	    "{\"db\": {\"params\": [null, 0.5, \"it's\", "
	    "{\"text\": \"long\", \"length\": 4000}, "
	    "{\"blob\": \"00ff\", \"length\": 900}, {\"zeroblob\": 4096}, "
	    "{\"pointer\": \"carray\"}, \"\\u00e9\", "
	    "{\"text\": \"\\u00e9\", \"length\": 6}, "
	    "{\"array\": \"int8\", \"length\": 3}, "
	    "18446744073709551615, {\"keyword\": \"DEFAULT\"}]}, " HOST);
}

static void
test_unbound_parameters_are_null(void)
{
	given(RECORD_START, RECORD_DB);
	build_param(&build, 2, "", PARAM_TEXT, "b", 1, 1);
	build_param(&build, 4, "", PARAM_TEXT, "d", 1, 1);
	build_params(&build);

	check_info("{\"db\": {\"params\": [null, \"b\", null, \"d\"]}, " HOST);
}

static void
test_a_name_makes_parameters_an_object(void)
{
	given(RECORD_START, RECORD_DB);
	build_param(&build, 1, ":id", PARAM_NULL, "", 0, 0);
	build_param(&build, 3, "", PARAM_NULL, "", 0, 0);
	build_params(&build);

	check_info(
	    "{\"db\": {\"params\": {\":id\": null, \"?3\": null}}, " HOST);
}

static void
test_a_huge_parameter_number_fills_no_memory(void)
{
	given(RECORD_START, RECORD_DB);
	build_param(&build, 4294967295u, "", PARAM_NULL, "", 0, 0);
	build_params(&build);

	check_info("{\"db\": {\"params\": {\"?4294967295\": null}}, " HOST);
}

static void
test_a_list_may_begin_late(void)
{
	const struct message *is;

	given(RECORD_START, RECORD_DB);
	build_param(&build, 65536, "", PARAM_NULL, "", 0, 0);
	build_params(&build);

	is = message();

	CHECK(is->info.len > 65536 * 6);
}

static size_t
site(void *arg, uint64_t address, char *out, size_t cap)
{
	(void)arg;
	return (size_t)snprintf(
	    out, cap, "shop+0x%llx", (unsigned long long)address);
}

static void
test_the_caller_is_named(void)
{
	given(RECORD_START, RECORD_DB);
	build_record(&build)->caller = 0x12ab;
	context.name_site = site;

	check_info("{\"db\": {\"caller\": \"shop+0x12ab\"}, " HOST);
}

static void
test_a_caller_that_nobody_knows_is_a_number(void)
{
	given(RECORD_START, RECORD_DB);
	build_record(&build)->caller = 0xffffffffffffffff;
	build_text(&build, FIELD_CALL, "PQexec");

	check_info("{\"db\": {\"call\": \"PQexec\", "
		   "\"caller\": \"0xffffffffffffffff\"}, " HOST);
}

static void
test_a_point_of_the_programs_own_has_its_info(void)
{
	const struct message *is;

	given(RECORD_START, 0);
	build_text(&build, FIELD_NAME, "wsgi");
	build_text(&build, FIELD_INFO,
	    "{\"a\":[1,\"\xc3\xa9\\/\"],\"host\":\"theirs\",\"b\":{}}");

	is = message();

	CHECK_TEXT(is->name.at, is->name.len, "wsgi-start");
	CHECK_TEXT(is->info.at, is->info.len,
	    "{\"a\": [1, \"\\u00e9/\"], \"b\": {}, " HOST);
}

static void
test_names_and_ids_of_any_text_are_plain_beside_the_json(void)
{
	const struct message *is;

	given(RECORD_START, 0);
	build_text(&build, FIELD_NAME, "a\"\xc3\xa9");
	build_text(&build, FIELD_BASE_TEXT, "tr\\ace\xff");
	build_text(&build, FIELD_PARENT_TEXT, "7");

	is = message();

	CHECK_TEXT(is->name.at, is->name.len, "a\"\xc3\xa9-start");
	CHECK_TEXT(is->base_id.at, is->base_id.len, "tr\\ace\xef\xbf\xbd");
	CHECK_TEXT(is->parent_id.at, is->parent_id.len, "7");
	CHECK_TEXT(is->json.at, 61,
	    "{\"name\": \"a\\\"\\u00e9-start\", "
	    "\"base_id\": \"tr\\\\ace\\ufffd\", \"trac");
}

static void
test_times_turn_into_utc(void)
{
	static const struct {
		int64_t real_ns;
		const char *wanted;
	} rows[] = {
	    {0, "1970-01-01T00:00:00.000000"},
	    {-1, "1970-01-01T00:00:00.000000"},
	    {951782399999999999, "2000-02-28T23:59:59.999999"},
	    {951782400000000000, "2000-02-29T00:00:00.000000"},
	    {951868800000000000, "2000-03-01T00:00:00.000000"},
	    {1735689599000000000, "2024-12-31T23:59:59.000000"},
	    {1735689600000000000, "2025-01-01T00:00:00.000000"},
	    {4107542400000000000, "2100-03-01T00:00:00.000000"},
	    {INT64_MAX, "2262-04-11T23:47:16.854775"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct clock_pair pair = {0, rows[i].real_ns};
		const struct message *is;

		given(RECORD_STOP, RECORD_DB);
		context.clocks = &pair;
		context.clock_count = 1;
		is = message();
		CHECK_TEXT(is->timestamp.at, is->timestamp.len, rows[i].wanted);
	}
}

static void
test_the_last_clock_before_a_record_counts(void)
{
	const struct message *is;

	given(RECORD_STOP, RECORD_DB);
	build_record(&build)->time_ns = 5000001000;

	is = message();

	CHECK_TEXT(
	    is->timestamp.at, is->timestamp.len, "2027-01-15T08:00:00.000001");
}

static void
test_a_field_of_a_newer_version_is_stepped_over(void)
{
	given(RECORD_STOP, RECORD_DB);
	build_text(&build, 999, "what");
	build_u64(&build, FIELD_ROWS, 1);

	check_info("{\"db\": {\"rows\": 1}, " HOST);
}

static void
test_malformed_records_are_counted(void)
{
	given(RECORD_PAD, 0);
	check_malformed();

	given(9, RECORD_DB);
	check_malformed();

	given(RECORD_START, 0); /* neither db nor a name */
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_record(&build)->size += 8;
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_record(&build)->size = 8;
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_field(&build, FIELD_ROWS, 0, "1234", 4);
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_u64(&build, FIELD_ROWS, 1);
	build_u64(&build, FIELD_ROWS, 1);
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_text(&build, FIELD_INFO, "[1]");
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_text(&build, FIELD_INFO, "{\"a\":1} x");
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_param(&build, 0, "", PARAM_NULL, "", 0, 0);
	build_params(&build);
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_param(&build, 1, "", PARAM_INT, "1", 1, 1);
	build_params(&build);
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_param(&build, 1, "", 77, "", 0, 0);
	build_params(&build);
	check_malformed();

	given(RECORD_START, RECORD_DB);
	build_field(&build, FIELD_PARAMS, 0, "1234567", 7);
	check_malformed();
}

static void
test_a_field_longer_than_its_record_is_malformed(void)
{
	uint32_t len = 0xffffffff;

	given(RECORD_START, RECORD_DB);
	build_text(&build, FIELD_STATEMENT, "SELECT 1");
	memcpy(build.bytes + sizeof(struct record) + 4, &len, 4);

	check_malformed();
}

static void
test_the_worst_text_has_room(void)
{
	static char bad[30000];
	const struct message *is;

	memset(bad, 0xff, sizeof(bad));
	given(RECORD_START, 0);
	build_field(&build, FIELD_NAME, 0, bad, sizeof(bad));
	build_field(&build, FIELD_BASE_TEXT, 0, bad, sizeof(bad));

	is = message();

	CHECK_U64(is->name.len, 3 * sizeof(bad) + 6);
	CHECK(is->json.len > 6 * 2 * sizeof(bad));
}

static void
test_a_cleared_batch_keeps_nothing_but_memory(void)
{
	given(RECORD_START, RECORD_DB);
	for (int i = 0; i < 5000; i++)
		CHECK(message_add(&batch, &context, build.bytes, build.size) ==
		      OSPROF_OK);
	CHECK_U64(batch.count, 5000);
	CHECK_TEXT(batch.messages[0].name.at, 8, "db-start");

	message_batch_clear(&batch);

	CHECK_U64(batch.count, 0);
	check_info("{\"db\": {}, " HOST);
	message_batch_free(&batch);
	message_context_free(&context);
}

RUN_TESTS(TEST(test_a_db_start_is_osprofilers_message),
    TEST(test_the_texts_of_a_message_are_its_parts),
    TEST(test_fields_keep_their_order_and_find_their_place),
    TEST(test_cut_text_says_so),
    TEST(test_every_type_of_parameter_has_its_form),
    TEST(test_unbound_parameters_are_null),
    TEST(test_a_name_makes_parameters_an_object),
    TEST(test_a_huge_parameter_number_fills_no_memory),
    TEST(test_a_list_may_begin_late), TEST(test_the_caller_is_named),
    TEST(test_a_caller_that_nobody_knows_is_a_number),
    TEST(test_a_point_of_the_programs_own_has_its_info),
    TEST(test_names_and_ids_of_any_text_are_plain_beside_the_json),
    TEST(test_times_turn_into_utc),
    TEST(test_the_last_clock_before_a_record_counts),
    TEST(test_a_field_of_a_newer_version_is_stepped_over),
    TEST(test_malformed_records_are_counted),
    TEST(test_a_field_longer_than_its_record_is_malformed),
    TEST(test_the_worst_text_has_room),
    TEST(test_a_cleared_batch_keeps_nothing_but_memory))
