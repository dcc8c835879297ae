/*
 * osprof_redact.h keeps its promises about room and modes; and hide_params
 * hides what goes with the columns that it names.
 */
#include <osprof_redact.h>

#include "redact/redact.h"
#include "tests/check.h"

static void
check_redacted(const char *modes, const char *sql, const char *wanted)
{
	char out[256];
	size_t len = osprof_redact(
	    OSPROF_DIALECT_MYSQL, modes, sql, strlen(sql), out, sizeof(out));

	CHECK_STR(out, wanted);
	CHECK_U64(len, strlen(wanted));
}

static void
test_modes_are_read(void)
{
	check_redacted(NULL, "SELECT 'a\\', b, 'c'", "SELECT ?");
	check_redacted("", "SELECT 'a\\' , b'", "SELECT ?");
	check_redacted(
	    "no_backslash_escapes=on", "SELECT 'a\\', b", "SELECT ?, b");
	check_redacted("sql_mode=STRICT,ANSI_QUOTES  charset=gbk",
	    "SELECT \"a\", '\xbf\\', b", "SELECT \"a\", ?, b");
	check_redacted("unknown", "SELECT 'a\\', b", "SELECT ?");
	check_redacted("what=ever", "SELECT 'a\\', b", "SELECT ?");
}

static void
test_answers_are_terminated_in_their_room(void)
{
	const char *sql = "SELECT a FROM t WHERE b IN (1, 2)";
	char out[64];

	for (size_t cap = 1; cap < sizeof(out); cap++) {
		memset(out, '#', sizeof(out));
		CHECK_U64(osprof_redact(OSPROF_DIALECT_SQLITE, NULL, sql,
			      strlen(sql), out, cap),
		    strlen(sql));
		CHECK(strlen(out) < cap && out[cap] == '#');
		memset(out, '#', sizeof(out));
		CHECK_U64(osprof_redact_normalize(OSPROF_DIALECT_SQLITE, NULL,
			      sql, strlen(sql), out, cap),
		    strlen(sql) - 3);
		CHECK(strlen(out) < cap && out[cap] == '#');
		memset(out, '#', sizeof(out));
		osprof_redact_summary(
		    OSPROF_DIALECT_SQLITE, NULL, sql, strlen(sql), out, cap);
		CHECK(strlen(out) < cap && out[cap] == '#');
	}
	CHECK_STR(out, "SELECT t");
	CHECK_U64(osprof_redact(
		      OSPROF_DIALECT_SQLITE, NULL, sql, strlen(sql), NULL, 0),
	    strlen(sql));
}

static void
test_a_dialect_that_is_none_hides_all(void)
{
	char out[8];

	CHECK_U64(osprof_redact((enum osprof_dialect)77, NULL, "SELECT", 6, out,
		      sizeof(out)),
	    1);
	CHECK_STR(out, "?");
	osprof_redact_error((enum osprof_dialect)77, "x", 1, out, sizeof(out));
	CHECK_STR(out, "?");
}

static void
test_fingerprints_are_those_of_the_tracing(void)
{
	const char *sql = "select A from t where b=2";

	CHECK(osprof_redact_fingerprint(
		  OSPROF_DIALECT_POSTGRES, NULL, sql, strlen(sql)) ==
	      osprof_redact_fingerprint(
		  OSPROF_DIALECT_POSTGRES, "unknown", sql, strlen(sql)));
}

static void
test_names_match_patterns(void)
{
	static const struct {
		const char *patterns;
		const char *name;
		bool hidden;
	} rows[] = {
	    {"password", "password", true},
	    {"password", "PassWord", true},
	    {"password", "password2", false},
	    {"password, token", "token", true},
	    {"*secret*", "my_secret_key", true},
	    {"*secret*", "secret", true},
	    {"*secret*", "secre", false},
	    {"a*b*c", "axxbyybc", true},
	    {"a*b*c", "axxbyyb", false},
	    {"*", "", true},
	    {"", "a", false},
	    {" , ,", "a", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!CHECK(redact_name_is_hidden(rows[i].patterns, rows[i].name,
			       strlen(rows[i].name)) == rows[i].hidden))
			fprintf(stderr, "  %s %s\n", rows[i].patterns,
			    rows[i].name);
}

static void
test_parameters_of_hidden_columns_are_hidden(void)
{
	static const struct {
		enum redact_dialect dialect;
		const char *sql;
		uint64_t hidden;
	} rows[] = {
	    {REDACT_POSTGRES, "UPDATE u SET name = $1, password = $2", 2},
	    {REDACT_POSTGRES, "UPDATE u SET name = $2, password = $1", 1},
	    {REDACT_POSTGRES,
		"INSERT INTO u (a, token) VALUES ($1, $2), ($3, $4)", 10},
	    {REDACT_POSTGRES, "SELECT 1 FROM u WHERE p = $1 LIMIT $2", 0},
	    {REDACT_POSTGRES, "SELECT 1 FROM u WHERE $1 = my_secret_key", 1},
	    {REDACT_POSTGRES, "SELECT 1 WHERE a = $1 OR password = $1", 1},
	    {REDACT_POSTGRES, "INSERT INTO u VALUES ($1, $2)", 3},
	    {REDACT_POSTGRES, "SELECT login($1, $2), $3", 3},
	    {REDACT_POSTGRES,
		"SELECT ((((((((((((((((((((((((((((((((((((((((a = $1", 1},
	    {REDACT_SQLITE, "UPDATE u SET a = :token, b = ?", 1},
	    {REDACT_MYSQL, "INSERT INTO u SET `password` = ?, b = ?", 1},
	    {REDACT_POSTGRES, "UPDATE u SET (password, a) = ($1, $2)", 1},
	    {REDACT_SQLITE, "SELECT 1 FROM u WHERE (a, token) = (?, ?)", 2},
	    {REDACT_POSTGRES,
		"INSERT INTO u (a, b, token) SELECT v.*, $1 FROM v", 1},
	    {REDACT_POSTGRES, "SELECT 1 WHERE coalesce(a, token) = $1", 1},
	    {REDACT_POSTGRES, "SELECT 1 WHERE $1 = lower(token)", 1},
	    {REDACT_POSTGRES, "UPDATE u SET token = salt || $1", 1},
	    {REDACT_MYSQL, "SELECT 1 FROM u WHERE a = ? || token = ?", 2},
	    {REDACT_MYSQL, "SELECT a FROM t WHERE b = ? AND c = 'x",
		UINT64_MAX},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint64_t hidden = 0;
		bool any = redact_hidden_params(
		    redact_default_mode(rows[i].dialect), rows[i].sql,
		    strlen(rows[i].sql), "password, token, *secret*", &hidden,
		    64);

		if (!CHECK(hidden == rows[i].hidden && any == (hidden != 0)))
			fprintf(stderr, "  %s: %llx\n", rows[i].sql,
			    (unsigned long long)hidden);
	}
}

RUN_TESTS(TEST(test_modes_are_read),
    TEST(test_answers_are_terminated_in_their_room),
    TEST(test_a_dialect_that_is_none_hides_all),
    TEST(test_fingerprints_are_those_of_the_tracing),
    TEST(test_names_match_patterns),
    TEST(test_parameters_of_hidden_columns_are_hidden))
