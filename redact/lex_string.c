/*
 * lex_string.c - literals in quotes, from their prefix to what continues them.
 */
#include "redact/lex_parts.h"

#include <strings.h>

/* Columns: lead bytes from, to; and again; trail bytes from, to; and again. */
static const struct {
	uint8_t lead[4];
	uint8_t trail[4];
} charsets[] = {
    [REDACT_CHARSET_SJIS] = {{0x81, 0x9f, 0xe0, 0xfc},
	{0x40, 0x7e, 0x80, 0xfc}},
    [REDACT_CHARSET_GBK] = {{0x81, 0xfe, 1, 0}, {0x40, 0x7e, 0x80, 0xfe}},
    [REDACT_CHARSET_BIG5] = {{0xa1, 0xf9, 1, 0}, {0x40, 0x7e, 0xa1, 0xfe}},
    [REDACT_CHARSET_JOHAB] = {{0x84, 0xf9, 1, 0}, {0x31, 0x7e, 0x91, 0xfe}},
};

static bool
is_in(const uint8_t *ranges, char byte)
{
	const uint8_t b = (uint8_t)byte;

	return (b >= ranges[0] && b <= ranges[1]) ||
	       (b >= ranges[2] && b <= ranges[3]);
}

/* Whether a character of the charset of two bytes begins at `at`. */
static bool
is_double(unsigned charset, const char *at, const char *end)
{
	if (charset == REDACT_CHARSET_PLAIN ||
	    charset == REDACT_CHARSET_UNKNOWN)
		return false;
	return end - at > 1 && is_in(charsets[charset].lead, *at) &&
	       is_in(charsets[charset].trail, at[1]);
}

/* The next quote or backslash, over characters of two bytes. */
static const char *
scan_characters(unsigned charset, const char *at, const char *end, char quote)
{
	while (at < end && *at != quote && *at != '\\')
		at += is_double(charset, at, end) ? 2 : 1;
	return at < end ? at : end;
}

/* In an unknown charset the byte before a backslash may make it a trail. */
static bool
is_doubtful_escape(const struct lexer *lexer, const char *start, const char *at,
    enum redact_answer escapes, char quote)
{
	if (lexer->mode.charset == REDACT_CHARSET_UNKNOWN && at > start &&
	    at[-1] & 0x80)
		return true;
	return escapes == REDACT_UNKNOWN &&
	       lex_is_byte(at + 1, lexer->end, quote);
}

struct token
lex_quotes(const struct lexer *lexer, const char *at,
    enum redact_answer escapes, enum token_class class)
{
	const char quote = *at;
	const char *const end = lexer->end, *const start = ++at;
	const unsigned charset = lexer->mode.charset;

	for (;;) {
		if (charset != REDACT_CHARSET_PLAIN)
			at = scan_characters(charset, at, end, quote);
		else if (escapes == REDACT_NO)
			at = scan_one(at, end, quote);
		else
			at = scan_two(at, end, quote, '\\');
		if (at == end)
			return lex_token(TOKEN_UNCLOSED, end);
		if (*at == '\\') {
			if (escapes == REDACT_NO) {
				at++;
				continue;
			}
			if (is_doubtful_escape(
				lexer, start, at, escapes, quote))
				return lex_token(TOKEN_ILLEGAL, end);
			at += end - at > 1 ? 2 : 1;
			continue;
		}
		if (quote == '`' && charset == REDACT_CHARSET_UNKNOWN &&
		    at > start && at[-1] & 0x80)
			return lex_token(TOKEN_ILLEGAL, end);
		if (!lex_is_byte(at + 1, end, quote))
			break;
		at += 2;
	}
	at++;
	/* The server may skip the comment, and then it ends here. */
	if (lexer->executed && memmem(start, (size_t)(at - start), "*/", 2))
		return lex_token(TOKEN_ILLEGAL, end);
	return lex_token(class, at);
}

/* PostgreSQL: white space with a line end in it, and comments to such. */
static const char *
skip_to_continuation(struct lexer *lexer, const char *at)
{
	bool line_end = false;

	for (; at < lexer->end; at++) {
		if (*at == '\n' || *at == '\r')
			line_end = true;
		else if (*at == '-' && lex_is_byte(at + 1, lexer->end, '-'))
			at = lex_line_comment(lexer, at).end - 1;
		else if (!lex_goes_on_space(at))
			break;
	}
	return line_end && lex_is_byte(at, lexer->end, '\'') ? at : NULL;
}

static const char *
skip_blanks(struct lexer *lexer, const char *at)
{
	while (at < lexer->end && (lex_goes_on_space(at) || *at == '/' ||
				      *at == '-' || *at == '#')) {
		struct token token = lex(lexer, at);

		if (token.class != TOKEN_BLANK && token.class != TOKEN_COMMENT)
			break;
		at = token.end;
	}
	return at;
}

/* MySQL: the next string, behind anything that is no token. */
static const char *
skip_to_neighbour(struct lexer *lexer, const char *at)
{
	at = skip_blanks(lexer, at);
	if (at < lexer->end &&
	    (*at == '\'' || (*at == '"' && lexer->mode.quotes != REDACT_NO)))
		return at;
	return NULL;
}

static const char *
next_part(struct lexer *lexer, const char *at)
{
	switch ((enum redact_dialect)lexer->mode.dialect) {
	case REDACT_POSTGRES:
		if (at == lexer->end || (!lex_goes_on_space(at) && *at != '-'))
			return NULL;
		return skip_to_continuation(lexer, at);
	case REDACT_MYSQL:
		return skip_to_neighbour(lexer, at);
	case REDACT_SQLITE:
		break;
	}
	return NULL;
}

struct token
lex_string(struct lexer *lexer, const char *at, enum redact_answer escapes)
{
	for (;;) {
		struct token token = lex_quotes(
		    lexer, at, escapes, TOKEN_STRING);
		const char *next;

		if (token.class != TOKEN_STRING)
			return token;
		next = next_part(lexer, token.end);
		if (!next)
			return token;
		at = next;
	}
}

static bool
is_digit_of(char base, char byte)
{
	if (base == 'b')
		return byte == '0' || byte == '1';
	return (byte >= '0' && byte <= '9') ||
	       ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

/* x'41', b'01'; bad or odd digits are an illegal token. */
static struct token
lex_digits(const struct lexer *lexer, const char *at)
{
	const char base = *at | 0x20, *const end = lexer->end;
	const char *digit = at + 2;

	while (digit < end && is_digit_of(base, *digit))
		digit++;
	if (lex_is_byte(digit, end, '\'') &&
	    (base == 'b' || (digit - at) % 2 == 0))
		return lex_token(TOKEN_STRING, digit + 1);
	if (!memchr(digit, '\'', (size_t)(end - digit)))
		return lex_token(TOKEN_UNCLOSED, end);
	return lex_token(TOKEN_ILLEGAL, end);
}

static struct token
lex_postgres_prefixed(struct lexer *lexer, const char *at)
{
	switch (*at | 0x20) {
	case 'e':
		return lex_string(lexer, at + 1, REDACT_YES);
	case 'n':
		return lex_string(
		    lexer, at + 1, (enum redact_answer)lexer->mode.backslash);
	default:
		return lex_string(lexer, at + 1, REDACT_NO);
	}
}

struct token
lex_prefixed(struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;
	const enum redact_dialect dialect = (enum redact_dialect)
						lexer->mode.dialect;

	if (end - at > 1 && at[1] == '\'' && (*at | 0x20) != 'u') {
		if (dialect == REDACT_POSTGRES)
			return lex_postgres_prefixed(lexer, at);
		if ((*at | 0x20) == 'n')
			return lex_string(lexer, at + 1,
			    (enum redact_answer)lexer->mode.backslash);
		return lex_digits(lexer, at);
	}
	if (dialect == REDACT_POSTGRES && (*at | 0x20) == 'u' && end - at > 2 &&
	    at[1] == '&') {
		if (at[2] == '\'')
			return lex_string(lexer, at + 2, REDACT_NO);
		if (at[2] == '"')
			return lex_quotes(lexer, at + 2, REDACT_NO, TOKEN_NAME);
	}
	return lex_word(lexer, at + 1);
}

/* clang-format off */
static const char *const introducers[] = {
	"armscii8", "ascii", "big5", "binary", "cp1250", "cp1251", "cp1256",
	"cp1257", "cp850", "cp852", "cp866", "cp932", "dec8", "eucjpms",
	"euckr", "gb18030", "gb2312", "gbk", "geostd8", "greek", "hebrew",
	"hp8", "keybcs2", "koi8r", "koi8u", "latin1", "latin2", "latin5",
	"latin7", "macce", "macroman", "sjis", "swe7", "tis620", "ucs2",
	"ujis", "utf16", "utf16le", "utf32", "utf8", "utf8mb3", "utf8mb4",
};
/* clang-format on */

static bool
is_charset(const char *at, size_t len)
{
	for (size_t i = 0; i < sizeof(introducers) / sizeof(*introducers); i++)
		if (strlen(introducers[i]) == len &&
		    strncasecmp(introducers[i], at, len) == 0)
			return true;
	return false;
}

/* What an introducer belongs to: strings, and numbers in 0x and 0b. */
static bool
is_introduced(const struct lexer *lexer, const char *at)
{
	const char *const end = lexer->end;

	if (at == end)
		return false;
	if (*at == '\'' || (*at == '"' && lexer->mode.quotes != REDACT_NO))
		return true;
	if (end - at < 2)
		return false;
	if (*at == '0')
		return at[1] == 'x' || at[1] == 'b';
	return at[1] == '\'' && ((*at | 0x20) == 'x' || (*at | 0x20) == 'b');
}

struct token
lex_introducer(struct lexer *lexer, const char *at)
{
	struct token word = lex_word(lexer, at + 1);
	const char *next;
	struct token token;

	if (word.class != TOKEN_WORD ||
	    !is_charset(at + 1, (size_t)(word.end - at - 1)))
		return word;
	next = skip_blanks(lexer, word.end);
	if (!is_introduced(lexer, next))
		return word;
	token = lex(lexer, next);
	if (token.class == TOKEN_NUMBER)
		token.class = TOKEN_STRING;
	return token;
}
