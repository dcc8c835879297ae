/*
 * outline.c - the operation of a statement, its targets, their summary.
 */
#include "redact/outline.h"

static struct outline_level *
level_of(struct outline *o)
{
	return &o->level[o->depth < OUTLINE_LEVELS ? o->depth
						   : OUTLINE_LEVELS - 1];
}

static void
statement_begins(struct outline *o)
{
	o->new = o->fresh = true;
	o->bare = false;
	o->defines = o->dot = false;
	o->kind = WORD_NONE;
	o->verb = WORD_NONE;
	o->last = NULL;
	o->before = TOKEN_SEMICOLON;
	o->depth = 0;
	o->parts = 0;
	o->ctes = 0;
	o->insert = INSERT_NOT;
	o->level[0] = (struct outline_level){.wanted = WANTED_NOTHING};
}

void
outline_begin(struct outline *o, struct redact_mode mode)
{
	struct redact_outline *out = o->out;

	o->dialect = mode.dialect;
	o->full = o->told = false;
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
	struct outline_level *level = level_of(o);

	level->wanted = (uint8_t)wanted;
	level->list = (uint8_t)list;
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
	level_of(o)->verb = (uint16_t)item_word(item);
	o->new = false;
}

/* Whether a statement may begin here: of the text, a parenthesis, a WITH. */
static bool
may_begin(struct outline *o)
{
	const struct outline_level *level = level_of(o);

	return o->new || !level->begun || word_id(o->last) == W_AS ||
	       (level->binds &&
		   (o->before == TOKEN_CLOSE || o->verb == W_EXPLAIN));
}

/* What FROM names. */
static void
take_from(struct outline *o)
{
	switch ((enum word_id)level_of(o)->verb) {
	case W_SELECT:
		if (word_id(o->last) != W_DISTINCT)
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
	if (item_word(item) == W_INSERT && word_id(o->last) == W_THEN) {
		o->insert = INSERT_NAMED; /* of MERGE */
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
		level_of(o)->binds = true;
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
		level_of(o)->binds = true; /* the statement is still to come */
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
	const enum word_id of = (enum word_id)level_of(o)->verb;
	const enum wanted wanted = of == W_SELECT || of == WORD_NONE
				       ? WANTED_TARGET
				       : WANTED_TABLE;

	want(o, wanted, (enum wanted)level_of(o)->list);
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
		    (enum wanted)level_of(o)->list);
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
	if (o->new || (!level_of(o)->begun && item_word(item) == W_WITH))
		take_first(o, item);
	else if (word_has(item->word, TRAIT_TABLES))
		take_tables(o, item);
	else if (word_has(item->word, TRAIT_ENDS_LIST))
		want(o, WANTED_NOTHING, WANTED_NOTHING);
	else if (word_has(item->word, TRAIT_GOES_ON_LIST))
		want(o, WANTED_NOTHING, (enum wanted)level_of(o)->list);
}

/* Whether the item is the name that is wanted. */
static bool
is_wanted(struct outline *o, const struct item *item)
{
	if (level_of(o)->wanted == WANTED_NOTHING || !item_is_name(item))
		return false;
	return !word_has(item->word,
	    TRAIT_BEFORE_NAME | TRAIT_ENDS_LIST | TRAIT_GOES_ON_LIST);
}

static void
take_name(struct outline *o, const struct item *item)
{
	struct outline_level *level = level_of(o);

	o->part_of = (enum wanted)level->wanted;
	level->wanted = WANTED_NOTHING;
	o->part[0] = (struct slice){item->at, item->len};
	o->parts = 1;
	o->defines = false;
}

static void
take_open(struct outline *o)
{
	struct outline_level *up = level_of(o);

	if (o->insert == INSERT_NAMED && !up->expression.compares &&
	    word_id(o->last) != W_PARTITION)
		o->insert = INSERT_LISTING;
	if (++o->depth >= OUTLINE_LEVELS)
		return;
	o->level[o->depth] = (struct outline_level){
	    .wanted = word_id(o->last) == W_USING ? WANTED_NOTHING : up->wanted,
	    .list = up->wanted,
	};
	if (up->wanted != WANTED_CTE)
		up->wanted = WANTED_NOTHING;
	columns_open(o);
}

static void
take_close(struct outline *o)
{
	if (o->depth > 0 && o->depth < OUTLINE_LEVELS)
		columns_close(o);
	if (o->insert == INSERT_LISTING)
		o->insert = INSERT_COLUMNS;
	if (o->depth > 0)
		o->depth--;
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
		level_of(o)->wanted = level_of(o)->list;
		break;
	default:
		level_of(o)->wanted = WANTED_NOTHING;
		break;
	}
}

static void
take_any(struct outline *o, const struct item *item)
{
	bool goes_on = o->parts && outline_name_goes_on(o, item);

	if (o->parts && !goes_on)
		outline_name_ends(o);
	if (item->class == TOKEN_SEMICOLON) {
		statement_begins(o);
		return;
	}
	if (o->depth >= OUTLINE_LEVELS && item->class != TOKEN_OPEN &&
	    item->class != TOKEN_CLOSE)
		return;
	columns_take(o, item);
	if (!goes_on)
		take_solid(o, item);
	if (item->class != TOKEN_OPEN)
		level_of(o)->begun = true;
	o->last = item->word;
	o->before = item->class;
}

/*
 * Most items: a name in an expression or a list, an operator, a dot.  They
 * matter to the columns alone.
 */
static bool
take_plain(struct outline *o, const struct item *item)
{
	struct outline_level *level = level_of(o);

	if (o->parts || o->new || o->depth >= OUTLINE_LEVELS ||
	    level->wanted != WANTED_NOTHING || item->word)
		return false;
	switch (item->class) {
	case TOKEN_WORD:
	case TOKEN_NAME:
	case TOKEN_COMPARE:
	case TOKEN_OPERATOR:
		columns_take(o, item);
		break;
	case TOKEN_DOT:
	case TOKEN_STRING:
		break;
	default:
		return false;
	}
	level->begun = true;
	o->last = NULL;
	o->before = item->class;
	return true;
}

void
outline_take(struct outline *o, const struct item *item)
{
	if (!take_plain(o, item))
		take_any(o, item);
}

void
outline_end(struct outline *o)
{
	if (o->parts)
		outline_name_ends(o);
}
