/*
 * json_indent_test.c - stored JSON comes out as Python's json module lays it
 * out, and whatever comes in, what comes out is JSON.
 */
#include "tests/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/json_indent.h"

/* What json_indent() writes for `text`, until the next call. */
static const char *
indented(const char *text, size_t len, unsigned columns)
{
	static char *result;
	struct out out = {.fd = -1, .cap = OUT_BUFFER};

	out.buffer = malloc(OUT_BUFFER);
	json_indent(&out, text, len, columns);
	out_char(&out, '\0');
	free(result);
	result = out.buffer;
	return result;
}

static void
test_text_is_laid_out_as_python_does(void)
{
	static const struct {
		const char *about, *in, *wanted;
	} cases[] = {
	    {"empty ones stay closed", "[ { } , [ ] ]", "[\n  {},\n  []\n]"},
	    {"members get two columns more", "{\"a\":{\"b\":[1,2]}}",
		"{\n  \"a\": {\n    \"b\": [\n      1,\n      2\n"
		"    ]\n  }\n}"},
	    {"words", "[true,false,null,NaN,-Infinity]",
		"[\n  true,\n  false,\n  null,\n  NaN,\n  -Infinity\n]"},
	    {"no integer -0", "-0", "0"},
	    {"floats get their shortest form", "1.50E2", "150.0"},
	    {"small floats get an exponent", "0.00001", "1e-05"},
	    {"not so small ones do not", "0.0001", "0.0001"},
	    {"large floats get one, too", "1e16", "1e+16"},
	    {"a smallest number", "4.9e-324", "5e-324"},
	    {"too large is Infinity", "1e999", "Infinity"},
	    {"long integers pass", "123456789012345678901234567890",
		"123456789012345678901234567890"},
	    {"a slash loses its backslash", "\"\\/\"", "\"/\""},
	    {"ASCII only", "\"\xc3\xa9\xf0\x9f\x98\x80\"",
		"\"\\u00e9\\ud83d\\ude00\""},
	    {"needless escapes go", "\"\\u0041\\u000A\"", "\"A\\n\""},
	    {"DEL is escaped", "\"\x7f\"", "\"\\u007f\""},
	    {"a lone surrogate stays", "\"\\uD800\"", "\"\\ud800\""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!CHECK_STR(indented(cases[i].in, strlen(cases[i].in), 0),
			cases[i].wanted))
			fprintf(stderr, "  %s\n", cases[i].about);
}

static void
test_malformed_text_becomes_a_string(void)
{
	CHECK_STR(indented("{\"a\": tru", 9, 0), "\"{\\\"a\\\": tru\"");
	CHECK_STR(indented("[1,]", 4, 0), "\"[1,]\"");
	CHECK_STR(indented("01", 2, 0), "\"01\"");
	CHECK_STR(indented("{} x", 4, 0), "\"{} x\"");
	CHECK_STR(indented("\"\\x\"", 4, 0), "\"\\\"\\\\x\\\"\"");
	CHECK_STR(indented("\xff", 1, 0), "\"\\ufffd\"");
}

static void
test_nesting_past_pythons_limit_becomes_a_string(void)
{
	char deep[4000];

	memset(deep, '[', 2000);
	memset(deep + 2000, ']', 2000);

	CHECK(indented(deep, 4000, 0)[0] == '"');
	CHECK(indented(deep + 1000, 2000, 0)[0] == '[');
}

static void
test_a_string_longer_than_the_buffer_passes_whole(void)
{
	size_t len = 3 * OUT_BUFFER;
	char *text = malloc(len + 1);

	memset(text, 'x', len);
	text[0] = text[len - 1] = '"';
	text[len] = '\0';

	CHECK(strcmp(indented(text, len, 0), text) == 0);
	free(text);
}

/* Else a long report's buffer grows until what is held no longer fits. */
static void
test_small_values_need_no_larger_buffer_however_many_come(void)
{
	struct out out = {.cap = OUT_BUFFER};

	out.fd = open("/dev/null", O_WRONLY);
	out.buffer = malloc(OUT_BUFFER);
	for (int i = 0; i < 100000; i++)
		json_indent(&out, "{\"a\":[1,2,3]}", 13, 0);

	CHECK(out.cap == OUT_BUFFER);
	CHECK(out.error == 0);
	close(out.fd);
	free(out.buffer);
}

RUN_TESTS(TEST(test_text_is_laid_out_as_python_does),
    TEST(test_malformed_text_becomes_a_string),
    TEST(test_nesting_past_pythons_limit_becomes_a_string),
    TEST(test_a_string_longer_than_the_buffer_passes_whole),
    TEST(test_small_values_need_no_larger_buffer_however_many_come))
