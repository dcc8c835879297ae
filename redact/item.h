/*
 * item.h - what the redactor hands to those who make more of a text.
 *
 * An item is a token as it may be shown.  A hidden one has the class STRING
 * and no text that may be read; blanks and comments are BLANK.
 */
#ifndef REDACT_ITEM_H
#define REDACT_ITEM_H

#include "redact/lex.h"
#include "redact/words.h"

struct item {
	enum token_class class;
	const char *at;
	size_t len;
	const struct word *word; /* of a keyword */
};

static inline enum word_id
item_word(const struct item *item)
{
	return word_id(item->word);
}

static inline bool
item_is_name(const struct item *item)
{
	return item->class == TOKEN_WORD || item->class == TOKEN_NAME;
}

static inline bool
item_is_param(const struct item *item)
{
	return item->class == TOKEN_MARK || item->class == TOKEN_PARAM ||
	       item->class == TOKEN_TEXT_PARAM;
}

#endif
