/*
 * outline.c - the operation of a statement, its targets, their summary.
 */
#include "redact/outline.h"

static void
statement_begins(struct outline *o)
{
	o->new = o->fresh = true;
	o->bare = false;
	o->defines = o->dot = false;
	o->kind = WORD_NONE;
	o->verb = WORD_NONE;
	o->depth = 0;
	o->parts = 0;
	o->ctes = 0;
	o->insert = INSERT_NOT;
	o->heeds = true;
	o->now = &o->level[0];
	*o->now = (struct outline_level){.wanted = WANTED_NOTHING};
	if (o->columns)
		o->expression[0] = expression_none;
}

void
outline_begin(struct outline *o, struct redact_mode mode,
    const struct before *before, const char *sql, const char *end)
{
	struct redact_outline *out = o->out;

	o->before = before;
	o->dialect = mode.dialect;
	o->ansi = mode.quotes != REDACT_YES;
	o->full = o->told = false;
	o->columns = out->params_cap > 0 &&
		     params_may_be((enum redact_dialect)mode.dialect, sql, end);
	if (o->columns)
		columns_begin(o);
	out->summary_len = out->tables_len = out->table_count = 0;
	out->param_count = 0;
	out->operation = NULL;
	out->operation_len = 0;
	statement_begins(o);
}

static void
want(struct outline *o, enum wanted wanted, enum wanted list)
{
	o->now->wanted = (uint8_t)wanted;
	o->now->list = (uint8_t)list;
}

static void
verb(struct outline *o, const struct item *item)
{
	const struct slice word = {item->at, item->len};
	struct redact_outline *out = o->out;

	outline_summarise(o, &word, 1);
	if (!out->operation || (o->depth == 0 && !o->verb && !o->told)) {
		out->operation = item->at;
		out->operation_len = item->len;
		o->told = o->depth == 0;
	}
	if (o->depth == 0)
		o->verb = item_word(item);
	o->now->verb = (uint16_t)item_word(item);
	o->new = false;
}

/* Whether a statement may begin here: of the text, a parenthesis, a WITH. */
static bool
may_begin(struct outline *o)
{
	return o->new || o->before->class == TOKEN_OPEN ||
	       outline_last_is(o, W_AS) ||
	       (o->now->binds &&
		   (o->before->class == TOKEN_CLOSE || o->verb == W_EXPLAIN));
}

/* What FROM names. */
static void
take_from(struct outline *o)
{
	switch ((enum word_id)o->now->verb) {
	case W_SELECT:
		if (!outline_last_is(o, W_DISTINCT))
			want(o, WANTED_TARGET, WANTED_TARGET);
		return;
	case W_DELETE:
		want(o, WANTED_TARGET, WANTED_TABLE);
		return;
	case W_UPDATE:
		want(o, WANTED_TABLE, WANTED_TABLE);
		return;
	default:
		return;
	}
}

/* The kind of object that CREATE, ALTER or DROP is about. */
static bool
take_kind(struct outline *o, const struct item *item)
{
	const struct slice word = {item->at, item->len};

	if (word_has(item->word, TRAIT_TABLE_KIND))
		want(o, WANTED_TARGET, WANTED_TARGET);
	else if (word_has(item->word, TRAIT_OBJECT_KIND))
		want(o, WANTED_NAME, WANTED_NOTHING);
	else if (word_has(item->word, TRAIT_ACCOUNT_KIND))
		want(o, WANTED_NOTHING, WANTED_NOTHING);
	else
		return false;
	outline_summarise(o, &word, 1);
	o->defines = false;
	o->kind = item_word(item);
	return true;
}

/* Statements of data; false if the word begins none here. */
static bool
take_data_verb(struct outline *o, const struct item *item)
{
	if (item_word(item) == W_INSERT && outline_last_is(o, W_THEN)) {
		o->insert = INSERT_NAMED; /* of MERGE */
		if (o->columns)
			columns_insert(o);
	}
	if (item_word(item) != W_SELECT && !may_begin(o))
		return false;
	switch (item_word(item)) {
	case W_SELECT:
		verb(o, item);
		want(o, WANTED_NOTHING, WANTED_NOTHING);
		if (o->insert != INSERT_VALUES)
			o->insert = INSERT_NOT;
		return true;
	case W_REPLACE:
		if (o->depth > 0)
			return false; /* the function */
				      /* fallthrough */
	case W_INSERT:
		o->insert = INSERT_TARGET;
		/* fallthrough */
	case W_MERGE:
	case W_UPDATE:
		verb(o, item);
		want(o, WANTED_TARGET, WANTED_TABLE);
		return true;
	case W_DELETE:
		verb(o, item);
		return true;
	default:
		return false;
	}
}

/* The first word of a statement that is not one of data. */
static void
take_first(struct outline *o, const struct item *item)
{
	switch (item_word(item)) {
	case W_WITH:
		want(o, WANTED_CTE, WANTED_CTE);
		o->now->binds = true;
		return;
	case W_CREATE:
	case W_ALTER:
	case W_DROP:
		verb(o, item);
		o->defines = true;
		return;
	case W_TRUNCATE:
		verb(o, item);
		want(o, WANTED_TARGET, WANTED_TARGET);
		o->defines = true;
		return;
	case W_COPY:
		verb(o, item);
		want(o, WANTED_TARGET, WANTED_NOTHING);
		return;
	case W_CALL:
	case W_USE:
		verb(o, item);
		want(o, WANTED_NAME, WANTED_NOTHING);
		return;
	case W_EXPLAIN:
		verb(o, item);
		o->now->binds = true; /* the statement is still to come */
		return;
	case W_PREPARE:
	case W_DECLARE:
	case W_VALUES:
	case W_LOAD:
		verb(o, item);
		return;
	default:
		verb(o, item);
		o->bare = true;
	}
}

static void
take_join(struct outline *o)
{
	const enum word_id of = (enum word_id)o->now->verb;
	const enum wanted wanted = of == W_SELECT || of == WORD_NONE
				       ? WANTED_TARGET
				       : WANTED_TABLE;

	want(o, wanted, (enum wanted)o->now->list);
}

/* Words that say which names are tables. */
static void
take_tables(struct outline *o, const struct item *item)
{
	switch (item_word(item)) {
	case W_FROM:
		take_from(o);
		return;
	case W_JOIN:
	case W_STRAIGHT_JOIN:
		take_join(o);
		return;
	case W_USING:
		if (o->verb == W_DELETE || o->verb == W_MERGE)
			want(o, WANTED_TABLE, WANTED_TABLE);
		return;
	case W_ON:
		want(o,
		    o->kind == W_INDEX || o->kind == W_TRIGGER ? WANTED_TABLE
							       : WANTED_NOTHING,
		    (enum wanted)o->now->list);
		return;
	case W_TABLE:
		if (o->verb == W_LOAD)
			want(o, WANTED_TARGET, WANTED_NOTHING);
		return;
	case W_VALUES:
	case W_VALUE:
		if (o->insert == INSERT_NAMED || o->insert == INSERT_COLUMNS)
			o->insert = INSERT_VALUES;
		want(o, WANTED_NOTHING, WANTED_NOTHING);
		return;
	default:
		return;
	}
}

/* What a keyword says. */
static void
take_keyword(struct outline *o, const struct item *item)
{
	if (o->defines && take_kind(o, item))
		return;
	if (word_has(item->word, TRAIT_VERB) && take_data_verb(o, item))
		return;
	if (o->new ||
	    (o->before->class == TOKEN_OPEN && item_word(item) == W_WITH))
		take_first(o, item);
	else if (word_has(item->word, TRAIT_TABLES))
		take_tables(o, item);
	else if (word_has(item->word, TRAIT_ENDS_LIST))
		want(o, WANTED_NOTHING, WANTED_NOTHING);
	else if (word_has(item->word, TRAIT_GOES_ON_LIST))
		want(o, WANTED_NOTHING, (enum wanted)o->now->list);
}

/* Whether the item is the name that is wanted. */
static bool
is_wanted(struct outline *o, const struct item *item)
{
	if (o->now->wanted == WANTED_NOTHING || !item_is_name(item))
		return false;
	return !word_has(item->word,
	    TRAIT_BEFORE_NAME | TRAIT_ENDS_LIST | TRAIT_GOES_ON_LIST);
}

static void
take_name(struct outline *o, const struct item *item)
{
	o->part_of = (enum wanted)o->now->wanted;
	o->now->wanted = WANTED_NOTHING;
	o->part[0] = (struct slice){item->at, item->len};
	o->parts = 1;
	o->quoted = item->class == TOKEN_NAME;
	o->defines = false;
}

/* Whether the parenthesis that opens lists the columns of an INSERT. */
static bool
opens_columns(const struct outline *o)
{
	return o->insert == INSERT_NAMED && !outline_last_is(o, W_PARTITION) &&
	       (!o->columns || !o->expression[o->depth].compares);
}

static void
take_open(struct outline *o)
{
	struct outline_level *up = o->now;

	if (opens_columns(o))
		o->insert = INSERT_LISTING;
	if (++o->depth >= OUTLINE_LEVELS) {
		o->now = &o->level[OUTLINE_LEVELS];
		*o->now = (struct outline_level){.wanted = WANTED_NOTHING};
		o->expression[OUTLINE_LEVELS - 1].parted = true;
		return;
	}
	o->now = up + 1;
	*o->now = (struct outline_level){
	    .wanted = outline_last_is(o, W_USING) ? WANTED_NOTHING : up->wanted,
	    .list = up->wanted,
	};
	if (up->wanted != WANTED_CTE)
		up->wanted = WANTED_NOTHING;
	if (o->columns)
		columns_open(o);
}

static void
take_close(struct outline *o)
{
	if (o->columns && o->depth > 0 && o->depth < OUTLINE_LEVELS)
		columns_close(o);
	if (o->insert == INSERT_LISTING)
		o->insert = INSERT_COLUMNS;
	if (o->depth > 0 && --o->depth < OUTLINE_LEVELS)
		o->now = &o->level[o->depth];
}

/* What is not a part of a name. */
static void
take_solid(struct outline *o, const struct item *item)
{
	switch (item->class) {
	case TOKEN_WORD:
	case TOKEN_NAME:
		if (is_wanted(o, item))
			take_name(o, item);
		else if (item->word && !o->bare)
			take_keyword(o, item);
		o->new = false;
		break;
	case TOKEN_OPEN:
		take_open(o);
		break;
	case TOKEN_CLOSE:
		take_close(o);
		break;
	case TOKEN_COMMA:
		o->now->wanted = o->now->list;
		break;
	default:
		o->now->wanted = WANTED_NOTHING;
		break;
	}
}

static void
take_any(struct outline *o, const struct item *item)
{
	const bool deep = o->depth >= OUTLINE_LEVELS;
	bool goes_on = o->parts && outline_name_goes_on(o, item);

	if (o->parts && !goes_on)
		outline_name_ends(o);
	if (item->class == TOKEN_SEMICOLON) {
		statement_begins(o);
		return;
	}
	if (o->columns && (!deep || item_is_param(item)))
		columns_take(o, item);
	else if (item_is_param(item))
		o->out->param_count++;
	if (deep && item->class != TOKEN_OPEN && item->class != TOKEN_CLOSE)
		return;
	if (!goes_on)
		take_solid(o, item);
}

void
outline_take(struct outline *o, const struct item *item)
{
	take_any(o, item);
	o->heeds = o->columns | (o->parts > 0) | o->new | o->defines |
		   (o->now->wanted != WANTED_NOTHING);
}

void
outline_end(struct outline *o)
{
	if (o->parts)
		outline_name_ends(o);
}
