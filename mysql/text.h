/*
 * text.h - the text of a connection's last statement: how it begins, and what
 * is kept of it for the results that are yet to come, each of which is a point
 * of its own.
 */
#ifndef MYSQL_TEXT_H
#define MYSQL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "redact/redact.h"

/* All zero: none is kept. */
struct text {
	char *ready; /* FIELD_STATEMENT as it stands in a record; owned */
	size_t len;
	size_t size;
	bool secret;    /* it may hold a credential, which errors quote */
	unsigned index; /* of the statement that is answered, from 1; 0: none */
};

/*
 * Where the first word is: behind blanks and comments, and in one that the
 * server executes behind the number of its release.
 */
const char *text_words(const char *sql, size_t len);

/* The length without blanks and semicolons at the end. */
size_t text_trimmed(const char *sql, size_t len);

/* Whether it begins so: small letters, and single blanks that stand for any. */
bool text_begins_with(const char *sql, size_t len, const char *words);

/*
 * Whether a text may have more results than one: it holds several statements,
 * or one that runs others.
 */
bool text_goes_on(const char *sql, size_t len);

/* Whether it may set what "..." is: SET sql_mode = 'ANSI_QUOTES'. */
bool text_sets_quotes(const char *sql, size_t len);

/* Keep it as it may be shown; without memory nothing of it. */
void text_keep(
    struct text *text, struct redact_mode mode, const char *sql, size_t len);

/* The configuration has changed: keep of it what may be shown now. */
void text_keep_again(struct text *text, struct redact_mode mode);

/* Whether its errors may quote a credential; so may those of one unknown. */
static inline bool
text_is_secret(const struct text *text)
{
	return !text->len || text->secret;
}

/* Its last result was there. */
static inline void
text_forget(struct text *text)
{
	text->index = 0;
	text->len = 0;
}

void text_free(struct text *text);

#endif
