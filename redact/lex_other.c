/*
 * lex_other.c - numbers, dollar quotes, comments, PostgreSQL's operators.
 */
#include "redact/lex_parts.h"

static const char *
skip_digits(const char *at, const char *end)
{
	while (at < end && (lex_is_digit(at, end) || *at == '_'))
		at++;
	return at;
}

/* The digits of an exponent whose e stands at `at`; else `at`. */
static const char *
skip_exponent(const char *at, const char *end)
{
	const char *digit;

	if (end - at < 2 || (*at | 0x20) != 'e')
		return at;
	digit = at + 1 + (at[1] == '+' || at[1] == '-');
	return lex_is_digit(digit, end) ? digit : at;
}

static bool
is_digit_of(char base, char byte)
{
	switch (base | 0x20) {
	case 'x':
		return (byte >= '0' && byte <= '9') ||
		       ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
	case 'o':
		return byte >= '0' && byte <= '7';
	case 'b':
		return byte == '0' || byte == '1';
	default:
		return false;
	}
}

/* PostgreSQL: an underscore belongs to a number between two digits. */
static const char *
skip_grouped(const char *at, const char *end, char base)
{
	for (;;) {
		if (at < end && is_digit_of(base, *at))
			at++;
		else if (end - at > 1 && *at == '_' && is_digit_of(base, at[1]))
			at += 2;
		else
			return at;
	}
}

static const char *
skip_decimal(const char *at, const char *end)
{
	for (;;) {
		if (lex_is_digit(at, end))
			at++;
		else if (lex_is_byte(at, end, '_') && lex_is_digit(at + 1, end))
			at += 2;
		else
			return at;
	}
}

/* The word glued to a number stays; two dots are a range. */
static const char *
skip_postgres_number(const char *at, const char *end)
{
	const char *digits;

	if (*at == '0' && end - at > 1) {
		digits = skip_grouped(at + 2, end, at[1]);
		if (digits > at + 2)
			return digits;
	}
	at = skip_decimal(at, end);
	if (lex_is_byte(at, end, '.') && !lex_is_byte(at + 1, end, '.'))
		at = skip_decimal(at + 1, end);
	digits = skip_exponent(at, end);
	return digits > at ? skip_decimal(digits, end) : at;
}

struct token
lex_number(const struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;

	if (lexer->mode.dialect == REDACT_POSTGRES)
		return lex_token(TOKEN_NUMBER, skip_postgres_number(at, end));
	if (*at == '0' && end - at > 1 && (at[1] | 0x20) == 'x')
		return lex_token(TOKEN_NUMBER, block_word_end(at, end));
	at = skip_digits(at, end);
	if (lex_is_byte(at, end, '.'))
		at = skip_digits(at + 1, end);
	at = skip_exponent(at, end);
	return lex_token(TOKEN_NUMBER, block_word_end(at, end));
}

/* The $ that ends a tag at `at`; NULL if none does. */
static const char *
tag_end(const char *at, const char *end)
{
	if (lex_is_digit(at, end))
		return NULL;
	while (at < end && *at != '$' && lex_goes_on_word(at))
		at++;
	return lex_is_byte(at, end, '$') ? at : NULL;
}

/*
 * $tag$ ... $tag$ and $1.  MariaDB reads a word where MySQL 9 reads a quote,
 * and what may be one is hidden.
 */
struct token
lex_dollar(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;
	const char *tag = tag_end(at + 1, end);

	if (tag) {
		size_t len = (size_t)(tag + 1 - at);
		const char *close = memmem(
		    tag + 1, (size_t)(end - tag - 1), at, len);

		if (!close)
			return lex_token(TOKEN_UNCLOSED, end);
		return lex_token(TOKEN_STRING, close + len);
	}
	if (lexer->mode.dialect == REDACT_MYSQL)
		return lex_word(lexer, at + 1);
	if (!lex_is_digit(at + 1, end))
		return lex_token(TOKEN_ILLEGAL, end);
	do
		at++;
	while (lex_is_digit(at + 1, end));
	return lex_token(TOKEN_MARK, at + 1);
}

/* To the line's end, which for PostgreSQL a carriage return is, too. */
struct token
lex_line_comment(const struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;
	const char *close;

	if (lexer->mode.dialect == REDACT_POSTGRES)
		return lex_token(TOKEN_COMMENT, scan_two(at, end, '\n', '\r'));
	close = scan_one(at, end, '\n');
	/* Where the server skips what is around it, it ends that. */
	if (lexer->executed && memmem(at, (size_t)(close - at), "*/", 2))
		return lex_token(TOKEN_ILLEGAL, end);
	return lex_token(TOKEN_COMMENT, close);
}

/* A comment of PostgreSQL, which nests. */
static struct token
lex_nested_comment(const char *at, const char *end)
{
	size_t depth = 0;

	while (at < end) {
		at = scan_two(at, end, '*', '/');
		if (end - at < 2)
			break;
		if (at[0] == '/' && at[1] == '*') {
			depth++;
			at += 2;
		} else if (at[0] == '*' && at[1] == '/') {
			at += 2;
			if (--depth == 0)
				return lex_token(TOKEN_COMMENT, at);
		} else {
			at++;
		}
	}
	return lex_token(TOKEN_COMMENT, end);
}

/* The mark of a comment that MySQL or MariaDB executes, with its version. */
static const char *
executed_mark(const char *at, const char *end)
{
	at += 2;
	if (lex_is_byte(at, end, 'M'))
		at++;
	if (!lex_is_byte(at, end, '!'))
		return NULL;
	do
		at++;
	while (lex_is_digit(at, end));
	return at;
}

/* A comment that stays open goes to the end of the text. */
struct token
lex_comment(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;
	const char *close;

	if (lexer->mode.dialect == REDACT_POSTGRES)
		return lex_nested_comment(at, end);
	if (lexer->mode.dialect == REDACT_MYSQL) {
		const char *inside = executed_mark(at, end);

		if (inside)
			return lex_token(TOKEN_EXECUTED, inside);
	}
	close = memmem(at + 2, (size_t)(end - at - 2), "*/", 2);
	return lex_token(TOKEN_COMMENT, close ? close + 2 : end);
}

/* Bytes of PostgreSQL's operators; those that let one end in + or - are 2. */
static unsigned
operator_byte(char byte)
{
	switch (byte) {
	case '~':
	case '!':
	case '@':
	case '#':
	case '^':
	case '&':
	case '|':
	case '`':
	case '?':
	case '%':
		return 2;
	case '+':
	case '-':
	case '*':
	case '/':
	case '<':
	case '>':
	case '=':
		return 1;
	default:
		return 0;
	}
}

static bool
opens_comment(const char *at, const char *end)
{
	return end - at > 1 && ((at[0] == '-' && at[1] == '-') ||
				   (at[0] == '/' && at[1] == '*'));
}

static bool
is_comparison(const char *at, const char *end)
{
	return *at == '=' || *at == '<' || *at == '>' || *at == '!' ||
	       *at == '~' || *at == '@' || end - at > 1;
}

struct token
lex_run(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end, *stop = at;
	unsigned kinds = 0;

	if (opens_comment(at, end))
		return *at == '-' ? lex_line_comment(lexer, at)
				  : lex_comment(lexer, at);
	while (stop < end && operator_byte(*stop) && !opens_comment(stop, end))
		kinds |= operator_byte(*stop++);
	if (!(kinds & 2))
		while (stop - at > 1 && (stop[-1] == '+' || stop[-1] == '-'))
			stop--;
	return lex_token(
	    is_comparison(at, stop) ? TOKEN_COMPARE : TOKEN_OPERATOR, stop);
}
