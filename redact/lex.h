/*
 * lex.h - the borders and classes of SQL tokens.
 *
 * A dialect's lexer is a pure function of a place in the text: it keeps no
 * state, so that a look ahead is a second call.
 */
#ifndef REDACT_LEX_H
#define REDACT_LEX_H

#include <stdbool.h>
#include <stddef.h>

enum token_class {
	TOKEN_END,        /* the end of the text, or a NUL where one ends it */
	TOKEN_BLANK,      /* white space */
	TOKEN_COMMENT,    /* with its marks, closed or not */
	TOKEN_WORD,       /* a keyword or a bare name */
	TOKEN_NAME,       /* a name in quotes that quote nothing else */
	TOKEN_QUOTED,     /* "x": a name or a string, the place tells */
	TOKEN_STRING,     /* a string or a blob */
	TOKEN_NUMBER,     /* with all letters and digits glued to it */
	TOKEN_MARK,       /* a parameter without a name: ?, ?5 */
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
	TOKEN_ILLEGAL,  /* what the dialect does not read outside quotes */
};

struct token {
	const char *end;
	enum token_class class;
};

/* The token at `at`, which is not behind `end`. */
struct token lex_sqlite(const char *at, const char *end);

/* The same, but over blanks and comments; `*at` moves to the token. */
static inline struct token
lex_sqlite_solid(const char **at, const char *end)
{
	struct token token = lex_sqlite(*at, end);

	while (token.class == TOKEN_BLANK || token.class == TOKEN_COMMENT) {
		*at = token.end;
		token = lex_sqlite(*at, end);
	}
	return token;
}

#endif
