/*
 * uuid_test.c - ids are UUIDv4, differ, and survive printing and reading.
 */
#include "tests/check.h"

#include "shim/uuid.h"

static void
test_an_id_has_version_4_and_the_rfc_variant(void)
{
	struct uuid_source source = {{0}};

	uuid_seed(&source);
	for (int i = 0; i < 1000; i++) {
		struct uuid id;

		uuid_next(&source, &id);
		CHECK((id.byte[6] & 0xf0) == 0x40);
		CHECK((id.byte[8] & 0xc0) == 0x80);
	}
}

static void
test_two_sources_share_no_id(void)
{
	struct uuid_source one = {{0}}, other = {{0}};
	struct uuid a, b;

	uuid_seed(&one);
	uuid_seed(&other);
	uuid_next(&one, &a);
	uuid_next(&other, &b);

	CHECK(memcmp(&a, &b, sizeof(a)) != 0);
}

static void
test_what_is_printed_reads_back(void)
{
	struct uuid_source source = {{0}};
	char text[UUID_TEXT_LEN];
	struct uuid id, back;

	uuid_seed(&source);
	uuid_next(&source, &id);
	uuid_format(&id, text);

	CHECK(uuid_parse(text, sizeof(text), &back));
	CHECK(memcmp(&id, &back, sizeof(id)) == 0);
}

static void
test_only_the_canonical_form_is_read(void)
{
	static const char *const bad[] = {
	    "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE",
	    "aaaaaaaabbbb4ccc8dddeeeeeeeeeeee",
	    "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeeg",
	    "aaaaaaaa-bbbb-4ccc-8ddd_eeeeeeeeeeee",
	    "{aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeee",
	    "",
	};
	struct uuid id;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!uuid_parse(bad[i], strlen(bad[i]), &id));
	CHECK(uuid_parse("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", 36, &id));
}

RUN_TESTS(TEST(test_an_id_has_version_4_and_the_rfc_variant),
    TEST(test_two_sources_share_no_id), TEST(test_what_is_printed_reads_back),
    TEST(test_only_the_canonical_form_is_read))
