/*
 * text.c - the text of a connection's last statement.
 */
#include "mysql/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shim/span.h"

/* Statements that answer with one result, but for those behind a semicolon. */
static const char *const single[] = {
    "select",
    "insert",
    "update",
    "delete",
    "replace",
    "show",
    "set",
    "with",
    "desc",
    "describe",
    "explain",
};

/* MariaDB's, which runs another statement. */
#define SET_STATEMENT "set statement"

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_comment(const char *at, const char *end)
{
	if (end - at < 2)
		return false;
	return *at == '#' || (at[0] == '-' && at[1] == '-') ||
	       (at[0] == '/' && at[1] == '*');
}

/* Behind a comment; or in it, if the server executes it. */
static const char *
skip_comment(const char *at, const char *end)
{
	bool line = *at != '/';
	const char *stop;

	if (!line && end - at > 2 && at[2] == 'M')
		at++;
	if (!line && end - at > 2 && at[2] == '!')
		return at + 3;
	stop = line ? memchr(at, '\n', (size_t)(end - at))
		    : memmem(at + 2, (size_t)(end - at - 2), "*/", 2);
	return stop ? stop + (line ? 1 : 2) : end;
}

const char *
text_words(const char *sql, size_t len)
{
	const char *end = sql + len;

	for (;;) {
		if (sql < end && (is_blank(*sql) || is_digit(*sql)))
			sql++;
		else if (is_comment(sql, end))
			sql = skip_comment(sql, end);
		else
			return sql;
	}
}

size_t
text_trimmed(const char *sql, size_t len)
{
	while (len && (is_blank(sql[len - 1]) || sql[len - 1] == ';'))
		len--;
	return len;
}

bool
text_begins_with(const char *sql, size_t len, const char *words)
{
	size_t at = 0;

	for (; *words; words++) {
		if (at == len)
			return false;
		if (*words != ' ' && (sql[at] | 0x20) != *words)
			return false;
		if (*words == ' ' && !is_blank(sql[at]))
			return false;
		at++;
		while (*words == ' ' && at < len && is_blank(sql[at]))
			at++;
	}
	return at == len || !is_letter(sql[at]);
}

static bool
is_single(const char *sql, size_t len)
{
	for (size_t i = 0; i < sizeof(single) / sizeof(*single); i++)
		if (text_begins_with(sql, len, single[i]))
			return !text_begins_with(sql, len, SET_STATEMENT);
	return false;
}

bool
text_goes_on(const char *sql, size_t len)
{
	const char *at;

	len = text_trimmed(sql, len);
	at = text_words(sql, len);
	len -= (size_t)(at - sql);
	return !is_single(at, len) || memchr(at, ';', len);
}

bool
text_sets_quotes(const char *sql, size_t len)
{
	const char *end = sql + len, *at = sql;

	for (; (at = memchr(at, '_', (size_t)(end - at))); at++)
		if (at - sql >= 3 && end - at >= 5 &&
		    strncasecmp(at - 3, "sql_mode", 8) == 0)
			return true;
	return false;
}

static bool
has_room(struct text *text, size_t size)
{
	int saved = errno;
	char *ready;

	if (text->size >= size)
		return true;
	/* No remnant of the heap in the paddings, which are recorded too. */
	ready = calloc(1, size);
	if (ready)
		free(text->ready);
	errno = saved;
	if (!ready)
		return false;
	text->ready = ready;
	text->size = size;
	return true;
}

/* FIELD_STATEMENT and FIELD_STATEMENT_LENGTH, beside the text. */
#define HEADS 64

/* What is kept of a text: a connection may stay for days. */
#define TEXT_MAX 65536

void
text_keep(
    struct text *text, struct redact_mode mode, const char *sql, size_t len)
{
	size_t size = HEADS + (len < TEXT_MAX ? len : TEXT_MAX);
	struct fields fields;

	text->index = 1;
	text->len = 0;
	if (!has_room(text, size))
		return;
	fields = fields_ready(text->ready, size);
	text->secret = put_statement(&fields, mode, sql, len);
	text->len = (size_t)(fields.at - text->ready);
}

void
text_keep_again(struct text *text, struct redact_mode mode)
{
	struct text old = *text;
	struct field head, now;

	if (!old.len)
		return;
	memcpy(&head, old.ready, sizeof(head));
	*text = (struct text){.ready = NULL};
	text_keep(text, mode, old.ready + sizeof(head), head.len);
	text->index = old.index;
	text->secret |= old.secret;
	if (text->len) {
		memcpy(&now, text->ready, sizeof(now));
		now.flags |= head.flags;
		memcpy(text->ready, &now, sizeof(now));
	}
	text_free(&old);
}

void
text_free(struct text *text)
{
	int saved = errno;

	free(text->ready);
	*text = (struct text){.ready = NULL};
	errno = saved;
}
