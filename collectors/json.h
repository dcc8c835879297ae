/*
 * json.h - an append-only writer of JSON, byte for byte as Python's
 * json.dumps() writes it.
 *
 * ASCII only: all outside 0x20..0x7e is \uXXXX, in lower case, with surrogate
 * pairs, but for \" \\ \n \r \t \b \f.  Separators are `, ` and `: `, which
 * the caller puts with json_put_raw().  A byte that is no part of valid UTF-8
 * becomes \ufffd, each for itself.
 *
 * The buffer grows, unless json_fixed() made it of the caller's memory.  Once
 * something had no room, `failed` is set and nothing more is written, so that
 * a caller asks once, at the end.
 */
#ifndef COLLECTORS_JSON_H
#define COLLECTORS_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
# include <emmintrin.h>
#endif

struct json_out {
	char *start; /* all zero: empty, grows */
	char *at;    /* the next byte goes here */
	char *end;
	bool fixed;
	bool failed;
};

/* Write into `cap` bytes of the caller's, and no further. */
void json_fixed(struct json_out *out, char *start, size_t cap);

/* Free a growing buffer. */
void json_free(struct json_out *out);

/* Make room where there is too little: json_reserve() is what one calls. */
bool json_grow(struct json_out *out, size_t len);

/* Make sure that `len` more bytes fit; false sets `failed`. */
static inline bool
json_reserve(struct json_out *out, size_t len)
{
	if ((size_t)(out->end - out->at) >= len && !out->failed)
		return true;
	return json_grow(out, len);
}

/* Put text that is JSON already. */
static inline void
json_put_raw(struct json_out *out, const char *text, size_t len)
{
	if (len > 0 && json_reserve(out, len)) {
		memcpy(out->at, text, len);
		out->at += len;
	}
}

#define json_put_literal(out, literal) \
 json_put_raw((out), (literal), sizeof(literal) - 1)

/* Put a string with its quotes; json_put_escaped() puts none. */
void json_put_string(struct json_out *out, const char *text, size_t len);
void json_put_escaped(struct json_out *out, const char *text, size_t len);

/*
 * Put UTF-16 text of `len` bytes as a string.  A lone surrogate and an odd
 * last byte become \ufffd.
 */
void json_put_string16(
    struct json_out *out, const void *text, size_t len, bool big_endian);

/* Put one character, escaped as it must be.  A surrogate becomes \ufffd. */
void json_put_char(struct json_out *out, uint32_t code_point);

void json_put_u64(struct json_out *out, uint64_t value);
void json_put_i64(struct json_out *out, int64_t value);

/* Put the shortest text that reads back as `value`; NaN and Infinity bare. */
void json_put_double(struct json_out *out, double value);

/* Put nanoseconds as microseconds: 1500 is 1.5, 2000 is 2.0. */
void json_put_us(struct json_out *out, uint64_t ns);

/* Put bytes as lower-case hex digits, without quotes. */
void json_put_hex(struct json_out *out, const void *bytes, size_t len);

/*
 * Decode the UTF-8 character at `text`, of which `len` (at least 1) bytes are
 * there.  Returns its length, or 0 if it is not valid: overlong forms,
 * surrogates and what lies past U+10FFFF are not.
 */
size_t json_utf8(const char *text, size_t len, uint32_t *ret_code_point);

/* Write `code_point` as UTF-8; returns the length, at most 4. */
size_t json_utf8_put(char *out, uint32_t code_point);

/*
 * Write a character as it stands inside a string of ASCII, escaped where need
 * be; half of a pair of surrogates is written as such.  Needs up to 12 bytes;
 * returns what follows.
 */
#define JSON_ESCAPE_MAX 12
char *json_escape(char *at, uint32_t c);

/* The value of a hexadecimal digit; -1: it is none. */
static inline int
json_hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#define JSON_EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/*
 * The high bit of each of the 8 bytes in `word` that a string cannot hold as
 * it is: controls, quote, backslash, 0x7f and all that is not ASCII.  No sum
 * carries into the next byte, so each bit is exact.
 */
static inline uint64_t
json_special(uint64_t word)
{
	uint64_t low = word & JSON_EVERY(0x7f);
	uint64_t special = word | ~(low + JSON_EVERY(0x60));

	special |= ~((low ^ JSON_EVERY('"')) + JSON_EVERY(0x7f));
	special |= ~((low ^ JSON_EVERY('\\')) + JSON_EVERY(0x7f));
	special |= low + JSON_EVERY(0x01);
	return special & JSON_EVERY(0x80);
}

/* How many bytes come before the first marked one. */
static inline unsigned
json_clean_bytes(uint64_t special)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (unsigned)__builtin_ctzll(special) / 8;
#else
	return (unsigned)__builtin_clzll(special) / 8;
#endif
}

#ifdef __SSE2__
/* The same of 16 bytes, a bit for each. */
static inline unsigned
json_special16(__m128i bytes)
{
	/* Signed, so that all that is not ASCII is less than a blank. */
	__m128i special = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));

	special = _mm_or_si128(
	    special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
	special = _mm_or_si128(
	    special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
	special = _mm_or_si128(
	    special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
	return (unsigned)_mm_movemask_epi8(special);
}
#endif

static inline bool
json_is_clean(char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/*
 * How many of the `len` bytes at `text` a string can hold as they are, up to
 * the first that it cannot; fewer than 8 at the end are not looked at.  They
 * are copied to `to`, and others behind them, unless it is NULL.
 */
static inline size_t
json_clean(const char *text, size_t len, char *to)
{
	size_t at = 0;

#ifdef __SSE2__
	for (; len - at >= 16; at += 16) {
		__m128i bytes = _mm_loadu_si128((const void *)(text + at));
		unsigned special = json_special16(bytes);

		if (to)
			_mm_storeu_si128((void *)(to + at), bytes);
		if (special)
			return at + (unsigned)__builtin_ctz(special);
	}
#endif
	for (; len - at >= 8; at += 8) {
		uint64_t word, special;

		memcpy(&word, text + at, sizeof(word));
		if (to)
			memcpy(to + at, &word, sizeof(word));
		special = json_special(word);
		if (special)
			return at + json_clean_bytes(special);
	}
	return at;
}

#endif
