/*
 * osprof_redact.h - SQL text without the values in it, for a program's own
 * logs, metrics and messages.
 *
 * It is what the tracing itself uses with hide_args: comments go, and every
 * literal becomes `?`; where a text cannot be read for sure, more is hidden
 * rather than less.  Link libosprof; nothing needs to be initialised.
 *
 * Rules that hold for all of it:
 *  - Nothing here allocates, locks, prints or changes errno; the time it takes
 *    is proportional to the length of the text.
 *  - Every function may be called from any thread at any time, also from a
 *    signal handler.
 *  - A text has a length and may hold any bytes.  What comes out is written to
 *    the caller's memory, which may not overlap it.
 *  - Functions return the length of the whole answer.  Where that is more than
 *    `cap` - 1, the answer is cut before a word; it is terminated always if
 *    `cap` is not 0.
 *
 * `modes` tells how the server reads the text: NULL for a server as it comes,
 * or settings by the server's names with blanks between them, such as
 *
 *	"standard_conforming_strings=off client_encoding=SJIS"
 *	"sql_mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES charset=gbk"
 *	"unknown"
 *
 * With "unknown", or a setting that is not known here, all is hidden that any
 * mode would hide.
 */
#ifndef OSPROF_REDACT_H
#define OSPROF_REDACT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef OSPROF_API
# define OSPROF_API __attribute__((visibility("default")))
#endif

enum osprof_dialect {
	OSPROF_DIALECT_SQLITE,
	OSPROF_DIALECT_POSTGRES,
	OSPROF_DIALECT_MYSQL, /* and MariaDB */
};

/* The statement with `?` for its literals; never longer than it was. */
OSPROF_API size_t osprof_redact(enum osprof_dialect dialect, const char *modes,
    const char *sql, size_t len, char *out, size_t cap);

/*
 * The statement's normal form, one text for all statements of one shape: single
 * blanks, no comments, lists of values folded into one value.
 */
OSPROF_API size_t osprof_redact_normalize(enum osprof_dialect dialect,
    const char *modes, const char *sql, size_t len, char *out, size_t cap);

/*
 * A number for the shape: equal for statements that differ in nothing but
 * values, lengths of lists, white space, comments and case.  It stays the same
 * from release to release and from machine to machine.
 */
OSPROF_API uint64_t osprof_redact_fingerprint(enum osprof_dialect dialect,
    const char *modes, const char *sql, size_t len);

/*
 * What the statement does, and to what, as OpenTelemetry wants it in
 * db.query.summary: `SELECT orders users`.  At most 255 bytes.
 */
OSPROF_API size_t osprof_redact_summary(enum osprof_dialect dialect,
    const char *modes, const char *sql, size_t len, char *out, size_t cap);

/*
 * An error message of the client library without the values in it; names of
 * columns and constraints stay.  A message that is not known is one `?`.
 */
OSPROF_API size_t osprof_redact_error(enum osprof_dialect dialect,
    const char *text, size_t len, char *out, size_t cap);

#ifdef __cplusplus
}
#endif

#endif
