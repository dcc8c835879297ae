/*
 * secret_words.c - where a credential may stand as a bare word, by the words
 * and signs before it.
 */
#include "redact/redactor.h"

/* The kind of what CREATE or ALTER is about. */
static void
define_by_word(struct redactor *r, enum word_id id)
{
	switch (id) {
	case W_USER:
	case W_ROLE:
	case W_GROUP:
	case W_SERVER:
	case W_SUBSCRIPTION:
	case W_DATABASE:
	case W_SYSTEM:
		r->statement = STATEMENT_ACCOUNT;
		return;
	case W_FUNCTION:
	case W_PROCEDURE:
		r->statement = STATEMENT_ROUTINE;
		return;
	case W_VIRTUAL:
		r->statement = STATEMENT_VIRTUAL;
		return;
	case W_OR:
	case W_REPLACE:
	case W_IF:
	case W_NOT:
	case W_EXISTS:
		return;
	default:
		r->statement = STATEMENT_OTHER;
	}
}

/* Clauses of accounts behind which a password stands. */
static void
account_by_word(struct redactor *r, enum word_id id)
{
	switch (id) {
	case W_IDENTIFIED:
		r->password = true;
		return;
	case W_PASSWORD:
		zone_open(r, ZONE_TOKEN);
		return;
	case W_BY:
	case W_AS:
	case W_USING:
	case W_REPLACE:
		if (r->password)
			zone_open(r, ZONE_TOKEN);
		return;
	case W_CHARACTER:
		r->charset = true; /* SET belongs to it */
		return;
	case W_SET:
		r->setting = !r->charset;
		r->charset = false;
		return;
	default:
		return;
	}
}

/* A value of SET that tells nothing. */
static bool
is_plain_setting(enum word_id id)
{
	return id == W_ON || id == W_OFF || id == W_DEFAULT || id == W_NULL ||
	       id == W_TRUE || id == W_FALSE || id == W_LOCAL || id == W_ALL ||
	       id == W_SERIALIZABLE;
}

/* Whether what stands behind = needs a zone, for it is no plain value. */
static bool
is_secret_setting(struct redactor *r, const char *at)
{
	const bool mysql = r->lexer.mode.dialect == REDACT_MYSQL;
	struct token token = lex_solid(&r->lexer, &at);
	const char *next_at = token.end;
	struct token next;
	enum word_id id;

	switch (token.class) {
	case TOKEN_STRING:
	case TOKEN_NUMBER:
		next = lex(&r->lexer, token.end);
		return r->password || next.class == TOKEN_WORD;
	case TOKEN_MARK:
	case TOKEN_PARAM:
		return false;
	case TOKEN_VARIABLE:
	case TOKEN_OPEN:
		return !mysql || r->password;
	case TOKEN_WORD:
		next = lex_solid(&r->lexer, &next_at);
		id = word_id(find_word(r, at, token));
		if (mysql && next.class == TOKEN_OPEN)
			return r->password || id == W_PASSWORD;
		if (!is_plain_setting(id))
			return true;
		return next.class == TOKEN_DOT ||
		       (next.class == TOKEN_OPERATOR && *next_at != '?');
	case TOKEN_OPERATOR:
	case TOKEN_COMPARE:
		return *at != '?'; /* of a text that is redacted already */
	default:
		return true;
	}
}

static void
zone_by_setting(struct redactor *r, const char *behind)
{
	if (!is_secret_setting(r, behind))
		return;
	if (r->statement == STATEMENT_ROUTINE)
		zone_open(r, ZONE_TOKEN);
	else
		zone_open(r, ZONE_ARGUMENT);
}

static void
set_by_word(struct redactor *r, const struct word *word)
{
	const bool mysql = r->lexer.mode.dialect == REDACT_MYSQL;

	switch (word_id(word)) {
	case W_PASSWORD:
		r->password = true;
		return;
	case W_NAMES:
	case W_CHARACTER:
	case W_CHARSET:
		r->remode = mysql;
		return;
	case W_TO:
		if (!mysql || r->password)
			zone_by_setting(r, r->before.end);
		return;
	case W_ZONE:
	case W_AUTHORIZATION:
		if (!mysql)
			zone_by_setting(r, r->before.end);
		return;
	default:
		return;
	}
}

/* Called when the word stands in r->before. */
void
zone_by_word(struct redactor *r, const struct word *word)
{
	const enum word_id id = word_id(word);

	switch (r->statement) {
	case STATEMENT_DEFINE:
		define_by_word(r, id);
		return;
	case STATEMENT_ACCOUNT:
		if (r->setting && id == W_TO)
			zone_by_setting(r, r->before.end);
		else
			account_by_word(r, id);
		return;
	case STATEMENT_CHANGE:
		if (id == W_PASSWORD)
			zone_open(r, ZONE_TOKEN);
		return;
	case STATEMENT_ROUTINE:
		if (id == W_SET)
			r->setting = true;
		else if (r->setting && id == W_TO)
			zone_by_setting(r, r->before.end);
		return;
	case STATEMENT_SET:
		set_by_word(r, word);
		return;
	case STATEMENT_ATTACH:
		if (id == W_KEY)
			zone_open(r, ZONE_STATEMENT);
		return;
	case STATEMENT_VACUUM:
		if (id == W_INTO)
			zone_open(r, ZONE_STATEMENT);
		return;
	default:
		return;
	}
}

/*
 * In a pragma, what stands behind a name is hidden unless the name is known;
 * the sign or the parenthesis between them stays.
 */
static bool
is_secret_pragma(const struct redactor *r)
{
	const struct before *name = &r->before;

	if (r->statement != STATEMENT_PRAGMA || before_is(r, W_PRAGMA))
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

void
zone_by_pragma(struct redactor *r, struct token token)
{
	if (!may_stay_in_pragma(token.class) && is_secret_pragma(r))
		zone_open(r, ZONE_STATEMENT);
}

/* Called before the sign is in r->before, when it is written. */
void
zone_by_sign(struct redactor *r, const char *at, struct token token)
{
	const bool equals = (*at == '=' && token.end - at == 1) ||
			    (*at == ':' && token.end - at == 2 && at[1] == '=');

	switch (r->statement) {
	case STATEMENT_PRAGMA:
		if (token.class != TOKEN_OPERATOR && is_secret_pragma(r))
			zone_open(r, ZONE_STATEMENT);
		return;
	case STATEMENT_VIRTUAL:
		if (*at == '=')
			zone_open(r, ZONE_ARGUMENT);
		return;
	case STATEMENT_CHANGE:
		if (equals)
			zone_open(r, ZONE_TOKEN);
		return;
	case STATEMENT_SET:
		if (equals || (token.class == TOKEN_COMMA && !r->places.depth &&
				  r->lexer.mode.dialect == REDACT_POSTGRES))
			zone_by_setting(r, token.end);
		return;
	case STATEMENT_ACCOUNT:
	case STATEMENT_ROUTINE:
		if (r->setting && equals)
			zone_by_setting(r, token.end);
		return;
	default:
		return;
	}
}

void
statement_by_word(struct redactor *r, const struct word *word)
{
	if (word_has(word, TRAIT_BEGINS_DATA)) {
		r->statement = STATEMENT_DATA;
		return;
	}
	switch (word_id(word)) {
	case W_EXPLAIN:
	case W_QUERY:
	case W_PLAN:
		return;
	case W_CREATE:
	case W_ALTER:
		r->statement = STATEMENT_DEFINE;
		return;
	case W_GRANT:
	case W_CLONE:
		r->statement = STATEMENT_ACCOUNT;
		return;
	case W_CHANGE:
	case W_START:
		r->statement = STATEMENT_CHANGE;
		return;
	case W_SET:
		r->statement = STATEMENT_SET;
		return;
	case W_PRAGMA:
		r->statement = STATEMENT_PRAGMA;
		return;
	case W_ATTACH:
		if (r->lexer.mode.dialect != REDACT_SQLITE)
			break;
		r->statement = STATEMENT_ATTACH;
		zone_open(r, ZONE_ATTACHED);
		return;
	case W_VACUUM:
		r->statement = STATEMENT_VACUUM;
		return;
	default:
		break;
	}
	r->statement = STATEMENT_OTHER;
}
