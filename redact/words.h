/*
 * words.h - the words of SQL and what each says about what follows.
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
	WORD_MORE = 16,    /* the next row lies with it: words_hash.h */
};

/* What a word says in a statement's outline: bits; see traits.h. */
enum word_traits {
	TRAIT_VERB = 1,           /* begins a statement of data */
	TRAIT_TABLES = 2,         /* matters to which names are tables */
	TRAIT_ENDS_LIST = 4,      /* no table follows a comma behind it */
	TRAIT_GOES_ON_LIST = 8,   /* is no name, and one may */
	TRAIT_BEFORE_NAME = 16,   /* stands between a verb and the name */
	TRAIT_TABLE_KIND = 32,    /* kinds of what CREATE creates: a table, */
	TRAIT_OBJECT_KIND = 64,   /* something else with a name, */
	TRAIT_ACCOUNT_KIND = 128, /* something whose name is not told */
	TRAIT_SEPARATES = 256,    /* ends an expression */
	TRAIT_COMPARES = 512,     /* compares what is left of it */
	TRAIT_OPERATES = 1024,    /* belongs to an expression, as no name */
	TRAIT_OPENS_LIST = 2048,  /* a list of values may follow */
	TRAIT_ENDS_ROW = 4096,    /* ends a select list */
	TRAIT_BEFORE_ROW = 8192,  /* a row in parentheses may follow */
	TRAIT_BEFORE_OPERAND = 16384, /* a sign behind it is a number's: so it
				       * is behind most words */
	TRAIT_BEGINS_DATA = 32768,    /* such a statement, as its first word */
};

/* Whose word it is: bits by enum redact_dialect. */
enum word_dialects {
	WORD_IN_S = 1,
	WORD_IN_P = 2,
	WORD_IN_M = 4,
	WORD_IN_SP = 3,
	WORD_IN_SM = 5,
	WORD_IN_PM = 6,
	WORD_IN_SPM = 7,
};

/* The words by name; WORD_NONE is for what is none. */
enum word_id {
	WORD_NONE,
#define WORD(text, dialects, place, flags) W_##text,
#define PLAIN(text, dialects) W_##text,
#include "redact/keywords.h"
	WORD_COUNT
};

#define WORD_MAX 30

struct word {
	uint64_t head; /* the first eight letters: word_head() */
	char text[WORD_MAX + 2];
	uint16_t id;
	uint16_t traits;
	uint8_t len;
	uint8_t dialects;
	uint8_t place;
	uint8_t flags;
};

/*
 * The keyword of the dialect at `at`, in either case; NULL if it is none.
 * `end` is that of the text, up to which may be read.
 */
const struct word *word_find(
    unsigned dialect, const char *at, size_t len, const char *end);

static inline enum word_id
word_id(const struct word *word)
{
	return word ? (enum word_id)word->id : WORD_NONE;
}

static inline bool
word_has(const struct word *word, unsigned traits)
{
	return word && (word->traits & traits);
}

/* Whether SQLite's pragma may show its value where it is a bare word. */
bool pragma_is_harmless(const char *at, size_t len);

#endif
