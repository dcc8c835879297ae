/*
 * error.c - error texts of client libraries without the values in them.
 *
 * What comes out is the text of a known form, in which only names that the
 * library itself took from the schema are filled in.
 */
#include "redact/error_form.h"
#include "redact/messages.h"

#include <stdbool.h>
#include <string.h>

/* clang-format off */
static const char *const sqlite_forms[] = {
#define MESSAGE(form) form,
#include "redact/sqlite_messages.h"
	NULL
};
static const char *const postgres_forms[] = {
#define MESSAGE(form) form,
#define DETAIL(form)
#include "redact/postgres_messages.h"
	NULL
};
static const char *const postgres_details[] = {
#define MESSAGE(form)
#define DETAIL(form) form,
#include "redact/postgres_messages.h"
	NULL
};
static const char *const mysql_forms[] = {
#define MESSAGE(form) form,
#include "redact/mysql_messages.h"
	NULL
};
/* clang-format on */

static bool
begins_with(struct span text, const char *with)
{
	return text.len >= strlen(with) &&
	       memcmp(text.at, with, strlen(with)) == 0;
}

/* Keep the first `len` bytes of the text. */
static void
put_head(struct out *out, struct span *text, size_t len)
{
	out_keep(out, text->at, len);
	text->at += len;
	text->len -= len;
}

static bool
is_state(const char *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((at[i] < '0' || at[i] > '9') &&
		    (at[i] < 'A' || at[i] > 'Z'))
			return false;
	return true;
}

/* ERROR:  42P01: of psql and libpq, in the severities there are. */
static void
put_severity(struct out *out, struct span *text)
{
	static const char *const severities[] = {
	    "ERROR:  ", "FATAL:  ", "PANIC:  ", "WARNING:  ", "NOTICE:  ",
	    "INFO:  ", "LOG:  ", "DEBUG:  "};

	for (size_t i = 0; i < sizeof(severities) / sizeof(*severities); i++)
		if (begins_with(*text, severities[i])) {
			put_head(out, text, strlen(severities[i]));
			break;
		}
	if (text->len > 7 && text->at[5] == ':' && text->at[6] == ' ' &&
	    is_state(text->at, 5))
		put_head(out, text, 7);
}

/* The length of the text's first field: up to a line that begins another. */
static size_t
field_len(struct span text)
{
	static const char *const fields[] = {"DETAIL:  ", "HINT:  ", "LINE ",
	    "CONTEXT:  ", "QUERY:  ", "STATEMENT:  ", "LOCATION:  ",
	    "PL/pgSQL function "};
	const char *at = text.at, *end = text.at + text.len;

	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		struct span line = {at + 1, (size_t)(end - at - 1)};

		if (line.len == 0)
			break;
		for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
			if (begins_with(line, fields[i]))
				return (size_t)(at - text.at);
		at++;
	}
	return at ? (size_t)(at - text.at) : text.len;
}

/* A detail that stands alone. */
static bool
is_detail(struct span field)
{
	static const char *const heads[] = {"Key (", "Failing row",
	    "Partition key", "Token ", "A field with precision "};

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (begins_with(field, heads[i]))
			return true;
	return false;
}

/* The message, its detail; what else stands there has pieces of the text. */
static void
put_postgres(struct out *out, struct span text)
{
	static const char detail[] = "\nDETAIL:  ";
	struct span field = {text.at, 0}, rest;

	put_severity(out, &text);
	field.at = text.at;
	field.len = field_len(text);
	if (begins_with(field, "DETAIL:  "))
		put_head(out, &field, strlen("DETAIL:  "));
	rest.at = field.at + field.len;
	rest.len = (size_t)(text.at + text.len - rest.at);
	if (is_detail(field))
		error_put_as(out, postgres_details, field, rest);
	else
		error_put_as(out, postgres_forms, field, rest);
	text = rest;
	if (!begins_with(text, detail))
		return;
	out_keep(out, detail, sizeof(detail) - 1);
	text.at += sizeof(detail) - 1;
	text.len -= sizeof(detail) - 1;
	field = (struct span){text.at, field_len(text)};
	rest.at = field.at + field.len;
	rest.len = text.len - field.len;
	error_put_as(out, postgres_details, field, rest);
}

/* ERROR 1062 (23000) at line 1: of mysql(1), before the message. */
static size_t
mysql_head_len(struct span text)
{
	const char *colon = memchr(text.at, ':', text.len);
	size_t len = colon ? (size_t)(colon - text.at) : 0;
	struct span line;

	if (len < 18 || text.len - len < 2 || !begins_with(text, "ERROR ") ||
	    colon[1] != ' ' || !is_state(text.at + 6, 4) ||
	    memcmp(text.at + 10, " (", 2) != 0 || !is_state(text.at + 12, 5) ||
	    text.at[17] != ')')
		return 0;
	line = (struct span){text.at + 18, len - 18};
	if (line.len == 0)
		return len + 2;
	return begins_with(line, " at line ") &&
		       is_state(line.at + 9, line.len - 9)
		   ? len + 2
		   : 0;
}

static void
put_mysql(struct out *out, struct span text)
{
	size_t head = text.len > 20 ? mysql_head_len(text) : 0;

	if (head > 0 && head <= text.len)
		put_head(out, &text, head);
	error_put_as(out, mysql_forms, text, (struct span){NULL, 0});
}

size_t
redact_message(enum redact_dialect dialect, const char *text, size_t len,
    char *out, size_t cap)
{
	struct out o = {.text = out, .cap = cap};
	const struct span span = {text, len};

	if (len == 0)
		return 0;
	switch (dialect) {
	case REDACT_SQLITE:
		error_put_as(&o, sqlite_forms, span, (struct span){NULL, 0});
		break;
	case REDACT_POSTGRES:
		put_postgres(&o, span);
		break;
	case REDACT_MYSQL:
		put_mysql(&o, span);
		break;
	}
	return out_end(&o);
}
