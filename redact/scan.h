/*
 * scan.h - the next byte of one or two kinds.
 *
 * Short texts are looked through 16 bytes at a time here, for a call of
 * memchr() costs more than most strings are long.  With REDACT_PORTABLE, or
 * without SSE2, a loop over bytes does the same.
 */
#ifndef REDACT_SCAN_H
#define REDACT_SCAN_H

#include <stdbool.h>

#include "redact/block.h"

/* Whether one of the kinds, of which there are few, stands there. */
static inline bool
scan_bytes_have(const char *at, const char *end, const char *kinds)
{
	for (; at < end; at++)
		if (*at && strchr(kinds, *at))
			return true;
	return false;
}

#ifdef BLOCK_SSE2
static inline unsigned
scan_block(const char *at, char one, char two)
{
	const struct block block = block_load(at);

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(
	    BLOCK_IS(block.bytes, one), BLOCK_IS(block.bytes, two)));
}

/* 64 bytes of a long text, of which most hold none. */
static inline unsigned
scan_four_blocks(const char *at, char one, char two)
{
	unsigned found = 0;

	for (int i = 0; i < 4 * BLOCK; i += BLOCK)
		found |= scan_block(at + i, one, two);
	return found;
}

static inline bool
scan_block_has(const char *at, const char *kinds)
{
	const struct block block = block_load(at);
	__m128i found = _mm_setzero_si128();

	for (; *kinds; kinds++)
		found = _mm_or_si128(found, BLOCK_IS(block.bytes, *kinds));
	return _mm_movemask_epi8(found) != 0;
}

/* The same; where it stands does not matter. */
static inline bool
scan_has(const char *at, const char *end, const char *kinds)
{
	if (end - at < BLOCK)
		return scan_bytes_have(at, end, kinds);
	for (; end - at > BLOCK; at += BLOCK)
		if (scan_block_has(at, kinds))
			return true;
	return scan_block_has(end - BLOCK, kinds);
}

/* Where the first `one` or `two` stands; `end` if there is none. */
static inline const char *
scan_two(const char *at, const char *end, char one, char two)
{
	for (unsigned blocks = 0; end - at >= 16; at += 16) {
		unsigned found = scan_block(at, one, two);

		if (found)
			return at + __builtin_ctz(found);
		if (++blocks % 8 == 0)
			while (end - at >= 16 + 64 &&
			       !scan_four_blocks(at + 16, one, two))
				at += 64;
	}
	while (at < end && *at != one && *at != two)
		at++;
	return at;
}
#else
static inline bool
scan_has(const char *at, const char *end, const char *kinds)
{
	return scan_bytes_have(at, end, kinds);
}

static inline const char *
scan_two(const char *at, const char *end, char one, char two)
{
	while (at < end && *at != one && *at != two)
		at++;
	return at;
}
#endif

/* The same for one kind. */
static inline const char *
scan_one(const char *at, const char *end, char one)
{
	const char *near = end - at > 64 ? at + 64 : end;
	const char *found = scan_two(at, near, one, one);

	if (found < near || near == end)
		return found;
	found = memchr(near, one, (size_t)(end - near));
	return found ? found : end;
}

#endif
