/*
 * lex.h - the borders and classes of SQL tokens.
 *
 * A lexer keeps almost no state, so that a look ahead is a second call.  Where
 * versions of a dialect differ, the reading that hides more is taken.
 */
#ifndef REDACT_LEX_H
#define REDACT_LEX_H

#include "redact/redact.h"

enum token_class {
	TOKEN_END,        /* the end of the text, or a NUL where one ends it */
	TOKEN_BLANK,      /* white space */
	TOKEN_COMMENT,    /* with its marks, closed or not */
	TOKEN_EXECUTED,   /* the mark that opens or closes a comment which
			   * MySQL executes */
	TOKEN_WORD,       /* a keyword or a bare name */
	TOKEN_VARIABLE,   /* @v and @@v of MySQL */
	TOKEN_NAME,       /* a name in quotes that quote nothing else */
	TOKEN_QUOTED,     /* "x": a name or a string, the place tells */
	TOKEN_STRING,     /* a string or a blob, with all that belongs to it */
	TOKEN_NUMBER,     /* with all letters and digits glued to it */
	TOKEN_MARK,       /* a parameter without a name: ?, ?5, $1 */
	TOKEN_PARAM,      /* a parameter with a name: :n, @n, $a::b */
	TOKEN_TEXT_PARAM, /* one that ends in a text: $a(text) */
	TOKEN_OPERATOR,
	TOKEN_COMPARE, /* an operator that a column may stand left of */
	TOKEN_DOT,
	TOKEN_COMMA,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_SEMICOLON,
	TOKEN_UNCLOSED, /* a quote without its end; reaches to the text's */
	TOKEN_ILLEGAL,  /* what the dialect does not read outside quotes, or
			 * what it reads in more than one way */
};

struct token {
	const char *end;
	enum token_class class;
};

struct lexer {
	struct redact_mode mode;
	const char *begin;
	const char *end;
	const uint8_t *starts; /* enum start by first byte */
	bool executed;         /* inside a comment that MySQL executes */
};

void lexer_begin(
    struct lexer *lexer, struct redact_mode mode, const char *sql, size_t len);

/* The token at `at`, which is not behind the end. */
struct token lex(struct lexer *lexer, const char *at);

/* The same, but over blanks and comments; `*at` moves to the token. */
static inline struct token
lex_solid(struct lexer *lexer, const char **at)
{
	struct token token = lex(lexer, *at);

	while (token.class == TOKEN_BLANK || token.class == TOKEN_COMMENT) {
		*at = token.end;
		token = lex(lexer, *at);
	}
	return token;
}

#endif
