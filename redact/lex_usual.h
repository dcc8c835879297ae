/*
 * lex_usual.h - the literals of which most texts are full, read quickly.
 *
 * The same as lex_string() and lex_number(), to which they leave all others.
 * Not for comments that MySQL executes, nor charsets other than plain ones.
 */
#ifndef REDACT_LEX_USUAL_H
#define REDACT_LEX_USUAL_H

#include "redact/lex_parts.h"
#include "redact/scan.h"

/* A letter or a sign behind a string: nothing that could go on it. */
static inline bool
lex_ends_string(const char *at)
{
	return *at == ',' || *at == ')' || (*at >= 'A' && *at <= 'Z') ||
	       (*at >= 'a' && *at <= 'z');
}

/* Most are short, and have neither doubled quotes nor escapes. */
static inline struct token
lex_usual_string(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end - at > 64 ? at + 64 : lexer->end;
	const char *const close = scan_two(at + 1, end, '\'', '\\');

	if (end - close > 2 && *close == '\'' &&
	    (close[1] == ',' || close[1] == ')' ||
		(close[1] == ' ' && lex_ends_string(close + 2))))
		return lex_token(TOKEN_STRING, close + 1);
	return lex_string(lexer, at, (enum redact_answer)lexer->mode.backslash);
}

/* Most are digits alone. */
static inline struct token
lex_usual_number(const struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;
	const char *digit = at + 1;

	while (digit < end && *digit >= '0' && *digit <= '9')
		digit++;
	if (digit == end || (!lex_goes_on_word(digit) && *digit != '.'))
		return lex_token(TOKEN_NUMBER, digit);
	return lex_number(lexer, at);
}

#endif
