/*
 * Any bytes, in any mode: redact_sql_mode() ends, writes no more than it read,
 * and nothing outside `?` but what tokens that may be shown are made of; twice
 * shows no more than once, and with less room it writes a prefix and wipes the
 * rest.
 */
#include "redact/lex.h"
#include "tests/redact/fuzz_input.h"

static bool may_be_shown(enum token_class class)
{
	switch (class) {
	case TOKEN_STRING:
	case TOKEN_NUMBER:
	case TOKEN_COMMENT:
	case TOKEN_EXECUTED:
		return false;
	default:
		return true;
	}
}

/* Of $a(text) only what stands around the text. */
static size_t
put_around_text(char *to, const char *at, const char *end)
{
	const char *open = memchr(at, '(', (size_t)(end - at));
	const size_t len = (size_t)(open + 1 - at);

	memcpy(to, at, len);
	to[len] = ')';
	return len + 1;
}

/* The bytes of all tokens that may be shown. */
static size_t
put_showable(const struct input *input, char *to)
{
	const char *at = input->text;
	struct lexer lexer;
	size_t len = 0;

	lexer_begin(&lexer, input->mode, at, input->len);
	for (;;) {
		const struct token token = lex(&lexer, at);
		const size_t n = (size_t)(token.end - at);

		if (token.class == TOKEN_END || token.class >= TOKEN_UNCLOSED)
			return len;
		if (token.class == TOKEN_EXECUTED)
			lexer.executed = *at == '/';
		if (token.class == TOKEN_TEXT_PARAM) {
			len += put_around_text(to + len, at, token.end);
		} else if (may_be_shown(token.class)) {
			memcpy(to + len, at, n);
			len += n;
		}
		at = token.end;
	}
}

/* White space of any kind as blanks. */
static void
make_blanks(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= '\t' && text[i] <= '\r')
			text[i] = ' ';
}

static void
shows_what_may_be_shown(const struct input *input, const char *out, size_t n)
{
	char *showable, *text;
	size_t len;

	/* A statement of MySQL's may change how those behind it are read. */
	if (input->mode.dialect == REDACT_MYSQL && input->len > 0 &&
	    memchr(input->text, ';', input->len))
		return;
	showable = malloc(input->len + 1);
	text = malloc(n + 1);
	len = put_showable(input, showable);
	memcpy(text, out, n);
	make_blanks(text, n);
	hold(is_some_of(text, n, showable, len));
	free(showable);
	free(text);
}

/* In less room: a prefix that ends before a token, then blanks. */
static void
ends_before_a_token(const struct input *input, const char *once, size_t n)
{
	const size_t cap = input->len ? (uint8_t)*input->text % (n + 1) : 0;
	char *out = malloc(cap + 1);
	size_t i = 0;

	hold(redact_sql_mode(input->mode, input->text, input->len, out, cap) ==
	     n);
	while (i < cap && out[i] == once[i])
		i++;
	for (; i < cap; i++)
		hold(out[i] == ' ');
	free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct input input = input_of(data, size);
	char *once = malloc(input.len + 1), *twice = malloc(input.len + 1);
	const size_t n = redact_sql_mode(
	    input.mode, input.text, input.len, once, input.len);

	hold(n <= input.len);
	hold(is_some_of(
	    twice, redact_sql_mode(input.mode, once, n, twice, n), once, n));
	shows_what_may_be_shown(&input, once, n);
	ends_before_a_token(&input, once, n);
	free(once);
	free(twice);
	return 0;
}
