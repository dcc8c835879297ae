/*
 * Statements made at random have one fingerprint with their twins, which
 * differ in blanks, comments, case and values, and with no other; and nothing
 * that is told of a statement shows a value.
 */
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/property_rounds.h"

#include <ctype.h>
#include <strings.h>

static struct sql sql;
static struct redact_mode mode;
static char out[SQL_MAX], normal[SQL_MAX], summary[256], tables[SQL_MAX];
static struct redact_param params[PIECES_MAX];
static struct redact_analysis analysis;
static size_t out_len;

static void
analyse(const char *text, size_t len)
{
	analysis = (struct redact_analysis){
	    .normal = normal,
	    .normal_cap = sizeof(normal),
	    .outline = {.summary = summary,
		.summary_cap = sizeof(summary),
		.tables = tables,
		.tables_cap = sizeof(tables),
		.params = params,
		.params_cap = PIECES_MAX},
	};
	out_len = redact_analyse(mode, text, len, out, sizeof(out), &analysis);
}

static void
say(size_t len)
{
	fprintf(stderr,
	    "  dialect %d backslash %d quotes %d charset %d\n  %.*s\n  -> "
	    "%.*s\n",
	    mode.dialect, mode.backslash, mode.quotes, mode.charset, (int)len,
	    sql.text, (int)analysis.normal_len, normal);
}

static void
each_statement(uint64_t usual, void (*check)(uint64_t round))
{
	const uint64_t count = rounds(usual);

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		sql_make(&sql, pick_mode(round), round);
		sql_write(&sql, round);
		mode = sql.mode;
		check(round);
	}
}

static void
check_twin(uint64_t round)
{
	static char first[SQL_MAX];
	const size_t first_len = sql.len;
	uint64_t fingerprint;

	memcpy(first, sql.text, sql.len);
	analyse(sql.text, sql.len);
	fingerprint = analysis.fingerprint;

	sql.other_values = !sql.zoned && round & 2;
	sql_write(&sql, round + 1);
	analyse(sql.text, sql.len);
	if (!CHECK(fingerprint == analysis.fingerprint)) {
		say(sql.len);
		analyse(first, first_len);
		fprintf(stderr, "  and %.*s\n  -> %.*s\n", (int)first_len,
		    first, (int)analysis.normal_len, normal);
	}
}

static void
test_twins_share_a_fingerprint(void)
{
	each_statement(100000, check_twin);
}

/* Lists of values, and rows of them, have any length. */
static void
test_lists_of_any_length_share_a_fingerprint(void)
{
	static const char *const rules[] = {
	    "SELECT a FROM t2 WHERE a IN ( <constants> ) AND u4 = <constant>",
	    "INSERT INTO t2 ( a , u4 ) VALUES <constant_rows>",
	};
	uint64_t fingerprints[2][3] = {{0}};

	for (uint64_t round = 0; round < rounds(30000); round++) {
		const unsigned rule = round & 1;

		mode = pick_mode(round);
		sql_make_by(&sql, mode, round, rules[rule]);
		sql_write(&sql, round);
		analyse(sql.text, sql.len);
		if (!fingerprints[rule][mode.dialect])
			fingerprints[rule][mode.dialect] = analysis.fingerprint;
		if (!CHECK(fingerprints[rule][mode.dialect] ==
			   analysis.fingerprint))
			say(sql.len);
	}
}

/*
 * The normal form is one: made of itself it stays, with its fingerprint.  For
 * PostgreSQL a ? in it is an operator.
 */
static void
check_normal(uint64_t round)
{
	static char first[SQL_MAX];
	size_t first_len;
	uint64_t fingerprint;

	(void)round;
	analyse(sql.text, sql.len);
	first_len = analysis.normal_len;
	memcpy(first, normal, first_len);
	fingerprint = analysis.fingerprint;
	analyse(first, first_len);
	if (!CHECK(analysis.normal_len == first_len &&
		   memcmp(first, normal, first_len) == 0) ||
	    !CHECK(fingerprint == analysis.fingerprint ||
		   mode.dialect == REDACT_POSTGRES)) {
		say(sql.len);
		fprintf(stderr, "  of %.*s\n", (int)first_len, first);
	}
}

static void
test_the_normal_form_is_its_own(void)
{
	each_statement(50000, check_normal);
}

/* Another name, operator or keyword, of the same length or not. */
static bool
change_piece(struct piece *piece)
{
	char *at = sql.bytes + piece->at;

	if (piece->kind == PIECE_NAME && islower((unsigned char)*at)) {
		*at = *at == 'b' ? 'c' : 'b';
		return true;
	}
	if (piece->kind == PIECE_SIGN && piece->len == 1 &&
	    (*at == '=' || *at == '<')) {
		*at = *at == '=' ? '<' : '=';
		return true;
	}
	if (piece->kind == PIECE_KEYWORD && piece->len == 3 &&
	    memcmp(at, "AND", 3) == 0) {
		memcpy(at, "XOR", 3);
		return true;
	}
	return false;
}

static void
check_change(uint64_t round)
{
	uint64_t seed = round, fingerprint;

	analyse(sql.text, sql.len);
	fingerprint = analysis.fingerprint;
	for (int tries = 0; tries < 8; tries++)
		if (change_piece(
			&sql.pieces[pick(&seed, (unsigned)sql.pieces_count)])) {
			sql_write(&sql, round);
			analyse(sql.text, sql.len);
			if (!CHECK(fingerprint != analysis.fingerprint))
				say(sql.len);
			return;
		}
}

static void
test_another_name_is_another_fingerprint(void)
{
	each_statement(50000, check_change);
}

/* Fingerprints of all statements, with what their normal forms have in common
 * with those of twins. */
#define SEEN (1 << 18)

static struct {
	uint64_t fingerprint, shape;
} seen[SEEN];
static unsigned seen_count;

static bool
is_in_word(size_t at)
{
	return at < analysis.normal_len &&
	       (isalnum((unsigned char)normal[at]) || normal[at] == '_' ||
		   normal[at] == '$' || normal[at] & 0x80);
}

/* The end of the parameter at `at`, or `at`. */
static size_t
skip_param(size_t at)
{
	const bool sqlite = mode.dialect == REDACT_SQLITE;
	size_t end = at + 1;

	if (at && normal[at] == '$' && is_in_word(at - 1))
		return at;
	if (mode.dialect == REDACT_MYSQL ||
	    !memchr(sqlite ? "?:@$" : "$$$$", normal[at], 4))
		return at;
	while (normal[at] == '?'
		   ? isdigit((unsigned char)normal[end])
		   : is_in_word(end) || (sqlite && normal[end] == ':'))
		end++;
	if (sqlite && normal[at] == '$' && normal[end] == '(')
		end += 3;
	return end;
}

/*
 * The normal form without its blanks and case, as one number; a parameter is
 * a value, and so is a NULL, which in a list of values is one.
 */
static uint64_t
shape(void)
{
	uint64_t hash = 0xcbf29ce484222325u + mode.dialect;

	for (size_t i = 0; i < analysis.normal_len; i++) {
		const size_t end = skip_param(i);
		int byte = tolower((unsigned char)normal[i]);

		if (end > i) {
			byte = '?';
			i = end - 1;
		} else if (byte == 'n' && analysis.normal_len - i >= 4 &&
			   strncasecmp(normal + i, "null", 4) == 0) {
			byte = '?';
			i += 3;
		}
		if (byte != ' ')
			hash = (hash ^ (uint64_t)byte) * 0x100000001b3u;
	}
	return hash;
}

static void
check_seen(uint64_t round)
{
	size_t at;

	(void)round;
	analyse(sql.text, sql.len);
	at = analysis.fingerprint % SEEN;
	while (seen[at].fingerprint &&
	       seen[at].fingerprint != analysis.fingerprint)
		at = (at + 1) % SEEN;
	if (!seen[at].fingerprint) {
		if (seen_count == SEEN / 4 * 3)
			return; /* a long run has more than there is room for */
		seen_count++;
		seen[at].fingerprint = analysis.fingerprint;
		seen[at].shape = shape();
	}
	if (!CHECK(seen[at].shape == shape()))
		say(sql.len);
}

static void
test_no_two_shapes_share_a_fingerprint(void)
{
	each_statement(SEEN / 2, check_seen);
}

/* A parameter's name may end in a text; its column may not. */
static bool
params_tell_secret(void)
{
	for (size_t i = 0; i < analysis.outline.param_count; i++)
		if (params[i].column &&
		    is_secret(params[i].column,
			params[i].column + params[i].column_len))
			return true;
	return false;
}

static bool
tells_secret(void)
{
	const struct redact_outline *outline = &analysis.outline;
	const size_t tables_len = outline->tables_len < sizeof(tables)
				      ? outline->tables_len
				      : sizeof(tables);

	return is_secret(out, out + out_len) ||
	       is_secret(normal, normal + analysis.normal_len) ||
	       is_secret(summary, summary + outline->summary_len) ||
	       is_secret(tables, tables + tables_len) ||
	       (outline->operation &&
		   is_secret(outline->operation,
		       outline->operation + outline->operation_len)) ||
	       params_tell_secret();
}

/* In any mode. */
static void
check_told(uint64_t round)
{
	mode = doubt(mode, (unsigned)(round / 8) % 8);
	analyse(sql.text, sql.len);
	if (!CHECK(analysis.outline.summary_len < sizeof(summary)) ||
	    !CHECK(!tells_secret()))
		say(sql.len);
}

static void
test_nothing_that_is_told_shows_a_value(void)
{
	each_statement(100000, check_told);
}

static void
check_cuts_told(uint64_t round)
{
	mode = doubt(mode, (unsigned)(round / 8) % 8);
	for (size_t cut = 0; cut < sql.len; cut++) {
		analyse(sql.text, cut);
		if (!CHECK(!tells_secret())) {
			say(cut);
			return;
		}
	}
}

static void
test_no_cut_lets_a_value_be_told(void)
{
	each_statement(4000, check_cuts_told);
}

RUN_TESTS(TEST(test_twins_share_a_fingerprint),
    TEST(test_lists_of_any_length_share_a_fingerprint),
    TEST(test_the_normal_form_is_its_own),
    TEST(test_another_name_is_another_fingerprint),
    TEST(test_no_two_shapes_share_a_fingerprint),
    TEST(test_nothing_that_is_told_shows_a_value),
    TEST(test_no_cut_lets_a_value_be_told))
