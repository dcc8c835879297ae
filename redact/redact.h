/*
 * redact.h - SQL text in, text without the user's values out.
 *
 * Pure functions: no I/O, no allocation, no globals, any length, NUL bytes
 * inside, linear time.  They fail closed: what cannot be classed is hidden.
 * The lexical rules are those of facts/redaction.md.
 */
#ifndef REDACT_REDACT_H
#define REDACT_REDACT_H

#include <stdbool.h>
#include <stddef.h>

enum redact_dialect {
	REDACT_SQLITE,
};

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
 * names stand.  For SQLite a NUL ends the text.
 */
size_t redact_sql(enum redact_dialect dialect, const char *sql, size_t len,
    char *out, size_t cap);

/*
 * Whether `sql` may hold a credential, which is hidden also where literals are
 * not: `PRAGMA key = ...`, `ATTACH ... KEY ...`, a file name with a `?key=`.
 * Looks at every statement of the text.  When unsure, yes.
 */
bool redact_has_secret(
    enum redact_dialect dialect, const char *sql, size_t len);

/*
 * Write a client library's error text to `out` without the values in it: the
 * columns that a constraint names stay, all else that varies is `?`.  A text of
 * no known form is one `?`: a program may have put it together.
 *
 * Returns the length of the whole text, as redact_sql() does.
 */
size_t redact_error(enum redact_dialect dialect, const char *text, size_t len,
    char *out, size_t cap);

#endif
