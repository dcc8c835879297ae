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

/* Bits in which two ids differ. */
static int
distance(const struct uuid *a, const struct uuid *b)
{
	int bits = 0;

	for (size_t i = 0; i < sizeof(a->byte); i++)
		bits += __builtin_popcount(a->byte[i] ^ b->byte[i]);
	return bits;
}

static void
test_ids_in_a_row_differ_in_half_of_their_bits(void)
{
	struct uuid_source source = {{0}};
	struct uuid id, next;
	long sum = 0;

	uuid_seed(&source);
	uuid_next(&source, &id);
	for (int i = 0; i < 100000; i++, id = next) {
		uuid_next(&source, &next);
		sum += distance(&id, &next);
	}

	/* 122 bits are free; the sum's deviation is 1,746. */
	CHECK(sum > 6100000 - 20000 && sum < 6100000 + 20000);
}

static void
test_no_id_of_a_million_comes_twice(void)
{
	static uint64_t seen[1 << 21];
	struct uuid_source source = {{0}};
	int twice = 0;

	uuid_seed(&source);
	for (int i = 0; i < 1000000; i++) {
		struct uuid id;
		uint64_t half;
		size_t at;

		uuid_next(&source, &id);
		memcpy(&half, id.byte + 8, sizeof(half));
		at = half >> 8 & ((1 << 21) - 1);
		while (seen[at] && seen[at] != half)
			at = (at + 1) & ((1 << 21) - 1);
		twice += seen[at] == half;
		seen[at] = half;
	}

	CHECK(twice == 0); /* not even in one half of it */
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
    TEST(test_ids_in_a_row_differ_in_half_of_their_bits),
    TEST(test_no_id_of_a_million_comes_twice),
    TEST(test_two_sources_share_no_id), TEST(test_what_is_printed_reads_back),
    TEST(test_only_the_canonical_form_is_read))
