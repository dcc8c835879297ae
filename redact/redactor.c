/*
 * redactor.c - the passes over a text: what is kept, hidden or doubted.
 */
#include "redact/redactor.h"

#include "redact/analysis.h"
#include "redact/lex_parts.h"
#include "redact/plain.h"

#include <strings.h>

static void
statement_begins(struct redactor *r)
{
	r->statement = STATEMENT_NEW;
	r->password = r->setting = false;
	r->before = (struct before){.class = TOKEN_SEMICOLON};
	if (r->remode) {
		r->lexer.mode.backslash = REDACT_UNKNOWN;
		r->lexer.mode.quotes = REDACT_UNKNOWN;
		r->lexer.mode.charset = REDACT_CHARSET_UNKNOWN;
		r->remode = false;
	}
	places_reset(&r->places);
}

/* Tell those who make more of the text. */
static inline void
tell(struct redactor *r, enum token_class class, const char *at, size_t len,
    const struct word *word)
{
	const struct item item = {class, at, len, word};

	if (r->shape)
		shape_take(r->shape, &item);
	if (r->outline && class != TOKEN_BLANK)
		outline_take(r->outline, &item);
}

void
put_token(struct redactor *r, const char *at, struct token token,
    const struct word *word)
{
	const size_t len = (size_t)(token.end - at);

	out_keep(&r->out, at, len);
	if (r->tells)
		tell(r, token.class, at, len, word);
}

void
put_hidden(struct redactor *r, const char *at, struct token token)
{
	out_byte(&r->out, '?');
	if (r->tells)
		tell(r, TOKEN_STRING, at, (size_t)(token.end - at), NULL);
}

void
put_blank(struct redactor *r)
{
	out_byte(&r->out, ' ');
	if (r->tells)
		tell(r, TOKEN_BLANK, NULL, 0, NULL);
}

static void
mark_quote(struct redactor *r, const char *at)
{
	if (!r->first_quote)
		r->first_quote = at;
}

/* Nothing from the first quote or, without any, from `at` on can be read. */
static enum stop
give_up(struct redactor *r, const char *at)
{
	r->cut = r->first_quote && r->first_quote < at ? r->first_quote : at;
	return STOP_CUT;
}

/* 'x'b: what follows may as well be the end of the string. */
static bool
is_glued(const struct redactor *r, const char *at)
{
	return r->before.class == TOKEN_STRING && r->before.end == at &&
	       (at[-1] == '\'' || at[-1] == '"' ||
		   (at[-1] == '$' && r->lexer.mode.dialect != REDACT_SQLITE));
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

/* $a(text): the name stays. */
static void
hide_param_text(struct redactor *r, const char *at, struct token token)
{
	const char *open = memchr(at, '(', (size_t)(token.end - at));

	r->value = at;
	out_keep(&r->out, at, (size_t)(open + 1 - at));
	if (token.end - open > 2)
		out_byte(&r->out, '?');
	out_flush(&r->out);
	out_keep(&r->out, token.end - 1, 1);
	if (r->tells)
		tell(r, token.class, at, (size_t)(open - at), NULL);
	token.class = TOKEN_STRING;
	remember(r, at, token, NULL);
}

/*
 * A name or a named parameter behind a value.  It may be an alias; where none
 * can stand, a stray quote has turned the inside of a string out.
 */
static bool
is_doubtful(struct redactor *r)
{
	if (r->before.class != TOKEN_STRING)
		return false;
	if (r->lexer.mode.dialect == REDACT_SQLITE)
		return r->statement != STATEMENT_VIRTUAL &&
		       places_value_ends(&r->places);
	return r->statement == STATEMENT_DATA && places_value_ends(&r->places);
}

/* Whether an alias may end at `at`. */
static bool
is_behind_alias(struct redactor *r, const char *at)
{
	struct token next = lex_solid(&r->lexer, &at);

	switch (next.class) {
	case TOKEN_WORD:
		return find_word(r, at, next) != NULL;
	case TOKEN_COMMA:
	case TOKEN_CLOSE:
	case TOKEN_SEMICOLON:
	case TOKEN_END:
		return true;
	default:
		return false;
	}
}

/* SQLite reads 'x'"y" as a string and its alias, in any quotes. */
static bool
is_quoted_alias(struct redactor *r, struct token token)
{
	return r->tracks && r->lexer.mode.dialect == REDACT_SQLITE &&
	       (token.class == TOKEN_STRING || token.class == TOKEN_QUOTED) &&
	       !places_value_ends(&r->places) && is_behind_alias(r, token.end);
}

static enum stop
hide(struct redactor *r, const char *at, struct token token)
{
	if (is_glued(r, at) && !is_quoted_alias(r, token))
		return r->tracks ? give_up(r, r->value) : STOP_TRACK;
	r->value = at;
	put_hidden(r, at, token);
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
		&r->places, &r->before, &r->lexer, token.end))
		return hide(r, at, token);
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
		put_token(r, at, token, NULL);
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
	case TOKEN_END:
	case TOKEN_ILLEGAL:
		break;
	}
	return STOP_LOST;
}

static bool is_quote(enum token_class class)
{
	return class == TOKEN_STRING || class == TOKEN_QUOTED ||
	       class == TOKEN_NAME || class == TOKEN_UNCLOSED;
}

/* Take a token that is no end. */
static enum stop
take_or_hide(struct redactor *r, const char *at, struct token token)
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

/* The most frequent token outside zones. */
static inline bool
is_single_blank(const struct redactor *r, const char *at)
{
	return r->zone == ZONE_NONE && r->lexer.end - at > 1 && *at == ' ' &&
	       !lex_goes_on_space(at + 1);
}

static inline void
keep_blank(struct redactor *r, const char *at)
{
	out_keep(&r->out, at, 1);
	if (r->shape)
		r->shape->blank = true;
}

static enum stop
pass(struct redactor *r, const char *at)
{
	for (;;) {
		struct token token;
		enum stop stop;

		if (plain_may_skip(r)) {
			at = plain_skip(r, at);
			if (r->tracks)
				return STOP_TRACK;
		}
		if (is_single_blank(r, at)) {
			keep_blank(r, at++);
			continue;
		}
		token = lex(&r->lexer, at);
		if (token.class == TOKEN_END)
			return STOP_END;
		stop = take_or_hide(r, at, token);
		if (stop != STOP_END)
			return stop;
		at = token.end;
	}
}

/* What is left of the text cannot be read. */
static void
put_lost(struct redactor *r)
{
	if (r->zone == ZONE_NONE || !r->zone_filled)
		put_hidden(r, r->lexer.end,
		    (struct token){r->lexer.end, TOKEN_ILLEGAL});
}

static void
redactor_begin(struct redactor *r, struct redact_mode mode, const char *sql,
    size_t len, char *out, size_t cap)
{
	lexer_begin(&r->lexer, mode, sql, len);
	r->out = (struct out){.text = out, .cap = cap};
	r->first_quote = NULL;
	r->zone = ZONE_NONE;
	r->zone_filled = false;
	r->is_not = false;
	r->remode = false;
	statement_begins(r);
}

static void
redactor_finish(struct redactor *r, struct analysis *analysis)
{
	if (r->shape)
		analysis->fingerprint = shape_end(r->shape);
	if (r->outline)
		outline_end(r->outline);
}

static void
analysis_begin(struct analysis *analysis, struct redact_mode mode,
    const char *text_end)
{
	shape_begin(&analysis->shape, mode, analysis->normal,
	    analysis->normal_cap, text_end);
	outline_begin(&analysis->outline, mode);
}

/*
 * Pass over the text, again where more is needed than was kept, and again up
 * to where it can be read.  A second pass to a cut has no quotes, and ends.
 */
size_t
redactor_run(struct redact_mode mode, const char *sql, size_t len, char *out,
    size_t cap, struct analysis *analysis)
{
	struct redactor r;
	size_t written = 0;
	enum stop stop;

	r.shape = analysis ? &analysis->shape : NULL;
	r.outline = analysis ? &analysis->outline : NULL;
	r.tracks = r.tells = analysis;
	r.lost = false;
	for (;;) {
		redactor_begin(&r, mode, sql, len, out, cap);
		if (analysis)
			analysis_begin(analysis, mode, sql + len);
		stop = pass(&r, sql);
		if (stop == STOP_LOST || (stop == STOP_END && r.lost))
			put_lost(&r);
		out_flush(&r.out);
		if (stop == STOP_END || stop == STOP_LOST)
			break;
		if (r.out.stored > written)
			written = r.out.stored;
		if (stop == STOP_TRACK) {
			r.tracks = true;
			continue;
		}
		len = (size_t)(r.cut - sql);
		r.lost = true;
	}
	if (written > r.out.stored)
		memset(out + r.out.stored, ' ', written - r.out.stored);
	if (analysis) {
		analysis->lost = r.lost || stop == STOP_LOST;
		redactor_finish(&r, analysis);
	}
	return out_end(&r.out);
}
