/*
 * library_test.c - a program that is linked with one client library links with
 * every name that the wrappers may call, and has those that calls.h and reads.h
 * promise of this library.
 *
 * LINKED_WITH is CALL_MYSQL or CALL_MARIADB.
 */
#include "mysql/call.h"
#include "mysql/real.h"
#include "tests/check.h"

unsigned long mysql_get_client_version(void);

static const struct name {
	const char *name;
	void (*function)(void);
	enum call_library has;
	unsigned long since;
} names[] = {
/* clang-format off */
#define CALL(name, class, has, since) \
	{ #name, (void (*)(void))name, CALL_##has, since },
#include "mysql/calls.h"
#define READ(name, has) \
	{ #name, (void (*)(void))name, CALL_##has, 0 },
#include "mysql/reads.h"
    /* clang-format on */
};

static bool
wanted(const struct name *name)
{
	return (name->has == CALL_BOTH || name->has == LINKED_WITH) &&
	       name->since <= mysql_get_client_version();
}

static void
test_the_library_has_what_the_tables_say(void)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *name = wanted(&names[i]) ? names[i].name : "";

		CHECK_STR(names[i].function ? names[i].name : "", name);
	}
}

static void
test_the_library_is_told_from_the_other(void)
{
	CHECK(real_is_mariadb() == (LINKED_WITH == CALL_MARIADB));
}

/* clang-format off */
RUN_TESTS(
	TEST(test_the_library_has_what_the_tables_say),
	TEST(test_the_library_is_told_from_the_other))
/* clang-format on */
