/*
 * doubt.c - stray quotes, by what stands behind values.
 */
#include "redact/doubt.h"

enum stop
give_up(struct redactor *r, const char *at)
{
	r->cut = r->first_quote && r->first_quote < at ? r->first_quote : at;
	return STOP_CUT;
}

bool
has_stray_quote(const struct redactor *r)
{
	unsigned single = 0, twice = 0;

	if (!r->first_quote)
		return false;
	for (const char *at = r->first_quote; at < r->lexer.end; at++) {
		single += *at == '\'';
		twice += *at == '"';
	}
	return single % 2 || twice % 2;
}

bool
is_doubtful(struct redactor *r)
{
	if (r->before.class != TOKEN_STRING)
		return false;
	if (r->lexer.mode.dialect == REDACT_SQLITE)
		return r->statement != STATEMENT_VIRTUAL &&
		       places_value_ends(&r->places);
	return r->statement == STATEMENT_DATA && places_value_ends(&r->places);
}

bool
is_behind_alias(struct redactor *r, const char *at)
{
	struct token next = lex_solid(&r->lexer, &at);
	enum word_id id;

	switch (next.class) {
	case TOKEN_WORD:
		id = word_id(find_word(r, at, next));
		return id != WORD_NONE && id != W_TRUE && id != W_FALSE;
	case TOKEN_COMMA:
	case TOKEN_CLOSE:
	case TOKEN_SEMICOLON:
	case TOKEN_END:
		return true;
	default:
		return false;
	}
}

bool
is_quoted_alias(struct redactor *r, struct token token)
{
	return r->tracks && r->lexer.mode.dialect == REDACT_SQLITE &&
	       (token.class == TOKEN_STRING || token.class == TOKEN_QUOTED) &&
	       !places_value_ends(&r->places) && is_behind_alias(r, token.end);
}
