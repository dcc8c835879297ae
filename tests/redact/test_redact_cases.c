/*
 * Statements of each dialect come out of redact_sql() without values: by
 * cases, by properties that hold in any mode however a case is cut, and on
 * hostile lengths.
 */
#include "redact/redact.h"
#include "tests/check.h"

#include <stdlib.h>
#include <strings.h>

struct redact_case {
	enum redact_dialect dialect;
	const char *sentence;
	const char *sql;
	const char *wanted;
};

/* clang-format off */
static const struct redact_case cases[] = {
#define CASE(sentence, sql, wanted) { REDACT_SQLITE, sentence, sql, wanted },
#include "sqlite_cases.h"
#define CASE(sentence, sql, wanted) { REDACT_POSTGRES, sentence, sql, wanted },
#include "postgres_cases.h"
#define CASE(sentence, sql, wanted) { REDACT_MYSQL, sentence, sql, wanted },
#include "mysql_cases.h"
};
/* clang-format on */

#define CASES (sizeof(cases) / sizeof(*cases))

static size_t
redact(const char *sql, size_t len, char *out, size_t cap)
{
	return redact_sql(REDACT_SQLITE, sql, len, out, cap);
}

static void
test_values_are_hidden_and_names_stay(void)
{
	for (size_t i = 0; i < CASES; i++) {
		const struct redact_case *c = &cases[i];
		char out[1024];
		size_t len = redact_sql(
		    c->dialect, c->sql, strlen(c->sql), out, sizeof(out));

		if (!CHECK_TEXT(out, len, c->wanted))
			fprintf(stderr, "  %s\n", c->sentence);
	}
}

static bool
shows_secret(const char *out, size_t len)
{
	for (size_t i = 0; i + 6 <= len; i++)
		if (strncasecmp(out + i, "SECRET", 6) == 0 ||
		    strncasecmp(out + i, "5EC4E7", 6) == 0)
			return true;
	return false;
}

/* How the texts of the checks below are read. */
static struct redact_mode mode;

static size_t
redact_in_mode(const char *sql, size_t len, char *out, size_t cap)
{
	return redact_sql_mode(mode, sql, len, out, cap);
}

static void
each_prefix_of(
    const struct redact_case *c, bool (*holds)(const char *sql, size_t len))
{
	size_t len = strlen(c->sql);

	for (size_t cut = 0; cut <= len; cut++)
		if (!CHECK(holds(c->sql, cut)))
			fprintf(stderr, "  %.*s\n", (int)cut, c->sql);
}

/* Run a check on every beginning of every case, as its mode is known. */
static void
each_prefix(bool (*holds)(const char *sql, size_t len))
{
	for (size_t i = 0; i < CASES; i++) {
		mode = redact_default_mode(cases[i].dialect);
		each_prefix_of(&cases[i], holds);
	}
}

/* The same where a part of the mode is not known. */
static void
each_prefix_in_doubt(bool (*holds)(const char *sql, size_t len))
{
	for (size_t i = 0; i < CASES; i++)
		for (int doubt = 1; doubt < 8; doubt++) {
			mode = redact_default_mode(cases[i].dialect);
			if (doubt & 1 && mode.dialect != REDACT_SQLITE)
				mode.backslash = REDACT_UNKNOWN;
			if (doubt & 2 && mode.dialect != REDACT_POSTGRES)
				mode.quotes = REDACT_UNKNOWN;
			if (doubt & 4)
				mode.charset = REDACT_CHARSET_UNKNOWN;
			each_prefix_of(&cases[i], holds);
		}
}

static bool
hides_secret(const char *sql, size_t len)
{
	char out[1024];
	size_t n = redact_in_mode(sql, len, out, sizeof(out));

	return !shows_secret(out, n);
}

static void
test_no_cut_shows_a_secret(void)
{
	each_prefix(hides_secret);
	each_prefix_in_doubt(hides_secret);
}

static bool
is_no_longer(const char *sql, size_t len)
{
	char out[1024];

	return redact_in_mode(sql, len, out, sizeof(out)) <= len;
}

static void
test_output_is_never_longer_than_input(void)
{
	each_prefix(is_no_longer);
}

static bool
is_stable(const char *sql, size_t len)
{
	char once[1024], twice[1024];
	size_t n = redact_in_mode(sql, len, once, sizeof(once));
	size_t m = redact_in_mode(once, n, twice, sizeof(twice));

	return n == m && memcmp(once, twice, n) == 0;
}

static void
test_redacting_twice_changes_nothing(void)
{
	each_prefix(is_stable);
	each_prefix_in_doubt(is_stable);
}

static bool
all_blank(const char *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (at[i] != ' ')
			return false;
	return true;
}

/* What is in a room of any size begins the whole answer; the rest of the
 * room is blank, and nothing lies behind it. */
static bool
fits_any_room(const char *sql, size_t len)
{
	char whole[1024], out[1024];
	size_t n = redact_in_mode(sql, len, whole, sizeof(whole));

	for (size_t cap = 0; cap < n; cap++) {
		size_t same = 0;

		memset(out, '#', sizeof(out));
		if (redact_in_mode(sql, len, out, cap) != n || out[cap] != '#')
			return false;
		while (same < cap && out[same] == whole[same])
			same++;
		if (!all_blank(out + same, cap - same))
			return false;
	}
	return true;
}

static void
test_a_smaller_room_holds_a_prefix(void)
{
	each_prefix(fits_any_room);
}

/* Where more is asked for, all words are looked up: nothing changes. */
static bool
is_the_same_in_analysis(const char *sql, size_t len)
{
	char once[1024], twice[1024];
	struct redact_analysis analysis = {0};
	size_t n = redact_in_mode(sql, len, once, sizeof(once));
	size_t m = redact_analyse(
	    mode, sql, len, twice, sizeof(twice), &analysis);

	return n == m && memcmp(once, twice, n) == 0;
}

static void
test_an_analysis_redacts_likewise(void)
{
	each_prefix(is_the_same_in_analysis);
	each_prefix_in_doubt(is_the_same_in_analysis);
}

struct told {
	char normal[1024], summary[256], tables[1024];
	struct redact_param params[8];
	struct redact_analysis analysis;
};

static void
tell(struct told *told, size_t normal_cap, const char *sql, size_t len)
{
	char out[1024];

	memset(told, 0, sizeof(*told));
	told->analysis = (struct redact_analysis){
	    .normal = told->normal,
	    .normal_cap = normal_cap,
	    .outline = {.summary = told->summary,
		.summary_cap = sizeof(told->summary),
		.tables = told->tables,
		.tables_cap = sizeof(told->tables),
		.params = told->params,
		.params_cap = 8},
	};
	redact_analyse(mode, sql, len, out, sizeof(out), &told->analysis);
	told->analysis.normal = NULL;
	told->analysis.outline.summary = told->analysis.outline.tables = NULL;
	told->analysis.outline.params = NULL;
}

/*
 * In a charset of the kind each token takes the long way.  Whatever is told of
 * a text in ASCII is the same, also where there is little room.
 */
static bool
is_told_alike_in_any_charset(const char *sql, size_t len)
{
	const struct redact_mode plain = mode;
	static struct told one, other;

	for (size_t i = 0; i < len; i++)
		if (sql[i] & 0x80)
			return true;
	for (size_t cap = sizeof(one.normal); cap > 0; cap /= 5) {
		mode.charset = REDACT_CHARSET_PLAIN;
		tell(&one, cap, sql, len);
		mode.charset = REDACT_CHARSET_BIG5;
		tell(&other, cap, sql, len);
		mode = plain;
		if (memcmp(&one, &other, sizeof(one)) != 0)
			return false;
	}
	return true;
}

static void
test_usual_tokens_are_told_as_others_are(void)
{
	each_prefix(is_told_alike_in_any_charset);
}

static void
test_a_prefix_ends_before_a_token(void)
{
	char out[16];
	const char *sql = "SELECT column FROM t";

	size_t len = redact(sql, strlen(sql), out, 10);

	CHECK_U64(len, strlen(sql));
	CHECK_TEXT(out, 10, "SELECT    ");
}

/* The text was in a string after all: it may not stay in memory either. */
static void
test_what_is_taken_back_is_wiped(void)
{
	char out[64];
	const char *sql = "SELECT 'a', SECRET, 'b";

	size_t len = redact(sql, strlen(sql), out, sizeof(out));

	CHECK_TEXT(out, len, "SELECT ?");
	CHECK(!shows_secret(out, sizeof(out)));
}

static void
test_a_nul_ends_the_text(void)
{
	static const char in_string[] = "SELECT a, 'x\0SECRET' || 'SECRET'";
	static const char outside[] = "SELECT a\0, SECRET";
	char out[64];

	size_t len = redact(in_string, sizeof(in_string) - 1, out, sizeof(out));

	CHECK_TEXT(out, len, "SELECT a, ? || ?");
	len = redact(outside, sizeof(outside) - 1, out, sizeof(out));
	CHECK_TEXT(out, len, "SELECT a");
}

/* Openers that are never closed, each of which could be searched to the
 * end: with a search each this would not end within the test's time. */
static void
redact_openers(enum redact_dialect dialect)
{
	static const char *const openers[] = {"'", "\"", "[", "`", "/*", "(",
	    "x'", "x'4", "$a(", "a$a(", "--", "\"a\" ", "\"a\".", "'x'a ",
	    "(SELECT \"a\",", "SELECT \"a\" UNION ", "SELECT \"a\",",
	    "PRAGMA key='x';", "ATTACH (", "CASE WHEN \"a\" ", "1e", "a.",
	    "/**/", "IS NOT ", "CREATE VIRTUAL TABLE t USING m(a=(", "$a$ ",
	    "$a$'", "$$", "/*!", "/*!'*/", "#", "'a' ", "'a'\n", "E'\\",
	    "_utf8 ", "_utf8/**/", "SELECT 1 a ", "SET a = ", "SET a =,", "@",
	    "SELECT 'a' b,", "SELECT TRUE ", "SELECT 1 IS TRUE;", "{", "-",
	    "(a", "IN (1,", "VALUES (1),(", "WITH a AS (", "INSERT INTO a (b,",
	    "SELECT ?,", ":a,", "FROM a,", ";", "a = ?,"};
	const size_t size = 1 << 18;
	char *sql = malloc(size), *out = malloc(size);
	struct redact_analysis analysis = {0};

	for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++) {
		size_t step = strlen(openers[i]);

		for (size_t at = 0; at < size; at++)
			sql[at] = openers[i][at % step];
		CHECK(redact_sql(dialect, sql, size, out, size) <= size);
		redact_analyse(redact_default_mode(dialect), sql, size, out,
		    size, &analysis);
		redact_has_secret(redact_default_mode(dialect), sql, size);
	}
	free(out);
	free(sql);
}

static void
test_repeated_openers_are_linear(void)
{
	redact_openers(REDACT_SQLITE);
	redact_openers(REDACT_POSTGRES);
	redact_openers(REDACT_MYSQL);
}

static void
test_a_long_list_is_redacted_to_its_end(void)
{
	const size_t rows = 50000;
	char *sql = malloc(rows * 12 + 32), *out = malloc(rows * 12 + 32);
	size_t len = (size_t)sprintf(sql, "SELECT a FROM t WHERE b IN (");
	size_t redacted;

	for (size_t i = 0; i < rows; i++)
		len += (size_t)sprintf(
		    sql + len, "%s'SECRET%zu'", i ? "," : "", i % 10);
	sql[len++] = ')';
	redacted = redact(sql, len, out, len);

	CHECK_U64(redacted, 28 + rows * 2);
	CHECK(!shows_secret(out, redacted));
	free(out);
	free(sql);
}

struct secret_row {
	const char *sql;
	bool secret;
};

static void
check_secret(enum redact_dialect dialect, const struct secret_row *row)
{
	if (!CHECK(redact_has_secret(redact_default_mode(dialect), row->sql,
		       strlen(row->sql)) == row->secret))
		fprintf(stderr, "  %s\n", row->sql);
}

static void
test_statements_with_credentials_are_told_apart(void)
{
	static const struct secret_row rows[] = {
	    {"SELECT 'key=1' FROM t", false},
	    {"PRAGMA key = 'x'", true},
	    {"pragma main.rekey('x')", true},
	    {"PRAGMA cipher_page_size = 4096", true},
	    {"PRAGMA [key] = x", true},
	    {"PRAGMA journal_mode = wal", false},
	    {"PRAGMA main . table_info(t)", false},
	    {"PRAGMA user_version", false},
	    {"/* c */ -- d\n EXPLAIN QUERY PLAN PRAGMA key=x", true},
	    {";;SELECT 1; PRAGMA key = x", true},
	    {"SELECT ';PRAGMA key=x;'", false},
	    {"SELECT ';' ^ ; PRAGMA key = x", true},
	    {"\xEF\xBB\xBFPRAGMA key = x", true},
	    {"ATTACH 'a.db' AS b", false},
	    {"ATTACH DATABASE ?1 AS b;", false},
	    {"ATTACH 'file:a?key=x' AS b", true},
	    {"ATTACH 'a' || 'b' AS c", true},
	    {"ATTACH 'a.db' AS b KEY 'x'", true},
	    {"ATTACH 'a.db' AS b KEY", true},
	    {"ATTACH 'a.db", true},
	    {"VACUUM", false},
	    {"VACUUM main INTO 'a.db'", false},
	    {"VACUUM INTO 'file:a?key=x'", true},
	    {"CREATE TABLE t (a DEFAULT 'x')", false},
	    {"CREATE VIRTUAL TABLE t USING fts5(a, b)", false},
	    {"CREATE VIRTUAL TABLE t USING m(password=x)", true},
	    {"CREATE VIRTUAL TABLE t USING m('x')", true},
	    {"", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_secret(REDACT_SQLITE, &rows[i]);
}

static void
test_mysqls_statements_with_credentials_are_too(void)
{
	static const struct secret_row rows[] = {
	    {"CREATE USER u IDENTIFIED BY 'x'", true},
	    {"CREATE TABLE t (a VARCHAR(9) DEFAULT 'x')", false},
	    {"CREATE TABLE t (a INT) ENGINE=FEDERATED "
	     "CONNECTION='mysql://u:x@h/d/t'",
		true},
	    {"ALTER TABLE t CONNECTION 'x'", true},
	    {"CREATE TEMPORARY TABLE t (a INT) CONNECTION='x'", true},
	    {"PREPARE s FROM 'SELECT 1'", false},
	    {"PREPARE s FROM 'ALTER USER u IDENTIFIED BY \\'x\\''", true},
	    {"EXECUTE s", false},
	    {"execute immediate 'create user u identified by \"x\"'", true},
	    {"SELECT 1; PREPARE s FROM 'GRANT ... IDENTIFIED BY ...'", true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_secret(REDACT_MYSQL, &rows[i]);
}

RUN_TESTS(TEST(test_values_are_hidden_and_names_stay),
    TEST(test_no_cut_shows_a_secret),
    TEST(test_output_is_never_longer_than_input),
    TEST(test_redacting_twice_changes_nothing),
    TEST(test_a_smaller_room_holds_a_prefix),
    TEST(test_an_analysis_redacts_likewise),
    TEST(test_usual_tokens_are_told_as_others_are),
    TEST(test_a_prefix_ends_before_a_token),
    TEST(test_what_is_taken_back_is_wiped), TEST(test_a_nul_ends_the_text),
    TEST(test_repeated_openers_are_linear),
    TEST(test_a_long_list_is_redacted_to_its_end),
    TEST(test_statements_with_credentials_are_told_apart),
    TEST(test_mysqls_statements_with_credentials_are_too))
