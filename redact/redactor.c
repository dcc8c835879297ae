/*
 * redactor.c - the passes over a text.
 */
#include "redact/redactor.h"

#include "redact/analysis.h"
#include "redact/plain.h"
#include "redact/put.h"
#include "redact/usual.h"

/* In statements of data no bare word is a secret. */
static inline bool
is_usual(const struct redactor *r)
{
	return r->statement <= STATEMENT_DATA && r->zone == ZONE_NONE &&
	       !r->lexer.executed &&
	       r->lexer.mode.charset == REDACT_CHARSET_PLAIN;
}

static enum stop
pass(struct redactor *r, const char *at)
{
	for (;;) {
		struct token token;
		enum stop stop = STOP_END;

		if (r->tells && is_usual(r))
			at = usual_take(r, at);
		else if (plain_may_skip(r))
			at = plain_skip(r, at, &stop);
		if (stop != STOP_END)
			return stop;
		token = lex(&r->lexer, at);
		if (token.class == TOKEN_END)
			return STOP_END;
		stop = redactor_take(r, at, token);
		if (stop != STOP_END)
			return stop;
		at = token.end;
	}
}

/* What is left of the text cannot be read. */
static void
put_lost(struct redactor *r)
{
	if (r->zone == ZONE_NONE || !r->zone_filled)
		put_value(r);
}

static void
redactor_begin(struct redactor *r, struct redact_mode mode, const char *sql,
    size_t len, char *out, size_t cap)
{
	lexer_begin(&r->lexer, mode, sql, len);
	out_begin(&r->out, out, cap);
	r->first_quote = NULL;
	r->zone = ZONE_NONE;
	r->zone_filled = false;
	r->is_not = false;
	r->remode = false;
	statement_begins(r);
}

static void
redactor_finish(struct redactor *r, struct analysis *analysis)
{
	if (r->shape)
		analysis->fingerprint = shape_end(r->shape);
	if (r->outline)
		outline_end(r->outline);
}

static void
analysis_begin(struct analysis *analysis, const struct redactor *r)
{
	const struct lexer *lexer = &r->lexer;

	shape_begin(&analysis->shape, lexer->mode, analysis->normal,
	    analysis->normal_cap);
	outline_begin(&analysis->outline, lexer->mode, &r->before, lexer->begin,
	    lexer->end);
}

/*
 * Pass over the text, again where more is needed than was kept, and again up
 * to where it can be read.  A second pass to a cut has no quotes, and ends.
 */
size_t
redactor_run(struct redact_mode mode, const char *sql, size_t len, char *out,
    size_t cap, struct analysis *analysis)
{
	struct redactor r;
	size_t written = 0;
	enum stop stop;

	r.shape = analysis ? &analysis->shape : NULL;
	r.outline = analysis ? &analysis->outline : NULL;
	r.tracks = r.tells = analysis;
	r.lost = false;
	for (;;) {
		redactor_begin(&r, mode, sql, len, out, cap);
		if (analysis)
			analysis_begin(analysis, &r);
		stop = pass(&r, sql);
		if (stop == STOP_LOST || (stop == STOP_END && r.lost))
			put_lost(&r);
		out_flush(&r.out);
		if (stop == STOP_END || stop == STOP_LOST)
			break;
		if (r.out.stored > written)
			written = r.out.stored;
		if (stop == STOP_TRACK) {
			r.tracks = true;
			continue;
		}
		len = (size_t)(r.cut - sql);
		r.lost = true;
	}
	if (written > r.out.stored)
		memset(out + r.out.stored, ' ', written - r.out.stored);
	if (analysis) {
		analysis->lost = r.lost || stop == STOP_LOST;
		redactor_finish(&r, analysis);
	}
	return out_end(&r.out);
}
