/*
 * code.c - SQLite's result codes in words.
 */
#include "sqlite/code.h"

#include <stddef.h>

static const char *
known_name(int code)
{
	switch (code) {
/* clang-format off */
#define CODE(name, number) case number: return #name;
#include "sqlite/codes.h"
	/* clang-format on */
	default:
		return NULL;
	}
}

const char *
code_name(int code)
{
	const char *name = known_name(code);

	if (!name)
		name = known_name(code & 0xff);
	return name ? name : "SQLITE_ERROR";
}
