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

static const char *const sqlite_messages[] = {
#define MESSAGE(form) form,
#include "redact/sqlite_messages.h"
};

#define MESSAGES (sizeof(sqlite_messages) / sizeof(*sqlite_messages))

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

/* t.c, or t.c, t.d and so on. */
static bool
is_column_list(const char *at, size_t len)
{
	for (;;) {
		size_t table = name_len(at, len);
		size_t column;

		if (table == 0 || table == len || at[table] != '.')
			return false;
		at += table + 1;
		len -= table + 1;
		column = name_len(at, len);
		if (column == 0 || column == len)
			return column > 0;
		if (len - column < 2 || memcmp(at + column, ", ", 2) != 0)
			return false;
		at += column + 2;
		len -= column + 2;
	}
}

/* index 'i', which SQLite writes for an index on expressions. */
static bool
is_index(const char *at, size_t len)
{
	static const char opening[] = "index '";
	const size_t open = sizeof(opening) - 1;

	return len > open + 1 && memcmp(at, opening, open) == 0 &&
	       at[len - 1] == '\'' &&
	       name_len(at + open, len - open - 1) == len - open - 1;
}

/* The constant part of a form up to its next variable part or its end. */
static size_t
constant_len(const char *form)
{
	return strcspn(form, "*@");
}

/*
 * Whether `text` has the form: its constant parts in their order, the first
 * at the beginning and the last at the end.
 */
static bool
has_form(const char *form, const char *text, size_t len)
{
	size_t part = constant_len(form);

	if (part > len || memcmp(form, text, part) != 0)
		return false;
	text += part;
	len -= part;
	for (form += part; *form; form += part) {
		const char *found;

		part = constant_len(++form);
		if (part > len)
			return false;
		if (!form[part])
			return memcmp(form, text + len - part, part) == 0;
		found = memmem(text, len, form, part);
		if (!found)
			return false;
		len -= (size_t)(found + part - text);
		text = found + part;
	}
	return len == 0;
}

/* Write a form; its names, always the end of it, are the end of the text. */
static void
put_form(struct out *out, const char *form, const char *text, size_t len)
{
	const char *start = form;

	for (; *form; form++) {
		if (*form == '@') {
			size_t fixed = (size_t)(form - start);
			const char *names = text + fixed;

			if (is_column_list(names, len - fixed) ||
			    is_index(names, len - fixed)) {
				out_flush(out);
				out_keep(out, names, len - fixed);
				continue;
			}
		}
		out_byte(out, *form == '*' || *form == '@' ? '?' : *form);
	}
}

size_t
redact_message(enum redact_dialect dialect, const char *text, size_t len,
    char *out, size_t cap)
{
	struct out o = {.text = out, .cap = cap};

	if (len == 0)
		return 0;
	for (size_t i = 0; dialect == REDACT_SQLITE && i < MESSAGES; i++)
		if (has_form(sqlite_messages[i], text, len)) {
			put_form(&o, sqlite_messages[i], text, len);
			return out_end(&o);
		}
	out_byte(&o, '?');
	return out_end(&o);
}
