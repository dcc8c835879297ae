/*
 * columns.c - which column a parameter is compared with, assigned to or
 * inserted into.
 *
 * The name left of a comparison is the column of all parameters to its right,
 * up to the next AND, OR, comma or clause, also within parentheses; the name
 * behind a comparison is that of a parameter to its left.
 */
#include "redact/outline.h"

#include <string.h>

static struct outline_level *
level_of(struct outline *o)
{
	return &o->level[o->depth < OUTLINE_LEVELS ? o->depth
						   : OUTLINE_LEVELS - 1];
}

/* A name without its quotes. */
static struct slice
bare_name(const struct item *item)
{
	struct slice name = {item->at, item->len};

	if (item->class != TOKEN_NAME)
		return name;
	if (name.len > 3 && name.at[1] == '&') { /* U&"..." */
		name.at += 2;
		name.len -= 2;
	}
	if (name.len > 2) {
		name.at++;
		name.len -= 2;
	}
	return name;
}

static void
expression_begins(struct outline_level *level)
{
	level->compares = level->between = level->cast = false;
	level->name.len = 0;
	level->waits = 0;
}

static unsigned
number_in(const char *at, size_t len)
{
	unsigned number = 0;

	for (size_t i = 1; i < len && at[i] >= '0' && at[i] <= '9'; i++)
		number = number < 100000 ? number * 10 + (unsigned)(at[i] - '0')
					 : number;
	return number;
}

/* SQLite gives one name one number. */
static unsigned
number_of_name(const struct outline *o, const struct item *item)
{
	const struct redact_outline *out = o->out;

	for (size_t i = 0;
	     i < out->param_count && i < out->params_cap && i < OUTLINE_COLUMNS;
	     i++)
		if (out->params[i].name_len == item->len &&
		    memcmp(out->params[i].name, item->at, item->len) == 0)
			return out->params[i].index;
	return 0;
}

static unsigned
param_number(struct outline *o, const struct item *item)
{
	unsigned number = 0;

	if (item->class != TOKEN_MARK)
		number = number_of_name(o, item);
	else if (item->len > 1)
		number = number_in(item->at, item->len);
	if (number == 0)
		number = o->params_max + 1;
	if (number > o->params_max)
		o->params_max = number;
	return number;
}

static struct slice
column_here(const struct outline *o, const struct outline_level *level)
{
	if (level->compares)
		return level->column;
	if (o->insert == INSERT_VALUES && o->depth > 0 &&
	    o->position < o->columns)
		return o->inserted[o->position];
	return (struct slice){NULL, 0};
}

static void
take_param(struct outline *o, const struct item *item)
{
	struct outline_level *level = level_of(o);
	struct redact_outline *out = o->out;
	struct slice column = column_here(o, level);
	struct redact_param param = {
	    .index = param_number(o, item),
	    .column = column.at,
	    .column_len = column.len,
	    .nested = o->depth > 0,
	};

	if (item->class != TOKEN_MARK) {
		param.name = item->at;
		param.name_len = item->len;
	}
	if (out->param_count < out->params_cap)
		out->params[out->param_count] = param;
	out->param_count++;
	level->name.len = 0;
	level->waits = column.at ? 0 : out->param_count;
	level->meets = false;
}

/* $1 = a: the column of a parameter that came before. */
static void
name_waiting(struct outline *o, struct outline_level *level, struct slice name)
{
	if (level->waits && level->meets &&
	    level->waits <= o->out->params_cap) {
		struct redact_param *param = &o->out->params[level->waits - 1];

		param->column = name.at;
		param->column_len = name.len;
	}
}

static void
take_name(struct outline *o, const struct item *item)
{
	struct outline_level *level = level_of(o);
	struct slice name = bare_name(item);

	if (level->cast) {
		level->cast = false;
		return;
	}
	if (o->insert == INSERT_LISTING && o->columns < OUTLINE_COLUMNS) {
		o->inserted[o->columns++] = name;
		return;
	}
	level->name = name;
	name_waiting(o, level, name);
}

static void
take_comparison(struct outline *o, const struct item *item)
{
	struct outline_level *level = level_of(o);

	if (level->waits) {
		level->meets = true;
	} else if (level->name.len) {
		level->column = level->name;
		level->compares = true;
		level->between = item_word(item) == W_BETWEEN;
	}
	level->cast = false;
}

static void
take_comma(struct outline *o)
{
	struct outline_level *level = level_of(o);

	if (o->insert == INSERT_VALUES && o->depth == o->values_depth + 1)
		o->position++;
	if (!level->values)
		expression_begins(level);
}

/* One AND belongs to a BETWEEN, any other ends the comparison. */
static void
take_and(struct outline_level *level)
{
	if (level->between)
		level->between = false;
	else
		expression_begins(level);
}

static void
take_word(struct outline *o, const struct item *item)
{
	struct outline_level *level = level_of(o);
	const enum word_id id = item_word(item);

	if (word_has(item->word, TRAIT_SEPARATES)) {
		expression_begins(level);
		if (id == W_VALUES)
			o->values_depth = o->depth;
	} else if (id == W_AND) {
		take_and(level);
	} else if (id == W_AS || id == W_COLLATE) {
		level->cast = true;
	} else if (word_has(item->word, TRAIT_COMPARES)) {
		take_comparison(o, item);
	} else if (!word_has(item->word, TRAIT_OPERATES)) {
		take_name(o, item);
	}
}

void
columns_take(struct outline *o, const struct item *item)
{
	switch (item->class) {
	case TOKEN_WORD:
		take_word(o, item);
		return;
	case TOKEN_NAME:
		take_name(o, item);
		return;
	case TOKEN_MARK:
	case TOKEN_PARAM:
	case TOKEN_TEXT_PARAM:
		take_param(o, item);
		return;
	case TOKEN_COMPARE:
		take_comparison(o, item);
		return;
	case TOKEN_COMMA:
		take_comma(o);
		return;
	case TOKEN_OPERATOR:
		if (item->len == 2 && memcmp(item->at, "::", 2) == 0)
			level_of(o)->cast = true;
		return;
	default:
		return;
	}
}

/* What is compared outside is compared inside. */
void
columns_open(struct outline *o, const struct outline_level *up,
    struct outline_level *level)
{
	if (o->insert == INSERT_VALUES && o->depth == o->values_depth + 1)
		o->position = 0;
	level->compares = up->compares;
	level->column = up->column;
	level->values = up->compares;
}

/* lower(a) = $1: the name inside is that of the call. */
void
columns_close(struct outline_level *level, const struct outline_level *inner)
{
	if (!level->compares && !inner->verb && inner->name.len)
		level->name = inner->name;
	level->cast = false;
}
