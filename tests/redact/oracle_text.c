/*
 * oracle_text.c - what a server is asked, and what its answer tells.
 */
#include "tests/redact/oracle_text.h"

#include "tests/redact/property_sql.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof(*(array))))

static const char end[] = " AS zz";

static void
insert(char *text, size_t *len, size_t at, const char *part)
{
	const size_t n = strlen(part);

	if (*len + n >= SQL_MAX)
		return;
	memmove(text + at + n, text + at, *len - at);
	memcpy(text + at, part, n);
	*len += n;
}

/* Break a byte, or put something odd between two. */
static void
break_byte(struct sql *sql)
{
	static const char *const parts[] = {"'", "'", "\"", "`", "\\", "\\",
	    "-- ", "#", "/*", "*/", "/*!", "\n", "\r", "N", "x", "E", "_utf8",
	    "@", ".", " ", ",", "a", "''", "\xbf", "\x95", "\xa5", "\xe0", "U&",
	    "(", ")", "$a$", "$$"};
	const size_t at = sql_pick(sql, (unsigned)sql->len);

	if (sql_pick(sql, 4) == 0) {
		memmove(sql->text + at, sql->text + at + 1, sql->len - at - 1);
		sql->len--;
	} else {
		insert(sql->text, &sql->len, at,
		    parts[sql_pick(
			sql, COUNT(parts) -
				 (sql->mode.dialect == REDACT_MYSQL ? 2 : 0))]);
	}
}

const char *
oracle_text(struct redact_mode mode, uint64_t round, size_t *ret_len)
{
	static const char *const rules[] = {"SELECT <string>",
	    "SELECT <literal>", "SELECT <string> , <string>",
	    "SELECT <literal> , <literal>", "SELECT <literals>",
	    "SELECT <literal> AS <quoted> , <string>"};
	static struct sql sql;

	sql_make_by(&sql, mode, round, rules[round % COUNT(rules)]);
	sql_write(&sql, round);
	for (unsigned i = sql_pick(&sql, 4); i > 0; i--)
		break_byte(&sql);
	insert(sql.text, &sql.len, sql.len, end);
	sql.text[sql.len] = '\0';
	*ret_len = sql.len;
	return sql.text;
}

static bool
is_secret(char byte)
{
	return byte && strchr(SECRET_BYTES, byte);
}

static bool
is_in_value(const struct oracle_answer *answer, const char *at, size_t len)
{
	for (size_t i = 0; i < answer->count; i++)
		if (answer->values[i] &&
		    memmem(answer->values[i], answer->lens[i], at, len))
			return true;
	return false;
}

/* Whether the redacted text shows some of what the server read in a value. */
static bool
shows_value(const struct oracle_answer *answer, const char *out, size_t len)
{
	for (size_t i = 0, from = 0; i <= len; i++) {
		if (i < len && is_secret(out[i]))
			continue;
		if (i - from >= 3 && is_in_value(answer, out + from, i - from))
			return true;
		from = i + 1;
	}
	return false;
}

bool
oracle_agrees(struct oracle_count *count, struct redact_mode mode,
    const char *text, size_t len, const struct oracle_answer *answer)
{
	static char out[SQL_MAX];
	const size_t n = redact_sql_mode(mode, text, len, out, sizeof(out));
	const size_t end_len = sizeof(end) - 1;
	const bool ends = n >= end_len &&
			  memcmp(out + n - end_len, end, end_len) == 0;

	count->taken++;
	count->lost += answer->named && !ends;
	if (!shows_value(answer, out, n) && (answer->named || !ends))
		return true;
	fprintf(stderr,
	    "  backslash %d quotes %d charset %d\n  %.*s\n  -> %.*s\n",
	    mode.backslash, mode.quotes, mode.charset, (int)len, text, (int)n,
	    out);
	return false;
}

bool
oracle_will_do(const struct oracle_count *count)
{
	fprintf(stderr, "%lu of %lu taken, of %lu the end was lost\n",
	    (unsigned long)count->taken, (unsigned long)count->asked,
	    (unsigned long)count->lost);
	return count->taken > count->asked / 4 &&
	       count->lost <= count->taken / 500;
}
