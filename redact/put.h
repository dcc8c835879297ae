/*
 * put.h - what was taken, to all that is made of the text.
 *
 * The redacted text gets it always; the normal form, the fingerprint and the
 * outline where they are asked for.
 */
#ifndef REDACT_PUT_H
#define REDACT_PUT_H

#include "redact/redactor.h"

/* The token as it is; white space as it is. */
void put_token(struct redactor *r, const char *at, struct token token,
    const struct word *word);
void put_space(struct redactor *r, const char *at, struct token token);

/* A `?` for a value, a blank for what is left out; the name of $a(text). */
void put_value(struct redactor *r);
void put_blank(struct redactor *r);
void put_param_text(struct redactor *r, const char *at, struct token token);

/*
 * Tokens of the text from `from` to `to`, as far as there is room: where not
 * all has, the borders between them matter.
 */
void put_apart(
    struct redactor *r, struct out *out, const char *from, const char *to);

static inline void
put_run(struct redactor *r, struct out *out, const char *from, const char *to)
{
	if (out_has_room(out, (size_t)(to - from)))
		out_keep(out, from, (size_t)(to - from));
	else
		put_apart(r, out, from, to);
}

#endif
