/*
 * zone.c - what is hidden although it is no literal.
 *
 * A zone is one `?` to its end, whatever stands in it; a parameter alone stays.
 */
#include "redact/put.h"

void
zone_open(struct redactor *r, enum zone zone)
{
	r->zone = zone;
	r->zone_depth = r->places.depth;
	r->zone_filled = false;
	r->zone_blank = false;
}

static void
zone_close(struct redactor *r)
{
	if (r->zone_blank)
		put_blank(r);
	r->zone = ZONE_NONE;
}

/* What is in the zone: once a parameter or a `?`, then nothing. */
static void
zone_fill(struct redactor *r, const char *at, struct token token)
{
	/* Without what is left out, a name would run into what comes. */
	r->zone_blank = r->zone_filled && r->zone_named;
	if (r->zone_filled)
		return;
	r->zone_filled = true;
	r->zone_named = token.class == TOKEN_PARAM;
	if (token.class == TOKEN_MARK || token.class == TOKEN_PARAM)
		put_token(r, at, token, NULL);
	else
		put_value(r);
}

static bool
zone_ends(const struct redactor *r, const char *at, struct token token)
{
	if (token.class == TOKEN_SEMICOLON)
		return true;
	if (r->places.depth != r->zone_depth)
		return false;
	switch (r->zone) {
	case ZONE_STATEMENT:
		return token.class == TOKEN_CLOSE && r->zone_depth > 0;
	case ZONE_ARGUMENT:
	case ZONE_TOKEN:
		return token.class == TOKEN_CLOSE || token.class == TOKEN_COMMA;
	case ZONE_ATTACHED:
		return token.class == TOKEN_WORD &&
		       word_id(find_word(r, at, token)) == W_AS;
	case ZONE_NONE:
		break;
	}
	return true;
}

static void
zone_blanks(struct redactor *r, const char *at, struct token token)
{
	if (r->zone_filled)
		r->zone_blank = true;
	else if (token.class == TOKEN_BLANK)
		put_space(r, at, token);
	else
		put_blank(r);
}

static bool is_blank(enum token_class class)
{
	return class == TOKEN_BLANK || class == TOKEN_COMMENT ||
	       class == TOKEN_EXECUTED;
}

/* Words that stand where a secret could, and are none. */
static bool
is_harmless(const struct redactor *r, enum word_id id)
{
	switch (id) {
	case W_DATABASE:
		return before_is(r, W_ATTACH);
	case W_NULL:
		return true;
	case W_PASSWORD: /* IDENTIFIED BY PASSWORD, BY RANDOM PASSWORD */
	case W_RANDOM:
		return before_is(r, W_BY) || before_is(r, W_RANDOM);
	case W_EXPIRE: /* of an account's password */
	case W_HISTORY:
	case W_REUSE:
	case W_REQUIRE:
	case W_FOR:
	case W_OPTIONAL:
		return before_is(r, W_PASSWORD);
	default:
		return false;
	}
}

/* A word that is let out at the beginning of a zone, and ends most zones. */
static bool
zone_lets_out(struct redactor *r, const char *at, struct token token)
{
	const struct word *word;

	if (token.class == TOKEN_COMPARE && r->zone == ZONE_TOKEN) {
		put_token(r, at, token, NULL); /* PASSWORD = x */
		/* A value that is hidden already, glued to the sign. */
		r->zone_filled = token.end[-1] == '?';
		return true;
	}
	if (token.class != TOKEN_WORD)
		return false;
	word = find_word(r, at, token);
	if (!is_harmless(r, word_id(word)))
		return false;
	put_token(r, at, token, word);
	if (r->zone == ZONE_TOKEN && word->id != W_PASSWORD)
		r->zone = ZONE_NONE;
	remember(r, at, token, word);
	return true;
}

bool
zone_take(struct redactor *r, const char *at, struct token token)
{
	if (token.class == TOKEN_EXECUTED)
		r->lexer.executed = *at == '/';
	if (is_blank(token.class)) {
		if (r->zone == ZONE_TOKEN && r->zone_filled &&
		    r->places.depth == r->zone_depth) {
			zone_close(r);
			return true;
		}
		zone_blanks(r, at, token);
		return false;
	}
	if (zone_ends(r, at, token)) {
		zone_close(r);
		return true;
	}
	if (!r->zone_filled && zone_lets_out(r, at, token))
		return false;
	zone_fill(r, at, token);
	if (token.class == TOKEN_OPEN)
		places_open(&r->places, &r->before, true);
	else if (token.class == TOKEN_CLOSE)
		places_close(&r->places);
	remember(r, at, token, NULL);
	return false;
}
