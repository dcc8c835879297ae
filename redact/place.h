/*
 * place.h - where a statement stands: in which of its clauses.
 *
 * SQLite reads "x" as a name, but as a string where there is no such column,
 * and only the schema knows.  The place decides: names in the clauses that
 * hold names, else a string.  And in each dialect it tells whether a name can
 * stand behind a value.  One level a parenthesis, up to a limit; deeper down
 * all is a value.
 */
#ifndef REDACT_PLACE_H
#define REDACT_PLACE_H

#include "redact/lex.h"
#include "redact/words.h"

#define PLACE_LEVELS 64

struct level {
	uint8_t base; /* the place that a comma returns to */
	uint8_t now;
	uint8_t from; /* whether the select has one: enum answer */
};

/* What the last token was: its class, and its word if it is a keyword. */
struct before {
	enum token_class class;
	const struct word *word;
	const char *at;
	const char *end;
};

struct places {
	unsigned depth;
	/* The last one is for all that lie deeper. */
	struct level levels[PLACE_LEVELS + 1];
};

/* A statement begins. */
void places_reset(struct places *places);

static inline struct level *
places_top(struct places *places)
{
	unsigned depth = places->depth;

	return &places->levels[depth < PLACE_LEVELS ? depth : PLACE_LEVELS];
}

/* A keyword was read. */
void places_word(struct places *places, const struct before *before,
    const struct word *word);

/* A parenthesis opens behind `before`; `plain`: nothing in it is a name. */
void places_open(
    struct places *places, const struct before *before, bool plain);

static inline void
places_close(struct places *places)
{
	if (places->depth)
		places->depth--;
}

static inline void
places_comma(struct places *places)
{
	struct level *level = places_top(places);

	level->now = level->base;
}

/* Whether a value is the last thing of its clause here: no name follows. */
static inline bool
places_value_ends(struct places *places)
{
	uint8_t base = places_top(places)->base;

	return base == PLACE_VALUE || base == PLACE_TEST;
}

/* Whether "x", which ends at `at`, is a name.  Looks ahead. */
bool places_quoted_is_name(struct places *places, const struct before *before,
    struct lexer *lexer, const char *at);

#endif
