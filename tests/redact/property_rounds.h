/*
 * property_rounds.h - how many statements are made, and in which modes.
 */
#ifndef TESTS_PROPERTY_ROUNDS_H
#define TESTS_PROPERTY_ROUNDS_H

#include "tests/redact/property_sql.h"

#include <stdlib.h>
#include <string.h>

/* Behind so many failures a test tells nothing new. */
#ifndef FAILURES
# define FAILURES 20
#endif

#ifdef __has_feature
# define HAS_FEATURE(x) __has_feature(x)
#else
# define HAS_FEATURE(x) 0
#endif
#if defined(SLOWNESS)
/* The build tells. */
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    HAS_FEATURE(address_sanitizer) || HAS_FEATURE(thread_sanitizer)
# define SLOWNESS 16
#else
# define SLOWNESS 1
#endif

/* How many rounds; more if one has the time. */
static inline uint64_t
rounds(uint64_t usual)
{
	const char *is_long = getenv("OSPROF_TEST_LONG");

	return is_long && *is_long == '1' ? usual * 20 : usual / SLOWNESS;
}

static inline unsigned
pick(uint64_t *seed, unsigned below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % below;
}

/* A mode in which a server may be. */
static inline struct redact_mode
pick_mode(uint64_t seed)
{
	struct redact_mode m = redact_default_mode(
	    (enum redact_dialect)pick(&seed, 3));

	if (m.dialect != REDACT_SQLITE && pick(&seed, 4) == 0)
		m.backslash = m.backslash == REDACT_YES ? REDACT_NO
							: REDACT_YES;
	if (m.dialect != REDACT_POSTGRES && pick(&seed, 4) == 0)
		m.quotes = REDACT_NO;
	if (m.dialect != REDACT_SQLITE && pick(&seed, 6) == 0)
		m.charset = (uint8_t)(REDACT_CHARSET_SJIS + pick(&seed, 4));
	return m;
}

/* The same where some of it is not known. */
static inline struct redact_mode
doubt(struct redact_mode m, unsigned what)
{
	if (what & 1 && m.dialect != REDACT_SQLITE)
		m.backslash = REDACT_UNKNOWN;
	if (what & 2 && m.dialect != REDACT_POSTGRES)
		m.quotes = REDACT_UNKNOWN;
	if (what & 4)
		m.charset = REDACT_CHARSET_UNKNOWN;
	return m;
}

static inline bool
is_secret(const char *at, const char *end)
{
	for (; at < end; at++)
		if (*at && strchr(SECRET_BYTES, *at))
			return true;
	return false;
}

#endif
