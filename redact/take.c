/*
 * take.c - one token after the other: kept, hidden or doubted.
 */
#include "redact/doubt.h"
#include "redact/outline.h"
#include "redact/put.h"

#include <strings.h>

void
statement_begins(struct redactor *r)
{
	r->statement = STATEMENT_NEW;
	r->password = r->setting = r->charset = false;
	r->before = (struct before){.class = TOKEN_SEMICOLON};
	if (r->remode) {
		r->lexer.mode.backslash = REDACT_UNKNOWN;
		r->lexer.mode.quotes = REDACT_UNKNOWN;
		r->lexer.mode.charset = REDACT_CHARSET_UNKNOWN;
		r->remode = false;
	}
	places_reset(&r->places);
}

/* A parameter counts as a value, since a redacted value looks like one. */
static enum stop
keep_param(struct redactor *r, const char *at, struct token token)
{
	r->value = at;
	put_token(r, at, token, NULL);
	token.class = TOKEN_STRING;
	remember(r, at, token, NULL);
	return STOP_END;
}

static enum stop
keep(struct redactor *r, const char *at, struct token token)
{
	put_token(r, at, token, NULL);
	remember(r, at, token, NULL);
	return STOP_END;
}

static void
hide_param_text(struct redactor *r, const char *at, struct token token)
{
	r->value = at;
	put_param_text(r, at, token);
	token.class = TOKEN_STRING;
	remember(r, at, token, NULL);
}

static enum stop
hide(struct redactor *r, const char *at, struct token token)
{
	if (is_glued(r, at) && !is_quoted_alias(r, token))
		return r->tracks ? give_up(r, r->value) : STOP_TRACK;
	r->value = at;
	put_value(r);
	token.class = TOKEN_STRING;
	remember(r, at, token, NULL);
	return STOP_END;
}

/* A non-breaking space is read as a word, but is meant as none. */
static bool
is_meant_as_blank(const struct redactor *r, const char *at, const char *end)
{
	return r->statement == STATEMENT_OTHER && end - at > 1 &&
	       memcmp(at, "\xc2\xa0", 2) == 0;
}

static enum stop
take_name(struct redactor *r, const char *at, struct token token)
{
	if (r->before.class == TOKEN_STRING &&
	    !is_meant_as_blank(r, at, token.end)) {
		if (!r->tracks)
			return STOP_TRACK;
		if (is_doubtful(r))
			return give_up(r, r->value);
		if ((is_glued(r, at) || r->statement == STATEMENT_DATA) &&
		    !is_behind_alias(r, token.end))
			return give_up(r, r->value);
		if (is_glued(r, at))
			return STOP_END;
	}
	return keep(r, at, token);
}

static enum stop
take_named_param(struct redactor *r, const char *at, struct token token)
{
	if (r->before.class == TOKEN_STRING &&
	    r->statement != STATEMENT_VIRTUAL)
		return give_up(r, r->value);
	if (token.class != TOKEN_TEXT_PARAM)
		return keep_param(r, at, token);
	hide_param_text(r, at, token);
	return STOP_END;
}

/* TRUE and FALSE are values, but IS TRUE is an operator and t.true a name. */
static bool
is_truth_value(const struct redactor *r, const struct word *word)
{
	if (word->id != W_TRUE && word->id != W_FALSE)
		return false;
	return !before_is(r, W_AS) && !before_is(r, W_IS) &&
	       !(r->is_not && before_is(r, W_NOT));
}

static enum stop
take_keyword(struct redactor *r, const char *at, struct token token,
    const struct word *word)
{
	if (is_truth_value(r, word))
		return hide(r, at, token);
	put_token(r, at, token, word);
	if (r->tracks)
		places_word(&r->places, &r->before, word);
	r->is_not = word->id == W_NOT && before_is(r, W_IS);
	remember(r, at, token, word);
	if (r->statement == STATEMENT_NEW)
		statement_by_word(r, word);
	else if (r->statement != STATEMENT_DATA)
		zone_by_word(r, word);
	return STOP_END;
}

/* sql_mode, @@session.sql_mode */
static bool
names_sql_mode(const char *at, const char *end)
{
	return end - at >= 8 && strncasecmp(end - 8, "sql_mode", 8) == 0;
}

/* A name at the beginning of a statement, or where its kind should stand. */
static void
statement_by_name(struct redactor *r, const char *at, struct token token)
{
	if (r->statement == STATEMENT_NEW || r->statement == STATEMENT_DEFINE)
		r->statement = STATEMENT_OTHER;
	if (r->statement == STATEMENT_SET &&
	    r->lexer.mode.dialect == REDACT_MYSQL &&
	    names_sql_mode(at, token.end))
		r->remode = true;
}

static enum stop
take_word(struct redactor *r, const char *at, struct token token)
{
	const struct word *word = NULL;

	if (r->before.class != TOKEN_DOT)
		word = find_word(r, at, token);
	if (word)
		return take_keyword(r, at, token, word);
	statement_by_name(r, at, token);
	return take_name(r, at, token);
}

static enum stop
take_quoted(struct redactor *r, const char *at, struct token token)
{
	if (!r->tracks)
		return STOP_TRACK;
	if (!places_quoted_is_name(
		&r->places, &r->before, &r->lexer, token.end)) {
		if (r->tells)
			outline_doubt(r->outline);
		return hide(r, at, token);
	}
	token.class = TOKEN_NAME;
	if (is_glued(r, at))
		return take_name(r, at, token);
	return keep(r, at, token);
}

static enum stop
take_open(struct redactor *r, const char *at, struct token token)
{
	put_token(r, at, token, NULL);
	places_open(&r->places, &r->before, r->statement == STATEMENT_VIRTUAL);
	if (r->statement == STATEMENT_PRAGMA)
		zone_by_sign(r, at, token);
	remember(r, at, token, NULL);
	return STOP_END;
}

static enum stop
take_sign(struct redactor *r, const char *at, struct token token)
{
	put_token(r, at, token, NULL);
	if (r->statement != STATEMENT_DATA)
		zone_by_sign(r, at, token);
	remember(r, at, token, NULL);
	return STOP_END;
}

static enum stop
take_executed(struct redactor *r, const char *at)
{
	r->lexer.executed = *at == '/';
	put_blank(r);
	return STOP_END;
}

/* What no statement begins with. */
static bool begins_no_statement(enum token_class class)
{
	return class >= TOKEN_VARIABLE && class != TOKEN_OPEN &&
	       class != TOKEN_CLOSE && class != TOKEN_SEMICOLON;
}

/* Take a token outside zones. */
static enum stop
take(struct redactor *r, const char *at, struct token token)
{
	if (r->statement == STATEMENT_NEW && begins_no_statement(token.class))
		r->statement = STATEMENT_OTHER;
	switch (token.class) {
	case TOKEN_COMMENT:
		put_blank(r);
		return STOP_END;
	case TOKEN_BLANK:
		put_space(r, at, token);
		return STOP_END;
	case TOKEN_EXECUTED:
		return take_executed(r, at);
	case TOKEN_WORD:
		return take_word(r, at, token);
	case TOKEN_NAME:
		statement_by_name(r, at, token);
		return take_name(r, at, token);
	case TOKEN_VARIABLE:
		statement_by_name(r, at, token);
		return keep(r, at, token);
	case TOKEN_QUOTED:
		return take_quoted(r, at, token);
	case TOKEN_STRING:
		if (*at == '"' && r->tells &&
		    r->lexer.mode.quotes == REDACT_UNKNOWN)
			outline_doubt(r->outline);
		return hide(r, at, token);
	case TOKEN_NUMBER:
		return hide(r, at, token);
	case TOKEN_MARK:
		return keep_param(r, at, token);
	case TOKEN_PARAM:
	case TOKEN_TEXT_PARAM:
		return take_named_param(r, at, token);
	case TOKEN_COMMA:
		places_comma(&r->places);
		return take_sign(r, at, token);
	case TOKEN_COMPARE:
	case TOKEN_OPERATOR:
		return take_sign(r, at, token);
	case TOKEN_OPEN:
		return take_open(r, at, token);
	case TOKEN_CLOSE:
		places_close(&r->places);
		return keep(r, at, token);
	case TOKEN_SEMICOLON:
		put_token(r, at, token, NULL);
		statement_begins(r);
		return STOP_END;
	case TOKEN_DOT:
		return keep(r, at, token);
	case TOKEN_UNCLOSED:
		return give_up(r, at);
	case TOKEN_ILLEGAL:
		return has_stray_quote(r) ? give_up(r, at) : STOP_LOST;
	case TOKEN_END:
		break;
	}
	return STOP_LOST;
}

static bool is_quote(enum token_class class)
{
	return class == TOKEN_STRING || class == TOKEN_QUOTED ||
	       class == TOKEN_NAME || class == TOKEN_UNCLOSED;
}

static void
mark_quote(struct redactor *r, const char *at)
{
	if (!r->first_quote)
		r->first_quote = at;
}

enum stop
redactor_take(struct redactor *r, const char *at, struct token token)
{
	if (is_quote(token.class))
		mark_quote(r, at);
	if (r->statement == STATEMENT_PRAGMA && r->zone == ZONE_NONE)
		zone_by_pragma(r, token);
	if (r->zone != ZONE_NONE && token.class < TOKEN_UNCLOSED &&
	    !zone_take(r, at, token))
		return STOP_END;
	return take(r, at, token);
}
