/*
 * To the real SQLite a statement means the same when it is put together again
 * from its redacted text and the literals that were cut out: it makes the same
 * program, or the same error.  And with other literals in their places it is a
 * statement still.
 */
#include "redact/lex.h"
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/property_rounds.h"

#include <sqlite3.h>

/* What names the generator uses: of schemas, tables and columns. */
static const char *const names[] = {"a", "t2", "users", "order_items", "email",
    "col$a", "Total", "u4", "\xc3\xb6rtlich", "\xe5\x90\x8d\xe5\x89\x8d", "a b",
    "it's", "a\"b", "/*\\"};

#define SCHEMAS 10
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static struct sql sql;
static char redacted[SQL_MAX], again[2 * SQL_MAX];
static size_t redacted_len, again_len;

static void
run(sqlite3 *db, char *text)
{
	if (!CHECK(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK))
		fprintf(stderr, "  %s: %s\n", text, sqlite3_errmsg(db));
	sqlite3_free(text);
}

/* A table of each name in a schema, with a column of each. */
static void
create_tables(sqlite3 *db, const char *schema)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		sqlite3_str *text = sqlite3_str_new(db);

		sqlite3_str_appendf(text, "CREATE TABLE \"%w\".\"%w\" (\"%w\"",
		    schema, names[i], names[0]);
		for (size_t j = 1; j < COUNT(names); j++)
			sqlite3_str_appendf(text, ", \"%w\"", names[j]);
		sqlite3_str_appendall(text, ")");
		run(db, sqlite3_str_finish(text));
	}
}

static sqlite3 *
open_database(void)
{
	sqlite3 *db;

	sqlite3_open(":memory:", &db);
	create_tables(db, "main");
	for (size_t i = 0; i < SCHEMAS; i++) {
		run(db,
		    sqlite3_mprintf("ATTACH ':memory:' AS \"%w\"", names[i]));
		create_tables(db, names[i]);
	}
	return db;
}

static void
add(const char *at, const char *end)
{
	memcpy(again + again_len, at, (size_t)(end - at));
	again_len += (size_t)(end - at);
}

/* What goes where a literal was cut out: itself, or another of its kind. */
static void
add_literal(struct token token, const char *at, bool other)
{
	const char *value = token.class == TOKEN_NUMBER ? ".1" : "'1'";

	if (other && *at != '$')
		add(value, value + strlen(value));
	else
		add(at, token.end);
}

/*
 * Put the statement together again: the blanks and tokens of the redacted text,
 * and what is inserted for those that are not the statement's own.
 */
static bool
reinsert(bool other)
{
	struct lexer own, lexer;
	const char *at = redacted, *own_at = sql.text;

	lexer_begin(&own, sql.mode, sql.text, sql.len);
	lexer_begin(&lexer, sql.mode, redacted, redacted_len);
	again_len = 0;
	for (;;) {
		const char *from = at;
		const struct token token = lex_solid(&lexer, &at);
		const struct token own_token = lex_solid(&own, &own_at);

		add(from, at);
		if (token.class == TOKEN_END || own_token.class == TOKEN_END)
			break;
		if (token.end - at == own_token.end - own_at &&
		    memcmp(at, own_at, (size_t)(token.end - at)) == 0)
			add(at, token.end);
		else
			add_literal(own_token, own_at, other);
		at = token.end;
		own_at = own_token.end;
	}
	again[again_len] = '\0';
	return at == redacted + redacted_len && own_at == sql.text + sql.len;
}

static uint64_t
hash_text(uint64_t hash, const char *text)
{
	for (; text && *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash * 31 + 1;
}

/* What SQLite makes of the text; a definition keeps its text, with comments. */
static uint64_t
meaning(sqlite3 *db, const char *text)
{
	char *explain = sqlite3_mprintf("EXPLAIN %s", text);
	sqlite3_stmt *stmt = NULL;
	uint64_t hash = (uint64_t)sqlite3_prepare_v2(
	    db, explain, -1, &stmt, NULL);

	hash = hash_text(hash, sqlite3_errmsg(db));
	while (stmt && sqlite3_step(stmt) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			hash = hash_text(
			    hash, (const char *)sqlite3_column_text(stmt, i));
	sqlite3_finalize(stmt);
	sqlite3_free(explain);
	return hash;
}

/* How many columns and parameters it has; -1 if it is no statement. */
static int
width(sqlite3 *db, const char *text)
{
	sqlite3_stmt *stmt = NULL;
	int width = -1;

	if (sqlite3_prepare_v2(db, text, -1, &stmt, NULL) == SQLITE_OK)
		width = sqlite3_column_count(stmt) * 1000 +
			sqlite3_bind_parameter_count(stmt);
	sqlite3_finalize(stmt);
	return width;
}

static bool
is_definition(void)
{
	return memmem(sql.wanted, sql.wanted_len, "CREATE", 6) ||
	       memmem(sql.wanted, sql.wanted_len, "create", 6) ||
	       memmem(sql.wanted, sql.wanted_len, "ALTER", 5) ||
	       memmem(sql.wanted, sql.wanted_len, "alter", 5);
}

static void
say(void)
{
	fprintf(stderr, "  %s\n  -> %.*s\n  %s\n", sql.text, (int)redacted_len,
	    redacted, again);
}

static void
check_statement(sqlite3 *db, unsigned *made)
{
	const int was_width = width(db, sql.text);
	const uint64_t was = meaning(db, sql.text);

	redacted_len = redact_sql_mode(
	    sql.mode, sql.text, sql.len, redacted, sizeof(redacted));
	if (!CHECK(reinsert(false)) || !CHECK(was == meaning(db, again)))
		say();
	if (was_width < 0)
		return;
	++*made;
	if (!CHECK(reinsert(true)) || !CHECK(was_width == width(db, again)))
		say();
}

static void
test_a_statement_put_together_again_means_the_same(void)
{
	sqlite3 *db = open_database();
	const uint64_t count = rounds(20000);
	unsigned made = 0;

	for (uint64_t round = 0; round < count && check_failures < FAILURES;
	     round++) {
		sql_make(&sql, redact_default_mode(REDACT_SQLITE), round);
		sql_write(&sql, round);
		sql.text[sql.len] = '\0';
		if (!sql.zoned && !is_definition())
			check_statement(db, &made);
	}
	CHECK(made > count / 10);
	sqlite3_close(db);
}

RUN_TESTS(TEST(test_a_statement_put_together_again_means_the_same))
