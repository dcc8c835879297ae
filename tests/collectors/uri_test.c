/*
 * uri_test.c - connection strings are read, and refused, as uri.h says.
 */
#include "collectors/uri.h"
#include "tests/check.h"

#include <stdlib.h>

static void
test_connection_strings_have_their_parts(void)
{
	static const struct {
		const char *text, *scheme, *path, *query;
	} rows[] = {
	    {"sqlite://", "sqlite", "", ""},
	    {"sqlite", "sqlite", "", ""},
	    {"SQLite:///a/b.db", "sqlite", "/a/b.db", ""},
	    {"file://a%20b?keep=5&x=%41", "file", "a b", "keep=5&x=%41"},
	    {"file://?keep=5", "file", "", "keep=5"},
	    {"file:///a?b?c", "file", "/a", "b?c"},
	    {"x-y+z.1://", "x-y+z.1", "", ""},
	};
	struct uri uri;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		CHECK(uri_parse(rows[i].text, &uri));
		CHECK_STR(uri.scheme, rows[i].scheme);
		CHECK_STR(uri.path, rows[i].path);
		CHECK_STR(uri.query, rows[i].query);
	}
}

static void
test_malformed_connection_strings_are_refused(void)
{
	static const char *const rows[] = {"", "://", "a b://", "/a/b",
	    "file:///%00", "file:///%4", "file:///%zz", "file:///%",
	    "abcdefghijklmnopqrstuvwxyzabcdefg://"};
	static char longest[URI_PATH_MAX + 16] = "file://";
	struct uri uri;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!CHECK(!uri_parse(rows[i], &uri)))
			fprintf(stderr, "  %s\n", rows[i]);
	memset(longest + 7, 'a', URI_PATH_MAX);
	CHECK(!uri_parse(longest, &uri));
	longest[7 + URI_PATH_MAX - 1] = '\0';
	CHECK(uri_parse(longest, &uri));
}

static void
test_sizes_have_suffixes(void)
{
	struct uri uri;
	uint64_t value = 7;

	uri_parse("file://?xk=3&k=100M&k2=1", &uri);

	CHECK(uri_size(&uri, "absent", &value));
	CHECK_U64(value, 7);
	CHECK(uri_size(&uri, "k", &value));
	CHECK_U64(value, 100 << 20);
	CHECK(uri_size(&uri, "k2", &value));
	CHECK_U64(value, 1);
}

static void
test_the_default_path_follows_the_environment(void)
{
	char path[URI_PATH_MAX];
	char small[16];

	setenv("HOME", "/home/me", 1);
	setenv("XDG_STATE_HOME", "/state", 1);
	CHECK(uri_default_path("trace.db", path, sizeof(path)));
	CHECK_STR(path, "/state/osprof/trace.db");

	setenv("XDG_STATE_HOME", "relative", 1);
	CHECK(uri_default_path("trace.db", path, sizeof(path)));
	CHECK_STR(path, "/home/me/.local/state/osprof/trace.db");

	unsetenv("HOME");
	CHECK(uri_default_path("trace.db", path, sizeof(path)));
	CHECK(strncmp(path, "/var/tmp/osprof-", 16) == 0);

	CHECK(!uri_default_path("trace.db", small, sizeof(small)));
}

RUN_TESTS(TEST(test_connection_strings_have_their_parts),
    TEST(test_malformed_connection_strings_are_refused),
    TEST(test_sizes_have_suffixes),
    TEST(test_the_default_path_follows_the_environment))
