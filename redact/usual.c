/*
 * usual.c - the tokens of which most statements are made, one step each.
 *
 * A single blank belongs to what follows it: `from` is where that begins.
 */
#include "redact/usual.h"

#include "redact/lex_starts.h"
#include "redact/lex_usual.h"
#include "redact/outline.h"
#include "redact/put.h"
#include "redact/shape.h"
#include "redact/words_find.h"

#define IN(start) (UINT32_C(1) << (start))
#define IN_WORD (IN(LET) | IN(PRE))
/* What may stand behind an operator, and is no part of one. */
#define IN_OPERAND \
 (IN_WORD | IN(SPC) | IN(DIG) | IN(STR) | IN(OPN) | IN(CLO) | IN(COM) | IN(DOL))

/* Whether the byte begins a token of one of these kinds: bits by enum start. */
static inline bool
is_start(const struct redactor *r, const char *at, uint32_t kinds)
{
	return kinds >> r->lexer.starts[(unsigned char)*at] & 1;
}

/* Let the redacted text have what was taken and kept since the last time. */
static inline void
settle(struct redactor *r, const char *to)
{
	if (r->kept < to)
		put_run(r, &r->out, r->kept, to);
	r->kept = to;
}

/* The normal form: white space that waits comes first, but not as its first. */
static inline void
settle_shape(struct redactor *r, const char *to)
{
	struct shape *const shape = r->shape;
	const char *from = r->shaped;
	const bool first = out_total(&shape->normal) == 0;

	r->shaped = to;
	if (from == to)
		return;
	if (*from == ' ')
		from += first;
	else if (shape->blank && !first)
		out_byte(&shape->normal, ' ');
	shape->blank = false;
	put_run(r, &shape->normal, from, to);
}

/* An item that the normal form cannot simply go on with. */
static void
take_shape(struct redactor *r, const char *from, const char *end,
    const struct item *item)
{
	settle_shape(r, from);
	r->shape->blank |= *from == ' ';
	shape_take(r->shape, item);
	r->shaped = end;
}

/*
 * A name behind a value may be the inside of a string; the first word of a
 * statement has to say that it is one of data.
 */
static inline bool
is_usual_word(const struct redactor *r, const struct word *word)
{
	if (!word)
		return r->before.class != TOKEN_STRING &&
		       r->statement == STATEMENT_DATA;
	return r->statement == STATEMENT_DATA ||
	       word_has(word, TRAIT_BEGINS_DATA);
}

/* What a keyword changes in the pass. */
static inline void
note_keyword(struct redactor *r, const struct word *word)
{
	r->statement = STATEMENT_DATA;
	if (word->place != PLACE_SAME)
		places_word(&r->places, &r->before, word);
	r->is_not = word->id == W_NOT && before_is(r, W_IS);
}

/* A parenthesis, a comma, a dot, an operator of one byte. */
static inline const char *
take_sign(struct redactor *r, const char *from, const char *at,
    enum token_class class)
{
	struct shape *const shape = r->shape;
	const bool unary = shape->operand && (*at == '-' || *at == '+');

	if (shape->waits || unary)
		take_shape(r, from, at + 1, &(struct item){class, at, 1, NULL});
	else
		shape_step_sign(
		    shape, *at, class != TOKEN_CLOSE && class != TOKEN_DOT);
	if (outline_heeds_sign(r->outline, class))
		outline_take(r->outline, &(struct item){class, at, 1, NULL});
	r->before.class = class;
	r->before.word = NULL;
	return at + 1;
}

/* A `?` for what begins at `at`, behind what was kept so far. */
static inline void
hide_in_text(struct redactor *r, const char *at)
{
	if (out_put(&r->out, r->kept, at, '?'))
		return;
	settle(r, at);
	out_byte(&r->out, '?');
}

/* The same in the normal form. */
static inline void
hide_in_shape(struct redactor *r, const char *at)
{
	struct shape *const shape = r->shape;

	if ((shape->normal.stored > 0 || *r->shaped != ' ') && !shape->blank &&
	    out_put(&shape->normal, r->shaped, at, '?'))
		return;
	settle_shape(r, at);
	shape_hide(shape);
}

/* A value that is not glued to another. */
static inline const char *
hide(struct redactor *r, const char *from, const char *at, const char *end)
{
	static const struct item item = {TOKEN_STRING, NULL, 0, NULL};

	if (r->before.class == TOKEN_STRING)
		return NULL;
	hide_in_text(r, at);
	r->kept = end;
	if (r->shape->waits) {
		take_shape(r, from, end, &item);
	} else {
		hide_in_shape(r, at);
		shape_step_sign(r->shape, '?', false);
		r->shaped = end;
	}
	if (r->outline->heeds)
		outline_take(r->outline, &item);
	r->value = at;
	r->before.class = TOKEN_STRING;
	r->before.word = NULL;
	return end;
}

/* TRUE and FALSE are values, but not all that look like them. */
static inline const char *
take_truth(
    struct redactor *r, const char *from, const char *at, const char *end)
{
	if (before_is(r, W_AS) || before_is(r, W_IS) || before_is(r, W_NOT))
		return NULL;
	return hide(r, from, at, end);
}

/* A word of less than a block; returns its end, or NULL if it is not usual. */
static inline const char *
take_word(struct redactor *r, const char *from, const char *at)
{
	const struct block block = block_at(r->lexer.begin, at, r->lexer.end);
	const size_t len = block_word_len(block);
	const struct word *word = NULL;

	if (len == BLOCK)
		return NULL;
	if (r->before.class != TOKEN_DOT)
		word = word_find_by_head(
		    r->lexer.mode.dialect, at, len, block_head(block));
	if (!is_usual_word(r, word))
		return NULL;
	if (word && (word->id == W_TRUE || word->id == W_FALSE))
		return take_truth(r, from, at, at + len);
	if (r->shape->waits)
		take_shape(r, from, at + len,
		    &(struct item){TOKEN_WORD, at, len, word});
	else
		shape_step_word(r->shape, block, len, word);
	if (outline_heeds_word(r->outline, word))
		outline_take(
		    r->outline, &(struct item){TOKEN_WORD, at, len, word});
	if (word)
		note_keyword(r, word);
	r->before.class = TOKEN_WORD;
	r->before.word = word;
	return at + len;
}

static inline const char *
take_string(struct redactor *r, const char *from, const char *at)
{
	const struct token token = lex_usual_string(&r->lexer, at);

	if (token.class != TOKEN_STRING || !hide(r, from, at, token.end))
		return NULL;
	if (!r->first_quote)
		r->first_quote = at;
	return token.end;
}

/* The class of an operator of one byte; ILLEGAL if it may be longer. */
static inline enum token_class
operator_class(const struct redactor *r, const char *at)
{
	if (r->lexer.end - at < 2 || !is_start(r, at + 1, IN_OPERAND))
		return TOKEN_ILLEGAL;
	switch (*at) {
	case '=':
	case '<':
	case '>':
		return TOKEN_COMPARE;
	case '+':
	case '-':
	case '*':
	case '/':
	case '%':
		return TOKEN_OPERATOR;
	default:
		return TOKEN_ILLEGAL;
	}
}

/* A letter before a quote or &, with which it may begin a literal. */
static inline bool
is_prefix(const struct redactor *r, const char *at)
{
	return r->lexer.end - at > 1 && (at[1] == '\'' || at[1] == '&');
}

static inline bool
is_lone_dot(const struct redactor *r, const char *at)
{
	return r->lexer.end - at > 1 && at[1] != '.' &&
	       !lex_is_digit(at + 1, r->lexer.end);
}

/* One token; returns its end, or NULL if it is not usual. */
static inline const char *
take_one(struct redactor *r, const char *from, const char *at, enum start start)
{
	enum token_class sign = TOKEN_ILLEGAL;

	if (start == LET || (start == PRE && !is_prefix(r, at)))
		return take_word(r, from, at);
	switch (start) {
	case DIG:
		return hide(r, from, at, lex_usual_number(&r->lexer, at).end);
	case STR:
		return take_string(r, from, at);
	case COM:
		places_comma(&r->places);
		sign = TOKEN_COMMA;
		break;
	case OPN:
		r->before.end = from;
		places_open(&r->places, &r->before, false);
		sign = TOKEN_OPEN;
		break;
	case CLO:
		places_close(&r->places);
		sign = TOKEN_CLOSE;
		break;
	case DOT:
		if (is_lone_dot(r, at))
			sign = TOKEN_DOT;
		break;
	case CMP:
	case RUN:
	case OPR:
	case STA:
	case DSH:
	case SLA:
		sign = operator_class(r, at);
		break;
	default:
		break;
	}
	return sign == TOKEN_ILLEGAL ? NULL : take_sign(r, from, at, sign);
}

const char *
usual_take(struct redactor *r, const char *at)
{
	const uint8_t *const starts = r->lexer.starts;
	const char *const begin = at, *const end = r->lexer.end;
	const char *from = at;

	r->kept = r->shaped = at;
	while (at < end) {
		enum start start = (enum start)starts[(unsigned char)*at];
		const char *next = NULL;

		if (*at == ' ' && end - at > 1)
			start = (enum start)starts[(unsigned char)*++at];
		if (r->statement == STATEMENT_DATA || start <= PRE)
			next = take_one(r, from, at, start);
		if (!next)
			break;
		r->before.at = at;
		from = at = next;
	}
	settle(r, from);
	settle_shape(r, from);
	if (from > begin)
		r->before.end = from;
	return from;
}
