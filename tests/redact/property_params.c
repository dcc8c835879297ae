/*
 * Of statements made at random, in which it is known to which column each
 * parameter belongs, redact_hidden_params() hides every parameter that the
 * patterns name by its column or by itself; and where the column stands in
 * plain sight it is told, and no other parameter is hidden.
 */
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/property_params.h"
#include "tests/redact/property_rounds.h"

#include <strings.h>

static const char patterns[] = "password, *token*, secret_*";

static struct sql sql;
static struct bound bound;
static struct redact_mode mode;
static uint64_t hidden[(BOUND_MAX + 63) / 64];
static struct redact_param params[BOUND_MAX];
static size_t params_count;

static void
next_statement(uint64_t round)
{
	mode = pick_mode(round);
	bound_make(&bound, mode, round);
	sql_make_by(&sql, mode, round, bound.rule);
	sql_write(&sql, round);
}

static void
ask(void)
{
	struct redact_analysis analysis = {
	    .outline = {.params = params, .params_cap = BOUND_MAX}};

	redact_hidden_params(
	    mode, sql.text, sql.len, patterns, hidden, BOUND_MAX);
	redact_analyse(mode, sql.text, sql.len, NULL, 0, &analysis);
	params_count = analysis.outline.param_count;
}

static void
say(const struct bound_param *param)
{
	fprintf(stderr,
	    "  dialect %d backslash %d quotes %d charset %d\n  %.*s\n"
	    "  parameter %u, column %s\n",
	    mode.dialect, mode.backslash, mode.quotes, mode.charset,
	    (int)sql.len, sql.text, param->index,
	    param->column ? param->column : "unknown");
}

static bool
is_hidden(const struct bound_param *param)
{
	return hidden[(param->index - 1) / 64] >> (param->index - 1) % 64 & 1;
}

static bool
is_named(const char *name)
{
	return name && redact_name_is_hidden(patterns, name, strlen(name));
}

static bool
is_to_hide(const struct bound_param *param)
{
	return is_named(param->column) || is_named(param->name);
}

/* Whether one with the same number is to be hidden. */
static bool
has_to_hide(unsigned index)
{
	for (size_t i = 0; i < bound.count; i++)
		if (bound.params[i].index == index &&
		    is_to_hide(&bound.params[i]))
			return true;
	return false;
}

static void
check_none_is_missed(void)
{
	for (size_t i = 0; i < bound.count; i++)
		if (is_to_hide(&bound.params[i]) &&
		    !CHECK(is_hidden(&bound.params[i])))
			say(&bound.params[i]);
}

static void
test_no_parameter_of_a_hidden_column_is_missed(void)
{
	const uint64_t count = rounds(200000);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		next_statement(round);
		ask();
		check_none_is_missed();
	}
}

static void
test_none_is_missed_where_the_mode_is_not_known(void)
{
	const uint64_t count = rounds(100000);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		next_statement(round);
		mode = doubt(mode, 1 + (unsigned)(round / 8) % 7);
		ask();
		check_none_is_missed();
	}
}

static bool
tells(const struct redact_param *told, const struct bound_param *param)
{
	return told->index == param->index && told->column &&
	       told->column_len == strlen(param->column) &&
	       strncasecmp(told->column, param->column, told->column_len) == 0;
}

static void
check_all_are_told(void)
{
	CHECK(params_count == bound.count);
	for (size_t i = 0; i < bound.count && i < params_count; i++) {
		const struct bound_param *param = &bound.params[i];

		if (param->column &&
		    (!CHECK(tells(&params[i], param)) ||
			!CHECK(is_hidden(param) == has_to_hide(param->index))))
			say(param);
	}
}

static void
test_a_column_in_plain_sight_is_told(void)
{
	const uint64_t count = rounds(200000);
	unsigned plain = 0;

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		next_statement(round);
		if (!bound.plain)
			continue;
		plain++;
		ask();
		check_all_are_told();
	}
	CHECK(plain > count / 8);
}

/* How much is hidden that need not be, where columns are harder to tell. */
static void
test_most_other_parameters_are_shown(void)
{
	const uint64_t count = rounds(50000);
	unsigned shown = 0, others = 0;

	for (uint64_t round = 0; round < count; round++) {
		next_statement(round);
		ask();
		for (size_t i = 0; i < bound.count; i++)
			if (!has_to_hide(bound.params[i].index)) {
				others++;
				shown += !is_hidden(&bound.params[i]);
			}
	}
	printf("%u of %u others are shown\n", shown, others);
	CHECK(shown > others / 2);
}

/* Deeper than the outline goes, and more than it counts. */
static void
test_none_is_missed_where_there_are_many(void)
{
	char text[4096];
	size_t len = 0;
	uint64_t bits[5];

	mode = redact_default_mode(REDACT_MYSQL);
	for (unsigned depth = 0; depth < 100 && check_failures < FAILURES;
	     depth++) {
		len = (size_t)sprintf(text, "SELECT a FROM t WHERE ");
		memset(text + len, '(', depth);
		len += depth;
		len += (size_t)sprintf(text + len, "password = ?");
		memset(text + len, ')', depth);
		len += depth;
		len += (size_t)sprintf(text + len, " AND token = ?");
		redact_hidden_params(mode, text, len, patterns, bits, 2);
		if (!CHECK((bits[0] & 3) == 3))
			fprintf(stderr, "  %.*s\n", (int)len, text);
	}
	for (unsigned count = 1; count < 300; count++) {
		len = (size_t)sprintf(text, "INSERT INTO t (password");
		for (unsigned i = 1; i < count; i++)
			len += (size_t)sprintf(text + len, ",c%u", i);
		len += (size_t)sprintf(text + len, ",token) VALUES (?");
		for (unsigned i = 0; i < count; i++)
			len += (size_t)sprintf(text + len, ",?");
		len += (size_t)sprintf(text + len, ")");
		redact_hidden_params(mode, text, len, patterns, bits, 300);
		CHECK(bits[0] & 1);
		CHECK(bits[count / 64] >> count % 64 & 1);
	}
}

/* With ANSI_QUOTES mostly comes PIPES_AS_CONCAT. */
static void
test_bars_may_tie_texts_in_the_mode_ansi(void)
{
	static const char text[] = "DELETE FROM t WHERE password || a = ?";
	uint64_t bits[1];

	mode = redact_default_mode(REDACT_MYSQL);
	mode.quotes = REDACT_NO;

	redact_hidden_params(mode, text, strlen(text), patterns, bits, 1);

	CHECK(bits[0] == 1);
}

RUN_TESTS(TEST(test_no_parameter_of_a_hidden_column_is_missed),
    TEST(test_none_is_missed_where_the_mode_is_not_known),
    TEST(test_a_column_in_plain_sight_is_told),
    TEST(test_most_other_parameters_are_shown),
    TEST(test_none_is_missed_where_there_are_many),
    TEST(test_bars_may_tie_texts_in_the_mode_ansi))
