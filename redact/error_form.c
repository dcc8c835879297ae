/*
 * error_form.c - which form a text has, and which names in it are names.
 */
#include "redact/error_form.h"

#include <stdbool.h>
#include <string.h>

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

void
error_put_as(struct out *out, const char *const *forms, struct span text,
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
