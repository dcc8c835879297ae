/*
 * words.h - the words of SQL and what each says about a name in quotes.
 */
#ifndef REDACT_WORDS_H
#define REDACT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What "x" is at a place of a statement. */
enum place {
	PLACE_VALUE,   /* a string, or nobody knows */
	PLACE_LIST,    /* in a select list: a name if the select has a FROM */
	PLACE_TEST,    /* in a condition: a name if left of a comparison */
	PLACE_FROM,    /* a name; in the parentheses of a call it is not */
	PLACE_NAMES,   /* a name; the parentheses behind hold columns */
	PLACE_COLUMNS, /* in such parentheses: a name */
	PLACE_SAME,    /* what it was before the word */
};

enum word_flags {
	WORD_BASE = 1,     /* begins a clause: a comma returns to its place */
	WORD_NAME = 2,     /* a name follows */
	WORD_COLUMNS = 4,  /* parentheses behind it hold columns */
	WORD_COMPARES = 8, /* stands right of what is compared */
};

/* The words that the redactor asks for by name. */
enum word_id {
	WORD_IS_OTHER,
	WORD_IS_TRUTH, /* TRUE or FALSE */
	WORD_IS_AS,
	WORD_IS_ATTACH,
	WORD_IS_CREATE,
	WORD_IS_DATABASE,
	WORD_IS_DISTINCT,
	WORD_IS_EXCEPT,
	WORD_IS_EXPLAIN,
	WORD_IS_FROM,
	WORD_IS_INTERSECT,
	WORD_IS_INTO,
	WORD_IS_IS,
	WORD_IS_KEY,
	WORD_IS_NOT,
	WORD_IS_ON,
	WORD_IS_PLAN,
	WORD_IS_PRAGMA,
	WORD_IS_QUERY,
	WORD_IS_SELECT,
	WORD_IS_UNION,
	WORD_IS_VACUUM,
	WORD_IS_VIRTUAL,
};

struct word {
	char text[18];
	uint8_t len;
	uint8_t id;
	uint8_t place;
	uint8_t flags;
};

/* The keyword of SQLite at `at`, in either case; NULL if it is none. */
const struct word *word_find(const char *at, size_t len);

/* Whether a pragma's value may be shown where it is a bare word. */
bool pragma_is_harmless(const char *at, size_t len);

#endif
