/*
 * sqlite_lex.c - SQLite's tokens, as its own tokenizer cuts them.
 *
 * Where versions differ the longer token wins: all letters and digits glued
 * to a number belong to it, since 1_000 is one number from 3.46 on.
 */
#include "redact/lex.h"

#include <stdint.h>
#include <string.h>

/* What the first byte of a token says.  In a word go on LET to DOL. */
enum start {
	LET, /* a letter, _ or a byte from 80 on */
	BLB, /* x, which begins a blob before a quote */
	BOM, /* EF, which begins a byte order mark or a word */
	DIG,
	DOL, /* $ begins a parameter */
	SIG, /* : @ # the same, but end a word */
	QUE, /* ? */
	SPC,
	STR, /* ' */
	DBL, /* " and backtick */
	BRA, /* [ */
	DSH, /* - -- -> ->> */
	SLA, /* a division or a comment */
	DOT, /* a dot or a number */
	COM,
	OPN,
	CLO,
	SEM,
	OPR, /* an operator of one byte */
	CMP, /* = == < <= <> << > >= >> */
	BNG, /* ! of != */
	PIP, /* | || */
	NUL, /* ends the text */
	ILL,
};

/* clang-format off */
static const uint8_t starts[256] = {
	NUL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, SPC, SPC, ILL, SPC, SPC, ILL, ILL, /* 00 */
	ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, /* 10 */
	SPC, BNG, DBL, SIG, DOL, OPR, OPR, STR, OPN, CLO, OPR, OPR, COM, DSH, DOT, SLA, /* 20 */
	DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, SIG, SEM, CMP, CMP, CMP, QUE, /* 30 */
	SIG, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 40 */
	LET, LET, LET, LET, LET, LET, LET, LET, BLB, LET, LET, BRA, ILL, ILL, ILL, LET, /* 50 */
	DBL, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 60 */
	LET, LET, LET, LET, LET, LET, LET, LET, BLB, LET, LET, ILL, PIP, ILL, OPR, ILL, /* 70 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 80 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 90 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* A0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* B0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* C0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* D0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, BOM, /* E0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* F0 */
};
/* clang-format on */

static inline enum start
start_of(const char *at)
{
	return (enum start)starts[(unsigned char)*at];
}

static inline bool
goes_on_word(const char *at)
{
	return starts[(unsigned char)*at] <= DOL;
}

static inline bool
is_digit(const char *at, const char *end)
{
	return at < end && starts[(unsigned char)*at] == DIG;
}

static inline bool
is_byte(const char *at, const char *end, char byte)
{
	return at < end && *at == byte;
}

/* A vertical tab goes on a run of white space, but cannot begin one. */
static inline bool
goes_on_space(const char *at)
{
	return *at == ' ' || (*at >= '\t' && *at <= '\r');
}

static inline const char *
skip_word(const char *at, const char *end)
{
	while (at < end && goes_on_word(at))
		at++;
	return at;
}

static const char *
skip_digits(const char *at, const char *end)
{
	while (at < end && (is_digit(at, end) || *at == '_'))
		at++;
	return at;
}

static struct token
token_of(enum token_class class, const char *end)
{
	return (struct token){.end = end, .class = class};
}

static struct token
lex_space(const char *at, const char *end)
{
	do
		at++;
	while (at < end && goes_on_space(at));
	return token_of(TOKEN_BLANK, at);
}

/*
 * A text in quotes that double to stand for themselves.  memchr() steps from
 * quote to quote, so a long string costs what the C library's search costs.
 */
static struct token
lex_quotes(const char *at, const char *end, enum token_class class)
{
	const char quote = *at++;

	for (;;) {
		/* Most strings are too short for a call. */
		const char *near = end - at > 16 ? at + 16 : end;

		while (at < near && *at != quote)
			at++;
		if (at == near && at < end)
			at = memchr(at, quote, (size_t)(end - at));
		if (!at || at == end)
			return token_of(TOKEN_UNCLOSED, end);
		if (!is_byte(at + 1, end, quote))
			return token_of(class, at + 1);
		at += 2;
	}
}

static struct token
lex_bracket(const char *at, const char *end)
{
	const char *close = memchr(at, ']', (size_t)(end - at));

	if (!close)
		return token_of(TOKEN_UNCLOSED, end);
	return token_of(TOKEN_NAME, close + 1);
}

static bool
is_hex(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
	       (byte >= 'A' && byte <= 'F');
}

/* x'41'; bad or odd digits are an illegal token. */
static struct token
lex_blob(const char *at, const char *end)
{
	const char *digit = at + 2;

	while (digit < end && is_hex(*digit))
		digit++;
	if (is_byte(digit, end, '\'') && (digit - at) % 2 == 0)
		return token_of(TOKEN_STRING, digit + 1);
	if (!memchr(digit, '\'', (size_t)(end - digit)))
		return token_of(TOKEN_UNCLOSED, end);
	return token_of(TOKEN_ILLEGAL, end);
}

static struct token
lex_number(const char *at, const char *end)
{
	if (*at == '0' && end - at > 1 && (at[1] | 0x20) == 'x')
		return token_of(TOKEN_NUMBER, skip_word(at, end));
	at = skip_digits(at, end);
	if (is_byte(at, end, '.'))
		at = skip_digits(at + 1, end);
	if (end - at > 1 && (*at | 0x20) == 'e') {
		const char *digit = at + 1 + (at[1] == '+' || at[1] == '-');

		if (is_digit(digit, end))
			at = digit;
	}
	return token_of(TOKEN_NUMBER, skip_word(at, end));
}

static struct token
lex_line_comment(const char *at, const char *end)
{
	const char *close = memchr(at, '\n', (size_t)(end - at));

	return token_of(TOKEN_COMMENT, close ? close : end);
}

static struct token
lex_dash(const char *at, const char *end)
{
	if (is_byte(at + 1, end, '-'))
		return lex_line_comment(at, end);
	if (!is_byte(at + 1, end, '>'))
		return token_of(TOKEN_OPERATOR, at + 1);
	return token_of(TOKEN_COMPARE, at + 2 + is_byte(at + 2, end, '>'));
}

/*
 * A comment may stay open; one that is nothing but its mark is an error for
 * SQLite and a comment here.
 */
static struct token
lex_slash(const char *at, const char *end)
{
	const char *close;

	if (!is_byte(at + 1, end, '*'))
		return token_of(TOKEN_OPERATOR, at + 1);
	close = memmem(at + 2, (size_t)(end - at - 2), "*/", 2);
	return token_of(TOKEN_COMMENT, close ? close + 2 : end);
}

static struct token
lex_compare(const char *at, const char *end)
{
	const char next = end - at > 1 ? at[1] : '\0';
	bool two = next == '=' || (*at != '=' && next == '>') ||
		   (*at == '<' && next == '<');

	return token_of(TOKEN_COMPARE, at + 1 + two);
}

/* The text of $a(text): to its parenthesis, without white space. */
static struct token
lex_param_text(const char *at, const char *end)
{
	while (at < end && !goes_on_space(at) && *at != ')')
		at++;
	if (!is_byte(at, end, ')'))
		return token_of(TOKEN_ILLEGAL, end);
	return token_of(TOKEN_TEXT_PARAM, at + 1);
}

static struct token
lex_param(const char *at, const char *end)
{
	bool named = false;

	for (at++; at < end; at++) {
		if (goes_on_word(at))
			named = true;
		else if (*at == '(' && named)
			return lex_param_text(at + 1, end);
		else if (*at == ':' && is_byte(at + 1, end, ':'))
			at++;
		else
			break;
	}
	return token_of(named ? TOKEN_PARAM : TOKEN_ILLEGAL, at);
}

static struct token
lex_question(const char *at, const char *end)
{
	do
		at++;
	while (is_digit(at, end));
	return token_of(TOKEN_MARK, at);
}

static struct token
lex_two(const char *at, const char *end, char second, enum token_class class)
{
	return token_of(class, at + 1 + is_byte(at + 1, end, second));
}

struct token
lex_sqlite(const char *at, const char *end)
{
	if (at == end)
		return token_of(TOKEN_END, at);
	switch (start_of(at)) {
	case BLB:
		if (is_byte(at + 1, end, '\''))
			return lex_blob(at, end);
		return token_of(TOKEN_WORD, skip_word(at + 1, end));
	case BOM:
		if (end - at > 2 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
			return token_of(TOKEN_BLANK, at + 3);
		return token_of(TOKEN_WORD, skip_word(at + 1, end));
	case LET:
		return token_of(TOKEN_WORD, skip_word(at + 1, end));
	case DIG:
		return lex_number(at, end);
	case DOL:
	case SIG:
		return lex_param(at, end);
	case QUE:
		return lex_question(at, end);
	case SPC:
		return lex_space(at, end);
	case STR:
		return lex_quotes(at, end, TOKEN_STRING);
	case DBL:
		return lex_quotes(
		    at, end, *at == '"' ? TOKEN_QUOTED : TOKEN_NAME);
	case BRA:
		return lex_bracket(at, end);
	case DSH:
		return lex_dash(at, end);
	case SLA:
		return lex_slash(at, end);
	case DOT:
		if (is_digit(at + 1, end))
			return lex_number(at, end);
		return token_of(TOKEN_DOT, at + 1);
	case COM:
		return token_of(TOKEN_COMMA, at + 1);
	case OPN:
		return token_of(TOKEN_OPEN, at + 1);
	case CLO:
		return token_of(TOKEN_CLOSE, at + 1);
	case SEM:
		return token_of(TOKEN_SEMICOLON, at + 1);
	case OPR:
		return token_of(TOKEN_OPERATOR, at + 1);
	case CMP:
		return lex_compare(at, end);
	case BNG:
		if (is_byte(at + 1, end, '='))
			return token_of(TOKEN_COMPARE, at + 2);
		return token_of(TOKEN_ILLEGAL, end);
	case PIP:
		return lex_two(at, end, '|', TOKEN_OPERATOR);
	case NUL:
		return token_of(TOKEN_END, at);
	case ILL:
		break;
	}
	return token_of(TOKEN_ILLEGAL, end);
}
