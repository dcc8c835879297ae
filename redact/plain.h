/*
 * plain.h - over what needs no look: most of most statements.
 *
 * In SELECT and its like a bare word is never a secret, so all up to the next
 * literal, comment, parameter or quote is kept as it is, and no word is looked
 * up.  Where the words before matter after all, the pass is made again with
 * all of them tracked; what comes out is the same either way.
 */
#ifndef REDACT_PLAIN_H
#define REDACT_PLAIN_H

#include "redact/redactor.h"

/*
 * Keep what is plain from `at` on, hide TRUE and FALSE in it; returns where it
 * ends.  Behind it no word is remembered.  Asks for tracking by STOP_TRACK.
 */
const char *plain_skip(struct redactor *r, const char *at, enum stop *ret_stop);

static inline bool
plain_may_skip(const struct redactor *r)
{
	return r->statement <= STATEMENT_DATA && !r->tracks &&
	       r->zone == ZONE_NONE && !r->lexer.executed &&
	       r->lexer.mode.charset == REDACT_CHARSET_PLAIN;
}

#endif
