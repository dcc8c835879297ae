/*
 * secret.c - statements that may hold a credential.
 *
 * Almost every statement is cleared by its first word.  In SQLite may hold one:
 * pragmas that are not known to be harmless, ATTACH and VACUUM INTO with more
 * than a plain file name, arguments of a virtual table.  In PostgreSQL and
 * MySQL: what has to do with accounts, other servers, and settings of the
 * program's own; and calls that take a connection string.
 */
#include "redact/lex.h"
#include "redact/scan.h"
#include "redact/secret.h"
#include "redact/words.h"

#include <strings.h>

struct scan {
	struct lexer lexer;
	const char *at;
	struct token token;
};

static void
scan_next(struct scan *scan)
{
	scan->at = scan->token.end;
	scan->token = lex_solid(&scan->lexer, &scan->at);
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
		word = word_find(scan->lexer.mode.dialect, scan->at,
		    scan_len(scan), scan->lexer.end);
	return word_id(word);
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
	if (scan_word(scan) == W_DATABASE)
		scan_next(scan);
	if (!is_plain_file(scan))
		return true;
	scan_next(scan);
	if (scan_word(scan) != W_AS)
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
	if (!scan_ends_statement(scan) && scan_word(scan) != W_INTO)
		scan_next(scan);
	if (scan_word(scan) == W_INTO) {
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
	if (scan_word(scan) != W_VIRTUAL)
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

/* What SQLite's statements hold, by their first word. */
static bool
sqlite_has_secret(struct scan *scan)
{
	switch (scan_word(scan)) {
	case W_PRAGMA:
		return pragma_has_secret(scan);
	case W_ATTACH:
		return attach_has_secret(scan);
	case W_VACUUM:
		return vacuum_has_secret(scan);
	case W_CREATE:
		return create_has_secret(scan);
	default:
		return false;
	}
}

/* Whether the text has the letters, in either case. */
static bool
has_letters(const char *sql, size_t len, const char *letters)
{
	const size_t count = strlen(letters);

	for (size_t i = 0; i + count <= len; i++) {
		const char *found = scan_two(sql + i, sql + len - count + 1,
		    letters[0], (char)(letters[0] & ~0x20));

		i = (size_t)(found - sql);
		if (i + count > len)
			return false;
		if (strncasecmp(found, letters, count) == 0)
			return true;
	}
	return false;
}

/* The same of what is behind the word. */
static bool
rest_has_letters(const struct scan *scan, const char *letters)
{
	const char *rest = scan->token.end;

	return has_letters(rest, (size_t)(scan->lexer.end - rest), letters);
}

/* CREATE or ALTER: of an account, a server, a table that is on one, a routine
 * (which may SET), or no matter. */
static bool
defines_secret(struct scan *scan)
{
	for (;;) {
		scan_next(scan);
		switch (scan_word(scan)) {
		case W_OR:
		case W_REPLACE:
		case W_IF:
		case W_NOT:
		case W_EXISTS:
		case W_FOREIGN:
		case W_TEMPORARY:
			break;
		case W_TABLE: /* CONNECTION = 'mysql://user:...' */
			return rest_has_letters(scan, "connection");
		case W_USER:
		case W_ROLE:
		case W_GROUP:
		case W_SERVER:
		case W_SUBSCRIPTION:
		case W_DATABASE:
		case W_SYSTEM:
		case W_DATA:
		case W_FUNCTION:
		case W_PROCEDURE:
		case W_ROUTINE:
			return true;
		default:
			return false;
		}
	}
}

/* SET of anything but what is known to be a mode of the connection. */
static bool
sets_secret(struct scan *scan)
{
	for (;;) {
		scan_next(scan);
		switch (scan_word(scan)) {
		case W_GLOBAL:
		case W_SESSION:
		case W_LOCAL:
			break;
		case W_NAMES:
		case W_CHARACTER:
		case W_CHARSET:
		case W_TRANSACTION:
		case W_CONSTRAINTS:
		case W_ROLE:
		case W_TIME:
			return false;
		default:
			return true;
		}
	}
}

/* What PostgreSQL's and MySQL's hold. */
static bool
server_has_secret(struct scan *scan)
{
	switch (scan_word(scan)) {
	case W_CREATE:
	case W_ALTER:
		return defines_secret(scan);
	case W_SET:
		return sets_secret(scan);
	case W_GRANT:
	case W_CHANGE:
	case W_CLONE:
		return true;
	case W_PREPARE:
	case W_EXECUTE: /* a text of MySQL's in a text, of an account */
		return rest_has_letters(scan, "identified");
	case W_START: /* REPLICA, but not TRANSACTION */
		scan_next(scan);
		return scan_word(scan) != W_TRANSACTION;
	default:
		return false;
	}
}

/* Calls whose arguments are connection strings, settings or keys. */
static bool
calls_with_secret(const struct scan *scan, const char *sql)
{
	static const char *const calls[] = {"dblink", "password", "set_config",
	    "pgp_sym", "aes_encrypt", "aes_decrypt", "master_"};
	const size_t len = (size_t)(scan->lexer.end - sql);

	if (scan->lexer.mode.dialect == REDACT_SQLITE)
		return false;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (has_letters(sql, len, calls[i]))
			return true;
	return false;
}

static bool
statement_has_secret(struct scan *scan)
{
	return scan->lexer.mode.dialect == REDACT_SQLITE
		   ? sqlite_has_secret(scan)
		   : server_has_secret(scan);
}

/* EXPLAIN [QUERY PLAN] and what a stray semicolon leaves. */
static void
skip_to_statement(struct scan *scan)
{
	enum word_id word = scan_word(scan);

	while (scan_is(scan, TOKEN_SEMICOLON) ||
	       scan_is(scan, TOKEN_EXECUTED) || word == W_EXPLAIN ||
	       word == W_QUERY || word == W_PLAN) {
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
secret_search(struct redact_mode mode, const char *sql, size_t len)
{
	struct scan scan;

	lexer_begin(&scan.lexer, mode, sql, len);
	if (calls_with_secret(&scan, sql))
		return true;
	for (scan.token.end = sql;;) {
		scan_next(&scan);
		skip_to_statement(&scan);
		if (statement_has_secret(&scan))
			return true;
		/* Text that cannot be read may hide another statement. */
		if (!memchr(scan.at, ';', (size_t)(scan.lexer.end - scan.at)))
			return false;
		skip_statement(&scan);
		if (!scan_is(&scan, TOKEN_SEMICOLON))
			return scan.token.class >= TOKEN_UNCLOSED;
	}
}

/* Nothing can stand behind the last semicolon. */
static inline size_t
trimmed_len(const char *sql, size_t len)
{
	while (len > 0 && (sql[len - 1] == ';' || sql[len - 1] == ' ' ||
			      sql[len - 1] == '\n'))
		len--;
	return len;
}

bool
redact_is_simple(const char *sql, size_t len)
{
	return secret_is_ruled_out(sql, trimmed_len(sql, len));
}

bool
redact_has_secret(struct redact_mode mode, const char *sql, size_t len)
{
	if (mode.dialect > REDACT_MYSQL)
		return true;
	return !redact_is_simple(sql, len) &&
	       secret_search(mode, sql, trimmed_len(sql, len));
}
