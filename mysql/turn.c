/*
 * turn.c - what a statement means for the transaction that it runs in.
 */
#include "mysql/turn.h"

#include <string.h>

#include "mysql/text.h"

#define IMPLICIT "implicit commit"

/* The first row whose words a text begins with; single blanks stand for any. */
static const struct turn turns[] = {
    {"begin", IMPLICIT, true, false},
    {"start transaction", IMPLICIT, true, false},
    {"xa start", IMPLICIT, true, false},
    {"xa begin", IMPLICIT, true, false},
    {"commit and chain", "COMMIT", true, false},
    {"commit work and chain", "COMMIT", true, false},
    {"commit", "COMMIT", false, false},
    {"xa commit", "COMMIT", false, false},
    {"rollback and chain", "ROLLBACK", true, false},
    {"rollback work and chain", "ROLLBACK", true, false},
    {"rollback", "ROLLBACK", false, false},
    {"xa rollback", "ROLLBACK", false, false},
    {"create", IMPLICIT, false, true},
    {"alter", IMPLICIT, false, true},
    {"drop", IMPLICIT, false, true},
    {"truncate", IMPLICIT, false, true},
    {"rename", IMPLICIT, false, true},
    {"grant", IMPLICIT, false, true},
    {"revoke", IMPLICIT, false, true},
    {"lock tables", IMPLICIT, false, true},
    {"analyze", IMPLICIT, false, true},
    {"optimize", IMPLICIT, false, true},
    {"repair", IMPLICIT, false, true},
    {"flush", IMPLICIT, false, true},
    {"set password", IMPLICIT, false, true},
    {"install", IMPLICIT, false, true},
    {"uninstall", IMPLICIT, false, true},
};

/* Texts that begin likewise and mean nothing to a transaction. */
static const char *const others[] = {
    "begin not atomic",
    "rollback to",
    "rollback work to",
    "create temporary",
    "drop temporary",
};

static bool
is_other(const char *sql, size_t len)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (text_begins_with(sql, len, others[i]))
			return true;
	return false;
}

const struct turn *
turn_of(const char *sql, size_t len)
{
	const char *at = text_words(sql, len);

	len -= (size_t)(at - sql);
	for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++)
		if (len && (*at | 0x20) == *turns[i].words &&
		    text_begins_with(at, len, turns[i].words))
			return is_other(at, len) ? NULL : &turns[i];
	return NULL;
}

static bool
has_quotes(const char *at, const char *end)
{
	for (; at < end; at++)
		if (*at == '\'' || *at == '"' || *at == '`')
			return true;
	return false;
}

const struct turn *
turn_of_last(const char *sql, size_t len)
{
	const char *at, *end;

	len = text_trimmed(sql, len);
	end = sql + len;
	at = memrchr(sql, ';', len);
	if (!at || has_quotes(at, end))
		return NULL;
	return turn_of(at + 1, (size_t)(end - at - 1));
}
