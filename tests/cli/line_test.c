/*
 * line_test.c - text out of traces cannot steer a terminal, and lines are cut
 * by what they take on the screen.
 */
#include "tests/check.h"

#include <locale.h>

#include "cli/line.h"
#include "cli/report_tree.h"
#include "cli/trace_id.h"

static struct text
text_of(const char *text)
{
	return (struct text){text, strlen(text)};
}

static void
test_what_steers_a_terminal_is_shown_as_bytes(void)
{
	static const struct {
		const char *in, *wanted;
	} cases[] = {
	    {"\x1b]0;x\x07", "\\x1b]0;x\\x07"},
	    {"\x1b[2J", "\\x1b[2J"},
	    {"a\r\nb", "a\\x0d\\x0ab"},
	    {"\x7f", "\\x7f"},
	    {"\xc2\x9b"
	     "31m",
		"\\xc2\\x9b31m"}, /* C1's CSI */
	    {"\x9b", "\\x9b"},
	    {"\xe2\x80\xae", "\\xe2\\x80\\xae"}, /* override */
	    {"\xe2\x81\xa6", "\\xe2\\x81\\xa6"}, /* isolate */
	    {"\xe2\x80\xa8", "\\xe2\\x80\\xa8"}, /* line separator */
	    {"\xc0\xaf", "\\xc0\\xaf"},          /* overlong */
	    {"\xf0\x9f\x98", "\\xf0\\x9f\\x98"}, /* torn */
	    {"caf\xc3\xa9", "caf\xc3\xa9"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct line line = {0};

		line_text(&line, text_of(cases[i].in));
		CHECK_TEXT(line.text, line.len, cases[i].wanted);
		line_free(&line);
	}
}

static void
test_a_statement_becomes_one_line(void)
{
	struct line line = {0};

	line_one(&line, text_of("\n select\n\t 1 \n"));

	CHECK_TEXT(line.text, line.len, "select 1");
	line_free(&line);
}

static void
test_a_line_is_cut_with_an_ellipsis_only_if_it_must(void)
{
	struct line fits = {.width = 4}, over = {.width = 4};

	line_text(&fits, text_of("abcd"));
	line_text(&over, text_of("abcde"));

	CHECK_TEXT(fits.text, fits.len, "abcd");
	CHECK_TEXT(over.text, over.len, "abc~");
	line_free(&fits);
	line_free(&over);
}

static void
test_wide_characters_take_two_columns(void)
{
	struct line line = {.width = 5};

	/* Three ideographs of two columns each: two and the ellipsis fit. */
	line_text(&line, text_of("\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2"));

	CHECK_TEXT(line.text, line.len, "\xe6\xbc\xa2\xe6\xbc\xa2~");
	line_free(&line);
}

static void
test_a_cut_line_ends_its_colour(void)
{
	struct line line = {.width = 3, .colour = true};

	line_colour(&line, "31");
	line_text(&line, text_of("abc"));
	line_colour(&line, "");
	line_text(&line, text_of("d"));
	CHECK_TEXT(line.text, line.len, "\033[31mab~");
	/* What line_end() adds is seen in the command's own tests. */
	CHECK(line.coloured && line.full);
	line_free(&line);
}

static void
test_durations_have_three_digits(void)
{
	static const struct {
		double us;
		const char *wanted;
	} cases[] = {
	    {0, "0 us"},
	    {7, "7 us"},
	    {12.345, "12.3 us"},
	    {0.25, "0.25 us"},
	    {999, "999 us"},
	    {999.7, "1.00 ms"},
	    {1234, "1.23 ms"},
	    {99960, "100 ms"},
	    {999600, "1.00 s"},
	    {61500000, "61.5 s"},
	    {5e9, "5000 s"},
	};
	char text[24];

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		duration_text(cases[i].us, false, text);
		CHECK_STR(text, cases[i].wanted);
	}
}

static void
test_a_uuid_is_found_in_any_spelling(void)
{
	static const char *const spellings[] = {
	    "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE",
	    "aaaaaaaabbbb4ccc8dddeeeeeeeeeeee",
	    "{aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee}",
	    "urn:uuid:aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
	};
	static const char *const others[] = {
	    "",
	    "nope",
	    "aaaaaaaabbbb4ccc8dddeeeeeeeeeee",
	    "aaaaaaaabbbb4ccc8dddeeeeeeeeeeeee",
	    "gaaaaaaabbbb4ccc8dddeeeeeeeeeeee",
	};
	char id[UUID_TEXT_LEN + 1];

	for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++) {
		id[0] = '\0';
		CHECK(trace_id_normalise(spellings[i], id));
		CHECK_STR(id, "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		CHECK(!trace_id_normalise(others[i], id));
}

static const struct test tests[] = {
    TEST(test_what_steers_a_terminal_is_shown_as_bytes),
    TEST(test_a_statement_becomes_one_line),
    TEST(test_a_line_is_cut_with_an_ellipsis_only_if_it_must),
    TEST(test_wide_characters_take_two_columns),
    TEST(test_a_cut_line_ends_its_colour),
    TEST(test_durations_have_three_digits),
    TEST(test_a_uuid_is_found_in_any_spelling),
};

int
main(int argc, char **argv)
{
	/* The width of characters is the locale's to tell. */
	setlocale(LC_CTYPE, "C.UTF-8");
	return run_tests(tests, sizeof(tests) / sizeof(*tests), argc, argv);
}
