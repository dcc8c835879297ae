/*
 * sqlite_secret.c - statements of SQLite that may hold a credential.
 *
 * Almost every statement is cleared by its first word.  What may hold one:
 * pragmas that are not known to be harmless, ATTACH and VACUUM INTO with more
 * than a plain file name, arguments of a virtual table.
 */
#include "redact/dialects.h"
#include "redact/lex.h"
#include "redact/words.h"

#include <string.h>

struct scan {
	const char *at;
	const char *end;
	struct token token;
};

static void
scan_next(struct scan *scan)
{
	scan->at = scan->token.end;
	scan->token = lex_sqlite_solid(&scan->at, scan->end);
}

static size_t
scan_len(const struct scan *scan)
{
	return (size_t)(scan->token.end - scan->at);
}

static enum word_id
scan_word(const struct scan *scan)
{
	const struct word *word = NULL;

	if (scan->token.class == TOKEN_WORD)
		word = word_find(scan->at, scan_len(scan));
	return word ? (enum word_id)word->id : WORD_IS_OTHER;
}

static bool
scan_is(const struct scan *scan, enum token_class class)
{
	return scan->token.class == class;
}

static bool
scan_ends_statement(const struct scan *scan)
{
	return scan_is(scan, TOKEN_SEMICOLON) || scan_is(scan, TOKEN_END);
}

/* PRAGMA [schema.]name, then a value. */
static bool
pragma_has_secret(struct scan *scan)
{
	bool harmless = false;

	do {
		scan_next(scan);
		harmless = scan_is(scan, TOKEN_WORD) &&
			   pragma_is_harmless(scan->at, scan_len(scan));
		scan_next(scan);
	} while (scan_is(scan, TOKEN_DOT));
	return !harmless && !scan_ends_statement(scan);
}

/* A literal without the `?` that begins the parameters of a file's URI. */
static bool
is_plain_file(const struct scan *scan)
{
	switch (scan->token.class) {
	case TOKEN_MARK:
	case TOKEN_PARAM:
	case TOKEN_WORD:
		return true;
	case TOKEN_STRING:
	case TOKEN_QUOTED:
	case TOKEN_NAME:
		return (*scan->at | 0x20) != 'x' &&
		       !memchr(scan->at, '?', scan_len(scan));
	default:
		return false;
	}
}

/* ATTACH [DATABASE] file AS name, and no more. */
static bool
attach_has_secret(struct scan *scan)
{
	scan_next(scan);
	if (scan_word(scan) == WORD_IS_DATABASE)
		scan_next(scan);
	if (!is_plain_file(scan))
		return true;
	scan_next(scan);
	if (scan_word(scan) != WORD_IS_AS)
		return true;
	scan_next(scan);
	if (!is_plain_file(scan))
		return true;
	scan_next(scan);
	return !scan_ends_statement(scan);
}

/* VACUUM [schema] [INTO file]. */
static bool
vacuum_has_secret(struct scan *scan)
{
	scan_next(scan);
	if (!scan_ends_statement(scan) && scan_word(scan) != WORD_IS_INTO)
		scan_next(scan);
	if (scan_word(scan) == WORD_IS_INTO) {
		scan_next(scan);
		if (!is_plain_file(scan))
			return true;
		scan_next(scan);
	}
	return !scan_ends_statement(scan);
}

/* CREATE VIRTUAL TABLE with anything but names. */
static bool
create_has_secret(struct scan *scan)
{
	scan_next(scan);
	if (scan_word(scan) != WORD_IS_VIRTUAL)
		return false;
	for (;; scan_next(scan)) {
		switch (scan->token.class) {
		case TOKEN_END:
		case TOKEN_SEMICOLON:
			return false;
		case TOKEN_WORD:
		case TOKEN_NAME:
		case TOKEN_DOT:
		case TOKEN_COMMA:
		case TOKEN_OPEN:
		case TOKEN_CLOSE:
			break;
		default:
			return true;
		}
	}
}

static bool
statement_has_secret(struct scan *scan)
{
	switch (scan_word(scan)) {
	case WORD_IS_PRAGMA:
		return pragma_has_secret(scan);
	case WORD_IS_ATTACH:
		return attach_has_secret(scan);
	case WORD_IS_VACUUM:
		return vacuum_has_secret(scan);
	case WORD_IS_CREATE:
		return create_has_secret(scan);
	default:
		return false;
	}
}

/* EXPLAIN [QUERY PLAN] and what a stray semicolon leaves. */
static void
skip_to_statement(struct scan *scan)
{
	enum word_id word = scan_word(scan);

	while (scan_is(scan, TOKEN_SEMICOLON) || word == WORD_IS_EXPLAIN ||
	       word == WORD_IS_QUERY || word == WORD_IS_PLAN) {
		scan_next(scan);
		word = scan_word(scan);
	}
}

static void
skip_statement(struct scan *scan)
{
	while (!scan_ends_statement(scan) && scan->token.class < TOKEN_UNCLOSED)
		scan_next(scan);
}

bool
redact_sqlite_has_secret(const char *sql, size_t len)
{
	const char *nul = memchr(sql, '\0', len);
	struct scan scan = {.end = nul ? nul : sql + len};

	for (scan.token.end = sql;;) {
		scan_next(&scan);
		skip_to_statement(&scan);
		if (statement_has_secret(&scan))
			return true;
		/* Text that cannot be read may hide another statement. */
		if (!memchr(scan.at, ';', (size_t)(scan.end - scan.at)))
			return false;
		skip_statement(&scan);
		if (!scan_is(&scan, TOKEN_SEMICOLON))
			return scan.token.class >= TOKEN_UNCLOSED;
	}
}
