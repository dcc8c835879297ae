/*
 * secret_glance.c - short statements of data that hold no credential.
 *
 * Most statements begin with one of four words and have neither a semicolon
 * nor the letters of a call that takes a secret.  Each such call has a pair of
 * letters that stands in few other words; sixteen places are looked at in one
 * step, and what stands where a pair does is looked at alone.
 */
#include "redact/block.h"
#include "redact/secret.h"

#ifdef BLOCK_SSE2
/* Four bytes, in which letters are in lower case and _ is 7F. */
static inline uint32_t
four_at(const char *at)
{
	uint32_t four;

	memcpy(&four, at, sizeof(four));
	return four | UINT32_C(0x20202020);
}

/* SELECT, INSERT, UPDATE or DELETE, and a blank; at least eight bytes. */
static bool
begins_with_data(const char *sql)
{
	const uint32_t head = four_at(sql), rest = four_at(sql + 3);

	return (head == four_at("SELE") && rest == four_at("ECT ")) ||
	       (head == four_at("INSE") && rest == four_at("ERT ")) ||
	       (head == four_at("UPDA") && rest == four_at("ATE ")) ||
	       (head == four_at("DELE") && rest == four_at("ETE "));
}

/*
 * Bits of the places where a call may stand: at the second S or the _ behind
 * the letter of PASSWORD, SET_CONFIG, PGP_SYM, AES_ENCRYPT, AES_DECRYPT and
 * MASTER_, at the D of DBLINK; and at semicolons.  Masks leave out the bit of
 * the case: the first letters are of P to W, the second is W or _.
 */
static inline unsigned
places_of_calls(const char *at)
{
	const __m128i one = block_load(at).bytes,
		      two = block_load(at + 1).bytes;
	const __m128i tie = _mm_and_si128(
	    BLOCK_IS(_mm_and_si128(one, _mm_set1_epi8((char)0xd8)), 0x50),
	    BLOCK_IS(_mm_and_si128(two, _mm_set1_epi8((char)0xd7)), 0x57));
	const __m128i link = _mm_and_si128(
	    BLOCK_IS(_mm_and_si128(one, _mm_set1_epi8((char)0xdf)), 'D'),
	    BLOCK_IS(_mm_and_si128(two, _mm_set1_epi8((char)0xdf)), 'B'));

	return (unsigned)_mm_movemask_epi8(
	    _mm_or_si128(_mm_or_si128(tie, link), BLOCK_IS(one, ';')));
}

/* Whether the place is that of a call; two bytes stand before it. */
static bool
may_be_call(const char *at)
{
	const uint32_t four = four_at(at - 2);

	return *at == ';' || (*at | 0x20) == 'd' || four == four_at("SET_") ||
	       four == four_at("PGP_") || four == four_at("AES_") ||
	       four == four_at("TER_") || four == four_at("ASSW");
}

static bool
is_among(const char *at, unsigned places)
{
	for (; places; places &= places - 1)
		if (may_be_call(at + __builtin_ctz(places)))
			return true;
	return false;
}

static inline bool
has_call(const char *at)
{
	const unsigned places = places_of_calls(at);

	return __builtin_expect(places != 0, 0) && is_among(at, places);
}

/* What is looked at begins behind the first word. */
# define HEAD 7

/* The last block ends with the text, and may lie over the one before. */
bool
secret_is_ruled_out(const char *sql, size_t len)
{
	const char *const last = sql + len - BLOCK - 1;
	const char *at = sql + HEAD;

	if (len < HEAD + BLOCK + 1 || sql[len - 1] == ';' ||
	    !begins_with_data(sql))
		return false;
	for (; at < last; at += BLOCK)
		if (has_call(at))
			return false;
	return !has_call(last);
}
#else
bool
secret_is_ruled_out(const char *sql, size_t len)
{
	(void)sql;
	(void)len;
	return false;
}
#endif
