/*
 * check.h - the checks of the tests in C.
 *
 * A test file is a table of tests given to RUN_TESTS(); each test is a
 * sentence with three paragraphs: given, when, then.  A check that fails
 * prints where and what and lets the test go on; the program then exits 1.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct test {
	const char *name;
	void (*run)(void);
};

#define TEST(function) { #function, function }

static int check_failures;

#define CHECK(condition)                                                      \
	check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_STR(is, wanted) check_str((is), (wanted), #is, __FILE__, __LINE__)
#define CHECK_U64(is, wanted) check_u64((is), (wanted), #is, __FILE__, __LINE__)
/* Bytes with a length against a terminated text. */
#define CHECK_TEXT(at, len, wanted)                                           \
	check_text((at), (len), (wanted), #at, __FILE__, __LINE__)

static inline bool
check_that(bool holds, const char *what, const char *file, int line)
{
	if (!holds) {
		fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
		check_failures++;
	}
	return holds;
}

static inline bool
check_text(const char *at, size_t len, const char *wanted, const char *what,
    const char *file, int line)
{
	if (at && len == strlen(wanted) && memcmp(at, wanted, len) == 0)
		return true;
	fprintf(stderr, "%s:%d: %s\n  is     %.*s\n  wanted %s\n", file, line,
	    what, at ? (int)len : 6, at ? at : "(null)", wanted);
	check_failures++;
	return false;
}

static inline bool
check_str(const char *is, const char *wanted, const char *what,
    const char *file, int line)
{
	return check_text(is, is ? strlen(is) : 0, wanted, what, file, line);
}

static inline bool
check_u64(uint64_t is, uint64_t wanted, const char *what, const char *file,
    int line)
{
	if (is == wanted)
		return true;
	fprintf(stderr, "%s:%d: %s is %" PRIu64 ", wanted %" PRIu64 "\n", file,
	    line, what, is, wanted);
	check_failures++;
	return false;
}

/* Run the tests, or those that argv names. */
static inline int
run_tests(const struct test *tests, size_t count, int argc, char **argv)
{
	int failed = 0;

	for (size_t i = 0; i < count; i++) {
		bool wanted = argc < 2;
		int before = check_failures;

		for (int a = 1; a < argc; a++)
			wanted |= strcmp(argv[a], tests[i].name) == 0;
		if (!wanted)
			continue;
		tests[i].run();
		failed += check_failures != before;
		printf("%s %s\n", check_failures == before ? "ok  " : "FAIL",
		    tests[i].name);
		fflush(stdout);
	}
	return failed != 0;
}

#define RUN_TESTS(...)                                                        \
	int main(int argc, char **argv)                                       \
	{                                                                     \
		static const struct test tests[] = { __VA_ARGS__ };           \
		return run_tests(tests, sizeof(tests) / sizeof(*tests), argc, \
		    argv);                                                    \
	}

#endif
