/*
 * plain.c - over what needs no look, sixteen bytes at a time.
 */
#include "redact/plain.h"

#include "redact/lex_parts.h"
#include "redact/lex_starts.h"

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
		return lex_is_digit(at + 1, end);
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

	if ((size_t)(end - at) < len ||
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
	const __m128i tf = OR(_mm_cmpeq_epi8(low, _mm_set1_epi8('t')),
	    _mm_cmpeq_epi8(low, _mm_set1_epi8('f')));
	const __m128i odd = OR(IN(block, '0', '9'), OR(IS('_'), IS('$')));
	const __m128i sign = OR(OR(IS(' '), IS('\n')),
	    OR(IN(block, '(', ','), IN(block, '<', '>')));
	const unsigned high = (unsigned)_mm_movemask_epi8(block);
	const unsigned odds = (unsigned)_mm_movemask_epi8(OR(odd, tf)) | high;
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

/* The next candidate from `at` on; the end of the text is none. */
static inline const char *
next_candidate(const struct redactor *r, const char *at)
{
	const char *const end = r->lexer.end;
	unsigned carry = at > r->lexer.begin && lex_goes_on_word(at - 1);

	for (; end - at >= 16; at += 16) {
		unsigned found = block_candidates(
		    _mm_loadu_si128((const __m128i *)(const void *)at), &carry);

		if (found)
			return at + __builtin_ctz(found);
	}
	while (at < end) {
		if (carry) {
			carry = lex_goes_on_word(at);
			at += carry;
			continue;
		}
		if (is_plain_word(r, at) && (*at | 0x20) != 't' &&
		    (*at | 0x20) != 'f')
			carry = 1;
		else if (*at != ' ' && *at != ',' && *at != '=')
			break;
		at++;
	}
	return at;
}
#else
static inline const char *
next_candidate(const struct redactor *r, const char *at)
{
	const char *const end = r->lexer.end;

	if (at > r->lexer.begin && lex_goes_on_word(at - 1))
		at = lex_skip_word(at, end);
	for (; at < end; at++) {
		if (is_plain_word(r, at) && (*at | 0x20) != 't' &&
		    (*at | 0x20) != 'f')
			at = lex_skip_word(at, end) - 1;
		else if (*at != ' ' && *at != ',' && *at != '=')
			break;
	}
	return at;
}
#endif

/* Whether a value ends at `at` in a way that its follower need not be seen. */
static bool
goes_on(const struct redactor *r, const char *at)
{
	const char *const end = r->lexer.end;

	if (r->before.class != TOKEN_STRING)
		return true;
	while (at < end && *at == ' ')
		at++;
	return at < end && (*at == ',' || *at == ')');
}

static void
keep_run(struct redactor *r, const char *start, const char *at)
{
	if (at == start)
		return;
	out_keep(&r->out, start, (size_t)(at - start));
	r->before = (struct before){.class = TOKEN_OPERATOR};
}

const char *
plain_skip(struct redactor *r, const char *start)
{
	const char *const end = r->lexer.end;
	const char *at = start;

	if (!goes_on(r, start))
		return start;
	for (;;) {
		size_t len;

		at = next_candidate(r, at);
		if (at == end)
			break;
		if (is_plain_word(r, at)) {
			len = truth_len(at, end);
			if (len) {
				r->tracks = !is_behind_sign(start, at);
				break;
			}
			at++;
		} else if (is_plain_sign(r, at)) {
			at++;
		} else {
			at = before_prefix(r, start, at);
			break;
		}
	}
	keep_run(r, start, at);
	return at;
}
