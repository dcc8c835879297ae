/*
 * words_find.h - from a word's bytes to its row.
 *
 * Here, and not in words.c, for who looks up each word of each statement.
 */
#ifndef REDACT_WORDS_FIND_H
#define REDACT_WORDS_FIND_H

#include "redact/words.h"
#include "redact/words_hash.h"

/*
 * Made by make_words.  The first row of the words of some ends and length is
 * word_first[word_bases[ends] + length]; row 0 is no word's.
 */
extern const struct word word_rows[];
extern const uint16_t word_first[];
extern const uint16_t word_bases[WORD_ENDS];

static inline const struct word *
word_find_first(const char *at, size_t len)
{
	return &word_rows[word_first[word_bases[word_ends(at[0], at[len - 1])] +
				     len]];
}

/* The rest of a long word; its first eight bytes are known to agree. */
static inline bool
word_rest_is(const struct word *word, const char *at)
{
	for (size_t i = 8; i < word->len; i++)
		if ((at[i] & ~0x20) != (word->text[i] & ~0x20))
			return false;
	return true;
}

/* The keyword among the row and those that lie with it; NULL if it is none. */
static inline const struct word *
word_find_among(const struct word *word, unsigned dialect, const char *at,
    size_t len, uint64_t head)
{
	while (word->head != head || word->len != len ||
	       (len > 8 && !word_rest_is(word, at)))
		if (!(word++->flags & WORD_MORE))
			return NULL;
	return word->dialects >> dialect & 1 ? word : NULL;
}

#endif
