/*
 * doubt.h - whether a quote may be one that was not meant as one.
 *
 * Such a quote turns strings inside out.  What follows a value tells: a word
 * glued to it, or a name where none can stand.
 */
#ifndef REDACT_DOUBT_H
#define REDACT_DOUBT_H

#include "redact/redactor.h"

/* 'x'b: what follows may as well be the end of the string. */
static inline bool
is_glued(const struct redactor *r, const char *at)
{
	return r->before.class == TOKEN_STRING && r->before.end == at &&
	       (at[-1] == '\'' || at[-1] == '"' ||
		   (at[-1] == '$' && r->lexer.mode.dialect != REDACT_SQLITE));
}

/*
 * A name or a named parameter behind a value.  It may be an alias; where none
 * can stand, a stray quote has turned the inside of a string out.
 */
bool is_doubtful(struct redactor *r);

/* Whether an alias may end at `at`. */
bool is_behind_alias(struct redactor *r, const char *at);

/* SQLite reads 'x'"y" as a string and its alias, in any quotes. */
bool is_quoted_alias(struct redactor *r, struct token token);

/*
 * Whether quotes from the first one on are odd in number.  Where the lexer
 * cannot go on to the end, that is what tells that one of them was not meant
 * as a quote, and that strings may have been read inside out.
 */
bool has_stray_quote(const struct redactor *r);

/* Nothing from the first quote or, without any, from `at` on can be read. */
enum stop give_up(struct redactor *r, const char *at);

#endif
