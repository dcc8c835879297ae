/*
 * SQLite's messages come out of redact_error() with the names of constraints
 * and without anything that a statement or a program put into them.
 */
#include "redact/redact.h"
#include "tests/check.h"

#include <sqlite3.h>

static void
check_error(const char *sentence, const char *text, const char *wanted)
{
	char out[512];
	size_t len = redact_error(
	    REDACT_SQLITE, text, strlen(text), out, sizeof(out));

	if (!CHECK_TEXT(out, len, wanted))
		fprintf(stderr, "  %s\n", sentence);
}

static void
test_names_stay_and_values_go(void)
{
	/* clang-format off */
	static const struct {
		const char *sentence;
		const char *text;
		const char *wanted;
	} rows[] = {
		{ "columns of a constraint stay",
		  "UNIQUE constraint failed: t.a, t.b",
		  "UNIQUE constraint failed: t.a, t.b" },
		{ "an index stays",
		  "UNIQUE constraint failed: index 'i_1'",
		  "UNIQUE constraint failed: index 'i_1'" },
		{ "a column stays",
		  "NOT NULL constraint failed: t.a",
		  "NOT NULL constraint failed: t.a" },
		{ "what is no list of columns goes",
		  "UNIQUE constraint failed: t.a is SECRET",
		  "UNIQUE constraint failed: ?" },
		{ "a number is no column",
		  "UNIQUE constraint failed: t.123",
		  "UNIQUE constraint failed: ?" },
		{ "an expression goes",
		  "CHECK constraint failed: a <> 'SECRET'",
		  "CHECK constraint failed: ?" },
		{ "a constant stays",
		  "FOREIGN KEY constraint failed",
		  "FOREIGN KEY constraint failed" },
		{ "a piece of the statement goes",
		  "near \"SECRET\": syntax error",
		  "near \"?\": syntax error" },
		{ "quotes in the piece do not end it",
		  "near \"SEC\": RET\": syntax error",
		  "near \"?\": syntax error" },
		{ "an open piece goes",
		  "unrecognized token: \"'SECRET",
		  "unrecognized token: ?" },
		{ "a string read as a name goes",
		  "no such column: SECRET", "no such column: ?" },
		{ "a file goes",
		  "unable to open database: file?key=SECRET",
		  "unable to open database: ?" },
		{ "counts go",
		  "table SECRET has 3 columns but 4 values were supplied",
		  "table ? has ? columns but ? values were supplied" },
		{ "a JSON path goes",
		  "JSON path error near 'SECRET'", "JSON path error near '?'" },
		{ "what a program raises goes", "SECRET is taken", "?" },
		{ "what follows a constant makes it another text",
		  "datatype mismatch: SECRET", "?" },
		{ "what comes before it, too",
		  "SECRET: FOREIGN KEY constraint failed", "?" },
		{ "no text stays no text", "", "" },
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_error(rows[i].sentence, rows[i].text, rows[i].wanted);
}

static void
test_the_texts_of_result_codes_pass(void)
{
	for (int code = 0; code <= SQLITE_DONE; code++)
		check_error("sqlite3_errstr()", sqlite3_errstr(code),
		    sqlite3_errstr(code));
	check_error("abort", sqlite3_errstr(SQLITE_ABORT_ROLLBACK),
	    "abort due to ROLLBACK");
}

/* What the library really says of statements that hold a secret. */
static void
test_no_message_of_the_library_shows_a_secret(void)
{
	static const char *const statements[] = {
	    "SELECT 'SECRET",
	    "SELECT SECRET",
	    "SELECT * FROM SECRET",
	    "SELECT SECRET()",
	    "SELECT 1 SECRET SECRET",
	    "SECRET",
	    "INSERT INTO t VALUES ('SECRET', 1, 2)",
	    "INSERT INTO t (SECRET) VALUES (1)",
	    "INSERT INTO c VALUES ('SECRET')",
	    "INSERT INTO r VALUES ('SECRET')",
	    "DROP TABLE SECRET",
	    "SELECT json_extract('{}', 'SECRET')",
	    "SELECT json('SECRET')",
	    "SELECT 1 FROM t WHERE a = 1 COLLATE SECRET",
	    "ATTACH '/SECRET/SECRET?key=SECRET' AS a",
	    "DETACH SECRET",
	    "RELEASE SECRET",
	    "SELECT abs('SECRET', 1)",
	    "CREATE TABLE u (SECRET, SECRET)",
	    "SELECT 0xSECRET",
	    "CREATE VIRTUAL TABLE v USING SECRET(a)",
	    "SELECT t.SECRET FROM t",
	    "SELECT count(SECRET) OVER (SECRET) FROM t",
	    "REINDEX SECRET",
	};
	sqlite3 *db;
	char out[512];

	sqlite3_open(":memory:", &db);
	sqlite3_exec(db,
	    "CREATE TABLE t (a);"
	    "CREATE TABLE c (a CHECK (a <> 'SECRET'));"
	    "CREATE TABLE r (a); CREATE TRIGGER g AFTER INSERT ON r"
	    " BEGIN SELECT raise(ABORT, 'SECRET'); END",
	    NULL, NULL, NULL);
	for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++) {
		const char *text;
		size_t len;

		CHECK(sqlite3_exec(db, statements[i], NULL, NULL, NULL));
		text = sqlite3_errmsg(db);
		len = redact_error(
		    REDACT_SQLITE, text, strlen(text), out, sizeof(out));
		if (!CHECK(!memmem(out, len, "SECRET", 6)))
			fprintf(stderr, "  %s\n", text);
	}
	sqlite3_close(db);
}

static void
test_a_smaller_room_is_not_overrun(void)
{
	const char *text = "UNIQUE constraint failed: t.column";
	char out[64];

	for (size_t cap = 0; cap <= strlen(text); cap++) {
		memset(out, '#', sizeof(out));
		CHECK_U64(
		    redact_error(REDACT_SQLITE, text, strlen(text), out, cap),
		    strlen(text));
		CHECK(out[cap] == '#');
	}
}

RUN_TESTS(TEST(test_names_stay_and_values_go),
    TEST(test_the_texts_of_result_codes_pass),
    TEST(test_no_message_of_the_library_shows_a_secret),
    TEST(test_a_smaller_room_is_not_overrun))
