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

#endif
