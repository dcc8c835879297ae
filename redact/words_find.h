/*
 * words_find.h - from a word's bytes to its row.
 *
 * Here, and not in words.c, for who looks up each word of each statement.
 */
#ifndef REDACT_WORDS_FIND_H
#define REDACT_WORDS_FIND_H

#include "redact/words.h"
#include "redact/words_hash.h"

/* Made by make_words. */
extern const struct word word_rows[];
extern const uint16_t word_first[];
extern const struct word_line word_lines[WORD_LINES];

/* The rest of a long word; its first eight bytes are known to agree. */
static inline bool
word_rest_is(const struct word *word, const char *at)
{
	for (size_t i = 8; i < word->len; i++)
		if ((at[i] & ~0x20) != (word->text[i] & ~0x20))
			return false;
	return true;
}

/*
 * The keyword of that length, up to WORD_MAX, which begins with the eight bytes
 * of `head`; NULL if it is none.
 */
static inline const struct word *
word_find_by_head(unsigned dialect, const char *at, size_t len, uint64_t head)
{
	const struct word_line *line = &word_lines[word_line(head)];
	const struct word *word;

	if (!(line->lengths >> len & 1))
		return NULL;
	word = &word_rows[word_first[line->base + len]];
	head &= word_mask(len);
	while (word->head != head || word->len != len ||
	       (len > 8 && !word_rest_is(word, at)))
		if (!(word++->flags & WORD_MORE))
			return NULL;
	return word->dialects >> dialect & 1 ? word : NULL;
}

#endif
