/*
 * property_values.c - the forms of values in the three dialects.
 */
#include "tests/redact/property_sql.h"

#include <string.h>

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof(*(array))))

/* Six bytes or more that nothing else in a statement has. */
void
sql_add_secret(struct sql *sql)
{
	const unsigned len = 6 + sql_pick(sql, 8);

	for (unsigned i = 0; i < len; i++)
		sql_add(sql,
		    &SECRET_BYTES[sql_pick(sql, sizeof(SECRET_BYTES) - 1)], 1);
}

/* What means something outside quotes, and is a byte like any other inside. */
static const char *
pick_atom(struct sql *sql)
{
	static const char *const atoms[] = {"--", "-- ", "/*", "*/", "#", ";",
	    "$$", "$a$", "(", ")", ",", " ", "\n", "\r", " select ",
	    " from t where ", "?", ":n", "$2", "[", "]", "{", "}", "\t", "@",
	    "=", "\xc3\xb6", "\xf0\x9f\x98\x84", "\xc2\xa0", "E", "x", "_",
	    "/*!", "%", "||"};
	const char *atom;

	do
		atom = atoms[sql_pick(sql, COUNT(atoms))];
	while ((sql->executed && strchr(atom, '*')) ||
	       (sql->mode.charset != REDACT_CHARSET_PLAIN && *atom & 0x80));
	return atom;
}

/* A character of two bytes, or four, whose last looks like something else. */
void
sql_add_wide(struct sql *sql)
{
	static const char *const wide[][4] = {
	    [REDACT_CHARSET_SJIS] = {"\x95\\", "\x83\\", "\x81|", "\xe0`"},
	    [REDACT_CHARSET_GBK] = {"\xbf\\", "\x81\x34\x81\x34", "\xfe`",
		"\xaa["},
	    [REDACT_CHARSET_BIG5] = {"\xa5\\", "\xb3\\", "\xa4`", "\xf9|"},
	    [REDACT_CHARSET_JOHAB] = {"\x89\\", "\xd9\\", "\xa1|", "\x84`"},
	};

	sql->doubted = true;
	sql_add_text(sql, wide[sql->mode.charset][sql_pick(sql, 4)]);
}

/* The first byte of such a character alone, which MySQL takes: a quote is never
 * the second. */
static void
add_half(struct sql *sql)
{
	static const char *const halves[] = {
	    [REDACT_CHARSET_SJIS] = "\x95",
	    [REDACT_CHARSET_GBK] = "\xbf",
	    [REDACT_CHARSET_BIG5] = "\xa5",
	    [REDACT_CHARSET_JOHAB] = "\x89",
	};

	sql->doubted = true;
	sql_add_text(sql, halves[sql->mode.charset]);
}

static void
add_escape(struct sql *sql, char quote)
{
	static const char *const escapes[] = {
	    "\\\\", "\\n", "\\'", "\\\"", "\\%", "\\\n"};
	const char own[2] = {'\\', quote};

	if (sql_pick(sql, 2))
		sql_add(sql, own, 2);
	else
		sql_add_text(sql, escapes[sql_pick(sql, COUNT(escapes))]);
}

static void
add_backslash(struct sql *sql, char quote, bool escapes)
{
	sql->doubted = true;
	if (escapes)
		add_escape(sql, quote);
	else
		sql_add(sql, "\\", 1);
}

static void
add_odd(struct sql *sql, char quote, bool escapes)
{
	const char twice[2] = {quote, quote};
	const char other = "'\"`"[sql_pick(sql, 3)];
	unsigned kind = sql_pick(sql, 5);

	if (kind == 3 && sql->mode.charset == REDACT_CHARSET_PLAIN)
		kind = 4;
	switch (kind) {
	case 0:
		sql_add(sql, twice, 2);
		return;
	case 1:
		add_backslash(sql, quote, escapes);
		return;
	case 2:
		sql_add(sql, &other, other != quote);
		return;
	case 3:
		sql_add_wide(sql);
		return;
	default:
		sql_add_text(sql, pick_atom(sql));
	}
}

/* What stands between quotes, and they. */
static void
add_quotes(struct sql *sql, char quote, bool escapes)
{
	sql_add(sql, &quote, 1);
	do {
		if (sql_pick(sql, 2))
			add_odd(sql, quote, escapes);
		sql_add_secret(sql);
		if (sql_pick(sql, 2))
			add_odd(sql, quote, escapes);
	} while (sql_pick(sql, 3) == 0);
	if (sql->mode.dialect == REDACT_MYSQL &&
	    sql->mode.charset != REDACT_CHARSET_PLAIN && !sql_pick(sql, 8))
		add_half(sql);
	sql_add(sql, &quote, 1);
}

static bool
escapes(const struct sql *sql)
{
	return sql->mode.backslash == REDACT_YES;
}

/* '...', of which each dialect knows more than this form. */
void
sql_put_plain(struct sql *sql)
{
	sql_begin(sql, PIECE_VALUE);
	add_quotes(sql, '\'', escapes(sql));
	sql_end(sql);
}

/* A string that ends in a wide character whose last byte is a backslash. */
void
sql_put_wide_end(struct sql *sql)
{
	static const char *const ends[] = {
	    [REDACT_CHARSET_SJIS] = "\x95\\'",
	    [REDACT_CHARSET_GBK] = "\xbf\\'",
	    [REDACT_CHARSET_BIG5] = "\xa5\\'",
	    [REDACT_CHARSET_JOHAB] = "\x89\\'",
	};

	sql_begin(sql, PIECE_VALUE);
	sql_add_text(sql, "'");
	sql_add_secret(sql);
	sql_add_text(sql, ends[sql->mode.charset]);
	sql_end(sql);
}

/* "x" where it is a string. */
void
sql_put_value_in_quotes(struct sql *sql)
{
	if (sql->mode.quotes != REDACT_YES) {
		sql_put_plain(sql);
		return;
	}
	sql_begin(sql, PIECE_VALUE);
	add_quotes(sql, '"', escapes(sql));
	sql_end(sql);
}

static void
put_lettered(struct sql *sql, char letter, bool escaped)
{
	sql_begin(sql, PIECE_VALUE);
	sql_add_letter(sql, letter);
	add_quotes(sql, '\'', escaped);
	sql_end(sql);
}

static void
put_escaped(struct sql *sql)
{
	put_lettered(sql, 'e', true);
}

static void
put_national(struct sql *sql)
{
	put_lettered(sql, 'n', escapes(sql));
}

static void
put_keyword(struct sql *sql, const char *word)
{
	sql_begin(sql, PIECE_KEYWORD);
	sql_add_text(sql, word);
	sql_end(sql);
}

/* U&'x' UESCAPE '!': refused by servers where \ escapes. */
static void
put_unicode(struct sql *sql)
{
	if (escapes(sql)) {
		put_escaped(sql);
		return;
	}
	sql_begin(sql, PIECE_VALUE);
	sql_add_letter(sql, 'u');
	sql_add_text(sql, "&");
	add_quotes(sql, '\'', false);
	sql_end(sql);
	if (sql_pick(sql, 2)) {
		put_keyword(sql, "UESCAPE");
		sql_begin(sql, PIECE_VALUE);
		sql_add_text(sql, "'!'");
		sql_end(sql);
	}
}

/* 'x' and, in another line, 'y'. */
static void
put_continued(struct sql *sql)
{
	static const char *const between[] = {
	    "\n", "  \r\n\t", " -- it's qzqzqz0\n ", "\n--qzqzqz\n", "\r "};
	const bool escaped = sql_pick(sql, 2);

	sql_begin(sql, PIECE_VALUE);
	if (escaped)
		sql_add_letter(sql, 'e');
	add_quotes(sql, '\'', escaped || escapes(sql));
	sql_add_text(sql, between[sql_pick(sql, COUNT(between))]);
	add_quotes(sql, '\'', escaped || escapes(sql));
	sql_end(sql);
}

/* MySQL: 'x' "y". */
static void
put_adjacent(struct sql *sql)
{
	static const char *const between[] = {" ", "\n", " /* it's qzqzqz */ ",
	    " -- it's qzqzqz\n", "#qzqzqz'\n"};
	const bool two = sql->mode.quotes == REDACT_YES && sql_pick(sql, 2);

	sql->doubted |= two;
	sql_begin(sql, PIECE_VALUE);
	add_quotes(sql, '\'', escapes(sql));
	sql_add_text(
	    sql, between[sql->executed ? 0 : sql_pick(sql, COUNT(between))]);
	add_quotes(sql, two ? '"' : '\'', escapes(sql));
	sql_end(sql);
}

void
sql_put_dollar(struct sql *sql)
{
	static const char *const tags[] = {
	    "$$", "$a$", "$fn_2$", "$A$", "$t\xc3\xa4g$"};
	static const char *const inside[] = {
	    "'", "\"", "--", "/*", "$", "$b$", "\\", " ", "\n", ";", "$fn"};
	const char *tag = tags[sql_pick(
	    sql, sql->mode.charset == REDACT_CHARSET_PLAIN ? 5 : 4)];

	sql_begin(sql, PIECE_VALUE);
	sql_add_text(sql, tag);
	for (unsigned i = sql_pick(sql, 3); i < 3; i++) {
		const char *odd = inside[sql_pick(sql, COUNT(inside))];

		sql_add_secret(sql);
		if (!sql->executed && (strlen(tag) > 2 || *odd != '$'))
			sql_add_text(sql, odd);
		sql_add_secret(sql);
	}
	sql_add_text(sql, tag);
	sql_end(sql);
}

/* MySQL: _latin2'x', _binary 0x35. */
static void
put_introduced(struct sql *sql)
{
	static const char *const names[] = {
	    "_utf8", "_binary", "_latin2", "_greek", "_ASCII", "_Utf8"};
	static const char *const between[] = {"", " ", "\n", " /* qzqzqz */ "};

	sql_begin(sql, PIECE_VALUE);
	sql_add_text(sql, names[sql_pick(sql, COUNT(names))]);
	if (sql_pick(sql, 3) == 0) {
		sql_add_text(sql, " 0x");
		sql_add_run(sql, "0135679", 6);
	} else {
		sql_add_text(
		    sql, between[sql->executed ? 0 : sql_pick(sql, 4)]);
		add_quotes(sql, '\'', escapes(sql));
	}
	sql_end(sql);
}

/* DATE 'x', INTERVAL 'x' DAY, {d 'x'}. */
static void
put_typed(struct sql *sql)
{
	static const char *const types[] = {"DATE", "TIME", "TIMESTAMP"};
	const bool mysql = sql->mode.dialect == REDACT_MYSQL;
	const bool odd = sql_pick(sql, 3) == 0;

	if (!odd)
		put_keyword(sql, types[sql_pick(sql, COUNT(types))]);
	else
		put_keyword(sql, mysql ? "{d" : "INTERVAL");
	sql_put_plain(sql);
	if (odd)
		put_keyword(sql, mysql ? "}" : "DAY");
}

#define FORMS 10

void
sql_put_string(struct sql *sql)
{
	static void (*const forms[][FORMS])(struct sql * sql) = {
	    [REDACT_SQLITE] = {sql_put_plain},
	    [REDACT_POSTGRES] = {sql_put_plain, sql_put_plain, put_escaped,
		put_escaped, put_unicode, put_continued, sql_put_dollar},
	    [REDACT_MYSQL] = {sql_put_plain, sql_put_plain,
		sql_put_value_in_quotes, sql_put_value_in_quotes, put_adjacent,
		put_adjacent},
	};
	unsigned form;

	do
		form = sql_pick(sql, FORMS);
	while (!forms[sql->mode.dialect][form]);
	forms[sql->mode.dialect][form](sql);
}

void
sql_put_literal(struct sql *sql)
{
	static void (*const forms[][FORMS])(struct sql * sql) = {
	    [REDACT_SQLITE] = {sql_put_string, sql_put_string, sql_put_string,
		sql_put_number, sql_put_number, sql_put_hexadecimal,
		sql_put_truth},
	    [REDACT_POSTGRES] = {sql_put_string, sql_put_string, sql_put_string,
		sql_put_number, sql_put_number, sql_put_hexadecimal,
		sql_put_bits, put_national, sql_put_truth, put_typed},
	    [REDACT_MYSQL] = {sql_put_string, sql_put_string, put_introduced,
		sql_put_number, sql_put_number, sql_put_hexadecimal,
		sql_put_bits, put_national, sql_put_truth, put_typed},
	};
	unsigned form;

	do
		form = sql_pick(sql, FORMS);
	while (!forms[sql->mode.dialect][form]);
	forms[sql->mode.dialect][form](sql);
}

/* A word that is no literal, where it may be a secret. */
void
sql_put_bare(struct sql *sql)
{
	sql->zoned = sql->bare = true;
	sql_begin(sql, PIECE_VALUE);
	sql_add_text(sql, "q");
	sql_add_secret(sql);
	sql_end(sql);
}
