/*
 * value_rows_test.c - what is not of its type's form is shown as its bytes, and
 * reading ends where the room does.
 */
#include "tests/check.h"
#include "tests/pq/shown.h"

#include <sys/mman.h>

struct row {
	const char *sentence;
	uint32_t oid;
	const char *hex;
	const char *shown;
};

static void
check_rows(const struct row *rows, size_t count)
{
	char data[VALUE_MAX];

	for (size_t i = 0; i < count; i++) {
		size_t len = read_hex(rows[i].hex, data);

		if (!CHECK_STR(show(rows[i].oid, data, len, ROOM_MAX)->text,
			rows[i].shown))
			fprintf(stderr, "  %s\n", rows[i].sentence);
	}
}

/* clang-format off */
#define FOUR(text) text text text text
#define SEVEN(text) FOUR(text) text text text
#define ARRAY_OF(oid) "00000001" "00000000" oid

static const struct row malformed[] = {
	{"a bool is 0 or 1", 16, "02", "\\x02"},
	{"jsonb has version 1", 3802, "027b7d", "\\x027b7d"},
	{"a date lies in the calendar's range", 1082, "ffda97a6",
	    "\\xffda97a6"},
	{"nor past its end", 1082, "7fda970d", "\\x7fda970d"},
	{"a time ends with the day", 1083, "000000141dd76001",
	    "\\x000000141dd76001"},
	{"a timestamp lies in the calendar's range", 1114, "7fffffffffffff00",
	    "\\x7fffffffffffff00"},
	{"the first timestamp is in 4714 BC", 1114, "fd0f7c78ffffffff",
	    "\\xfd0f7c78ffffffff"},
	{"a zone is less than 16 hours away", 1266, "0000000000000000" "0000e100",
	    "\\x00000000000000000000e100"},
	{"a numeric has one of five signs", 1700, "0000" "0000" "8000" "0000",
	    "\\x0000000080000000"},
	{"a numeric's group ends at 9999", 1700,
	    "0001" "0000" "0000" "0000" "2710", "\\x00010000000000002710"},
	{"a numeric's scale has 14 bits", 1700, "0000" "0000" "0000" "4000",
	    "\\x0000000000004000"},
	{"bits are not fewer than none", 1562, "ffffffff", "\\xffffffff"},
	{"an IPv4 mask has 32 bits at most", 869, "0221" "0004" "0a000001",
	    "\\x022100040a000001"},
	{"a family's address has its length", 869, "0320" "0004" "0a000001",
	    "\\x032000040a000001"},
	{"there are two families", 869, "0420" "0004" "0a000001",
	    "\\x042000040a000001"},
	{"a polygon has a point", 604, "00000000", "\\x00000000"},
	{"a path is closed or open", 602, "02" "00000001" FOUR("00000000"),
	    "\\x0200000001" FOUR("00000000")},
	{"a tsquery's word has four weights", 3615, "00000001" "01100061" "00",
	    "\\x000000010110006100"},
	{"a path's count is not negative", 602, "01" "ffffffff", "\\x01ffffffff"},
	{"an array has six dimensions at most", 1007,
	    "00000007" "00000000" "00000017", "\\x000000070000000000000017"},
	{"and not seven that are there", 1007,
	    "00000007" "00000000" "00000017" SEVEN("0000000000000001"),
	    "\\x000000070000000000000017" SEVEN("0000000000000001")},
	{"an array has NULLs or not", 1007, "00000000" "00000002" "00000017",
	    "\\x000000000000000200000017"},
	{"2^64 elements are not none", 1007,
	    "00000004" "00000000" "00000017" FOUR("0001000000000001"),
	    "\\x000000040000000000000017" FOUR("0001000000000001")},
	{"an array's dimensions are not negative", 1007,
	    "ffffffff" "00000000" "00000017", "\\xffffffff0000000000000017"},
	{"an array's size is not negative", 1007,
	    ARRAY_OF("00000017") "ffffffff" "00000001",
	    "\\x000000010000000000000017ffffffff00000001"},
	{"an array's elements have its type", 1007,
	    ARRAY_OF("00000014") "00000000" "00000001",
	    "\\x0000000100000000000000140000000000000001"},
	{"an array's last subscript is an int4", 1007,
	    ARRAY_OF("00000017") "00000001" "7fffffff" "ffffffff",
	    "\\x000000010000000000000017000000017fffffffffffffff"},
	{"an array has bytes for its elements", 1007,
	    ARRAY_OF("00000017") "7ffffff0" "00000001" "ffffffff",
	    "\\x0000000100000000000000177ffffff000000001ffffffff"},
	{"an element's length is not below -1", 1009,
	    ARRAY_OF("00000019") "00000001" "00000001" "fffffffe",
	    "\\x0000000100000000000000190000000100000001fffffffe"},
	{"a range has five flags", 3904, "38", "\\x38"},
	{"a range's bound is not NULL", 3904, "10" "ffffffff", "\\x10ffffffff"},
	{"a record's columns have types we know", 2249,
	    "00000001" "00010000" "00000001" "00",
	    "\\x00000001000100000000000100"},
	{"a tsquery's operators are four", 3615,
	    "00000001" "0205" "01000062" "00" "01000061" "00",
	    "\\x0000000102050100006200" "0100006100"},
	{"a value of no length is no int4", 23, "", "\\x"},
};

static const struct row unknown[] = {
	{"a type that is not said is not guessed", 0, "00000001",
	    "\\x00000001"},
	{"nor is `unknown`, which the server resolves", 705, "31", "\\x31"},
	{"nor a type of the program's own", 16385, "00000001", "\\x00000001"},
	{"nor an oid past all of the table", 4294967295, "61", "\\x61"},
	{"nor one between those of the table", 24577, "61", "\\x61"},
};

static const struct row numbers[] = {
	{"a float4 keeps the digits it was written with", 700, "3dcccccd",
	    "0.10000000000000001"},
	{"far from 1 too", 700, "7f7fffff", "3.4028234999999999e+38"},
	{"and below it", 700, "00000001", "9.9999999999999998e-46"},
	{"and with a sign", 700, "bdcccccd", "-0.10000000000000001"},
	{"-0 has its sign", 700, "80000000", "-0"},
	{"far from 1 and of all digits", 700, "78800000",
	    "2.0769187000000001e+34"},
	{"digits between two numbers are avoided", 700, "4c3c952e",
	    "49435832"},
	{"an oid is never negative", 26, "ffffffff", "4294967295"},
	{"nor is an xid8", 5069, "ffffffffffffffff", "18446744073709551615"},
	{"a \"char\" beyond ASCII is written in octal", 18, "ff", "\\377"},
	{"a \"char\" 0 is nothing", 18, "00", ""},
	{"digits behind a numeric's scale are not there", 1700,
	    "0002" "0000" "4000" "0001" "0001" "270f", "-1.9"},
	{"-0 is 0", 1700, "0001" "ffff" "4000" "0002" "0063", "0.00"},
	{"leading zeros are not shown", 1700,
	    "0002" "0001" "0000" "0000" "0000" "0007", "7"},
	{"an interval without an end", 1186,
	    "7fffffffffffffff" "7fffffff" "7fffffff", "infinity"},
	{"the longest interval", 1186,
	    "8000000000000000" "80000000" "80000001",
	    "-178956970 years -7 mons -2147483648 days -2562047788:00:54.775808"},
};

static const struct row seldom[] = {
	{"the word NULL is quoted", 1009,
	    ARRAY_OF("00000019") "00000002" "00000001"
	    "00000004" "4e756c4c" "00000005" "6e756c6c73",
	    "{\"NulL\",nulls}"},
	{"an array without elements has no subscripts", 1007,
	    ARRAY_OF("00000017") "00000000" "00000005", "{}"},
	{"a bound that is not there is not inclusive", 3904, "1e", "(,)"},
	{"an empty text is not NULL", 2249,
	    "00000002" "00000019" "00000000" "00000019" "ffffffff",
	    "(\"\",)"},
	{"an IPv4 address inside IPv6", 869,
	    "03800010" "0000000000000000" "0000000001020304", "::1.2.3.4"},
	{"the other form of it", 869,
	    "03800010" "0000000000000000" "0000ffff01020304",
	    "::ffff:1.2.3.4"},
	{"no address", 869, "03800010" "0000000000000000" "0000000000000000",
	    "::"},
	{"a cidr has its mask always", 650, "0220" "0104" "0a000001",
	    "10.0.0.1/32"},
};
/* clang-format on */

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

static void
test_malformed_values_are_shown_as_bytes(void)
{
	check_rows(malformed, COUNT(malformed));
}

static void
test_types_that_are_not_known_are_shown_as_bytes(void)
{
	check_rows(unknown, COUNT(unknown));
}

static void
test_numbers_are_exact(void)
{
	check_rows(numbers, COUNT(numbers));
}

static void
test_text_is_cut_before_a_character(void)
{
	const struct shown *shown = show(25, "h\xc3\xa9llo", 6, 2);

	CHECK_STR(shown->text, "h");
	CHECK_U64(shown->value.len, 6);
}

/* A gigabyte of which only the beginning may be touched. */
static void
test_reading_ends_where_the_room_does(void)
{
	static const struct row heads[] = {
	    {"text", 25, "", ""},
	    {"bytea", 17, "", ""},
	    {"text[]", 1009,
		ARRAY_OF("00000019") "0ffffff0"
				     "00000001",
		""},
	    {"bytea[] of one", 1001,
		ARRAY_OF("00000011") "00000001"
				     "00000001"
				     "3fffffe8",
		""},
	    {"varbit", 1562, "ffffffe0", ""},
	    {"path", 602,
		"00"
		"03ffffff",
		""},
	    {"tsvector of one long word", 3614,
		"00000001"
		"61",
		""},
	    {"tsvector", 3614, "7fffffff", ""},
	    {"tsquery", 3615, "7fffffff", ""},
	    {"record", 2249, "7fffffff", ""},
	    {"snapshot", 5038, "07ffffff", ""},
	};
	size_t size = (size_t)1 << 30, open = (size_t)1 << 16;
	char out[256];
	char *data = mmap(NULL, size, PROT_NONE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct pg_value value;

	if (!CHECK(data != MAP_FAILED) ||
	    !CHECK(mprotect(data, open, PROT_READ | PROT_WRITE) == 0))
		return;
	for (size_t i = 0; i < COUNT(heads); i++) {
		memset(data, heads[i].oid == 3614 ? 'a' : 0, open);
		read_hex(heads[i].hex, data);
		pg_value_read(
		    heads[i].oid, data, size, out, sizeof(out), &value);
		CHECK(value.kept <= sizeof(out));
		CHECK_U64(value.len, size);
	}
	munmap(data, size);
}

static void
test_what_servers_seldom_send_is_shown_as_they_print_it(void)
{
	check_rows(seldom, COUNT(seldom));
}

/* Returns the length of a tsquery of `count` negations. */
static size_t
write_negations(char *data, char count)
{
	static const char word[] = {1, 0, 0, 'a', 0};
	char *at = data;

	memcpy(at, "\0\0\0", 3);
	at[3] = (char)(count + 1);
	for (at += 4; count > 0; count--) {
		*at++ = 2;
		*at++ = 1;
	}
	memcpy(at, word, sizeof(word));
	return (size_t)(at - data) + sizeof(word);
}

static void
test_a_tsquery_that_is_too_deep_is_shown_as_bytes(void)
{
	char data[VALUE_MAX];

	CHECK_STR(show(3615, data, write_negations(data, 3), ROOM_MAX)->text,
	    "!!!'a'");
	CHECK(
	    show(3615, data, write_negations(data, 40), ROOM_MAX)->value.type ==
	    PARAM_BLOB);
}

/* Returns the length of a record of `depth` records. */
static size_t
write_records(unsigned char *data, unsigned depth)
{
	size_t len = 4 + depth * 12;

	memset(data, 0, len);
	for (unsigned i = 0; i < depth; i++) {
		unsigned char *record = data + i * 12;

		record[3] = 1; /* one column, of type 2249 */
		record[6] = 2249 >> 8;
		record[7] = 2249 & 0xff;
		record[11] = (unsigned char)(len - 12 * (i + 1));
	}
	return len;
}

static void
test_a_record_that_is_too_deep_is_shown_as_bytes(void)
{
	unsigned char data[VALUE_MAX];
	size_t len = write_records(data, 2);

	CHECK_STR(show(2249, (char *)data, len, ROOM_MAX)->text,
	    "(\"(\"\"()\"\")\")");
	len = write_records(data, 12);
	CHECK(
	    show(2249, (char *)data, len, ROOM_MAX)->value.type == PARAM_BLOB);
}

static void
test_a_number_without_room_is_shown_as_bytes(void)
{
	for (size_t cap = 0; cap < PG_VALUE_NUMBER; cap++) {
		CHECK(show(23, "\0\0\0\1", 4, cap)->value.type == PARAM_BLOB);
		CHECK(show(700, "\0\0\0\1", 4, cap)->value.type == PARAM_BLOB);
	}
	CHECK_STR(show(23, "\0\0\0\1", 4, PG_VALUE_NUMBER)->text, "1");
}

RUN_TESTS(TEST(test_malformed_values_are_shown_as_bytes),
    TEST(test_types_that_are_not_known_are_shown_as_bytes),
    TEST(test_numbers_are_exact),
    TEST(test_what_servers_seldom_send_is_shown_as_they_print_it),
    TEST(test_a_tsquery_that_is_too_deep_is_shown_as_bytes),
    TEST(test_a_record_that_is_too_deep_is_shown_as_bytes),
    TEST(test_a_number_without_room_is_shown_as_bytes),
    TEST(test_text_is_cut_before_a_character),
    TEST(test_reading_ends_where_the_room_does))
