/*
 * sign_test.c - pairs are signed to OSProfiler's byte, and taken or refused as
 * it would.
 */
#include "tests/check.h"

#include <stdlib.h>

#include "shim/sign.h"

#define UUID1 "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
#define UUID2 "11111111-2222-4333-8444-555555555555"
#define INFO1 \
 "eyJiYXNlX2lkIjogImFhYWFhYWFhLWJiYmItNGNjYy04ZGRkLWVlZWVlZWVlZWVlZSIs" \
 "ICJwYXJlbnRfaWQiOiAiMTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1" \
 "In0="
#define HMAC1 "696cb28bc1294fb4a67da7fd79fb0268ce823684"

static const struct vector {
	const char *key;
	const char *base_id;
	const char *parent_id;
	const char *info;
	const char *hmac;
} vectors[] = {
    /* clang-format off */
	{ "SECRET_KEY", UUID1, UUID2, INFO1, HMAC1 },
	{ "k", UUID1, UUID2, INFO1,
	    "da179a9c9e43d75cd103021a2f50956ef882e796" },
	{ "key", "d1b0a1e2-0000-4000-8000-000000000001",
	    "d1b0a1e2-0000-4000-8000-000000000001",
	    "eyJiYXNlX2lkIjogImQxYjBhMWUyLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAw"
	    "MSIsICJwYXJlbnRfaWQiOiAiZDFiMGExZTItMDAwMC00MDAwLTgwMDAtMDAwMDAw"
	    "MDAwMDAxIn0=",
	    "d7199ae3778d16840edaeba7595697fbe066b27b" },
	{ "cl\xc3\xa9-\xe7\xa7\x98\xe5\xaf\x86",
	    "~~~??\?>>>\xc3\xbf\xe6\xbc\xa2\xf0\x9f\x98\x80",
	    "a\"b\\c\n\t/\x7f",
	    "eyJiYXNlX2lkIjogIn5-fj8_Pz4-Plx1MDBmZlx1NmYyMlx1ZDgzZFx1ZGUwMCIs"
	    "ICJwYXJlbnRfaWQiOiAiYVwiYlxcY1xuXHQvXHUwMDdmIn0=",
	    "c5e2bf2c49d814f42ee04c69647592a743d87652" },
	{ "SECRET_KEY", "00000000-0000-4000-8000-00000000000f", NULL,
	    "eyJiYXNlX2lkIjogIjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAw"
	    "ZiJ9",
	    "8503aa9eb93f003b53e1d11b4e0bdd637ffa4bcc" },
    /* clang-format on */
};

static char problem[PLUGIN_PROBLEM];

static void
test_what_osprofiler_signs_is_signed_the_same(void)
{
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const struct vector *row = &vectors[i];
		char info[SIGN_INFO_SIZE] = "", hmac[SIGN_HMAC_LEN + 1] = "";

		CHECK(sign_pack(row->base_id, row->parent_id, info));
		CHECK(sign_hmac(row->key, info, hmac, problem));

		CHECK_STR(info, row->info);
		CHECK_STR(hmac, row->hmac);
	}
}

static void
test_what_osprofiler_signed_is_taken(void)
{
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const struct vector *row = &vectors[i];
		struct sign_ids ids;

		CHECK(sign_verify(row->info, row->hmac, row->key, &ids,
			  problem) == OSPROF_OK);

		CHECK_STR(ids.base_id, row->base_id);
		CHECK_STR(ids.parent_id, row->parent_id ? row->parent_id : "");
	}
}

/* Vector 1 with these keys and this HMAC. */
static enum osprof_error
verify(const char *hmac, const char *keys)
{
	struct sign_ids ids;

	return sign_verify(INFO1, hmac, keys, &ids, problem);
}

static void
test_one_of_several_keys_is_enough(void)
{
	CHECK(verify(HMAC1, "other, SECRET_KEY,third") == OSPROF_OK);
	CHECK(verify(HMAC1, ",, \xc2\xa0SECRET_KEY\t,") == OSPROF_OK);

	CHECK(verify(HMAC1, "other,SECRET_KEY2") == OSPROF_EINVAL);
	CHECK(verify(HMAC1, "SECRET KEY") == OSPROF_EINVAL);
	CHECK(verify(HMAC1, "") == OSPROF_EINVAL);
	CHECK(verify(HMAC1, " , ,") == OSPROF_EINVAL);
}

static void
test_the_first_key_signs(void)
{
	static const char *const rows[][2] = {
	    {"a, b,,c , ", "a"},
	    {" ,, b c ,d", "b c"},
	    {"only", "only"},
	    {"", NULL},
	    {" , ", NULL},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *key = sign_first_key(rows[i][0]);

		if (rows[i][1])
			CHECK_STR(key, rows[i][1]);
		else
			CHECK(!key);
		sign_key_free(key);
	}
}

static void
test_an_hmac_is_compared_exactly_but_for_white_space_around(void)
{
	char wrong[] = HMAC1;

	CHECK(verify(" \t" HMAC1 "\r\n", "SECRET_KEY") == OSPROF_OK);

	for (size_t i = 0; i < SIGN_HMAC_LEN; i++) {
		wrong[i] = wrong[i] == '0' ? '1' : '0';
		CHECK(verify(wrong, "SECRET_KEY") == OSPROF_EINVAL);
		wrong[i] = HMAC1[i];
	}
	CHECK(verify("", "SECRET_KEY") == OSPROF_EINVAL);
	CHECK(verify(" ", "SECRET_KEY") == OSPROF_EINVAL);
	CHECK(verify(HMAC1 "0", "SECRET_KEY") == OSPROF_EINVAL);
	CHECK(verify(HMAC1 " 0", "SECRET_KEY") == OSPROF_EINVAL);
	CHECK(verify("696CB28BC1294FB4A67DA7FD79FB0268CE823684",
		  "SECRET_KEY") == OSPROF_EINVAL);
	CHECK(verify("\xc3\xa9 is no hmac", "SECRET_KEY") == OSPROF_EINVAL);
}

static void
test_a_changed_info_is_refused(void)
{
	char info[] = INFO1;
	struct sign_ids ids;

	for (size_t i = 0; i + 1 < sizeof(info); i++) {
		info[i] ^= 1;
		CHECK(sign_verify(info, HMAC1, "SECRET_KEY", &ids, problem) ==
		      OSPROF_EINVAL);
		info[i] ^= 1;
	}
}

static void
test_an_empty_key_signs_nothing(void)
{
	char hmac[SIGN_HMAC_LEN + 1] = "";

	CHECK(!sign_hmac("", INFO1, hmac, problem));

	CHECK_STR(hmac, "");
}

/* Base64 of what is between the brackets of a row. */
static const struct refused {
	const char *fact;
	const char *info;
	const char *base_id; /* NULL: refused */
	const char *parent_id;
} infos[] = {
    /* clang-format off */
	{ "one id", "eyJiYXNlX2lkIjoieCJ9", "x", "" },
	{ "foreign characters inside", "ey Ji.YXNl\nX2lk!IjoieCJ9", "x", "" },
	{ "padding that is too much", "eyJiYXNlX2lkIjoieCJ9====", "x", "" },
	{ "padding before its time", "e=yJiYXNlX2lkIjoieCJ9", "x", "" },
	{ "padding that is missing", "eyJiYXNlX2lkIjoieCJ9IA", NULL, NULL },
	{ "and is there", "eyJiYXNlX2lkIjoieCJ9IA==", "x", "" },
	{ "what comes behind the padding", "eyJiYXNlX2lkIjoieCJ9IA==*AAA",
	    "x", "" },
	{ "what is not ASCII behind it", "eyJiYXNlX2lkIjoieCJ9IA==\xc3\xa9",
	    NULL, NULL },
	{ "both alphabets at once", "eyJiYXNlX2lkIjoifn5-fn5+In0=", "~~~~~~",
	    "" },
	{ "nothing", "", NULL, NULL },
	{ "[]", "W10=", NULL, NULL },
	{ "{}", "e30=", NULL, NULL },
	{ "no UTF-8", "eyJiYXNlX2lkIjoi/yJ9", NULL, NULL },
    /* clang-format on */
};

static void
test_base64_is_read_as_leniently_as_python_does(void)
{
	for (size_t i = 0; i < sizeof(infos) / sizeof(*infos); i++) {
		struct sign_ids ids = {"?", "?"};
		const char *info = infos[i].info;
		bool good = sign_unpack(info, strlen(info), &ids);
		int before = check_failures;

		CHECK_STR(ids.base_id, good ? infos[i].base_id : "?");
		CHECK(good == (infos[i].base_id != NULL));
		CHECK_STR(ids.parent_id, good ? infos[i].parent_id : "?");
		if (check_failures != before)
			fprintf(stderr, "  %s\n", infos[i].fact);
	}
}

/* Base64 for tests: without a padding, by blanks at the text's end. */
static void
encode(const char *json, size_t len, char *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				     "nopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = 0;

		for (size_t at = i; at < i + 3; at++)
			bits = bits << 8 |
			       (at < len ? (unsigned char)json[at] : ' ');
		for (int shift = 18; shift >= 0; shift -= 6)
			*out++ = digits[bits >> shift & 63];
	}
	*out = '\0';
}

#define D "\"base_id\": "
#define P "\"parent_id\": "
#define TEN "xxxxxxxxxx"
#define FIFTY TEN TEN TEN TEN TEN
#define ID255 FIFTY FIFTY FIFTY FIFTY FIFTY "12345"

static const struct object {
	const char *json;
	const char *base_id; /* NULL: refused */
	const char *parent_id;
} objects[] = {
    /* clang-format off */
	{ "{" D "\"b\", " P "\"p\"}", "b", "p" },
	{ "\t{" P "\"p\"\n,\r" D "\"b\" } ", "b", "p" },
	{ "{" D "\"b\", " P "null}", "b", "" },
	{ "{" D "null, " P "\"p\"}", "", "p" },
	{ "{" D "\"\"}", "", "" },
	{ "{" D "false}", "", "" },
	{ "{" D "0}", "", "" },
	{ "{" D "17}", "17", "" },
	{ "{" D "-9223372036854775809}", "-9223372036854775809", "" },
	{ "{" D "\"b\", \"hmac_key\": {\"any\": [1, {}]}}", "b", "" },
	{ "{" D "\"a\", " D "\"b\"}", "b", "" },
	{ "{\"b\\u0061se_id\": \"b\"}", "b", "" },
	{ "{" D "\"\\u00e9\\uD83D\\uDE00\\/\\b\\f\\n\\r\\t\\\\\\\"\"}",
	    "\xc3\xa9\xf0\x9f\x98\x80/\b\f\n\r\t\\\"", "" },
	{ "{" D "\"\xc3\xa9\"}", "\xc3\xa9", "" },
	{ "{" D "\"" ID255 "\"}", ID255, "" },

	{ "{" P "\"p\"}", NULL, NULL },
	{ "{" D "\"b\", \"more\": 1}", NULL, NULL },
	{ "{" D "\"b\", \"\": 1}", NULL, NULL },
	{ "{" D "true}", NULL, NULL },
	{ "{" D "1.5}", NULL, NULL },
	{ "{" D "1e3}", NULL, NULL },
	{ "{" D "[]}", NULL, NULL },
	{ "{" D "{}}", NULL, NULL },
	{ "{" D "\"b\",}", NULL, NULL },
	{ "{" D "\"b\"", NULL, NULL },
	{ "{" D "\"b\"}}", NULL, NULL },
	{ "{" D "\"b\"} x", NULL, NULL },
	{ "{" D "'b'}", NULL, NULL },
	{ "{" D "\"b}", NULL, NULL },
	{ "{" D "\"\t\"}", NULL, NULL },
	{ "{" D "\"\\x\"}", NULL, NULL },
	{ "{" D "\"\\u12\"}", NULL, NULL },
	{ "{" D "\"\\ud83d\"}", NULL, NULL },
	{ "{" D "\"\\ude00\"}", NULL, NULL },
	{ "{" D "\"\\ud83dx\\ude00\"}", NULL, NULL },
	{ "{" D "\"\\ud83d\\ud83d\"}", NULL, NULL },
	{ "{" D "\"a\\u0000b\"}", NULL, NULL },
	{ "{" D "007}", NULL, NULL },
	{ "{" D "\"" ID255 "x\"}", NULL, NULL },
	{ "\xef\xbb\xbf{" D "\"b\"}", NULL, NULL },
	{ "{base_id: \"b\"}", NULL, NULL },
	{ "\"base_id\"", NULL, NULL },
	{ "null", NULL, NULL },
    /* clang-format on */
};

static void
test_an_object_is_taken_if_it_has_ids_and_nothing_else(void)
{
	for (size_t i = 0; i < sizeof(objects) / sizeof(*objects); i++) {
		struct sign_ids ids = {"?", "?"};
		int before = check_failures;
		char info[1024];
		bool good;

		encode(objects[i].json, strlen(objects[i].json), info);
		good = sign_unpack(info, strlen(info), &ids);

		CHECK(good == (objects[i].base_id != NULL));
		CHECK_STR(ids.base_id, good ? objects[i].base_id : "?");
		CHECK_STR(ids.parent_id, good ? objects[i].parent_id : "?");
		if (check_failures != before)
			fprintf(stderr, "  %s\n", objects[i].json);
	}
}

static void
test_an_info_that_is_too_long_is_refused(void)
{
	static char info[SIGN_INFO_MAX + 64];
	struct sign_ids ids;

	memset(info, '.', sizeof(info));
	memcpy(info, "eyJiYXNlX2lkIjoieCJ9", 20);

	CHECK(sign_unpack(info, SIGN_INFO_MAX, &ids));
	CHECK(!sign_unpack(info, SIGN_INFO_MAX + 1, &ids));
}

static void
test_the_longest_ids_are_packed_and_come_back(void)
{
	char base_id[OSPROF_ID_SIZE + 1] = "", info[SIGN_INFO_SIZE];
	struct sign_ids ids;

	memset(base_id, 1, OSPROF_ID_SIZE - 1); /* six characters each */
	CHECK(sign_pack(base_id, base_id, info));
	CHECK(sign_unpack(info, strlen(info), &ids));

	CHECK_STR(ids.base_id, base_id);
	CHECK_STR(ids.parent_id, base_id);
	base_id[OSPROF_ID_SIZE - 1] = 'x';
	CHECK(!sign_pack(base_id, NULL, info));
	CHECK(!sign_pack("x", base_id, info));
}

static void
test_bytes_that_are_no_utf8_go_as_in_messages(void)
{
	char info[SIGN_INFO_SIZE];
	struct sign_ids ids;

	CHECK(sign_pack("a\xff\xc3", NULL, info));
	CHECK(sign_unpack(info, strlen(info), &ids));

	CHECK_STR(ids.base_id, "a\xef\xbf\xbd\xef\xbf\xbd");
}

RUN_TESTS(TEST(test_what_osprofiler_signs_is_signed_the_same),
    TEST(test_what_osprofiler_signed_is_taken),
    TEST(test_one_of_several_keys_is_enough), TEST(test_the_first_key_signs),
    TEST(test_an_hmac_is_compared_exactly_but_for_white_space_around),
    TEST(test_a_changed_info_is_refused), TEST(test_an_empty_key_signs_nothing),
    TEST(test_base64_is_read_as_leniently_as_python_does),
    TEST(test_an_object_is_taken_if_it_has_ids_and_nothing_else),
    TEST(test_an_info_that_is_too_long_is_refused),
    TEST(test_the_longest_ids_are_packed_and_come_back),
    TEST(test_bytes_that_are_no_utf8_go_as_in_messages))
