/*
 * turn.c - what a statement means for the transaction that it runs in.
 */
#include "mysql/turn.h"

#include <string.h>
#include <strings.h>

#define IMPLICIT "implicit commit"

/* The first row whose words a text begins with; single blanks stand for any. */
static const struct turn turns[] = {
    {"begin", NULL},
    {"start transaction", NULL},
    {"commit", "COMMIT"},
    {"rollback", "ROLLBACK"},
    {"create", IMPLICIT},
    {"alter", IMPLICIT},
    {"drop", IMPLICIT},
    {"truncate", IMPLICIT},
    {"rename", IMPLICIT},
    {"grant", IMPLICIT},
    {"revoke", IMPLICIT},
    {"lock tables", IMPLICIT},
    {"analyze", IMPLICIT},
    {"optimize", IMPLICIT},
    {"repair", IMPLICIT},
};

/* Texts that begin likewise and mean nothing to a transaction. */
static const char *const others[] = {
    "rollback to",
    "rollback work to",
    "create temporary",
    "drop temporary",
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
begins_with(const char *sql, size_t len, const char *words)
{
	size_t at = 0;

	for (; *words; words++) {
		if (at == len)
			return false;
		if (*words != ' ' && (sql[at] | 0x20) != *words)
			return false;
		if (*words == ' ' && !is_blank(sql[at]))
			return false;
		at++;
		while (*words == ' ' && at < len && is_blank(sql[at]))
			at++;
	}
	return at == len || !is_letter(sql[at]);
}

static bool
is_other(const char *sql, size_t len)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (begins_with(sql, len, others[i]))
			return true;
	return false;
}

const struct turn *
turn_of(const char *sql, size_t len)
{
	while (len && is_blank(*sql))
		sql++, len--;
	for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++)
		if (len && (*sql | 0x20) == *turns[i].words &&
		    begins_with(sql, len, turns[i].words))
			return is_other(sql, len) ? NULL : &turns[i];
	return NULL;
}
