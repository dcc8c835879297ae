/*
 * block.h - sixteen bytes of a text at once.
 *
 * With REDACT_PORTABLE, or without SSE2, loops over bytes do the same.
 */
#ifndef REDACT_BLOCK_H
#define REDACT_BLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BLOCK 16

/* Letters, digits, _, $ and bytes from 80 on, in every dialect. */
extern const uint8_t block_word_bytes[256];

#if defined(__SSE2__) && !defined(REDACT_PORTABLE)
# include <emmintrin.h>
# define BLOCK_SSE2 1

struct block {
	__m128i bytes;
};

/* Which bytes are from `from` to `to`, two bytes of ASCII; which are `byte`. */
# define BLOCK_IN(bytes, from, to) \
  _mm_cmplt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8((char)(0x80 - (from)))), \
      _mm_set1_epi8((char)(0x80 + (to) - (from) + 1)))
# define BLOCK_IS(bytes, byte) _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte))

static inline struct block
block_load(const char *at)
{
	return (struct block){
	    _mm_loadu_si128((const __m128i *)(const void *)at)};
}

static inline void
block_store(struct block block, char *to)
{
	_mm_storeu_si128((__m128i *)(void *)to, block.bytes);
}

/* Bits of the bytes that belong to words. */
static inline unsigned
block_words(struct block block)
{
	const __m128i low = _mm_or_si128(block.bytes, _mm_set1_epi8(0x20));
	const __m128i alnum = _mm_or_si128(
	    BLOCK_IN(low, 'a', 'z'), BLOCK_IN(block.bytes, '0', '9'));
	const __m128i odd = _mm_or_si128(
	    BLOCK_IS(block.bytes, '_'), BLOCK_IS(block.bytes, '$'));

	/* The uppermost bit of bytes from 80 on is that of the mask. */
	return (unsigned)_mm_movemask_epi8(
	    _mm_or_si128(_mm_or_si128(alnum, odd), block.bytes));
}

/* How many from the first on belong to a word. */
static inline size_t
block_word_len(struct block block)
{
	return (size_t)__builtin_ctz(~block_words(block));
}

/* The same with the letters from A to Z in lower case. */
static inline struct block
block_lower(struct block block)
{
	block.bytes = _mm_or_si128(
	    block.bytes, _mm_and_si128(BLOCK_IN(block.bytes, 'A', 'Z'),
			     _mm_set1_epi8(0x20)));
	return block;
}

/* The first eight, the first of all the lowest. */
static inline uint64_t
block_head(struct block block)
{
	uint64_t head;

	_mm_storel_epi64((__m128i *)(void *)&head, block.bytes);
	return head;
}

/*
 * Without the first `count` bytes; zeros come behind.  A shift by 64 bits or
 * more, and so one by less than none, gives zero.
 */
static inline struct block
block_shift(struct block block, size_t count)
{
	const int bits = 8 * (int)count;
	const __m128i low = _mm_cvtsi32_si128(bits);
	const __m128i up = _mm_cvtsi32_si128(64 - bits);
	const __m128i down = _mm_cvtsi32_si128(bits - 64);
	const __m128i high = _mm_srli_si128(block.bytes, 8);

	return (struct block){_mm_or_si128(_mm_srl_epi64(block.bytes, low),
	    _mm_or_si128(_mm_sll_epi64(high, up), _mm_srl_epi64(high, down)))};
}
#else
struct block {
	char bytes[BLOCK];
};

static inline struct block
block_load(const char *at)
{
	struct block block;

	memcpy(block.bytes, at, BLOCK);
	return block;
}

static inline void
block_store(struct block block, char *to)
{
	memcpy(to, block.bytes, BLOCK);
}

static inline size_t
block_word_len(struct block block)
{
	size_t len = 0;

	while (len < BLOCK && block_word_bytes[(uint8_t)block.bytes[len]])
		len++;
	return len;
}

static inline struct block
block_lower(struct block block)
{
	for (size_t i = 0; i < BLOCK; i++)
		if (block.bytes[i] >= 'A' && block.bytes[i] <= 'Z')
			block.bytes[i] |= 0x20;
	return block;
}

static inline uint64_t
block_head(struct block block)
{
	uint64_t head = 0;

	for (size_t i = 0; i < 8; i++)
		head |= (uint64_t)(uint8_t)block.bytes[i] << 8 * i;
	return head;
}

static inline struct block
block_shift(struct block block, size_t count)
{
	memmove(block.bytes, block.bytes + count, BLOCK - count);
	memset(block.bytes + BLOCK - count, 0, count);
	return block;
}
#endif

/* Where less than a block is left: the last one of the text, moved. */
static inline struct block
block_last(const char *begin, const char *at, const char *end)
{
	char bytes[BLOCK] = {0};
	const size_t left = (size_t)(end - at);

	if (end - begin >= BLOCK)
		return block_shift(block_load(end - BLOCK), BLOCK - left);
	for (size_t i = 0; i < left; i++)
		bytes[i] = at[i];
	return block_load(bytes);
}

/* What stands at `at` in the text from `begin` to `end`; behind that, zeros. */
static inline struct block
block_at(const char *begin, const char *at, const char *end)
{
	return end - at >= BLOCK ? block_load(at) : block_last(begin, at, end);
}

/* The end of the run of word bytes at `at`. */
static inline const char *
block_word_end(const char *at, const char *end)
{
	while (end - at >= BLOCK) {
		const size_t len = block_word_len(block_load(at));

		at += len;
		if (len < BLOCK)
			return at;
	}
	while (at < end && block_word_bytes[(uint8_t)*at])
		at++;
	return at;
}

#endif
