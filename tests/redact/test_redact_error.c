/*
 * The libraries' messages come out of redact_error() with the names of columns
 * and constraints, and without anything that a statement or a program put into
 * them.
 */
#include "redact/redact.h"
#include "tests/check.h"

#include <sqlite3.h>

static void
check_error_of(enum redact_dialect dialect, const char *sentence,
    const char *text, const char *wanted)
{
	char out[512];
	size_t len = redact_error(
	    dialect, text, strlen(text), out, sizeof(out));

	if (!CHECK_TEXT(out, len, wanted))
		fprintf(stderr, "  %s\n", sentence);
}

static void
check_error(const char *sentence, const char *text, const char *wanted)
{
	check_error_of(REDACT_SQLITE, sentence, text, wanted);
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

/* As PostgreSQL 15 and MariaDB 10.11 wrote them. */
static void
test_names_of_servers_stay_and_values_go(void)
{
	/* clang-format off */
	static const struct {
		enum redact_dialect dialect;
		const char *sentence;
		const char *text;
		const char *wanted;
	} rows[] = {
		{ REDACT_POSTGRES, "a key's columns stay, its values go",
		  "ERROR:  duplicate key value violates unique constraint \"t_email_key\"\nDETAIL:  Key (email)=(SECRET) already exists.",
		  "ERROR:  duplicate key value violates unique constraint \"t_email_key\"\nDETAIL:  Key (email)=(?) already exists." },
		{ REDACT_POSTGRES, "a detail may come alone",
		  "Key (a, b)=(1, SECRET) is not present in table \"t\".",
		  "Key (a, b)=(?) is not present in table \"t\"." },
		{ REDACT_POSTGRES, "an expression in a key goes",
		  "Key (lower('SECRET'))=(SECRET) already exists.",
		  "Key (?)=(?) already exists." },
		{ REDACT_POSTGRES, "a value may look like the end of a detail",
		  "Key (a)=(x) already exists. SECRET) already exists.",
		  "Key (a)=(?) already exists." },
		{ REDACT_POSTGRES, "who may not connect stays if it is a name",
		  "FATAL:  password authentication failed for user \"anna\"",
		  "FATAL:  password authentication failed for user \"anna\"" },
		{ REDACT_POSTGRES, "and goes if more has slipped into it",
		  "FATAL:  password authentication failed for user \"anna;password=SECRET\"",
		  "FATAL:  password authentication failed for user \"?\"" },
		{ REDACT_POSTGRES, "a piece of a connection string goes",
		  "missing \"=\" after \"SECRET\" in connection info string",
		  "missing \"=\" after \"?\" in connection info string" },
		{ REDACT_POSTGRES, "an option's value goes, libpq's name for it stays",
		  "invalid integer value \"SECRET\" for connection option \"port\"",
		  "invalid integer value \"?\" for connection option \"port\"" },
		{ REDACT_POSTGRES, "an option that there is not goes",
		  "invalid connection option \"SECRET\"",
		  "invalid connection option \"?\"" },
		{ REDACT_POSTGRES, "a row goes",
		  "ERROR:  new row for relation \"t\" violates check constraint \"c\"\nDETAIL:  Failing row contains (3, SECRET, null).\n",
		  "ERROR:  new row for relation \"t\" violates check constraint \"c\"\nDETAIL:  Failing row contains (?)." },
		{ REDACT_POSTGRES, "a detail may stand alone",
		  "A field with precision 3, scale 1 must round to an absolute value less than 10^2.",
		  "A field with precision ?, scale ? must round to an absolute value less than ?." },
		{ REDACT_POSTGRES, "the name of a setting stays",
		  "permission denied to set parameter \"log_statement\"",
		  "permission denied to set parameter \"log_statement\"" },
		{ REDACT_POSTGRES, "a value and the piece of the statement go",
		  "ERROR:  22P02: invalid input syntax for type integer: \"SECRET\"\nLINE 1: select 'SECRET'::int\n               ^",
		  "ERROR:  22P02: invalid input syntax for type integer: \"?\"" },
		{ REDACT_POSTGRES, "a value of more lines goes",
		  "ERROR:  invalid input syntax for type integer: \"a\nSECRET\"",
		  "ERROR:  invalid input syntax for type integer: \"?\"" },
		{ REDACT_POSTGRES, "one that looks like another field ends it",
		  "ERROR:  invalid input syntax for type integer: \"a\nDETAIL:  SECRET\"",
		  "ERROR:  ?\nDETAIL:  ?" },
		{ REDACT_POSTGRES, "a string read as a name goes",
		  "column \"SECRET\" does not exist", "column \"?\" does not exist" },
		{ REDACT_POSTGRES, "what a program raises goes",
		  "ERROR:  SECRET is taken\nCONTEXT:  PL/pgSQL function f() line 1 at RAISE",
		  "ERROR:  ?" },
		{ REDACT_POSTGRES, "an open comment is no variable part",
		  "unterminated /* comment at or near \"/* SECRET\"",
		  "unterminated /* comment at or near \"?\"" },
		{ REDACT_MYSQL, "an entry goes, its key stays",
		  "Duplicate entry 'SECRET' for key 'users.email'",
		  "Duplicate entry '?' for key 'users.email'" },
		{ REDACT_MYSQL, "an entry may look like a key",
		  "Duplicate entry 'x' for key 'SECRET' for key 'u'",
		  "Duplicate entry '?' for key '?'" },
		{ REDACT_MYSQL, "so it is with the number in front",
		  "ERROR 1062 (23000) at line 1: Duplicate entry 'SECRET' for key 'u'",
		  "ERROR 1062 (23000) at line 1: Duplicate entry '?' for key 'u'" },
		{ REDACT_MYSQL, "a piece of the statement goes",
		  "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near ''SECRET' at line 1",
		  "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '?' at line ?" },
		{ REDACT_MYSQL, "a value goes, its column stays",
		  "Incorrect integer value: 'SECRET' for column `d`.`t`.`c` at row 1",
		  "Incorrect integer value: '?' for column `d`.`t`.`c` at row ?" },
		{ REDACT_MYSQL, "an expression goes",
		  "BIGINT UNSIGNED value is out of range in '(1844 + SECRET)'",
		  "? value is out of range in '?'" },
		{ REDACT_MYSQL, "a user goes",
		  "Access denied for user 'SECRET'@'SECRET' (using password: YES)",
		  "Access denied for user '?'@'?' (using password: YES)" },
		{ REDACT_MYSQL, "a column stays where no value is told",
		  "Column 'c' cannot be null", "Column 'c' cannot be null" },
		{ REDACT_MYSQL, "what a program signals goes",
		  "SECRET is taken", "?" },
		{ REDACT_MYSQL, "a head may be all there is",
		  "ERROR 1062 (23000) xx:", "?" },
		{ REDACT_MYSQL, "a head that is none is no head",
		  "ERROR 1062 (SECRET): x", "?" },
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_error_of(rows[i].dialect, rows[i].sentence, rows[i].text,
		    rows[i].wanted);
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
    TEST(test_names_of_servers_stay_and_values_go),
    TEST(test_the_texts_of_result_codes_pass),
    TEST(test_no_message_of_the_library_shows_a_secret),
    TEST(test_a_smaller_room_is_not_overrun))
