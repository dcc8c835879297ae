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
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_single(const char *sql, size_t len)
{
	for (size_t i = 0; i < sizeof(single) / sizeof(*single); i++) {
		size_t word = strlen(single[i]);

		if (len > word && strncasecmp(sql, single[i], word) == 0)
			return true;
	}
	return false;
}

bool
text_goes_on(const char *sql, size_t len)
{
	while (len && (is_blank(sql[len - 1]) || sql[len - 1] == ';'))
		len--;
	while (len && is_blank(*sql))
		sql++, len--;
	return !is_single(sql, len) || memchr(sql, ';', len);
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
	text->secret = !statement_known(mode, sql, len);
	text->len = 0;
	if (!has_room(text, size))
		return;
	fields = fields_ready(text->ready, size);
	put_statement(&fields, mode, sql, len);
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
