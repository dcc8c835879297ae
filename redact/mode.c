/*
 * mode.c - from names to modes.
 */
#include "redact/mode.h"

#include <string.h>
#include <strings.h>

static bool
is_text(const char *at, size_t len, const char *text)
{
	return len == strlen(text) && strncasecmp(at, text, len) == 0;
}

bool
redact_dialect_find(
    const char *name, size_t len, enum redact_dialect *ret_dialect)
{
	static const struct {
		const char *name;
		enum redact_dialect dialect;
	} rows[] = {
	    {"postgres", REDACT_POSTGRES},
	    {"postgresql", REDACT_POSTGRES},
	    {"pg", REDACT_POSTGRES},
	    {"mysql", REDACT_MYSQL},
	    {"mariadb", REDACT_MYSQL},
	    {"sqlite", REDACT_SQLITE},
	    {"sqlite3", REDACT_SQLITE},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (is_text(name, len, rows[i].name)) {
			*ret_dialect = rows[i].dialect;
			return true;
		}
	return false;
}

void
redact_mode_forget(struct redact_mode *mode)
{
	mode->charset = REDACT_CHARSET_UNKNOWN;
	if (mode->dialect != REDACT_SQLITE)
		mode->backslash = REDACT_UNKNOWN;
	if (mode->dialect == REDACT_MYSQL)
		mode->quotes = REDACT_UNKNOWN;
}

enum redact_charset
redact_charset_find(const char *name, size_t len)
{
	static const struct {
		const char *name;
		enum redact_charset charset;
	} rows[] = {
	    {"sjis", REDACT_CHARSET_SJIS},
	    {"cp932", REDACT_CHARSET_SJIS},
	    {"mskanji", REDACT_CHARSET_SJIS},
	    {"shiftjis", REDACT_CHARSET_SJIS},
	    {"shift_jis", REDACT_CHARSET_SJIS},
	    {"shift_jis_2004", REDACT_CHARSET_SJIS},
	    {"shiftjis2004", REDACT_CHARSET_SJIS},
	    {"win932", REDACT_CHARSET_SJIS},
	    {"windows932", REDACT_CHARSET_SJIS},
	    {"gbk", REDACT_CHARSET_GBK},
	    {"win936", REDACT_CHARSET_GBK},
	    {"windows936", REDACT_CHARSET_GBK},
	    {"gb18030", REDACT_CHARSET_GBK},
	    {"big5", REDACT_CHARSET_BIG5},
	    {"win950", REDACT_CHARSET_BIG5},
	    {"windows950", REDACT_CHARSET_BIG5},
	    {"johab", REDACT_CHARSET_JOHAB},
	    {"unknown", REDACT_CHARSET_UNKNOWN},
	    {"", REDACT_CHARSET_UNKNOWN},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (is_text(name, len, rows[i].name))
			return rows[i].charset;
	return REDACT_CHARSET_PLAIN;
}

static bool
answer_find(const char *value, size_t len, enum redact_answer *ret_answer)
{
	static const struct {
		const char *name;
		enum redact_answer answer;
	} rows[] = {
	    {"on", REDACT_YES},
	    {"true", REDACT_YES},
	    {"yes", REDACT_YES},
	    {"1", REDACT_YES},
	    {"off", REDACT_NO},
	    {"false", REDACT_NO},
	    {"no", REDACT_NO},
	    {"0", REDACT_NO},
	    {"unknown", REDACT_UNKNOWN},
	    {"null", REDACT_UNKNOWN},
	    {"", REDACT_UNKNOWN},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (is_text(value, len, rows[i].name)) {
			*ret_answer = rows[i].answer;
			return true;
		}
	return false;
}

static enum redact_answer
not_so(enum redact_answer answer)
{
	return answer == REDACT_UNKNOWN ? REDACT_UNKNOWN
	       : answer == REDACT_YES   ? REDACT_NO
					: REDACT_YES;
}

/* One of the words of sql_mode. */
static bool
has_mode(const char *list, size_t len, const char *mode)
{
	const size_t want = strlen(mode);

	for (size_t i = 0; i < len;) {
		size_t next = i;

		while (next < len && list[next] != ',' && list[next] != ' ')
			next++;
		if (next - i == want && strncasecmp(list + i, mode, want) == 0)
			return true;
		i = next + 1;
	}
	return false;
}

static bool
set_sql_mode(struct redact_mode *mode, const char *list, size_t len)
{
	static const char *const ansi[] = {"ANSI_QUOTES", "ANSI", "DB2",
	    "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL"};

	if (is_text(list, len, "unknown")) {
		mode->backslash = mode->quotes = REDACT_UNKNOWN;
		return true;
	}
	mode->backslash = has_mode(list, len, "NO_BACKSLASH_ESCAPES")
			      ? REDACT_NO
			      : REDACT_YES;
	mode->quotes = REDACT_YES;
	for (size_t i = 0; i < sizeof(ansi) / sizeof(*ansi); i++)
		if (has_mode(list, len, ansi[i]))
			mode->quotes = REDACT_NO;
	return true;
}

/* What a key sets, and how. */
enum key {
	KEY_BACKSLASH,    /* on: it escapes */
	KEY_NO_BACKSLASH, /* on: it does not */
	KEY_QUOTES,       /* on: "x" is a string */
	KEY_NO_QUOTES,    /* on: it is a name */
	KEY_SQL_MODE,
	KEY_CHARSET,
	KEY_ALL, /* unknown, or nothing */
};

static bool
key_find(const char *key, size_t len, enum key *ret_key)
{
	static const struct {
		const char *name;
		enum key key;
	} rows[] = {
	    {"standard_conforming_strings", KEY_NO_BACKSLASH},
	    {"no_backslash_escapes", KEY_NO_BACKSLASH},
	    {"backslash_escapes", KEY_BACKSLASH},
	    {"ansi_quotes", KEY_NO_QUOTES},
	    {"double_quoted_strings", KEY_QUOTES},
	    {"dqs", KEY_QUOTES},
	    {"dqs_dml", KEY_QUOTES},
	    {"dqs_ddl", KEY_QUOTES},
	    {"sql_mode", KEY_SQL_MODE},
	    {"charset", KEY_CHARSET},
	    {"client_charset", KEY_CHARSET},
	    {"client_encoding", KEY_CHARSET},
	    {"encoding", KEY_CHARSET},
	    {"character_set", KEY_CHARSET},
	    {"character_set_client", KEY_CHARSET},
	    {"all", KEY_ALL},
	    {"mode", KEY_ALL},
	    {"unknown", KEY_ALL},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (is_text(key, len, rows[i].name)) {
			*ret_key = rows[i].key;
			return true;
		}
	return false;
}

static void
set_quotes(struct redact_mode *mode, enum redact_answer answer)
{
	if (mode->dialect == REDACT_POSTGRES)
		return; /* it has no such strings */
	mode->quotes = (uint8_t)answer;
}

static void
set_backslash(struct redact_mode *mode, enum redact_answer answer)
{
	if (mode->dialect != REDACT_SQLITE)
		mode->backslash = (uint8_t)answer;
}

bool
redact_mode_set(struct redact_mode *mode, const char *key, size_t key_len,
    const char *value, size_t value_len)
{
	enum redact_answer answer;
	enum key what;

	if (!key_find(key, key_len, &what))
		return false;
	if (what == KEY_CHARSET) {
		mode->charset = (uint8_t)redact_charset_find(value, value_len);
		return true;
	}
	if (what == KEY_SQL_MODE)
		return mode->dialect == REDACT_MYSQL &&
		       set_sql_mode(mode, value, value_len);
	if (!answer_find(value, value_len, &answer))
		return false;
	if (what == KEY_ALL)
		redact_mode_forget(mode);
	else if (what == KEY_BACKSLASH)
		set_backslash(mode, answer);
	else if (what == KEY_NO_BACKSLASH)
		set_backslash(mode, not_so(answer));
	else if (what == KEY_QUOTES)
		set_quotes(mode, answer);
	else
		set_quotes(mode, not_so(answer));
	return true;
}
