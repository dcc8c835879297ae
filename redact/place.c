/*
 * place.c - what "x" is, by the clause that it stands in.
 */
#include "redact/place.h"

/*
 * A select list is searched for its FROM once a select, and only this deep in
 * parentheses.  Searches of one depth do not overlap, so the work stays linear.
 */
#define LOOK_DEPTH 8

enum answer { UNKNOWN, YES, NO };

static const struct word *
find_word(const struct lexer *lexer, const char *at, struct token token)
{
	return word_find(
	    lexer->mode.dialect, at, (size_t)(token.end - at), lexer->end);
}

void
places_reset(struct places *places)
{
	places->depth = 0;
	places->levels[0] = (struct level){
	    .base = PLACE_VALUE, .now = PLACE_VALUE};
	places->levels[PLACE_LEVELS] = places->levels[0];
}

static bool
is_word(const struct before *before, enum word_id id)
{
	return word_id(before->word) == id;
}

/* IS DISTINCT FROM compares, and begins no clause. */
static bool
is_distinct_from(const struct before *before, const struct word *word)
{
	return word->id == W_FROM && is_word(before, W_DISTINCT);
}

static enum place
place_behind(const struct level *level, const struct before *before,
    const struct word *word)
{
	if (is_distinct_from(before, word))
		return PLACE_VALUE;
	if (word->id == W_ON && level->base == PLACE_NAMES)
		return PLACE_NAMES; /* CREATE INDEX i ON t */
	if (word->id == W_UPDATE && is_word(before, W_KEY))
		return PLACE_TEST; /* ON DUPLICATE KEY UPDATE a = 1 */
	return (enum place)word->place;
}

void
places_word(
    struct places *places, const struct before *before, const struct word *word)
{
	struct level *level = places_top(places);
	enum place place = place_behind(level, before, word);

	if (place == PLACE_SAME || places->depth >= PLACE_LEVELS)
		return;
	level->now = (uint8_t)place;
	/* ON DELETE SET NULL begins no clause among columns. */
	if ((word->flags & WORD_BASE) && level->base != PLACE_COLUMNS &&
	    !is_distinct_from(before, word))
		level->base = (uint8_t)place;
	if (word->id == W_SELECT)
		level->from = UNKNOWN;
}

static enum place
place_inside(enum place now, const struct before *before)
{
	bool grouping = now == PLACE_TEST || now == PLACE_FROM;

	switch (before->class) {
	case TOKEN_WORD:
		if (before->word && (before->word->flags & WORD_COLUMNS))
			return PLACE_COLUMNS;
		if (before->word)
			return grouping ? now : PLACE_VALUE;
		return now == PLACE_NAMES ? PLACE_COLUMNS : PLACE_VALUE;
	case TOKEN_NAME:
	case TOKEN_STRING:
		return now == PLACE_NAMES ? PLACE_COLUMNS : PLACE_VALUE;
	case TOKEN_OPERATOR:
	case TOKEN_COMPARE:
		/* A value that is hidden already, glued to an operator. */
		if (before->end && before->end[-1] == '?')
			return now == PLACE_NAMES ? PLACE_COLUMNS : PLACE_VALUE;
		return PLACE_VALUE;
	case TOKEN_OPEN:
	case TOKEN_COMMA:
		return grouping ? now : PLACE_VALUE;
	default:
		return PLACE_VALUE;
	}
}

void
places_open(struct places *places, const struct before *before, bool plain)
{
	enum place inside = PLACE_VALUE;

	if (!plain)
		inside = place_inside(
		    (enum place)places_top(places)->now, before);
	if (++places->depth < PLACE_LEVELS)
		*places_top(places) = (struct level){
		    .base = (uint8_t)inside, .now = (uint8_t)inside};
}

/* Words that end a select list which had no FROM. */
static bool
ends_list(enum word_id id)
{
	return id == W_SELECT || id == W_UNION || id == W_EXCEPT ||
	       id == W_INTERSECT;
}

/* Whether the select list that goes on at `at` ends in a FROM. */
static bool
list_has_from(struct lexer *lexer, const char *at)
{
	unsigned depth = 0;
	bool distinct = false;

	for (;;) {
		struct token token = lex_solid(lexer, &at);
		const struct word *word = NULL;

		if (token.class == TOKEN_OPEN)
			depth++;
		else if (token.class == TOKEN_CLOSE && depth-- == 0)
			return false;
		else if (token.class == TOKEN_WORD && depth == 0)
			word = find_word(lexer, at, token);
		else if (token.class == TOKEN_END ||
			 token.class == TOKEN_SEMICOLON ||
			 token.class >= TOKEN_UNCLOSED)
			return false;
		if (word_id(word) == W_FROM && !distinct)
			return true;
		if (ends_list(word_id(word)))
			return false;
		distinct = word_id(word) == W_DISTINCT;
		at = token.end;
	}
}

static bool
select_has_from(struct places *places, struct lexer *lexer, const char *at)
{
	struct level *level = places_top(places);

	if (places->depth > LOOK_DEPTH)
		return false;
	if (level->from == UNKNOWN)
		level->from = list_has_from(lexer, at) ? YES : NO;
	return level->from == YES;
}

static bool
is_value_or_operator(const struct before *before)
{
	switch (before->class) {
	case TOKEN_STRING:
	case TOKEN_OPERATOR:
	case TOKEN_COMPARE:
		return true;
	default:
		return false;
	}
}

static bool
begins_operand(const struct before *before)
{
	return before->word || before->class == TOKEN_OPEN ||
	       before->class == TOKEN_COMMA;
}

static bool
is_comparison(struct lexer *lexer, struct token token, const char *at)
{
	const struct word *word;

	if (token.class != TOKEN_WORD)
		return token.class == TOKEN_COMPARE;
	word = find_word(lexer, at, token);
	return word && (word->flags & WORD_COMPARES);
}

bool
places_quoted_is_name(struct places *places, const struct before *before,
    struct lexer *lexer, const char *at)
{
	const char *next_at = at;
	struct token next = lex_solid(lexer, &next_at);

	if (before->class == TOKEN_DOT || next.class == TOKEN_DOT)
		return true;
	if (is_value_or_operator(before))
		return false;
	if (before->word && (before->word->flags & WORD_NAME))
		return true;
	switch ((enum place)places_top(places)->now) {
	case PLACE_FROM:
	case PLACE_NAMES:
	case PLACE_COLUMNS:
		return true;
	case PLACE_LIST:
		return select_has_from(places, lexer, at);
	case PLACE_TEST:
		return begins_operand(before) &&
		       is_comparison(lexer, next, next_at);
	case PLACE_VALUE:
	case PLACE_SAME:
		break;
	}
	return false;
}
