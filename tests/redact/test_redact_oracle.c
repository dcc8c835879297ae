/*
 * The real SQLite agrees: where it reads a value, the lexer ends one, and its
 * keywords are ours.  Generated from a fixed seed.
 */
#include "redact/lex.h"
#include "redact/redact.h"
#include "redact/words.h"
#include "tests/check.h"

#include <sqlite3.h>
#include <stdlib.h>

static uint32_t state = 1;

static unsigned
pick(unsigned below)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % below;
}

/* A run of bytes that matter to a lexer. */
static size_t
put_noise(char *out, size_t max)
{
	static const char bytes[] = "'\"`[]()ab x09.eE+-*/\\\n;,:$?_=<>|!";
	size_t len = pick((unsigned)max);

	for (size_t i = 0; i < len; i++)
		out[i] = bytes[pick(sizeof(bytes) - 1)];
	return len;
}

/* Whether the text is one expression for SQLite, and a value in itself. */
static bool
sqlite_reads(sqlite3 *db, const char *expr, size_t len, int *ret_columns)
{
	char sql[256];
	sqlite3_stmt *stmt = NULL;
	const char *tail = NULL;
	int n = snprintf(sql, sizeof(sql), "SELECT %.*s", (int)len, expr);
	bool reads = sqlite3_prepare_v2(db, sql, n, &stmt, &tail) ==
			 SQLITE_OK &&
		     stmt && tail == sql + n;

	if (reads)
		*ret_columns = sqlite3_column_count(stmt);
	sqlite3_finalize(stmt);
	return reads;
}

/*
 * A token that is a literal for the lexer is one for SQLite, in the same
 * borders: alone it is a whole expression.
 */
static void
test_literals_end_where_sqlite_ends_them(void)
{
	sqlite3 *db;
	unsigned literals = 0;

	sqlite3_open(":memory:", &db);
	for (int round = 0; round < 200000; round++) {
		char text[64];
		size_t len = put_noise(text, 24);
		struct lexer lexer;
		struct token token;
		size_t at;
		int columns = 0;

		lexer_begin(
		    &lexer, redact_default_mode(REDACT_SQLITE), text, len);
		token = lex(&lexer, text);
		at = (size_t)(token.end - text);

		if (token.class != TOKEN_STRING)
			continue;
		literals++;
		if (!CHECK(
			sqlite_reads(db, text, at, &columns) && columns == 1))
			fprintf(stderr, "  %.*s\n", (int)len, text);
	}
	CHECK(literals > 1000);
	sqlite3_close(db);
}

/*
 * What SQLite takes for a whole statement never ends in doubt here: the last
 * word of the text still stands.
 */
static void
test_what_sqlite_reads_is_read_to_its_end(void)
{
	sqlite3 *db;
	unsigned read = 0;

	sqlite3_open(":memory:", &db);
	for (int round = 0; round < 400000; round++) {
		char text[64], out[128], sql[128];
		size_t len = put_noise(text, 9);
		int columns = 0;
		size_t n;

		if (!sqlite_reads(db, text, len, &columns) ||
		    memmem(text, len, "--", 2) || memmem(text, len, "/*", 2))
			continue;
		read++;
		n = (size_t)snprintf(
		    sql, sizeof(sql), "SELECT %.*s WHERE zz", (int)len, text);
		n = redact_sql(REDACT_SQLITE, sql, n, out, sizeof(out));
		if (!CHECK(n > 8 && memcmp(out + n - 8, "WHERE zz", 8) == 0))
			fprintf(stderr, "  %s\n  %.*s\n", sql, (int)n, out);
	}
	CHECK(read > 1000);
	sqlite3_close(db);
}

/* Behind a hidden string stands what SQLite finds behind it. */
static void
test_strings_hold_what_sqlite_finds_in_them(void)
{
	sqlite3 *db;

	sqlite3_open(":memory:", &db);
	for (int round = 0; round < 20000; round++) {
		char noise[32], out[512];
		size_t len = put_noise(noise, sizeof(noise) - 1);
		char *sql;
		size_t n;

		noise[len] = '\0';
		sql = sqlite3_mprintf(
		    "SELECT %Q, \"%w\" AS b FROM t", noise, noise);
		n = redact_sql(
		    REDACT_SQLITE, sql, strlen(sql), out, sizeof(out));
		CHECK(n > 21 && memcmp(out, "SELECT ?, \"", 11) == 0 &&
		      memcmp(out + n - 13, "\" AS b FROM t", 13) == 0);
		sqlite3_free(sql);
	}
	sqlite3_close(db);
}

static void
test_all_keywords_of_sqlite_are_known(void)
{
	for (int i = 0; i < sqlite3_keyword_count(); i++) {
		const char *name;
		int len;

		sqlite3_keyword_name(i, &name, &len);
		if (!CHECK(word_find(REDACT_SQLITE, name, (size_t)len,
			       name + len) != NULL))
			fprintf(stderr, "  %.*s\n", len, name);
	}
}

RUN_TESTS(TEST(test_literals_end_where_sqlite_ends_them),
    TEST(test_what_sqlite_reads_is_read_to_its_end),
    TEST(test_strings_hold_what_sqlite_finds_in_them),
    TEST(test_all_keywords_of_sqlite_are_known))
