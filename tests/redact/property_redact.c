/*
 * Of statements made at random no value comes out, in any mode and cut
 * anywhere; and of the whole ones all else does.
 */
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/property_rounds.h"

#include <ctype.h>

static struct sql sql;
static struct redact_mode mode;
static char out[SQL_MAX], again[SQL_MAX];
static size_t out_len;

static void
next_statement(uint64_t round)
{
	sql_make(&sql, pick_mode(round), round);
	sql_write(&sql, round);
	mode = sql.mode;
}

static void
redact(size_t cut)
{
	out_len = redact_sql_mode(mode, sql.text, cut, out, sizeof(out));
}

static void
say(size_t cut)
{
	fprintf(stderr,
	    "  dialect %d backslash %d quotes %d charset %d\n  %.*s\n  -> "
	    "%.*s\n  wanted %.*s\n",
	    mode.dialect, mode.backslash, mode.quotes, mode.charset, (int)cut,
	    sql.text, (int)out_len, out, (int)sql.wanted_len, sql.wanted);
}

static bool
is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Equal but for how blank their blanks are. */
static bool
is_alike(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t i = 0, j = 0;

	for (;;) {
		const bool blank = i < a_len && is_blank(a[i]);

		while (i < a_len && is_blank(a[i]))
			i++;
		if (i < a_len && blank != (j < b_len && is_blank(b[j])))
			return false;
		while (j < b_len && is_blank(b[j]))
			j++;
		if (i == a_len || j == b_len)
			return i == a_len && j == b_len;
		if (a[i++] != b[j++])
			return false;
	}
}

static bool
is_wanted(void)
{
	if (sql.zoned)
		return is_alike(out, out_len, sql.wanted, sql.wanted_len);
	return out_len == sql.wanted_len &&
	       memcmp(out, sql.wanted, out_len) == 0;
}

/* Make statements and check each; `usual` is how many. */
static void
each_statement(uint64_t usual, void (*check)(uint64_t round))
{
	const uint64_t count = rounds(usual);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		next_statement(round);
		check(round);
	}
}

/* Deeper than this the redactor does not look for a FROM behind "x". */
static bool
is_deep(void)
{
	int depth = 0, deepest = 0;

	for (size_t i = 0; i < sql.wanted_len; i++) {
		depth += (sql.wanted[i] == '(') - (sql.wanted[i] == ')');
		deepest = depth > deepest ? depth : deepest;
	}
	return deepest > 8;
}

static void
check_whole(uint64_t round)
{
	(void)round;
	if (sql.placed && is_deep())
		return;
	redact(sql.len);
	if (!CHECK(is_wanted()))
		say(sql.len);
}

static void
test_values_are_hidden_and_all_else_stays(void)
{
	each_statement(200000, check_whole);
}

/* Where no backslash stands both readings are one. */
static void
check_undoubted(uint64_t round)
{
	if (sql.doubted)
		return;
	mode = doubt(mode, 5);
	check_whole(round);
}

static void
test_doubt_hides_nothing_where_there_is_none(void)
{
	each_statement(50000, check_undoubted);
}

static size_t
common_prefix(const char *a, size_t a_len, const char *b, size_t b_len)
{
	const size_t len = a_len < b_len ? a_len : b_len;
	size_t i = 0;

	while (len - i >= 8 && memcmp(a + i, b + i, 8) == 0)
		i += 8;
	while (i < len && a[i] == b[i])
		i++;
	return i;
}

/* Over blanks, `?` and introducers, which are words without a literal. */
static size_t
skip_hidden(size_t at)
{
	while (at < out_len &&
	       (is_blank(out[at]) || out[at] == '?' || out[at] == '_'))
		if (out[at++] == '_')
			while (at < out_len && isalnum((unsigned char)out[at]))
				at++;
	return at;
}

/*
 * What comes out begins as that of the whole statement does, and goes on with
 * what is hidden, or with the word in which the text was cut.
 */
static bool
is_in_order(size_t cut)
{
	const size_t at = skip_hidden(
	    common_prefix(out, out_len, sql.wanted, sql.wanted_len));

	return out_len - at <= 24 && out_len - at <= cut &&
	       memcmp(out + at, sql.text + cut - (out_len - at),
		   out_len - at) == 0;
}

static bool
shows_secret(void)
{
	const size_t known = common_prefix(
	    out, out_len, sql.wanted, sql.wanted_len);

	return is_secret(out + known, out + out_len);
}

static void
cut_anywhere(void)
{
	const bool ordered = !sql.zoned && !sql.placed &&
			     mode.quotes != REDACT_UNKNOWN;

	for (size_t cut = 0; cut <= sql.len; cut++) {
		redact(cut);
		if (!CHECK(!shows_secret() && out_len <= cut) ||
		    (ordered && !CHECK(is_in_order(cut)))) {
			say(cut);
			return;
		}
	}
}

static void
check_cuts(uint64_t round)
{
	(void)round;
	if (!CHECK(!is_secret(sql.wanted, sql.wanted + sql.wanted_len)))
		say(sql.len);
	cut_anywhere();
}

static void
test_no_cut_shows_a_value(void)
{
	each_statement(20000, check_cuts);
}

static void
check_cuts_in_doubt(uint64_t round)
{
	mode = doubt(mode, 1 + (unsigned)(round / 8) % 7);
	cut_anywhere();
}

static void
test_no_cut_in_doubt_shows_a_value(void)
{
	each_statement(20000, check_cuts_in_doubt);
}

/* Whether strings are all that an odd quote could open or close, and no byte in
 * them is one that ends what can be read. */
static bool
has_only_strings(void)
{
	for (size_t i = 0; i < sql.len; i++)
		if (strchr("\"`[\\#$-/", sql.text[i]))
			return false;
	return true;
}

/* The quote that a program forgot to double, anywhere in the values. */
static void
paste_quote(uint64_t *seed)
{
	const char *quote = memchr(sql.text, '\'', sql.len);
	const size_t first = (size_t)(quote - sql.text) + 1;
	const size_t at = first + pick(seed, (unsigned)(sql.len - first));

	memmove(sql.text + at + 1, sql.text + at, sql.len - at);
	sql.text[at] = '\'';
	sql.len++;
}

static void
test_a_quote_pasted_in_shows_no_value(void)
{
	const uint64_t count = rounds(100000);
	unsigned pasted = 0;

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		uint64_t seed = round;

		mode = pick_mode(round);
		sql_make_by(&sql, mode, round,
		    "UPDATE users SET a = <plain> , t2 = <plain> WHERE u4 IN ( "
		    "<plain> )");
		sql_write(&sql, round);
		if (!has_only_strings())
			continue;
		pasted++;
		paste_quote(&seed);
		redact(sql.len);
		if (!CHECK(!is_secret(out, out + out_len)))
			say(sql.len);
	}
	CHECK(pasted > count / 100);
}

/* Statements of a rule, in modes that `fits` tells; none shows a value. */
static void
each_by(const char *rule, bool (*fits)(void), unsigned doubts)
{
	const uint64_t count = rounds(100000);
	unsigned made = 0;

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		mode = pick_mode(round);
		if (!fits())
			continue;
		made++;
		sql_make_by(&sql, mode, round, rule);
		sql_write(&sql, round);
		mode = doubt(mode, doubts);
		redact(sql.len);
		if (!CHECK(!is_secret(out, out + out_len)))
			say(sql.len);
	}
	CHECK(made > count / 20);
}

static bool
is_mysql(void)
{
	return mode.dialect == REDACT_MYSQL;
}

/* MySQL reads the comment to the first end mark, if not as SQL. */
static void
test_a_comment_that_is_not_executed_shows_no_value(void)
{
	each_by("SELECT <plain> , <skipped> <plain> , <plain> , a FROM t2 "
		"WHERE a = <skipped> <plain> AND u4 IN ( <plain> , <plain> )",
	    is_mysql, 0);
	each_by("SET a = <skipped> <digits> , b = <plain> , c = <skipped> "
		"<digits> , @v = <plain>",
	    is_mysql, 0);
}

static bool
is_wide(void)
{
	return mode.charset != REDACT_CHARSET_PLAIN &&
	       mode.backslash == REDACT_YES;
}

static void
test_a_charset_that_is_not_known_shows_no_value(void)
{
	each_by("SELECT <wide_end> , <plain> , <wide_end> , <plain> FROM t2 "
		"WHERE a = <plain> AND u4 = <plain>",
	    is_wide, 4);
}

static void
redact_twice(size_t cut)
{
	size_t len;

	redact(cut);
	len = redact_sql_mode(mode, out, out_len, again, sizeof(again));
	if (!CHECK(len == out_len && memcmp(out, again, len) == 0)) {
		say(cut);
		fprintf(stderr, "  again %.*s\n", (int)len, again);
	}
}

static void
check_twice(uint64_t round)
{
	uint64_t seed = round;

	mode = doubt(mode, (unsigned)(round / 8) % 8);
	redact_twice(sql.len);
	for (int i = 0; i < 4; i++)
		redact_twice(pick(&seed, (unsigned)sql.len + 1));
}

static void
test_redacting_twice_changes_nothing(void)
{
	each_statement(50000, check_twice);
}

RUN_TESTS(TEST(test_values_are_hidden_and_all_else_stays),
    TEST(test_doubt_hides_nothing_where_there_is_none),
    TEST(test_no_cut_shows_a_value), TEST(test_no_cut_in_doubt_shows_a_value),
    TEST(test_a_quote_pasted_in_shows_no_value),
    TEST(test_a_comment_that_is_not_executed_shows_no_value),
    TEST(test_a_charset_that_is_not_known_shows_no_value),
    TEST(test_redacting_twice_changes_nothing))
