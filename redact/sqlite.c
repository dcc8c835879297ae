/*
 * sqlite.c - SQLite's statements without the values in them.
 *
 * One pass: a token is kept, hidden, or ends what can be read.  Three ways
 * lead out of doubt.  Behind a byte that SQLite does not read, one `?` stands
 * for the rest.  If the text ends inside quotes, or a name follows a value,
 * any earlier quote may have been the stray one: all from the first quote on
 * is one `?`.  And where even bare words may be secrets (the key of a
 * database) a zone is opened, which is one `?` to its end.
 */
#include "redact/dialects.h"
#include "redact/lex.h"
#include "redact/out.h"
#include "redact/place.h"
#include "redact/words.h"

#include <stdint.h>
#include <string.h>

enum statement {
	STATEMENT_NEW,
	STATEMENT_PRAGMA,
	STATEMENT_ATTACH,
	STATEMENT_VACUUM,
	STATEMENT_VIRTUAL, /* CREATE VIRTUAL TABLE */
	STATEMENT_OTHER,
};

/* What is hidden whatever it is, and up to where. */
enum zone {
	ZONE_NONE,
	ZONE_STATEMENT, /* to the semicolon */
	ZONE_ATTACHED,  /* to AS */
	ZONE_ARGUMENT,  /* to the comma or parenthesis behind it */
};

#define NO_MARK SIZE_MAX

struct redactor {
	const char *end;
	struct out out;
	struct places places;
	struct before before;
	enum statement statement;
	size_t quote_mark; /* where the first quote of the text stands */
	size_t value_mark; /* where the last value stands */
	enum zone zone;
	unsigned zone_depth;
	size_t zone_mark; /* where its `?` stands, once there is one */
	bool zone_blank;  /* white space that its end may bring out */
	bool is_not;      /* the last keyword was NOT, behind IS */
};

static void
statement_begins(struct redactor *r)
{
	r->statement = STATEMENT_NEW;
	r->before = (struct before){.class = TOKEN_SEMICOLON};
	places_reset(&r->places);
}

static void
redactor_begin(
    struct redactor *r, const char *sql, size_t len, char *out, size_t cap)
{
	const char *nul = memchr(sql, '\0', len);

	r->end = nul ? nul : sql + len;
	r->out = (struct out){.text = out, .cap = cap};
	r->quote_mark = NO_MARK;
	r->value_mark = 0;
	r->zone = ZONE_NONE;
	r->is_not = false;
	statement_begins(r);
}

static bool
before_is(const struct redactor *r, enum word_id id)
{
	return r->before.word && r->before.word->id == id;
}

static void
keep(struct redactor *r, const char *at, struct token token)
{
	out_keep(&r->out, at, (size_t)(token.end - at));
}

static void
remember(struct redactor *r, const char *at, struct token token,
    const struct word *word)
{
	r->before = (struct before){
	    .class = token.class, .word = word, .at = at, .end = token.end};
}

/* In a zone that has its `?` already, the first quote is a part of that. */
static void
mark_quote(struct redactor *r)
{
	if (r->quote_mark != NO_MARK)
		return;
	if (r->zone != ZONE_NONE && r->zone_mark != NO_MARK)
		r->quote_mark = r->zone_mark;
	else
		r->quote_mark = r->out.total;
}

/* The rest is one `?`, from the first quote or, without any, from `mark`. */
static bool
give_up(struct redactor *r, size_t mark)
{
	if (r->quote_mark < mark)
		mark = r->quote_mark;
	out_rewind(&r->out, mark);
	out_byte(&r->out, '?');
	return false;
}

static void
zone_open(struct redactor *r, enum zone zone)
{
	r->zone = zone;
	r->zone_depth = r->places.depth;
	r->zone_mark = NO_MARK;
	r->zone_blank = false;
}

static void
zone_close(struct redactor *r)
{
	if (r->zone_blank)
		out_byte(&r->out, ' ');
	r->zone = ZONE_NONE;
}

/* What is in the zone: once a parameter or a `?`, then nothing. */
static void
zone_fill(struct redactor *r, const char *at, struct token token)
{
	r->zone_blank = false;
	if (r->zone_mark != NO_MARK)
		return;
	r->zone_mark = r->out.total;
	if (token.class == TOKEN_MARK || token.class == TOKEN_PARAM)
		keep(r, at, token);
	else
		out_byte(&r->out, '?');
	out_flush(&r->out);
}

static bool
zone_ends(const struct redactor *r, const char *at, struct token token)
{
	const struct word *word;

	if (token.class == TOKEN_SEMICOLON)
		return true;
	if (r->places.depth != r->zone_depth)
		return false;
	switch (r->zone) {
	case ZONE_STATEMENT:
		return token.class == TOKEN_CLOSE && r->zone_depth > 0;
	case ZONE_ARGUMENT:
		return token.class == TOKEN_CLOSE || token.class == TOKEN_COMMA;
	case ZONE_ATTACHED:
		if (token.class != TOKEN_WORD)
			return false;
		word = word_find(at, (size_t)(token.end - at));
		return word && word->id == WORD_IS_AS;
	case ZONE_NONE:
		break;
	}
	return true;
}

static void
zone_blanks(struct redactor *r, const char *at, struct token token)
{
	if (r->zone_mark != NO_MARK)
		r->zone_blank = true;
	else if (token.class == TOKEN_BLANK)
		keep(r, at, token);
	else
		out_byte(&r->out, ' ');
}

static bool is_quote(enum token_class class)
{
	return class == TOKEN_STRING || class == TOKEN_QUOTED ||
	       class == TOKEN_NAME;
}

/* ATTACH DATABASE: the only word that the zone behind ATTACH lets out. */
static bool
is_attach_database(const struct redactor *r, const char *at, struct token token)
{
	const struct word *word;

	if (token.class != TOKEN_WORD || !before_is(r, WORD_IS_ATTACH))
		return false;
	word = word_find(at, (size_t)(token.end - at));
	return word && word->id == WORD_IS_DATABASE;
}

/* Take a token in a zone; true if it ended the zone and is still to take. */
static bool
zone_take(struct redactor *r, const char *at, struct token token)
{
	if (token.class == TOKEN_BLANK || token.class == TOKEN_COMMENT) {
		zone_blanks(r, at, token);
		return false;
	}
	if (zone_ends(r, at, token)) {
		zone_close(r);
		return true;
	}
	if (is_quote(token.class))
		mark_quote(r);
	if (is_attach_database(r, at, token))
		keep(r, at, token);
	else
		zone_fill(r, at, token);
	if (token.class == TOKEN_OPEN)
		places_open(&r->places, &r->before, true);
	else if (token.class == TOKEN_CLOSE)
		places_close(&r->places);
	remember(r, at, token, NULL);
	return false;
}

static void
hide(struct redactor *r, const char *at, struct token token)
{
	r->value_mark = r->out.total;
	out_byte(&r->out, '?');
	token.class = TOKEN_STRING;
	remember(r, at, token, NULL);
}

/* A parameter counts as a value, since a redacted value looks like one. */
static void
keep_param(struct redactor *r, const char *at, struct token token)
{
	r->value_mark = r->out.total;
	keep(r, at, token);
	token.class = TOKEN_STRING;
	remember(r, at, token, NULL);
}

/* $a(text): the name stays. */
static void
hide_param_text(struct redactor *r, const char *at, struct token token)
{
	const char *open = memchr(at, '(', (size_t)(token.end - at));
	struct token name = {.end = open + 1, .class = token.class};

	r->value_mark = r->out.total;
	keep(r, at, name);
	if (token.end - open > 2)
		out_byte(&r->out, '?');
	out_flush(&r->out);
	out_keep(&r->out, token.end - 1, 1);
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
	return r->before.class == TOKEN_STRING &&
	       r->statement != STATEMENT_VIRTUAL &&
	       places_value_ends(&r->places);
}

/* 'x'b: the alias may as well be the end of the string. */
static bool
is_glued(const struct redactor *r, const char *at)
{
	return r->before.class == TOKEN_STRING && r->before.end == at &&
	       (at[-1] == '\'' || at[-1] == '"');
}

static bool
take_name(struct redactor *r, const char *at, struct token token)
{
	if (is_doubtful(r))
		return give_up(r, r->value_mark);
	if (is_glued(r, at))
		return true;
	keep(r, at, token);
	remember(r, at, token, NULL);
	return true;
}

static bool
take_named_param(struct redactor *r, const char *at, struct token token)
{
	if (r->before.class == TOKEN_STRING &&
	    r->statement != STATEMENT_VIRTUAL)
		return give_up(r, r->value_mark);
	if (token.class == TOKEN_TEXT_PARAM)
		hide_param_text(r, at, token);
	else
		keep_param(r, at, token);
	return true;
}

/* The statement's kind, by its first words. */
static void
begin_by_word(struct redactor *r, enum word_id id)
{
	switch (id) {
	case WORD_IS_EXPLAIN:
	case WORD_IS_QUERY:
	case WORD_IS_PLAN:
		return;
	case WORD_IS_PRAGMA:
		r->statement = STATEMENT_PRAGMA;
		return;
	case WORD_IS_ATTACH:
		r->statement = STATEMENT_ATTACH;
		zone_open(r, ZONE_ATTACHED);
		return;
	case WORD_IS_VACUUM:
		r->statement = STATEMENT_VACUUM;
		return;
	default:
		r->statement = STATEMENT_OTHER;
	}
}

/* Words behind which nothing may be shown. */
static void
zone_by_word(struct redactor *r, enum word_id id)
{
	if (id == WORD_IS_VIRTUAL && before_is(r, WORD_IS_CREATE))
		r->statement = STATEMENT_VIRTUAL;
	else if (id == WORD_IS_KEY && r->statement == STATEMENT_ATTACH)
		zone_open(r, ZONE_STATEMENT);
	else if (id == WORD_IS_INTO && r->statement == STATEMENT_VACUUM)
		zone_open(r, ZONE_STATEMENT);
}

/* TRUE and FALSE are values, but IS TRUE is an operator and t.true a name. */
static bool
is_truth_value(const struct redactor *r, const struct word *word)
{
	return word->id == WORD_IS_TRUTH && !before_is(r, WORD_IS_AS) &&
	       !before_is(r, WORD_IS_IS) &&
	       !(r->is_not && before_is(r, WORD_IS_NOT));
}

static bool
take_keyword(struct redactor *r, const char *at, struct token token,
    const struct word *word)
{
	if (is_truth_value(r, word)) {
		hide(r, at, token);
		return true;
	}
	keep(r, at, token);
	places_word(&r->places, &r->before, word);
	if (r->statement == STATEMENT_NEW)
		begin_by_word(r, (enum word_id)word->id);
	else
		zone_by_word(r, (enum word_id)word->id);
	r->is_not = word->id == WORD_IS_NOT && before_is(r, WORD_IS_IS);
	remember(r, at, token, word);
	return true;
}

static bool
take_word(struct redactor *r, const char *at, struct token token)
{
	const struct word *word = word_find(at, (size_t)(token.end - at));

	if (word && r->before.class != TOKEN_DOT)
		return take_keyword(r, at, token, word);
	return take_name(r, at, token);
}

static bool
take_quoted(struct redactor *r, const char *at, struct token token)
{
	bool name = places_quoted_is_name(
	    &r->places, &r->before, token.end, r->end);

	mark_quote(r);
	if (!name) {
		hide(r, at, token);
		return true;
	}
	keep(r, at, token);
	token.class = TOKEN_NAME;
	remember(r, at, token, NULL);
	return true;
}

/*
 * In a pragma, what stands behind a name is hidden unless the name is known;
 * the sign or the parenthesis between them stays.
 */
static bool
is_secret_pragma(const struct redactor *r)
{
	const struct before *name = &r->before;

	if (r->statement != STATEMENT_PRAGMA || before_is(r, WORD_IS_PRAGMA))
		return false;
	switch (name->class) {
	case TOKEN_WORD:
		return !pragma_is_harmless(
		    name->at, (size_t)(name->end - name->at));
	case TOKEN_NAME:
	case TOKEN_STRING:
	case TOKEN_CLOSE:
		return true;
	default:
		return false;
	}
}

static bool may_stay_in_pragma(enum token_class class)
{
	switch (class) {
	case TOKEN_BLANK:
	case TOKEN_COMMENT:
	case TOKEN_DOT:
	case TOKEN_COMPARE:
	case TOKEN_OPEN:
	case TOKEN_CLOSE:
	case TOKEN_SEMICOLON:
		return true;
	default:
		return false;
	}
}

static void
take_compare(struct redactor *r, const char *at, struct token token)
{
	keep(r, at, token);
	if (is_secret_pragma(r))
		zone_open(r, ZONE_STATEMENT);
	else if (r->statement == STATEMENT_VIRTUAL && *at == '=')
		zone_open(r, ZONE_ARGUMENT);
	remember(r, at, token, NULL);
}

static void
take_open(struct redactor *r, const char *at, struct token token)
{
	keep(r, at, token);
	places_open(&r->places, &r->before, r->statement == STATEMENT_VIRTUAL);
	if (is_secret_pragma(r))
		zone_open(r, ZONE_STATEMENT);
	remember(r, at, token, NULL);
}

/* Take a token outside zones; false if nothing behind it can be read. */
static bool
take(struct redactor *r, const char *at, struct token token)
{
	switch (token.class) {
	case TOKEN_COMMENT:
		out_byte(&r->out, ' ');
		return true;
	case TOKEN_BLANK:
		keep(r, at, token);
		return true;
	case TOKEN_WORD:
		return take_word(r, at, token);
	case TOKEN_NAME:
		mark_quote(r);
		return take_name(r, at, token);
	case TOKEN_QUOTED:
		return take_quoted(r, at, token);
	case TOKEN_STRING:
		mark_quote(r);
		hide(r, at, token);
		return true;
	case TOKEN_NUMBER:
		hide(r, at, token);
		return true;
	case TOKEN_MARK:
		keep_param(r, at, token);
		return true;
	case TOKEN_PARAM:
	case TOKEN_TEXT_PARAM:
		return take_named_param(r, at, token);
	case TOKEN_COMPARE:
		take_compare(r, at, token);
		return true;
	case TOKEN_OPEN:
		take_open(r, at, token);
		return true;
	case TOKEN_CLOSE:
		places_close(&r->places);
		break;
	case TOKEN_COMMA:
		places_comma(&r->places);
		break;
	case TOKEN_SEMICOLON:
		keep(r, at, token);
		statement_begins(r);
		return true;
	case TOKEN_OPERATOR:
	case TOKEN_DOT:
	case TOKEN_END:
	case TOKEN_UNCLOSED:
	case TOKEN_ILLEGAL:
		break;
	}
	keep(r, at, token);
	remember(r, at, token, NULL);
	return true;
}

/* A byte that SQLite does not read. */
static void
take_illegal(struct redactor *r)
{
	if (r->zone == ZONE_NONE || r->zone_mark == NO_MARK)
		out_byte(&r->out, '?');
}

/* Take a token that is no end; false if nothing behind it can be read. */
static bool
take_or_hide(struct redactor *r, const char *at, struct token token)
{
	if (r->statement == STATEMENT_PRAGMA && r->zone == ZONE_NONE &&
	    !may_stay_in_pragma(token.class) && is_secret_pragma(r))
		zone_open(r, ZONE_STATEMENT);
	if (r->zone != ZONE_NONE && !zone_take(r, at, token))
		return true;
	return take(r, at, token);
}

size_t
redact_sqlite(const char *sql, size_t len, char *out, size_t cap)
{
	struct redactor r;
	struct token token;

	redactor_begin(&r, sql, len, out, cap);
	for (const char *at = sql;; at = token.end) {
		token = lex_sqlite(at, r.end);
		if (token.class == TOKEN_END)
			break;
		if (token.class == TOKEN_BLANK && r.zone == ZONE_NONE) {
			keep(&r, at, token);
			continue;
		}
		if (token.class == TOKEN_UNCLOSED) {
			mark_quote(&r);
			give_up(&r, NO_MARK);
			break;
		}
		if (token.class == TOKEN_ILLEGAL) {
			take_illegal(&r);
			break;
		}
		if (!take_or_hide(&r, at, token))
			break;
	}
	return out_end(&r.out);
}
