/*
 * PostgreSQL's own scanner agrees: what it takes for a literal or a comment is
 * hidden, and nothing else is.  In statements made at random, in noise, and in
 * the SQL that PostgreSQL's packages have on disk.
 */
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/oracle_pg_scan.h"
#include "tests/redact/property_sql.h"

#include <glob.h>
#include <stdlib.h>
#include <strings.h>

#define ROOM (1 << 20)

static const struct redact_mode mode = {
    .dialect = REDACT_POSTGRES,
    .backslash = REDACT_NO,
    .quotes = REDACT_NO,
};
static char wanted[ROOM], out[ROOM];
static size_t wanted_len, out_len;

static void
want(const char *at, size_t len)
{
	if (len > ROOM - wanted_len)
		abort();
	memcpy(wanted + wanted_len, at, len);
	wanted_len += len;
}

static bool
is_word(const char *sql, struct scanned token, const char *word)
{
	const size_t len = strlen(word);

	return token.end - token.start == len &&
	       strncasecmp(sql + token.start, word, len) == 0;
}

static bool
is_literal(uint64_t kind)
{
	return kind >= PG_FCONST && kind <= PG_ICONST && kind != PG_OP;
}

/* N of N'x' is a keyword for the scanner. */
static bool
is_prefix(const char *sql, struct scanned token)
{
	return is_word(sql, token, "n") && sql[token.end] == '\'';
}

/* TRUE and FALSE are values, but in IS NOT TRUE. */
struct context {
	bool is, is_not;
	bool names; /* what follows is a name */
};

static void
want_token(const char *sql, struct scanned token, struct context *context)
{
	const bool truth = (is_word(sql, token, "true") ||
			       is_word(sql, token, "false")) &&
			   !context->names;
	const bool is = is_word(sql, token, "is");
	const bool is_not = context->is && is_word(sql, token, "not");

	if (is_prefix(sql, token))
		return;
	if (token.kind == PG_SQL_COMMENT || token.kind == PG_C_COMMENT) {
		want(" ", 1);
		return;
	}
	if (is_literal(token.kind) ||
	    (truth && !context->is && !context->is_not))
		want("?", 1);
	else
		want(sql + token.start, token.end - token.start);
	*context = (struct context){
	    .is = is,
	    .is_not = is_not,
	    .names = is_word(sql, token, "as") || is_word(sql, token, "."),
	};
}

/*
 * What this scanner reads in its own way, or the redactor as no statement has
 * it: the end of U&'x' is lost; two strings with a line end and a comment
 * between them are not one; and a name that is glued to a string is no name,
 * but the inside of another string.
 */
static bool
is_odd(const char *sql, struct scanned before, struct scanned token)
{
	const bool behind = is_literal(before.kind) &&
			    before.kind != PG_ICONST &&
			    before.kind != PG_FCONST;

	if (token.kind == PG_USCONST || token.kind == PG_UIDENT)
		return true;
	if (!behind)
		return false;
	if (is_literal(token.kind))
		return sql[token.start] == '\'';
	return token.start == before.end &&
	       (token.kind == PG_IDENT || is_word(sql, token, "true"));
}

/* Write what is wanted by what the scanner found. */
static bool
want_tokens(const char *sql, size_t len, PgQueryProtobuf found)
{
	struct scan_reader reader = scan_reader_of(found);
	struct context context = {0};
	struct scanned before = {0}, token;
	size_t at = 0;

	wanted_len = 0;
	while (scan_reader_next(&reader, &token)) {
		if (is_odd(sql, before, token))
			return false;
		want(sql + at, token.start - at);
		want_token(sql, token, &context);
		at = token.end;
		if (token.kind != PG_SQL_COMMENT && token.kind != PG_C_COMMENT)
			before = token;
	}
	want(sql + at, len - at);
	return true;
}

/* Whether the scanner can read the text, which `wanted` then is made of. */
static bool
scan(const char *sql, size_t len)
{
	PgQueryScanResult result = pg_query_scan(sql);
	const bool scanned = !result.error &&
			     want_tokens(sql, len, result.pbuf);

	pg_query_free_scan_result(result);
	return scanned;
}

static void
redact(const char *sql, size_t len)
{
	out_len = redact_sql_mode(mode, sql, len, out, sizeof(out));
}

static bool
is_wanted(void)
{
	return out_len == wanted_len && memcmp(out, wanted, out_len) == 0;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/*
 * Whether nothing is shown that is not wanted: what comes out is that, in its
 * order, where `?` stands for anything and blanks for none, too.
 */
static bool
shows_no_more(void)
{
	size_t at = 0, i = 0, star = SIZE_MAX, star_at = 0;

	while (at < wanted_len || i < out_len) {
		if (i < out_len && out[i] == '?') {
			star = ++i;
			star_at = at;
		} else if (i < out_len && at < wanted_len &&
			   out[i] == wanted[at]) {
			i++;
			at++;
		} else if (i < out_len && is_blank(out[i])) {
			i++;
		} else if (star != SIZE_MAX && star_at < wanted_len) {
			i = star;
			at = ++star_at;
		} else {
			return false;
		}
	}
	return true;
}

static void
say(const char *sql)
{
	fprintf(stderr, "  %s\n  -> %.*s\n  wanted %.*s\n", sql, (int)out_len,
	    out, (int)wanted_len, wanted);
}

static void
test_what_the_scanner_finds_in_made_statements_is_hidden(void)
{
	static struct sql sql;
	unsigned read = 0;

	for (uint64_t round = 0; round < 20000; round++) {
		sql_make(&sql, mode, round);
		sql_write(&sql, round);
		sql.text[sql.len] = '\0';
		if (sql.zoned || !scan(sql.text, sql.len))
			continue;
		read++;
		redact(sql.text, sql.len);
		if (!CHECK(is_wanted()))
			say(sql.text);
	}
	CHECK(read > 10000);
}

static uint32_t state = 1;

static unsigned
pick(unsigned below)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % below;
}

/* What matters to a scanner, in no order. */
static size_t
put_noise(char *text, size_t max)
{
	static const char *const parts[] = {"'", "'", "''", "\"", "\"", "\\",
	    "$", "$$", "$a$", "$a$", "$b$", "$1", "--", "\n", "\r", "\f", "/*",
	    "*/", "/", "*", "E'", "e'", "B'", "x'", "N'", "U&'", "u&\"", "U&",
	    "a", "b", "E", "_", "tab", " ", " ", " ", ",", ";", "(", ")", "[",
	    "]", ":", "::", ":=", "=>", " . ", "1", "05", ".5", "1.", "1e",
	    "e5", "+", "-", "=", "@", "?", "|", "#", "~", "`", "%", "\xc3\xa4",
	    "\xe2\x82\xac", "UESCAPE '!'", "AND", "IS", "NOT", "TRUE", "as"};
	size_t len = 0;

	while (len + 16 < max && pick(14)) {
		const char *part = parts[pick(sizeof(parts) / sizeof(*parts))];

		memcpy(text + len, part, strlen(part));
		len += strlen(part);
	}
	text[len] = '\0';
	return len;
}

static bool
is_parsed(const char *sql)
{
	PgQueryParseResult result = pg_query_parse(sql);
	const bool parsed = !result.error;

	pg_query_free_parse_result(result);
	return parsed;
}

/* Nor is more of it shown; and all of what is a statement is. */
static void
test_noise_is_read_as_the_scanner_reads_it(void)
{
	unsigned read = 0;

	for (unsigned round = 0; round < 200000; round++) {
		char sql[256] = "SELECT a, ";
		const size_t head = strlen(sql);
		const size_t len = head +
				   put_noise(sql + head, sizeof(sql) - head);

		if (!scan(sql, len))
			continue;
		read++;
		redact(sql, len);
		if (!CHECK(shows_no_more()) ||
		    !CHECK(is_wanted() || !is_parsed(sql)))
			say(sql);
	}
	CHECK(read > 50000);
}

static char *
read_file(const char *path)
{
	static char text[4 << 20];
	FILE *file = fopen(path, "r");
	size_t len = 0;

	if (file) {
		len = fread(text, 1, sizeof(text) - 1, file);
		fclose(file);
	}
	text[len] = '\0';
	return text;
}

/* psql's own lines are no SQL. */
static void
drop_commands(char *text)
{
	for (char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (*line == '\\')
			while (*line && *line != '\n')
				*line++ = ' ';
	}
}

static unsigned collected, differing;

static void
check_statement(const char *sql)
{
	const size_t len = strlen(sql);

	if (!scan(sql, len))
		return;
	collected++;
	redact(sql, len);
	differing += !is_wanted();
	if (!CHECK(shows_no_more()))
		say(sql);
}

static void
check_file(const char *path)
{
	char *text = read_file(path);
	PgQuerySplitResult split;

	drop_commands(text);
	split = pg_query_split_with_scanner(text);
	for (int i = 0; i < split.n_stmts; i++) {
		char *sql = strndup(text + split.stmts[i]->stmt_location,
		    (size_t)split.stmts[i]->stmt_len);

		check_statement(sql);
		free(sql);
	}
	pg_query_free_split_result(split);
}

/* Only the bare words of a few SETs are hidden besides. */
static void
test_what_the_scanner_finds_in_collected_statements_is_hidden(void)
{
	glob_t files = {0};

	glob("/usr/share/postgresql/*/*.sql", 0, NULL, &files);
	glob("/usr/share/postgresql/*/extension/*.sql", GLOB_APPEND, NULL,
	    &files);
	if (files.gl_pathc == 0) {
		fprintf(stderr, "no SQL in /usr/share/postgresql: "
				"nothing is collected\n");
		CHECK(!getenv("CI"));
		return;
	}

	for (size_t i = 0; i < files.gl_pathc; i++)
		check_file(files.gl_pathv[i]);

	CHECK(collected > 1000);
	CHECK(differing < collected / 200);
	globfree(&files);
}

RUN_TESTS(TEST(test_what_the_scanner_finds_in_made_statements_is_hidden),
    TEST(test_noise_is_read_as_the_scanner_reads_it),
    TEST(test_what_the_scanner_finds_in_collected_statements_is_hidden))
