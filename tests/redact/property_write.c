/*
 * property_write.c - the text of a statement: its pieces, with blanks and
 * comments between them.
 */
#include "tests/redact/property_sql.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof(*(array))))

static void
write_both(struct sql *sql, const char *text, size_t len, const char *wanted,
    size_t wanted_len)
{
	if (len > SQL_MAX - sql->len || wanted_len > SQL_MAX - sql->wanted_len)
		abort();
	memcpy(sql->text + sql->len, text, len);
	memcpy(sql->wanted + sql->wanted_len, wanted, wanted_len);
	sql->len += len;
	sql->wanted_len += wanted_len;
}

static void
write_blank(struct sql *sql, const char *blank)
{
	write_both(sql, blank, strlen(blank), blank, strlen(blank));
}

static bool
is_in_word(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_' || byte == '$' ||
	       byte & 0x80;
}

static bool
is_in_operator(char byte)
{
	return byte && strchr("~!@#^&|`?+-*/%<>=:\\.", byte);
}

static bool
is_quote(char byte)
{
	return byte == '\'' || byte == '"' || byte == '`';
}

/* Whether two pieces beside each other would be read as another. */
static bool
must_part(const struct sql *sql, const struct piece *a, const struct piece *b)
{
	const char last = sql->bytes[a->at + a->len - 1];
	const char first = sql->bytes[b->at];

	if (a->kind == PIECE_COMMENT || (is_in_word(last) && is_in_word(first)))
		return true;
	if (is_quote(last) && is_quote(first))
		return true;
	if (last & 0x80 && strchr("[`@^|~", first))
		return true; /* may be one character for all one knows */
	if (a->kind == PIECE_VALUE && is_quote(last) && is_in_word(first))
		return b->kind != PIECE_KEYWORD;
	if (a->kind == PIECE_VALUE && last == '.' && is_in_word(first))
		return sql->mode.dialect != REDACT_POSTGRES; /* 5.AND */
	return is_in_operator(last) && is_in_operator(first);
}

static void
write_comment(struct sql *sql)
{
	static const struct {
		int dialects;
		const char *text, *wanted;
	} comments[] = {
	    {SPM, "/* it's qzqzqz */", " "},
	    {SPM, "/**/", " "},
	    {SPM, "/*/ qzqzqz */", " "},
	    {SPM, "/*qzqzqz\"`;*/", " "},
	    {SPM, "/* $a$ [ ( { \\ qzqzqz */", " "},
	    {SPM, "-- qzqzqz it's\n", " \n"},
	    {SPM, "--\n", " \n"},
	    {SP, "--qzqzqz /*\n", " \n"},
	    {P, "/* qzqzqz /* qzqzqz */ it's qzqzqz */", " "},
	    {P, "-- qzqzqz\r", " \r"},
	    {S | M, "/* qzqzqz /* it's */", " "},
	    {M, "# qzqzqz \"\n", " \n"},
	    {M, "/*+ SET_VAR(x='qzqzqz') */", " "},
	};
	unsigned i;

	do
		i = sql_pick(sql, COUNT(comments));
	while (!(comments[i].dialects & 1 << sql->mode.dialect) ||
	       (sql->executed && strchr(comments[i].text, '\n')));
	write_both(sql, comments[i].text, strlen(comments[i].text),
	    comments[i].wanted, strlen(comments[i].wanted));
}

static void
write_between(
    struct sql *sql, const struct piece *before, const struct piece *piece)
{
	static const char *const blanks[] = {
	    " ", " ", "  ", "\n", "\t", "\r\n", " \f"};
	const char last = sql->bytes[before->at + before->len - 1];
	const bool comment = sql_pick(sql, 12) == 0;
	const char *blank = "";

	if (sql_pick(sql, 2))
		blank = blanks[sql_pick(sql, COUNT(blanks))];
	else if (comment ? is_in_operator(last) : must_part(sql, before, piece))
		blank = " ";
	write_blank(sql, blank);
	if (comment) {
		write_comment(sql);
		write_blank(sql, sql_pick(sql, 2) ? " " : "");
	}
}

/* A keyword in small letters, unless it has one that only values have. */
static void
write_small(struct sql *sql, const struct piece *piece)
{
	char *text = sql->text + sql->len - piece->len;
	char *wanted = sql->wanted + sql->wanted_len - piece->len;

	if (memchr(text, 'Q', piece->len) || memchr(text, 'Z', piece->len))
		return;
	for (size_t i = 0; i < piece->len; i++)
		text[i] = wanted[i] = (char)tolower((unsigned char)text[i]);
}

/* A value of another kind. */
static void
write_other(struct sql *sql)
{
	static const char *const values[] = {
	    "5", "'qz'", "'zq''qz'", "705.3", ".3", "3e5", "''"};
	const char *value = values[sql_pick(sql, COUNT(values))];

	write_blank(sql, " ");
	write_both(sql, value, strlen(value), "?", 1);
	write_blank(sql, " ");
}

static void
write_piece(struct sql *sql, const struct piece *piece)
{
	if (sql->other_values && piece->kind == PIECE_VALUE)
		write_other(sql);
	else
		write_both(sql, sql->bytes + piece->at, piece->len,
		    sql->bytes + piece->shown_at, piece->shown_len);
}

void
sql_write(struct sql *sql, uint64_t seed)
{
	const bool small = seed & 1;

	sql->random = seed * 0x9e3779b97f4a7c15u + 1;
	sql->len = sql->wanted_len = 0;
	sql->executed = false;
	for (size_t i = 0; i < sql->pieces_count; i++) {
		const struct piece *piece = &sql->pieces[i];

		if (i)
			write_between(sql, piece - 1, piece);
		write_piece(sql, piece);
		if (piece->kind == PIECE_KEYWORD && small)
			write_small(sql, piece);
		if (piece->kind == PIECE_COMMENT)
			sql->executed = sql->bytes[piece->at] == '/';
	}
}
