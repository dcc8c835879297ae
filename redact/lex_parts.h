/*
 * lex_parts.h - what the parts of the lexer know of one another.
 */
#ifndef REDACT_LEX_PARTS_H
#define REDACT_LEX_PARTS_H

#include "redact/lex.h"
#include "redact/scan.h"

static inline bool
lex_goes_on_word(const char *at)
{
	return block_word_bytes[(unsigned char)*at];
}

static inline bool
lex_is_digit(const char *at, const char *end)
{
	return at < end && *at >= '0' && *at <= '9';
}

static inline bool
lex_is_byte(const char *at, const char *end, char byte)
{
	return at < end && *at == byte;
}

/* White space inside a run of it, in every dialect. */
static inline bool
lex_goes_on_space(const char *at)
{
	return *at == ' ' || (*at >= '\t' && *at <= '\r');
}

static inline struct token
lex_token(enum token_class class, const char *end)
{
	return (struct token){.end = end, .class = class};
}

/*
 * The text behind an opening quote: to behind its closing one.  A class other
 * than `class` tells that there is none, or that readings differ.
 */
struct token lex_quotes(const struct lexer *lexer, const char *at,
    enum redact_answer escapes, enum token_class class);

/* 'x' with all that goes on it; `at` is at the quote, `escapes` its mode. */
struct token lex_string(
    struct lexer *lexer, const char *at, enum redact_answer escapes);

/* The rest of a word at `at`, whose first byte was read. */
struct token lex_word(const struct lexer *lexer, const char *at);

/* A word that may be the prefix of a literal. */
struct token lex_prefixed(struct lexer *lexer, const char *at);

/* A word of MySQL that may be the charset of a literal. */
struct token lex_introducer(struct lexer *lexer, const char *at);

/* $ of PostgreSQL and MySQL. */
struct token lex_dollar(struct lexer *lexer, const char *at);

struct token lex_number(const struct lexer *lexer, const char *at);

struct token lex_comment(struct lexer *lexer, const char *at);
struct token lex_line_comment(const struct lexer *lexer, const char *at);

/* The operator of PostgreSQL that begins at `at`, or a comment. */
struct token lex_run(struct lexer *lexer, const char *at);

#endif
