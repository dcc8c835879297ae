/*
 * text.h - the text of a connection's last statement, kept for the results
 * that are yet to come of it: each is a point of its own.
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
	bool secret;    /* errors may quote a credential of it */
	unsigned index; /* of the statement that is answered, from 1; 0: none */
};

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

/* Its last result was there. */
static inline void
text_forget(struct text *text)
{
	text->index = 0;
	text->len = 0;
}

void text_free(struct text *text);

#endif
