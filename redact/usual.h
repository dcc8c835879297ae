/*
 * usual.h - the tokens of which most statements are made, one step each.
 *
 * In statements of data most words are names, and most signs mean what they
 * look like.  Whatever needs a second look is left to redactor_take(), with
 * which each step here agrees.
 */
#ifndef REDACT_USUAL_H
#define REDACT_USUAL_H

#include "redact/redactor.h"

/*
 * Take tokens from `at` on, up to one that is not usual; returns where that
 * stands.  For statements of data outside zones, whose items are told.
 */
const char *usual_take(struct redactor *r, const char *at);

#endif
