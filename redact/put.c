/*
 * put.c - what was taken, to all that is made of the text.
 */
#include "redact/put.h"

#include "redact/outline.h"
#include "redact/shape.h"

static void
tell(struct redactor *r, enum token_class class, const char *at, size_t len,
    const struct word *word)
{
	const struct item item = {class, at, len, word};

	if (!r->tells)
		return;
	shape_take(r->shape, &item);
	outline_take(r->outline, &item);
}

void
put_token(struct redactor *r, const char *at, struct token token,
    const struct word *word)
{
	const size_t len = (size_t)(token.end - at);

	out_keep(&r->out, at, len);
	tell(r, token.class, at, len, word);
}

void
put_space(struct redactor *r, const char *at, struct token token)
{
	out_keep(&r->out, at, (size_t)(token.end - at));
	if (r->tells)
		r->shape->blank = true;
}

void
put_value(struct redactor *r)
{
	out_byte(&r->out, '?');
	tell(r, TOKEN_STRING, NULL, 0, NULL);
}

void
put_blank(struct redactor *r)
{
	out_byte(&r->out, ' ');
	if (r->tells)
		r->shape->blank = true;
}

void
put_param_text(struct redactor *r, const char *at, struct token token)
{
	const char *open = memchr(at, '(', (size_t)(token.end - at));

	out_keep(&r->out, at, (size_t)(open + 1 - at));
	if (token.end - open > 2)
		out_byte(&r->out, '?');
	out_keep(&r->out, token.end - 1, 1);
	tell(r, token.class, at, (size_t)(open - at), NULL);
}

void
put_apart(struct redactor *r, struct out *out, const char *from, const char *to)
{
	while (from < to) {
		const char *const at = from + (*from == ' ');
		const char *end = at < to ? lex(&r->lexer, at).end : to;

		if (end > to)
			end = to;
		out_keep(out, from, (size_t)(end - from));
		from = end;
	}
}
