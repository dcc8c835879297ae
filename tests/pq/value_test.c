/*
 * value_test.c - binary parameters are shown as the server prints them, and
 * what is not of its type's form as its bytes; no byte outside of a value is
 * read, nor one outside of the room for it written.
 *
 * The folder PQ_VECTORS has files of values that servers sent: between tabs the
 * type's oid, its name, the text, and the binary form in hex.  The text is a
 * cast's in binary_vectors.tsv, the type's output in output_vectors.tsv.
 */
#include "pq/value.h"
#include "tests/check.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define VALUE_MAX 512

struct vector {
	uint32_t oid;
	char type[32];
	char text[VALUE_MAX];
	char data[VALUE_MAX];
	size_t len;
};

static struct vector vectors[512];
static size_t vector_count;

/* What a client shows where the file has a cast's text, or names and locale. */
static const struct {
	const char *type, *in_file, *shown;
} own_text[] = {
    {"bool", "true", "t"},
    {"bool", "false", "f"},
    {"money", "$12.34", "1234"},
    {"inet", "10.0.0.1/32", "10.0.0.1"},
    {"inet", "::1/128", "::1"},
    {"bpchar", "ab", "ab "},
    {"regclass", "pg_class", "1259"},
    {"regtype", "integer", "23"},
};

static size_t
read_hex(const char *hex, char *ret_data)
{
	size_t len = 0;
	unsigned byte;

	for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		ret_data[len++] = (char)byte;
	return len;
}

/* The next of the columns, which ends at a tab or the line's end. */
static char *
next_column(char **line)
{
	return strsep(line, "\t\n");
}

static void
read_vector(char *line, struct vector *ret_vector)
{
	struct vector *vector = ret_vector;

	vector->oid = (uint32_t)strtoul(next_column(&line), NULL, 10);
	snprintf(vector->type, sizeof(vector->type), "%s", next_column(&line));
	snprintf(vector->text, sizeof(vector->text), "%s", next_column(&line));
	vector->len = read_hex(next_column(&line), vector->data);
	for (size_t i = 0; i < sizeof(own_text) / sizeof(*own_text); i++)
		if (strcmp(vector->type, own_text[i].type) == 0 &&
		    strcmp(vector->text, own_text[i].in_file) == 0)
			strcpy(vector->text, own_text[i].shown);
}

static void
read_file(const char *path)
{
	static char line[4 * VALUE_MAX];
	FILE *file = fopen(path, "r");

	if (!CHECK(file))
		return;
	while (fgets(line, sizeof(line), file))
		read_vector(line, &vectors[vector_count++]);
	fclose(file);
}

static void
read_vectors(void)
{
	if (vector_count)
		return;
	read_file(PQ_VECTORS "/binary_vectors.tsv");
	read_file(PQ_VECTORS "/output_vectors.tsv");
}

#define ROOM_MAX ((size_t)4096)

/* Memory whose last byte is followed by none that may be touched. */
static char *
guarded_end(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t size = (ROOM_MAX + page - 1) / page * page;
	char *at = mmap(NULL, size + page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || mprotect(at + size, page, PROT_NONE) != 0)
		abort();
	return at + size;
}

struct shown {
	struct pg_value value;
	char text[2 * ROOM_MAX + 3]; /* terminated; bytes as \x and hex */
};

static void
write_shown(const char *out, struct shown *shown)
{
	size_t kept = shown->value.kept;
	int64_t integer;
	double real;

	if (shown->value.type == PARAM_INT) {
		memcpy(&integer, out, sizeof(integer));
		sprintf(shown->text, "%" PRId64, integer);
	} else if (shown->value.type == PARAM_UINT) {
		memcpy(&integer, out, sizeof(integer));
		sprintf(shown->text, "%" PRIu64, (uint64_t)integer);
	} else if (shown->value.type == PARAM_DOUBLE) {
		memcpy(&real, out, sizeof(real));
		sprintf(shown->text, "%.17g", real);
	} else if (shown->value.type == PARAM_TEXT) {
		memcpy(shown->text, out, kept);
		shown->text[kept] = '\0';
	} else {
		strcpy(shown->text, "\\x");
		for (size_t i = 0; i < kept; i++)
			sprintf(shown->text + 2 + i * 2, "%02x",
			    (unsigned char)out[i]);
	}
}

/* Show a value that lies before forbidden memory, as does the room for it. */
static struct shown *
show(uint32_t oid, const char *data, size_t len, size_t cap)
{
	static struct shown shown;
	static char *data_end, *out_end;
	char *out;

	if (!data_end) {
		data_end = guarded_end();
		out_end = guarded_end();
	}
	memcpy(data_end - len, data, len);
	memset(out_end - ROOM_MAX, '#', ROOM_MAX);
	out = out_end - cap;
	pg_value_read(oid, data_end - len, len, out, cap, &shown.value);
	CHECK(shown.value.kept <= cap);
	CHECK(shown.value.kept <= shown.value.len);
	CHECK(cap == ROOM_MAX || out[-1] == '#');
	write_shown(out, &shown);
	return &shown;
}

static struct shown *
show_vector(const struct vector *vector, size_t len, size_t cap)
{
	return show(vector->oid, vector->data, len, cap);
}

static bool
is_number(const struct shown *shown)
{
	return shown->value.type == PARAM_INT ||
	       shown->value.type == PARAM_UINT ||
	       shown->value.type == PARAM_DOUBLE;
}

/* Texts and bytes are whole at any length. */
static bool
has_no_form(const struct vector *vector)
{
	static const char *const types[] = {"text", "varchar", "bpchar", "name",
	    "json", "xml", "bytea", "jsonb", "jsonpath"};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(vector->type, types[i]) == 0)
			return true;
	return false;
}

static bool
same_double(const char *is, const char *wanted)
{
	double a = strtod(is, NULL), b = strtod(wanted, NULL);

	return a == b || (a != a && b != b);
}

static void
test_values_are_shown_as_the_server_prints_them(void)
{
	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];
		const struct shown *shown = show_vector(
		    vector, vector->len, ROOM_MAX);

		CHECK(shown->value.len == shown->value.kept);
		CHECK((shown->value.type == PARAM_BLOB) ==
		      (strcmp(vector->type, "bytea") == 0));
		if (shown->value.type == PARAM_DOUBLE)
			CHECK(same_double(shown->text, vector->text));
		else
			CHECK_STR(shown->text, vector->text);
	}
	CHECK(vector_count > 200);
}

static void
test_a_value_cut_short_is_shown_as_bytes(void)
{
	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];

		for (size_t len = 0; len < vector->len; len++) {
			const struct shown *shown = show_vector(
			    vector, len, ROOM_MAX);

			CHECK(has_no_form(vector) ||
			      shown->value.type == PARAM_BLOB);
			CHECK(shown->value.len == shown->value.kept);
		}
	}
}

static void
test_a_value_with_a_byte_too_many_is_shown_as_bytes(void)
{
	char longer[VALUE_MAX + 1];

	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];

		memcpy(longer, vector->data, vector->len);
		longer[vector->len] = 0;
		CHECK(has_no_form(vector) ||
		      show(vector->oid, longer, vector->len + 1, ROOM_MAX)
			      ->value.type == PARAM_BLOB);
	}
}

/* Quotes around and inside of elements; one that is cut may lack them. */
static void
drop_quotes(char *text)
{
	char *to = text;

	for (; *text; text++)
		if (*text != '"' && *text != '\\')
			*to++ = *text;
	*to = '\0';
}

static void
check_beginning(const struct vector *vector, size_t cap, const char *whole)
{
	struct shown *shown = show_vector(vector, vector->len, cap);

	CHECK(shown->value.kept < shown->value.len);
	drop_quotes(shown->text);
	CHECK(strncmp(shown->text, whole, strlen(shown->text)) == 0);
}

static void
test_with_less_room_the_beginning_is_shown(void)
{
	static struct shown whole;

	read_vectors();

	for (size_t i = 0; i < vector_count; i++) {
		const struct vector *vector = &vectors[i];

		whole = *show_vector(vector, vector->len, ROOM_MAX);
		if (is_number(&whole))
			continue;
		drop_quotes(whole.text);
		for (size_t cap = 0; cap < whole.value.kept; cap++)
			check_beginning(vector, cap, whole.text);
		CHECK(show_vector(vector, vector->len, whole.value.kept)
			  ->value.len == whole.value.kept);
	}
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
#define ARRAY_OF(oid) "00000001" "00000000" oid

static const struct row malformed[] = {
	{"a bool is 0 or 1", 16, "02", "\\x02"},
	{"jsonb has version 1", 3802, "027b7d", "\\x027b7d"},
	{"a date lies in the calendar's range", 1082, "ffda97a6",
	    "\\xffda97a6"},
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
	{"a path's count is not negative", 602, "01" "ffffffff", "\\x01ffffffff"},
	{"an array has six dimensions at most", 1007,
	    "00000007" "00000000" "00000017", "\\x000000070000000000000017"},
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
	{"a range has five flags", 3904, "20", "\\x20"},
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

RUN_TESTS(TEST(test_values_are_shown_as_the_server_prints_them),
    TEST(test_a_value_cut_short_is_shown_as_bytes),
    TEST(test_a_value_with_a_byte_too_many_is_shown_as_bytes),
    TEST(test_with_less_room_the_beginning_is_shown),
    TEST(test_a_number_without_room_is_shown_as_bytes),
    TEST(test_malformed_values_are_shown_as_bytes),
    TEST(test_types_that_are_not_known_are_shown_as_bytes),
    TEST(test_numbers_are_exact), TEST(test_text_is_cut_before_a_character),
    TEST(test_reading_ends_where_the_room_does))
