/*
 * property_params_make.c - from forms to rules with numbered parameters.
 */
#include "tests/redact/property_params.h"
#include "tests/redact/property_sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof(*(array))))

/* Behind so many bytes a rule comes to its end. */
#define ENOUGH 400
#define FORM_COLUMNS 5

enum told { HARD, PLAIN };

/* clang-format off */
static const struct form {
	const char *symbol;
	int dialects;
	enum told told;
	const char *text;
} forms[] = {
#define FORM(symbol, dialects, told, text) { #symbol, dialects, told, text },
#include "tests/redact/property_params_forms.h"
};
/* clang-format on */

static unsigned
pick(struct bound *bound, unsigned below)
{
	bound->random = bound->random * 6364136223846793005u +
			1442695040888963407u;
	return (unsigned)(bound->random >> 33) % below;
}

static void
add(struct bound *bound, const char *text, size_t len)
{
	if (len > sizeof(bound->rule) - bound->len - 1)
		abort();
	memcpy(bound->rule + bound->len, text, len);
	bound->len += len;
	bound->rule[bound->len] = '\0';
}

static void
add_text(struct bound *bound, const char *text)
{
	add(bound, text, strlen(text));
}

/* Any column; a third of them are to be hidden. */
static const char *
pick_column(struct bound *bound)
{
	static const char *const columns[] = {"a", "email", "Total", "u4",
	    "user_id", "pass", "words", "sec", "password", "PassWord",
	    "api_token", "secret_key"};

	return columns[pick(bound, COUNT(columns))];
}

/* The quotes of the dialect, in turn the opening and the closing one. */
static const char *
pick_quotes(struct bound *bound)
{
	static const char *const quotes[] = {"``", "[]", "\"\""};

	switch (bound->mode.dialect) {
	case REDACT_POSTGRES:
		return "\"\"";
	case REDACT_MYSQL:
		return quotes[bound->mode.quotes == REDACT_NO && pick(bound, 2)
				  ? 2
				  : 0];
	default:
		return quotes[pick(bound, 3)];
	}
}

static void
add_column(struct bound *bound, const char *column)
{
	const char *quotes;

	if (pick(bound, 3)) {
		add_text(bound, column);
		return;
	}
	quotes = pick_quotes(bound);
	/* In SQLite its place tells whether "x" is a name. */
	if (bound->mode.dialect == REDACT_SQLITE && *quotes == '"')
		bound->plain = false;
	add(bound, &quotes[0], 1);
	add_text(bound, column);
	add(bound, &quotes[1], 1);
}

static void
add_qualified(struct bound *bound, const char *column)
{
	if (pick(bound, 4) == 0)
		add_text(bound, "t2 . ");
	add_column(bound, column);
}

static struct bound_param *
find_name(struct bound *bound, const char *name)
{
	for (size_t i = 0; i < bound->count; i++)
		if (bound->params[i].name &&
		    strcmp(bound->params[i].name, name) == 0)
			return &bound->params[i];
	return NULL;
}

/* :n, @n, $n of SQLite: one name has one number. */
static void
name_param(struct bound *bound, struct bound_param *param, char *written)
{
	static const char *const names[] = {":v1", ":v2", "@v3", "$v4",
	    ":user_token", "@password", "$secret_x"};
	const char *name = names[pick(bound, COUNT(names))];
	const struct bound_param *known = find_name(bound, name + 1);

	strcpy(written, name);
	param->name = name + 1;
	param->index = known ? known->index : bound->highest + 1;
}

/* The next number, or one that is taken. */
static unsigned
pick_index(struct bound *bound)
{
	if (bound->highest && pick(bound, 8) == 0)
		return 1 + pick(bound, bound->highest);
	return bound->highest + 1 + (pick(bound, 8) == 0);
}

static void
number_param(struct bound *bound, struct bound_param *param, char *written)
{
	const unsigned kind = pick(bound, 4);

	param->index = bound->highest + 1;
	if (bound->mode.dialect == REDACT_POSTGRES) {
		param->index = pick_index(bound);
		sprintf(written, "$%u", param->index);
	} else if (bound->mode.dialect == REDACT_MYSQL || kind > 1) {
		strcpy(written, "?");
	} else if (kind == 1) {
		param->index = pick_index(bound);
		sprintf(written, "?%u", param->index);
	} else {
		name_param(bound, param, written);
	}
}

static void
add_param(struct bound *bound, const char *column)
{
	struct bound_param *param = &bound->params[bound->count];
	char written[32];

	if (bound->count == BOUND_MAX)
		abort();
	*param = (struct bound_param){.column = column};
	number_param(bound, param, written);
	if (param->index > BOUND_MAX)
		abort();
	if (param->index > bound->highest)
		bound->highest = param->index;
	bound->count++;
	add_text(bound, written);
}

static void expand(struct bound *bound, const char *symbol, size_t len);

static void
follow(struct bound *bound, const char *text)
{
	const char *columns[FORM_COLUMNS] = {NULL};

	for (unsigned i = 1; i < FORM_COLUMNS; i++)
		columns[i] = pick_column(bound);
	while (*text) {
		const size_t len = strcspn(text, " ");
		const char *column = len == 2 && text[1] < '0' + FORM_COLUMNS &&
					     text[1] >= '0'
					 ? columns[text[1] - '0']
					 : NULL;

		if (*text == '{')
			expand(bound, text + 1, len - 2);
		else if (*text == '@' && column)
			add_qualified(bound, column);
		else if (*text == '#' && column)
			add_column(bound, column);
		else if (*text == '?')
			add_param(bound, column);
		else
			add(bound, text, len);
		add_text(bound, " ");
		text += len + (text[len] == ' ');
	}
}

static bool
is(const char *symbol, const char *at, size_t len)
{
	return strncmp(symbol, at, len) == 0 && symbol[len] == '\0';
}

static void
expand(struct bound *bound, const char *symbol, size_t len)
{
	const struct form *found[COUNT(forms)], *form;
	unsigned count = 0;

	for (unsigned i = 0; i < COUNT(forms); i++)
		if (is(forms[i].symbol, symbol, len) &&
		    forms[i].dialects & 1 << bound->mode.dialect)
			found[count++] = &forms[i];
	form = found[bound->len > ENOUGH ? 0 : pick(bound, count)];
	bound->plain &= form->told == PLAIN;
	follow(bound, form->text);
}

void
bound_make(struct bound *bound, struct redact_mode mode, uint64_t seed)
{
	bound->mode = mode;
	bound->random = seed * 0x9e3779b97f4a7c15u + 7;
	bound->plain = true;
	bound->highest = 0;
	bound->count = bound->len = 0;
	expand(bound, "statement", 9);
}
