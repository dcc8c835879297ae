/*
 * lex.c - tokens, as the dialects' own scanners cut them.
 *
 * One switch over the first byte serves all dialects; what differs stands in
 * the tables of lex_starts.h, and where a table is not enough, in the mode.
 */
#include "redact/lex.h"

#include "redact/lex_parts.h"
#include "redact/lex_starts.h"

/* clang-format off */
const uint8_t block_word_bytes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 00 */
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 10 */
	0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 20 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, /* 30 */
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 40 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, /* 50 */
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 60 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, /* 70 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 80 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 90 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* A0 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* B0 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* C0 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* D0 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* E0 */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* F0 */
};
/* clang-format on */

void
lexer_begin(
    struct lexer *lexer, struct redact_mode mode, const char *sql, size_t len)
{
	static const uint8_t *const starts[] = {
	    [REDACT_SQLITE] = sqlite_starts,
	    [REDACT_POSTGRES] = postgres_starts,
	    [REDACT_MYSQL] = mysql_starts,
	};

	*lexer = (struct lexer){
	    .mode = mode,
	    .begin = sql,
	    .end = sql + len,
	    .starts = starts[mode.dialect],
	};
}

/*
 * A word.  In a charset with such characters the last byte of one may look
 * like a quote or an operator.
 */
struct token
lex_word(const struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;
	const unsigned charset = lexer->mode.charset;

	at = block_word_end(at, end);
	while (charset != REDACT_CHARSET_PLAIN && at < end && at[-1] & 0x80 &&
	       (*at == '\\' || *at == '`' || *at == '{' || *at == '|' ||
		   *at == '}' || *at == '~' || *at == '[' || *at == ']' ||
		   *at == '@' || *at == '^')) {
		/* Whether at[-1] leads or trails is not known here. */
		if (*at == '\\' || *at == '`' || *at == '[')
			return lex_token(TOKEN_ILLEGAL, end);
		at = block_word_end(at + 1, end);
	}
	return lex_token(TOKEN_WORD, at);
}

static struct token
lex_space(const char *at, const char *end)
{
	do
		at++;
	while (at < end && lex_goes_on_space(at));
	return lex_token(TOKEN_BLANK, at);
}

static struct token
lex_bracket(const char *at, const char *end)
{
	const char *close = memchr(at, ']', (size_t)(end - at));

	if (!close)
		return lex_token(TOKEN_UNCLOSED, end);
	return lex_token(TOKEN_NAME, close + 1);
}

/*
 * "x" is a name, a string, or may be either; then a backslash before its quote
 * would have two readings.
 */
static struct token
lex_double_quote(struct lexer *lexer, const char *at)
{
	const struct redact_mode *mode = &lexer->mode;

	if (mode->quotes == REDACT_NO)
		return lex_quotes(lexer, at, REDACT_NO, TOKEN_NAME);
	if (mode->dialect == REDACT_SQLITE)
		return lex_quotes(lexer, at, REDACT_NO, TOKEN_QUOTED);
	if (mode->quotes == REDACT_UNKNOWN && mode->backslash != REDACT_NO)
		return lex_string(lexer, at, REDACT_UNKNOWN);
	return lex_string(lexer, at, (enum redact_answer)mode->backslash);
}

static bool
is_blank_or_end(const char *at, const char *end)
{
	return at == end || (unsigned char)*at <= ' ' || *at == 0x7f;
}

/*
 * Dashes: a comment always, or in MySQL before a blank.  Where they would only
 * be one when a comment behind them is gone, nothing is shown.
 */
static struct token
lex_dashes(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end, *behind = at + 2;

	if (lexer->mode.dialect != REDACT_MYSQL || is_blank_or_end(behind, end))
		return lex_line_comment(lexer, at);
	while (lex_is_byte(behind, end, '-'))
		behind++;
	if (is_blank_or_end(behind, end)) {
		if (behind - at == 3)
			return lex_token(TOKEN_OPERATOR, at + 1);
		return lex_token(TOKEN_ILLEGAL, end);
	}
	if (*behind == '#' || *behind == '/' || *behind == '*')
		return lex_token(TOKEN_ILLEGAL, end);
	return lex_token(TOKEN_OPERATOR, behind);
}

static struct token
lex_dash(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;

	if (lex_is_byte(at + 1, end, '-'))
		return lex_dashes(lexer, at);
	if (!lex_is_byte(at + 1, end, '>'))
		return lex_token(TOKEN_OPERATOR, at + 1);
	return lex_token(TOKEN_COMPARE, at + 2 + lex_is_byte(at + 2, end, '>'));
}

static struct token
lex_compare(const char *at, const char *end)
{
	const char next = end - at > 1 ? at[1] : '\0';
	bool two = next == '=' || (*at != '=' && next == '>') ||
		   (*at == '<' && next == '<');

	at += 1 + two;
	if (two && at[-2] == '<' && at[-1] == '=' && lex_is_byte(at, end, '>'))
		at++;
	return lex_token(TOKEN_COMPARE, at);
}

static struct token
lex_bang(const struct lexer *lexer, const char *at)
{
	if (lex_is_byte(at + 1, lexer->end, '='))
		return lex_token(TOKEN_COMPARE, at + 2);
	if (lexer->mode.dialect == REDACT_MYSQL)
		return lex_token(TOKEN_OPERATOR, at + 1);
	return lex_token(TOKEN_ILLEGAL, lexer->end);
}

/* The text of $a(text): to its parenthesis, without white space. */
static struct token
lex_param_text(const char *at, const char *end)
{
	while (at < end && !lex_goes_on_space(at) && *at != ')')
		at++;
	if (!lex_is_byte(at, end, ')'))
		return lex_token(TOKEN_ILLEGAL, end);
	return lex_token(TOKEN_TEXT_PARAM, at + 1);
}

static struct token
lex_param(const char *at, const char *end)
{
	bool named = false;

	for (at++; at < end; at++) {
		if (lex_goes_on_word(at))
			named = true;
		else if (*at == '(' && named)
			return lex_param_text(at + 1, end);
		else if (*at == ':' && lex_is_byte(at + 1, end, ':'))
			at++;
		else
			break;
	}
	return lex_token(named ? TOKEN_PARAM : TOKEN_ILLEGAL, at);
}

static struct token
lex_question(const struct lexer *lexer, const char *at)
{
	do
		at++;
	while (lexer->mode.dialect == REDACT_SQLITE &&
	       lex_is_digit(at, lexer->end));
	return lex_token(TOKEN_MARK, at);
}

/* @v and @@v; before a quote or a digit, which may be hidden, @ alone. */
static struct token
lex_variable(const char *at, const char *end)
{
	const char *name = at + 1 + lex_is_byte(at + 1, end, '@');

	if (name == end || lex_is_digit(name, end) || !lex_goes_on_word(name))
		return lex_token(TOKEN_OPERATOR, name);
	while (name < end && (lex_goes_on_word(name) || *name == '.'))
		name++;
	return lex_token(TOKEN_VARIABLE, name);
}

static struct token
lex_two(const char *at, const char *end, char second, enum token_class class)
{
	return lex_token(class, at + 1 + lex_is_byte(at + 1, end, second));
}

static struct token
lex_colon(const char *at, const char *end)
{
	bool two = lex_is_byte(at + 1, end, ':') ||
		   lex_is_byte(at + 1, end, '=');

	return lex_token(TOKEN_OPERATOR, at + 1 + two);
}

/* A dot, a number, or .. of PostgreSQL's ranges. */
static struct token
lex_dot(const struct lexer *lexer, const char *at)
{
	if (lex_is_digit(at + 1, lexer->end))
		return lex_number(lexer, at);
	if (lex_is_byte(at + 1, lexer->end, '.') &&
	    lexer->mode.dialect == REDACT_POSTGRES)
		return lex_token(TOKEN_OPERATOR, at + 2);
	return lex_token(TOKEN_DOT, at + 1);
}

static struct token
lex_star(const struct lexer *lexer, const char *at)
{
	if (lexer->executed && lex_is_byte(at + 1, lexer->end, '/'))
		return lex_token(TOKEN_EXECUTED, at + 2);
	return lex_token(TOKEN_OPERATOR, at + 1);
}

/* \N, another way to write NULL.  Glued to a word it may be read in two ways.
 */
static struct token
lex_backslash(const char *at, const char *end)
{
	if (lex_is_byte(at + 1, end, 'N') &&
	    (at + 2 == end || !lex_goes_on_word(at + 2)))
		return lex_token(TOKEN_OPERATOR, at + 2);
	return lex_token(TOKEN_ILLEGAL, end);
}

struct token
lex(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;

	if (at == end)
		return lex_token(TOKEN_END, at);
	switch ((enum start)lexer->starts[(unsigned char)*at]) {
	case PRE:
		return lex_prefixed(lexer, at);
	case UND:
		return lex_introducer(lexer, at);
	case BOM:
		if (end - at > 2 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
			return lex_token(TOKEN_BLANK, at + 3);
		return lex_word(lexer, at + 1);
	case LET:
		return lex_word(lexer, at + 1);
	case DIG:
		return lex_number(lexer, at);
	case DOL:
		if (lexer->mode.dialect == REDACT_SQLITE)
			return lex_param(at, end);
		return lex_dollar(lexer, at);
	case SIG:
		return lex_param(at, end);
	case QUE:
		return lex_question(lexer, at);
	case SPC:
		return lex_space(at, end);
	case STR:
		return lex_string(
		    lexer, at, (enum redact_answer)lexer->mode.backslash);
	case DBL:
		return lex_double_quote(lexer, at);
	case TCK:
		return lex_quotes(lexer, at, REDACT_NO, TOKEN_NAME);
	case BRA:
		return lex_bracket(at, end);
	case DSH:
		return lex_dash(lexer, at);
	case SLA:
		if (lex_is_byte(at + 1, end, '*'))
			return lex_comment(lexer, at);
		return lex_token(TOKEN_OPERATOR, at + 1);
	case HSH:
		return lex_line_comment(lexer, at);
	case DOT:
		return lex_dot(lexer, at);
	case COM:
		return lex_token(TOKEN_COMMA, at + 1);
	case OPN:
		return lex_token(TOKEN_OPEN, at + 1);
	case CLO:
		return lex_token(TOKEN_CLOSE, at + 1);
	case SEM:
		return lex_token(TOKEN_SEMICOLON, at + 1);
	case OPR:
		return lex_token(TOKEN_OPERATOR, at + 1);
	case CMP:
		return lex_compare(at, end);
	case BNG:
		return lex_bang(lexer, at);
	case PIP:
		return lex_two(at, end, *at, TOKEN_OPERATOR);
	case STA:
		return lex_star(lexer, at);
	case COL:
		return lex_colon(at, end);
	case RUN:
		return lex_run(lexer, at);
	case AT:
		return lex_variable(at, end);
	case BKS:
		return lex_backslash(at, end);
	case NUL:
		return lex_token(TOKEN_END, at);
	case ILL:
		break;
	}
	return lex_token(TOKEN_ILLEGAL, end);
}
