/*
 * redact.h - SQL text in, text without the user's values out.
 *
 * Pure functions: no I/O, no allocation, no globals, any length, NUL bytes
 * inside, linear time.  They fail closed: what cannot be classed is hidden.
 * Where servers and versions differ, the reading that hides more is taken.
 */
#ifndef REDACT_REDACT_H
#define REDACT_REDACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum redact_dialect {
	REDACT_SQLITE,
	REDACT_POSTGRES,
	REDACT_MYSQL, /* and MariaDB */
};

enum redact_answer {
	REDACT_NO,
	REDACT_YES,
	REDACT_UNKNOWN, /* what either reading hides is hidden */
};

/* Character sets whose characters may end in a byte of ASCII. */
enum redact_charset {
	REDACT_CHARSET_PLAIN, /* all others: UTF-8, latin1, EUC, ... */
	REDACT_CHARSET_SJIS,
	REDACT_CHARSET_GBK, /* and GB18030 */
	REDACT_CHARSET_BIG5,
	REDACT_CHARSET_JOHAB,
	REDACT_CHARSET_UNKNOWN,
};

/* How the server at the other end of a connection reads a text. */
struct redact_mode {
	uint8_t dialect;
	/* Whether \ escapes in '...': not standard_conforming_strings, not
	 * NO_BACKSLASH_ESCAPES.  An enum redact_answer, as the next. */
	uint8_t backslash;
	/* Whether "..." is a string: MySQL's without ANSI_QUOTES; in SQLite
	 * NO means that it cannot even be one (both DQS settings off). */
	uint8_t quotes;
	uint8_t charset;
};

/* How a server reads texts unless it is told otherwise. */
static inline struct redact_mode
redact_default_mode(enum redact_dialect dialect)
{
	return (struct redact_mode){
	    .dialect = (uint8_t)dialect,
	    .backslash = dialect == REDACT_MYSQL ? REDACT_YES : REDACT_NO,
	    .quotes = dialect == REDACT_POSTGRES ? REDACT_NO : REDACT_YES,
	};
}

/*
 * Write `sql` to `out` with every literal replaced by `?` and every comment by
 * one blank.
 *
 * Returns the length of the whole redacted text, which may exceed `cap`; `out`
 * then holds a prefix that ends before a token, and blanks up to `cap`.  It
 * never exceeds `len`.  `out` may not overlap `sql`; it is not terminated.
 *
 * Text that cannot be read to its end is redacted from the first doubtful byte
 * on: the rest is one `?`.  If it ends inside quotes, or a name stands behind a
 * value where none can, the doubt begins at the first quote of the text; what
 * was written behind that is wiped from `out`.
 *
 * A name in double quotes, which SQLite may read as a string, stays only where
 * names stand.  For SQLite a NUL outside quotes ends the text.
 */
size_t redact_sql(enum redact_dialect dialect, const char *sql, size_t len,
    char *out, size_t cap);

/* The same for a connection whose mode is known. */
size_t redact_sql_mode(struct redact_mode mode, const char *sql, size_t len,
    char *out, size_t cap);

/* A parameter, and the column that it goes with. */
struct redact_param {
	unsigned index;   /* as the library counts, from 1 */
	const char *name; /* of :n, @n, $n in the text; NULL for others */
	size_t name_len;
	/* In the text, without quotes; NULL where the text does not tell. */
	const char *column;
	size_t column_len;
	bool nested; /* in parentheses, as the argument of a call is */
	/* No column is told, or it may belong to another that is named. */
	bool doubtful;
};

/*
 * What a text does, and to what.  The caller gives the room, which may be
 * none; counts may exceed it.
 */
struct redact_outline {
	char *summary; /* OpenTelemetry's db.query.summary */
	size_t summary_cap;
	size_t summary_len;
	char *tables; /* names as they are written, each with a NUL behind */
	size_t tables_cap;
	size_t tables_len;
	size_t table_count;
	struct redact_param *params;
	size_t params_cap;
	size_t param_count;
	const char *operation; /* in the text; NULL if there is none */
	size_t operation_len;
};

struct redact_analysis {
	char *normal; /* the normal form; as the redacted text */
	size_t normal_cap;
	size_t normal_len;
	uint64_t fingerprint;
	bool lost; /* the text could not be read to its end */
	struct redact_outline outline;
};

/*
 * Redact as redact_sql_mode() does, and tell more of the text.
 *
 * The normal form has single blanks, no comments, and no list of values or
 * rows longer than one.  The fingerprint is that of all statements which differ
 * only in values, white space, comments, case and such lengths; it stays the
 * same from release to release, on any machine.
 */
size_t redact_analyse(struct redact_mode mode, const char *sql, size_t len,
    char *out, size_t cap, struct redact_analysis *analysis);

/*
 * Whether the name has one of the patterns, which stand with commas between
 * them; `*` is any text, and case does not matter.
 */
bool redact_name_is_hidden(const char *patterns, const char *name, size_t len);

/*
 * Which parameters go with a column, or have a name, that one of the patterns
 * names: bit n of `hidden`, of `count` bits, is parameter n + 1.  Where the
 * text does not tell the column of a parameter in parentheses, it is hidden;
 * where the column of one is not sure, it is hidden if any name of the text is
 * one that the patterns name; where the text cannot be read to its end, or has
 * more parameters than 256, all are.  False if none is.
 */
bool redact_hidden_params(struct redact_mode mode, const char *sql, size_t len,
    const char *patterns, uint64_t *hidden, unsigned count);

/*
 * Whether `sql` may hold a credential, which is hidden also where literals are
 * not: `PRAGMA key = ...`, `ALTER ROLE ... PASSWORD ...`, a file name with a
 * `?key=`.  Looks at every statement of the text.  When unsure, yes.
 */
bool redact_has_secret(struct redact_mode mode, const char *sql, size_t len);

/*
 * Whether a glance tells that `sql` is one SELECT, INSERT, UPDATE or DELETE
 * that holds no credential, in any dialect and mode: most statements are.
 * False tells nothing.
 */
bool redact_is_simple(const char *sql, size_t len);

/*
 * Write a client library's error text to `out` without the values in it: the
 * names of columns and constraints stay, all else that varies is `?`.  A text
 * of no known form is one `?`: a program may have put it together.
 *
 * Returns the length of the whole text, as redact_sql() does.
 */
size_t redact_error(enum redact_dialect dialect, const char *text, size_t len,
    char *out, size_t cap);

#endif
