/*
 * redactor.c - the passes over a text.
 */
#include "redact/redactor.h"

#include "redact/analysis.h"
#include "redact/lex_parts.h"
#include "redact/plain.h"

/* Tell those who make more of the text. */
static inline void
tell(struct redactor *r, enum token_class class, const char *at, size_t len,
    const struct word *word)
{
	const struct item item = {class, at, len, word};

	if (r->shape)
		shape_take(r->shape, &item);
	if (r->outline && class != TOKEN_BLANK)
		outline_take(r->outline, &item);
}

void
put_token(struct redactor *r, const char *at, struct token token,
    const struct word *word)
{
	const size_t len = (size_t)(token.end - at);

	out_keep(&r->out, at, len);
	if (r->tells)
		tell(r, token.class, at, len, word);
}

void
put_hidden(struct redactor *r, const char *at, struct token token)
{
	out_byte(&r->out, '?');
	if (r->tells)
		tell(r, TOKEN_STRING, at, (size_t)(token.end - at), NULL);
}

/* $a(text): the name stays. */
void
put_param_text(struct redactor *r, const char *at, struct token token)
{
	const char *open = memchr(at, '(', (size_t)(token.end - at));

	out_keep(&r->out, at, (size_t)(open + 1 - at));
	if (token.end - open > 2)
		out_byte(&r->out, '?');
	out_keep(&r->out, token.end - 1, 1);
	if (r->tells)
		tell(r, token.class, at, (size_t)(open - at), NULL);
}

void
put_blank(struct redactor *r)
{
	out_byte(&r->out, ' ');
	if (r->tells)
		tell(r, TOKEN_BLANK, NULL, 0, NULL);
}

/* The most frequent token outside zones. */
static inline bool
is_single_blank(const struct redactor *r, const char *at)
{
	return r->zone == ZONE_NONE && r->lexer.end - at > 1 && *at == ' ' &&
	       !lex_goes_on_space(at + 1);
}

static inline void
keep_blank(struct redactor *r, const char *at)
{
	out_keep(&r->out, at, 1);
	if (r->shape)
		r->shape->blank = true;
}

static enum stop
pass(struct redactor *r, const char *at)
{
	for (;;) {
		struct token token;
		enum stop stop;

		if (plain_may_skip(r)) {
			at = plain_skip(r, at);
			if (r->tracks)
				return STOP_TRACK;
		}
		if (is_single_blank(r, at)) {
			keep_blank(r, at++);
			continue;
		}
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
		put_hidden(r, r->lexer.end,
		    (struct token){r->lexer.end, TOKEN_ILLEGAL});
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
	    analysis->normal_cap, lexer->end);
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
