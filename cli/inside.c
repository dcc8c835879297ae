/*
 * inside.c - a library that was linked into a program and stripped still has
 * its texts, since it says them.
 */
#include "cli/inside.h"

#include <stddef.h>
#include <string.h>

/*
 * Texts that each version of a library has.  Either one may be elsewhere: PHP's
 * own client says MySQL's errors, Go's reads the variables, a test harness
 * clears them, a program may compare with what it is told.  Who has both has
 * the library.
 */
/* clang-format off */
static const struct {
	const char *library;
	const char *text[2];
} signs[] = {
	{ "mysql", { "LIBMYSQL_PLUGINS",
	    "Commands out of sync; you can't run this command now" } },
	{ "pq", { "PGREQUIREPEER",
	    "message contents do not agree with length in message type" } },
	{ "sqlite", { "malformed database schema (%s)",
	    "another row available" } },
};
/* clang-format on */

bool
inside_has(const struct elf *elf, const char *library)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strcmp(signs[i].library, library) == 0)
			return elf_holds(elf, signs[i].text[0]) &&
			       elf_holds(elf, signs[i].text[1]);
	return false;
}
