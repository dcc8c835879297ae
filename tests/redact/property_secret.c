/*
 * Of statements made at random those are known that hold a secret as a bare
 * word, or the word of a call that takes one.
 */
#include "redact/secret.h"
#include "tests/check.h"
#include "tests/redact/property_rounds.h"

static struct sql sql;
static struct redact_mode mode;

static void
next_statement(uint64_t round)
{
	sql_make(&sql, pick_mode(round), round);
	sql_write(&sql, round);
	mode = sql.mode;
}

/* Words in place of literals are hidden, also where literals may stay. */
static void
test_a_statement_with_a_bare_secret_is_known(void)
{
	const uint64_t count = rounds(200000);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		next_statement(round);
		if (sql.bare &&
		    !CHECK(redact_has_secret(mode, sql.text, sql.len)))
			fprintf(stderr, "  %.*s\n", (int)sql.len, sql.text);
	}
}

/* A word of a call, in any case, somewhere in the statement. */
static size_t
plant_call(char *text, uint64_t round)
{
	static const char *const calls[] = {"dblink", "password", "set_config",
	    "pgp_sym", "aes_encrypt", "aes_decrypt", "master_", ";"};
	uint64_t seed = round;
	const char *call = calls[pick(&seed, 8)];
	const size_t len = strlen(call);
	const size_t at = pick(&seed, (unsigned)sql.len + 1);

	memcpy(text, sql.text, at);
	for (size_t i = 0; i < len; i++)
		text[at + i] = (char)(call[i] ^
				      (call[i] > '_' && pick(&seed, 2) ? 0x20
								       : 0));
	memcpy(text + at + len, sql.text + at, sql.len - at);
	return sql.len + len;
}

static unsigned ruled_out;

/* The length without what may stand at the end of a statement. */
static size_t
trimmed(const char *text, size_t len)
{
	while (len && strchr("; \n", text[len - 1]))
		len--;
	return len;
}

static void
glance(const char *text, size_t len)
{
	if (!redact_is_simple(text, len))
		return;
	ruled_out++;
	len = trimmed(text, len);
	if (!CHECK(!secret_search(mode, text, len)) ||
	    !CHECK(!memchr(text, ';', len)))
		fprintf(stderr, "  %.*s\n", (int)len, text);
}

static void
check_glances(uint64_t round)
{
	char text[sizeof(sql.text) + 16];

	mode = doubt(sql.mode, (unsigned)(round / 8) % 8);
	glance(sql.text, sql.len);
	glance(text, plant_call(text, round));
}

/* Where both look, they see the same, and nothing behind a semicolon. */
static void
test_what_is_simple_at_a_glance_is_one_statement_without_secret(void)
{
	const uint64_t count = rounds(200000);
	const bool glances = redact_is_simple(
	    "select * from orders where a = 1;\n", 34);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		next_statement(round);
		check_glances(round);
	}
	CHECK(!glances || ruled_out > count / 40);
}

RUN_TESTS(TEST(test_a_statement_with_a_bare_secret_is_known),
    TEST(test_what_is_simple_at_a_glance_is_one_statement_without_secret))
