/*
 * plain.c - over what needs no look, sixteen bytes at a time.
 */
#include "redact/plain.h"

#include "redact/lex_starts.h"
#include "redact/lex_usual.h"
#include "redact/put.h"

#include <string.h>
#include <strings.h>

#if defined(__SSE2__) && !defined(REDACT_PORTABLE)
# include <emmintrin.h>
# define PLAIN_BLOCK 16
#else
# define PLAIN_BLOCK 0
#endif

#define PLAIN_BIT(start) (UINT32_C(1) << (start))
#define PLAIN_SIGNS \
 (PLAIN_BIT(SPC) | PLAIN_BIT(COM) | PLAIN_BIT(OPN) | PLAIN_BIT(CLO) | \
     PLAIN_BIT(OPR) | PLAIN_BIT(CMP) | PLAIN_BIT(COL) | PLAIN_BIT(PIP) | \
     PLAIN_BIT(STA) | PLAIN_BIT(RUN) | PLAIN_BIT(DSH) | PLAIN_BIT(SLA) | \
     PLAIN_BIT(DOT))

/* Two signs that are something else together: a comment, .5, U&'x'. */
static bool
is_special_pair(const char *at, const char *end)
{
	if (end - at < 2)
		return false;
	switch (*at) {
	case '-':
		return at[1] == '-';
	case '/':
		return at[1] == '*';
	case '.':
		return at[1] == '.' || lex_is_digit(at + 1, end);
	case '&':
		return at[1] == '\'' || at[1] == '"';
	default:
		return false;
	}
}

static bool
is_plain_sign(const struct redactor *r, const char *at)
{
	const uint32_t bit = PLAIN_BIT(r->lexer.starts[(unsigned char)*at]);

	/* A vertical tab may not begin white space, but go on it. */
	if (*at == '\v' && at > r->lexer.begin && lex_goes_on_space(at - 1))
		return true;
	return (bit & PLAIN_SIGNS) && !is_special_pair(at, r->lexer.end);
}

static bool
is_plain_word(const struct redactor *r, const char *at)
{
	const unsigned start = r->lexer.starts[(unsigned char)*at];

	return (start == LET || start == PRE) && !(*at & 0x80);
}

/* The length of TRUE or FALSE at `at`, the beginning of a word. */
static size_t
truth_len(const char *at, const char *end)
{
	const size_t len = (*at | 0x20) == 't' ? 4 : 5;

	/* Most words that begin so go on otherwise. */
	if ((size_t)(end - at) < len ||
	    (at[1] | 0x20) != (len == 4 ? 'r' : 'a') ||
	    strncasecmp(at, len == 4 ? "true" : "false", len) != 0)
		return 0;
	return at + len < end && lex_goes_on_word(at + len) ? 0 : len;
}

/* TRUE behind one of these is a value, whatever stands before. */
static bool
is_behind_sign(const char *start, const char *at)
{
	while (at > start && at[-1] == ' ')
		at--;
	return at > start && (at[-1] == '=' || at[-1] == ',' || at[-1] == '(');
}

/* A letter before a quote may be a part of the literal: E'x', U&'x'. */
static const char *
before_prefix(const struct redactor *r, const char *start, const char *at)
{
	const char *letter = at - 1;

	if (at == start || (*at != '\'' && *at != '&') ||
	    r->lexer.starts[(unsigned char)*letter] != PRE)
		return at;
	return letter > start && lex_goes_on_word(letter - 1) ? at : letter;
}

/* Where to look next: the block, and which of its bytes are left. */
struct candidates {
	const char *block;
	unsigned bits;
	unsigned carry;
};

#if PLAIN_BLOCK
/*
 * Bits of the bytes of a block that must be looked at: all that is neither a
 * word nor a sign which means nothing by itself; words that begin with a digit
 * or another odd byte, or like TRUE and FALSE.  `*carry` tells whether a word
 * goes on from one block into the next.
 */
static inline unsigned
block_candidates(__m128i block, unsigned *carry)
{
# define IS(c) _mm_cmpeq_epi8(block, _mm_set1_epi8(c))
# define IN(bytes, from, to) \
  _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((from)-1)), \
      _mm_cmplt_epi8(bytes, _mm_set1_epi8((to) + 1)))
# define OR _mm_or_si128
	const __m128i low = OR(block, _mm_set1_epi8(0x20));
	const __m128i next = _mm_srli_si128(low, 1);
	const __m128i tf = OR(
	    _mm_and_si128(_mm_cmpeq_epi8(low, _mm_set1_epi8('t')),
		_mm_cmpeq_epi8(next, _mm_set1_epi8('r'))),
	    _mm_and_si128(_mm_cmpeq_epi8(low, _mm_set1_epi8('f')),
		_mm_cmpeq_epi8(next, _mm_set1_epi8('a'))));
	const __m128i odd = OR(IN(block, '0', '9'), OR(IS('_'), IS('$')));
	const __m128i sign = OR(OR(IS(' '), IS('\n')),
	    OR(IN(block, '(', ','), IN(block, '<', '>')));
	const unsigned high = (unsigned)_mm_movemask_epi8(block);
	/* What follows the last byte is not in the block. */
	const unsigned odds = (unsigned)_mm_movemask_epi8(OR(odd, tf)) | high |
			      0x8000;
	const unsigned word = high | (unsigned)_mm_movemask_epi8(
					 OR(IN(low, 'a', 'z'), odd));
	const unsigned begin = word & ~(word << 1 | *carry);
	const unsigned signs = (unsigned)_mm_movemask_epi8(sign);
# undef IS
# undef IN
# undef OR

	*carry = word >> 15;
	return (begin & odds) | (~(word | signs) & 0xffff);
}

/*
 * The bits of the block at `at`.  Where less of the text is left, the last
 * block of it is taken, and what lies before `at` shifted out.
 */
static inline unsigned
candidates(const struct redactor *r, const char *at, unsigned *carry)
{
	const char *const end = r->lexer.end;
	const size_t left = (size_t)(end - at);
	char padded[16] = {0};
	unsigned found;

	if (left >= 16)
		return block_candidates(
		    _mm_loadu_si128((const __m128i *)(const void *)at), carry);
	if (end - r->lexer.begin >= 16)
		return block_candidates(
			   _mm_loadu_si128(
			       (const __m128i *)(const void *)(end - 16)),
			   carry) >>
		       (16 - left);
	for (size_t i = 0; i < left; i++)
		padded[i] = at[i];
	found = block_candidates(
	    _mm_loadu_si128((const __m128i *)(const void *)padded), carry);
	return found & ((1u << left) - 1);
}

/* The next candidate from `at` on; the end of the text is none. */
static inline const char *
next_candidate(const struct redactor *r, const char *at, struct candidates *c)
{
	const char *const end = r->lexer.end;

	(void)at;
	while (!c->bits) {
		c->block += 16;
		if (c->block >= end)
			return end;
		c->bits = candidates(r, c->block, &c->carry);
	}
	at = c->block + __builtin_ctz(c->bits);
	c->bits &= c->bits - 1;
	return at;
}

static inline void
candidates_begin(const struct redactor *r, const char *at, struct candidates *c)
{
	c->block = at;
	c->carry = at > r->lexer.begin && lex_goes_on_word(at - 1);
	c->bits = at < r->lexer.end ? candidates(r, at, &c->carry) : 0;
}
#else
static inline const char *
next_candidate(const struct redactor *r, const char *at, struct candidates *c)
{
	const char *const end = r->lexer.end;

	at = c->block;
	if (at < end && at > r->lexer.begin && lex_goes_on_word(at - 1))
		at = block_word_end(at, end);
	for (; at < end; at++) {
		if (is_plain_word(r, at) && (*at | 0x20) != 't' &&
		    (*at | 0x20) != 'f')
			at = block_word_end(at, end) - 1;
		else if (*at != ' ' && *at != ',' && *at != '=')
			break;
	}
	c->block = at + 1;
	return at;
}

static inline void
candidates_begin(const struct redactor *r, const char *at, struct candidates *c)
{
	(void)r;
	c->block = at;
}
#endif

/*
 * Whether what follows a value at `at` is plain: a sign, or a keyword.  A name
 * may be an alias, or the inside of a string, and a quote may be glued to it.
 */
static bool
goes_on(const struct redactor *r, const char *at)
{
	const char *const end = r->lexer.end;
	const char *word_end;

	if (at < end && (*at == ',' || *at == ')'))
		return true;
	while (at < end && lex_goes_on_space(at))
		at++;
	if (at == end)
		return false;
	if (is_plain_word(r, at)) {
		word_end = block_word_end(at + 1, end);
		if (word_end < end && (*word_end == '\'' || *word_end == '&'))
			return false;
		return word_find(r->lexer.mode.dialect, at,
			   (size_t)(word_end - at), end) != NULL &&
		       !truth_len(at, end);
	}
	return is_plain_sign(r, at) && *at != '.' && *at != ':';
}

/* TRUE and FALSE, strings and numbers that stand in a plain place. */
static struct token
plain_literal(struct redactor *r, const char *at)
{
	const unsigned start = r->lexer.starts[(unsigned char)*at];
	size_t truth;

	if (start == STR)
		return lex_usual_string(&r->lexer, at);
	if (start == DIG)
		return lex_usual_number(&r->lexer, at);
	if (is_plain_word(r, at)) {
		truth = truth_len(at, r->lexer.end);
		if (truth)
			return lex_token(TOKEN_NUMBER, at + truth);
	}
	return lex_token(TOKEN_END, at);
}

static void
keep_run(struct redactor *r, const char *start, const char *at)
{
	if (at == start)
		return;
	put_run(r, &r->out, start, at);
	r->before = (struct before){.class = TOKEN_OPERATOR};
}

/* Over one run: to a literal, or to what must be seen. */
static const char *
skip_run(struct redactor *r, const char *start)
{
	const char *const end = r->lexer.end;
	const char *at = start;
	struct candidates c;

	/* Between the values of a list. */
	for (; at < end && at - start < 4; at++) {
		if (*at == '\'' || (*at >= '0' && *at <= '9'))
			return at;
		if (*at != ',' && *at != ' ' && *at != '(' && *at != ')')
			break;
	}
	candidates_begin(r, at, &c);
	for (;;) {
		at = next_candidate(r, at, &c);
		if (at == end)
			return at;
		if (is_plain_word(r, at)) {
			if (truth_len(at, end)) {
				r->tracks = !is_behind_sign(start, at);
				return at;
			}
		} else if (!is_plain_sign(r, at)) {
			return before_prefix(r, start, at);
		}
	}
}

/* Whether the word at `at` begins a statement of data. */
static bool
begins_data(const struct redactor *r, const char *at)
{
	const char *const end = r->lexer.end;
	const char *word_end;

	if (at == end || !is_plain_word(r, at))
		return false;
	word_end = block_word_end(at, end);
	return word_has(
	    word_find(r->lexer.mode.dialect, at, (size_t)(word_end - at), end),
	    TRAIT_BEGINS_DATA);
}

const char *
plain_skip(struct redactor *r, const char *start, enum stop *ret_stop)
{
	if (r->statement == STATEMENT_NEW) {
		if (!begins_data(r, start))
			return start;
		r->statement = STATEMENT_DATA;
	}
	if (r->before.class == TOKEN_STRING && !goes_on(r, start))
		return start;
	for (;;) {
		const char *at = skip_run(r, start);
		struct token token;

		keep_run(r, start, at);
		if (r->tracks) {
			*ret_stop = STOP_TRACK;
			return at;
		}
		if (at == r->lexer.end)
			return at;
		token = plain_literal(r, at);
		if (token.class != TOKEN_STRING && token.class != TOKEN_NUMBER)
			return at;
		if (token.class == TOKEN_STRING && !r->first_quote)
			r->first_quote = at;
		out_byte(&r->out, '?');
		r->value = at;
		r->before = (struct before){
		    .class = TOKEN_STRING, .end = token.end};
		start = token.end;
		if (!goes_on(r, start))
			return start;
	}
}
