/*
 * error.c - error texts of client libraries without the values in them.
 *
 * What comes out is the text of a known form, in which only names that the
 * library itself took from the schema are filled in.
 */
#include "redact/messages.h"
#include "redact/out.h"

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

struct span {
	const char *at;
	size_t len;
};

/* The variable parts of a form; more there are not. */
#define VARIABLES 8

static bool
is_name_byte(unsigned char byte)
{
	return byte >= 0x80 || byte == '_' || byte == '$' ||
	       (byte >= '0' && byte <= '9') ||
	       ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

static size_t
name_len(const char *at, size_t len)
{
	size_t i = 0;

	while (i < len && is_name_byte((unsigned char)at[i]))
		i++;
	return i > 0 && at[0] >= '0' && at[0] <= '9' ? 0 : i;
}

/* a, or s.a, up to three parts; each with `parts` at least. */
static size_t
dotted_len(const char *at, size_t len, unsigned parts)
{
	size_t whole = 0;

	for (unsigned part = 0;; part++) {
		size_t name = name_len(at + whole, len - whole);

		if (name == 0)
			return 0;
		whole += name;
		if (whole == len || at[whole] != '.' || part == 2)
			return part + 1 >= parts ? whole : 0;
		whole++;
	}
}

/* Names with commas between them; of `parts` parts at least. */
static bool
is_name_list(struct span span, unsigned parts)
{
	for (;;) {
		size_t name = dotted_len(span.at, span.len, parts);

		if (name == 0 || name == span.len)
			return name > 0;
		if (span.len - name < 3 || memcmp(span.at + name, ", ", 2) != 0)
			return false;
		span.at += name + 2;
		span.len -= name + 2;
	}
}

/* index 'i', which SQLite writes for an index on expressions. */
static bool
is_index(struct span span)
{
	static const char opening[] = "index '";
	const size_t open = sizeof(opening) - 1;

	return span.len > open + 1 && memcmp(span.at, opening, open) == 0 &&
	       span.at[span.len - 1] == '\'' &&
	       name_len(span.at + open, span.len - open - 1) ==
		   span.len - open - 1;
}

static bool
is_variable(char byte)
{
	return byte == '*' || byte == '~' || byte == '#';
}

/* Whether the variable part may be shown. */
static bool
stays(char kind, struct span span)
{
	switch (kind) {
	case '~':
		return is_name_list(span, 2) || is_index(span);
	case '#':
		return is_name_list(span, 1);
	default:
		return false;
	}
}

/* The constant part of a form up to its next variable part or its end. */
static size_t
constant_len(const char *form)
{
	size_t len = 0;

	/* A comment's mark in a message is no variable. */
	while (form[len] &&
	       (!is_variable(form[len]) || (len > 0 && form[len - 1] == '/')))
		len++;
	return len;
}

/*
 * Whether `text` has the form: its constant parts in their order, the first
 * at the beginning and the last at the end.  Says what stands between them.
 */
static bool
has_form(const char *form, struct span text, struct span *ret_parts)
{
	size_t constant = constant_len(form);

	if (constant > text.len || memcmp(form, text.at, constant) != 0)
		return false;
	text.at += constant;
	text.len -= constant;
	for (form += constant; *form; form += constant, ret_parts++) {
		const char *found;

		constant = constant_len(++form);
		if (constant > text.len)
			return false;
		if (!form[constant]) {
			found = text.at + text.len - constant;
			*ret_parts = (struct span){
			    text.at, text.len - constant};
			return memcmp(form, found, constant) == 0;
		}
		found = memmem(text.at, text.len, form, constant);
		if (!found)
			return false;
		*ret_parts = (struct span){text.at, (size_t)(found - text.at)};
		text.len -= (size_t)(found + constant - text.at);
		text.at = found + constant;
	}
	return text.len == 0;
}

/* The last place of `what` before `end`, not before `at`. */
static const char *
find_last(const char *at, const char *end, const char *what, size_t len)
{
	for (const char *found = end - len; found >= at; found--)
		if (memcmp(found, what, len) == 0)
			return found;
	return NULL;
}

/*
 * Whether the parts, of which there are `count`, are what they would be if the
 * constants between them were looked for from the end: else a value has one of
 * them in it, and what looks like a name may be a piece of the value.
 */
static bool
is_split_in_one_way(const char *const *constants, const size_t *lens,
    const struct span *parts, size_t count, struct span rest)
{
	const char *end = parts[count - 1].at + parts[count - 1].len;

	for (size_t i = count - 1; i > 0; i--) {
		const char *constant = parts[i].at - lens[i];

		if (find_last(parts[0].at, end, constants[i], lens[i]) !=
			constant ||
		    (rest.len > 0 &&
			memmem(rest.at, rest.len, constants[i], lens[i])))
			return false;
		end = constant;
	}
	return true;
}

/* In a text that is redacted already. */
static bool
is_hidden(struct span span)
{
	return span.len == 1 && *span.at == '?';
}

/*
 * Whether what looks like names in a text of the form is what the library took
 * from the schema.  `rest` is what follows the text.
 */
static bool
has_names(const char *form, const struct span *parts, struct span rest)
{
	const char *constants[VARIABLES];
	size_t lens[VARIABLES], count = 0;

	for (form += constant_len(form); *form;
	     form += constant_len(form), count++) {
		if (*form != '*' && !stays(*form, parts[count]) &&
		    !is_hidden(parts[count]))
			return false;
		form++;
		if (count + 1 < VARIABLES) {
			constants[count + 1] = form;
			lens[count + 1] = constant_len(form);
		}
	}
	return count == 0 ||
	       is_split_in_one_way(constants, lens, parts, count, rest);
}

static void
put_form(
    struct out *out, const char *form, const struct span *parts, bool names)
{
	while (*form) {
		size_t constant = constant_len(form);

		out_flush(out);
		out_keep(out, form, constant);
		form += constant;
		if (!*form)
			break;
		out_flush(out);
		if (names && stays(*form, *parts))
			out_keep(out, parts->at, parts->len);
		else
			out_byte(out, '?');
		form++;
		parts++;
	}
	out_flush(out);
}

/*
 * Put the text in the first form that it has with its names, or in the first
 * that it has without any, or as one `?`.
 */
static void
put_as(struct out *out, const char *const *forms, struct span text,
    struct span rest)
{
	struct span parts[VARIABLES];
	const char *form = NULL;

	for (; *forms; forms++) {
		if (!has_form(*forms, text, parts))
			continue;
		if (has_names(*forms, parts, rest)) {
			put_form(out, *forms, parts, true);
			return;
		}
		if (!form)
			form = *forms;
	}
	if (form && has_form(form, text, parts))
		put_form(out, form, parts, false);
	else
		out_byte(out, '?');
}

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
	if (begins_with(field, "Key (") || begins_with(field, "Failing row") ||
	    begins_with(field, "Partition key") || begins_with(field, "Token "))
		put_as(out, postgres_details, field, rest);
	else
		put_as(out, postgres_forms, field, rest);
	text = rest;
	if (!begins_with(text, detail))
		return;
	out_keep(out, detail, sizeof(detail) - 1);
	text.at += sizeof(detail) - 1;
	text.len -= sizeof(detail) - 1;
	field = (struct span){text.at, field_len(text)};
	rest.at = field.at + field.len;
	rest.len = text.len - field.len;
	put_as(out, postgres_details, field, rest);
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
	put_as(out, mysql_forms, text, (struct span){NULL, 0});
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
		put_as(&o, sqlite_forms, span, (struct span){NULL, 0});
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
