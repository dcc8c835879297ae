/*
 * property_sql.c - statements from the grammar.
 */
#include "tests/redact/property_sql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof(*(array))))

/* clang-format off */
static const struct rule {
	const char *symbol;
	int dialects;
	const char *text;
} rules[] = {
#define RULE(symbol, dialects, text) { #symbol, dialects, text },
#include "tests/redact/property_grammar.h"
};
/* clang-format on */

unsigned
sql_pick(struct sql *sql, unsigned below)
{
	sql->random = sql->random * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(sql->random >> 33) % below;
}

void
sql_begin(struct sql *sql, enum piece_kind kind)
{
	if (sql->pieces_count == PIECES_MAX)
		abort();
	sql->pieces[sql->pieces_count] = (struct piece){
	    .kind = kind, .at = (uint16_t)sql->bytes_count};
}

void
sql_add(struct sql *sql, const char *bytes, size_t len)
{
	if (len > SQL_MAX - sql->bytes_count)
		abort();
	memcpy(sql->bytes + sql->bytes_count, bytes, len);
	sql->bytes_count += len;
}

void
sql_add_text(struct sql *sql, const char *text)
{
	sql_add(sql, text, strlen(text));
}

/* What is shown of the piece that was made last. */
static void
show(struct sql *sql, const char *text)
{
	struct piece *piece = &sql->pieces[sql->pieces_count - 1];

	piece->shown_at = (uint16_t)sql->bytes_count;
	piece->shown_len = (uint16_t)strlen(text);
	sql_add_text(sql, text);
}

/* What may be shown is the piece, or one byte of what is hidden. */
void
sql_end(struct sql *sql)
{
	struct piece *piece = &sql->pieces[sql->pieces_count++];

	piece->len = (uint16_t)(sql->bytes_count - piece->at);
	piece->shown_at = piece->at;
	piece->shown_len = piece->len;
	if (piece->kind == PIECE_VALUE)
		show(sql, "?");
	else if (piece->kind == PIECE_COMMENT)
		show(sql, " ");
}

static void
put(struct sql *sql, enum piece_kind kind, const char *text)
{
	sql_begin(sql, kind);
	sql_add_text(sql, text);
	sql_end(sql);
}

static void
put_any(struct sql *sql, const char *const *texts, unsigned count)
{
	put(sql, PIECE_NAME, texts[sql_pick(sql, count)]);
}

static void
put_name(struct sql *sql)
{
	static const char *const names[] = {"a", "t2", "users", "order_items",
	    "email", "col$a", "Total", "u4", "\xc3\xb6rtlich",
	    "\xe5\x90\x8d\xe5\x89\x8d"};

	put_any(sql, names, sql->mode.charset == REDACT_CHARSET_PLAIN ? 10 : 8);
}

/* A name in quotes whose last byte may look like one, but ends a character. */
static void
put_wide(struct sql *sql)
{
	const bool ticks = sql->mode.dialect == REDACT_MYSQL;

	sql_begin(sql, PIECE_NAME);
	sql_add_text(sql, ticks ? "`" : "\"");
	sql_add_wide(sql);
	sql_add_text(sql, ticks ? "`" : "\"");
	sql_end(sql);
}

/* Names in quotes that are no string's in any place. */
static void
put_quoted(struct sql *sql)
{
	static const char *const ticks[] = {
	    "`a`", "`it's`", "`a``b`", "`\"`", "`a\\`", "`--`"};
	static const char *const brackets[] = {
	    "[a]", "[it's]", "[a\"b]", "[a b]", "[/*\\]", "`it's`"};
	static const char *const doubles[] = {
	    "\"a\"", "\"it's\"", "\"a\"\"b\"", "\"a\\\"", "\"/*\"", "\"`\""};

	if (sql->mode.charset != REDACT_CHARSET_PLAIN && !sql_pick(sql, 4)) {
		put_wide(sql);
	} else if (sql->mode.dialect == REDACT_SQLITE) {
		put_any(sql, brackets, COUNT(brackets));
	} else if (sql->mode.dialect == REDACT_MYSQL &&
		   (sql->mode.quotes != REDACT_NO || sql_pick(sql, 2))) {
		put_any(sql, ticks, COUNT(ticks));
	} else {
		sql->doubted |= sql->mode.dialect == REDACT_MYSQL;
		put_any(sql, doubles, COUNT(doubles));
	}
}

/* The same, and "x" where SQLite reads a name. */
static void
put_named(struct sql *sql)
{
	if (sql_pick(sql, 3)) {
		put_name(sql);
	} else if (sql->mode.dialect == REDACT_SQLITE && sql_pick(sql, 2)) {
		sql->placed = true;
		put(sql, PIECE_NAME, sql_pick(sql, 2) ? "\"a b\"" : "\"it's\"");
	} else {
		put_quoted(sql);
	}
}

static void
put_table(struct sql *sql)
{
	if (sql_pick(sql, 4) == 0) {
		put_name(sql);
		put(sql, PIECE_SIGN, ".");
	}
	put_named(sql);
}

static void
put_column(struct sql *sql)
{
	if (sql_pick(sql, 4) == 0) {
		put_named(sql);
		put(sql, PIECE_SIGN, ".");
		put_named(sql);
	} else if (sql_pick(sql, 3)) {
		put_name(sql);
	} else {
		put_quoted(sql);
	}
}

/* "x" left of a comparison is a name. */
static void
put_left(struct sql *sql)
{
	if (sql_pick(sql, 3))
		put_column(sql);
	else
		put_named(sql);
}

static void
put_bound_text(struct sql *sql)
{
	sql_begin(sql, PIECE_NAME);
	sql_add_text(sql, "$ns::x(");
	sql_add_secret(sql);
	sql_add_text(sql, ")");
	sql_end(sql);
	show(sql, "$ns::x(?)");
}

static void
put_param(struct sql *sql)
{
	static const char *const sqlite[] = {
	    "?", "?2", ":name", "@name", "$name", "$a::b"};
	static const char *const postgres[] = {"$2", "$4", "$22"};

	if (sql->mode.dialect == REDACT_MYSQL)
		put(sql, PIECE_NAME, "?");
	else if (sql->mode.dialect == REDACT_POSTGRES)
		put_any(sql, postgres, COUNT(postgres));
	else if (sql_pick(sql, 8))
		put_any(sql, sqlite, COUNT(sqlite));
	else
		put_bound_text(sql);
}

static void
put_variable(struct sql *sql)
{
	static const char *const variables[] = {
	    "@v", "@a.b$c", "@@session.x", "@`v`", "@@x"};

	put_any(sql, variables, COUNT(variables));
}

static void
put_open(struct sql *sql)
{
	static const char *const marks[] = {
	    "/*!50000", "/*!", "/*!50701", "/*M!100100", "/*M!"};

	sql->executed = true;
	put(sql, PIECE_COMMENT, marks[sql_pick(sql, COUNT(marks))]);
}

/* The same where the server's version is lower, and reads no strings in it. */
static void
put_skipped(struct sql *sql)
{
	static const char *const comments[] = {"/*!99999 '*/", "/*!99999 \"*/",
	    "/*!99999 , 'a*/", "/*!99999 a*/", "/*!99999 '*/ + /*!99999 '*/",
	    "/*M!999999 '*/"};

	put(sql, PIECE_COMMENT, comments[sql_pick(sql, COUNT(comments))]);
}

static void
put_close(struct sql *sql)
{
	sql->executed = false;
	put(sql, PIECE_COMMENT, "*/");
}

static void
be_zoned(struct sql *sql)
{
	sql->zoned = true;
}

/* Symbols that are made here. */
static const struct leaf {
	const char *name;
	void (*put)(struct sql *sql);
} leaves[] = {
    {"alias", put_named},
    {"bare", sql_put_bare},
    {"bare_alias", put_name},
    {"close", put_close},
    {"column", put_column},
    {"digits", sql_put_digits},
    {"dollar", sql_put_dollar},
    {"left", put_left},
    {"literal", sql_put_literal},
    {"name", put_name},
    {"number", sql_put_number},
    {"open", put_open},
    {"param", put_param},
    {"plain", sql_put_plain},
    {"quoted", put_quoted},
    {"skipped", put_skipped},
    {"string", sql_put_string},
    {"table", put_table},
    {"value_in_quotes", sql_put_value_in_quotes},
    {"variable", put_variable},
    {"wide_end", sql_put_wide_end},
    {"zone", be_zoned},
};

static void expand(struct sql *sql, const char *symbol, size_t len);

static void
put_word(struct sql *sql, const char *word, size_t len)
{
	enum piece_kind kind = PIECE_SIGN;

	if (*word == '<' && len > 2 && islower((unsigned char)word[1])) {
		expand(sql, word + 1, len - 2);
		return;
	}
	if (isupper((unsigned char)*word))
		kind = PIECE_KEYWORD;
	else if (islower((unsigned char)*word))
		kind = PIECE_NAME;
	sql_begin(sql, kind);
	sql_add(sql, word, len);
	sql_end(sql);
}

static void
follow(struct sql *sql, const char *text)
{
	while (*text) {
		const size_t len = strcspn(text, " ");

		put_word(sql, text, len);
		text += len + (text[len] == ' ');
	}
}

static bool
is(const char *symbol, const char *at, size_t len)
{
	return strncmp(symbol, at, len) == 0 && symbol[len] == '\0';
}

/* The rules of a symbol stand in a row. */
static void
expand_rule(struct sql *sql, const char *symbol, size_t len)
{
	const int dialect = 1 << sql->mode.dialect;
	const struct rule *found[48];
	unsigned count = 0;
	size_t i = 0;

	while (i < COUNT(rules) && !is(rules[i].symbol, symbol, len))
		i++;
	for (; i < COUNT(rules) && is(rules[i].symbol, symbol, len); i++)
		if (rules[i].dialects & dialect && count < COUNT(found))
			found[count++] = &rules[i];
	if (!count) {
		fprintf(stderr, "no rule for %.*s\n", (int)len, symbol);
		abort();
	}
	if (sql->pieces_count > sql->enough)
		count = 1;
	follow(sql, found[sql_pick(sql, count)]->text);
}

static void
expand(struct sql *sql, const char *symbol, size_t len)
{
	for (size_t i = 0; i < COUNT(leaves); i++)
		if (is(leaves[i].name, symbol, len)) {
			leaves[i].put(sql);
			return;
		}
	expand_rule(sql, symbol, len);
}

void
sql_make_by(
    struct sql *sql, struct redact_mode mode, uint64_t seed, const char *rule)
{
	sql->mode = mode;
	sql->random = seed * 0x9e3779b97f4a7c15u + mode.dialect;
	sql->executed = sql->zoned = sql->doubted = sql->placed = false;
	sql->other_values = sql->bare = false;
	sql->pieces_count = sql->bytes_count = 0;
	sql->enough = 4 + sql_pick(sql, 60);
	follow(sql, rule);
}

void
sql_make(struct sql *sql, struct redact_mode mode, uint64_t seed)
{
	sql_make_by(sql, mode, seed, "<statement>");
	if (sql_pick(sql, 8) == 0)
		follow(sql, sql_pick(sql, 2) ? ";" : "; <statement>");
}
