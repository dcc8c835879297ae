/*
 * outline.c - the operation of a statement, its targets, their summary.
 */
#include "redact/outline.h"

#include <string.h>
#include <strings.h>

#define SUMMARY_MAX 255
#define NAMES_TOLD_APART 32

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
	o->verb = o->last = WORD_NONE;
	o->was_close = false;
	o->depth = 0;
	o->parts = 0;
	o->ctes = 0;
	o->insert = INSERT_NOT;
	o->columns = 0;
	o->level[0] = (struct outline_level){.wanted = WANTED_NOTHING};
}

void
outline_begin(struct outline *o, struct redact_mode mode)
{
	struct redact_outline *out = o->out;

	o->dialect = mode.dialect;
	o->full = o->told = false;
	o->params_max = 0;
	out->summary_len = out->tables_len = out->table_count = 0;
	out->param_count = 0;
	out->operation = NULL;
	out->operation_len = 0;
	statement_begins(o);
}

/* A word or a name with its dots; what does not fit ends the summary. */
static void
summary_add(struct outline *o, const struct slice *part, unsigned parts)
{
	struct redact_outline *out = o->out;
	const size_t max = out->summary_cap < SUMMARY_MAX ? out->summary_cap
							  : SUMMARY_MAX;
	const char *gap = out->summary_len == 0 ? "" : o->fresh ? "; " : " ";
	size_t len = strlen(gap) + parts - 1;
	char *to = out->summary + out->summary_len;

	for (unsigned i = 0; i < parts; i++)
		len += part[i].len;
	o->fresh = false;
	o->full |= len > max - out->summary_len;
	if (o->full)
		return;
	memcpy(to, gap, strlen(gap));
	to += strlen(gap);
	for (unsigned i = 0; i < parts; i++) {
		if (i > 0)
			*to++ = '.';
		memcpy(to, part[i].at, part[i].len);
		to += part[i].len;
	}
	out->summary_len += len;
}

static bool
has_table(const struct redact_outline *out, const char *name, size_t len)
{
	const char *at = out->tables;

	for (size_t i = 0; i < out->table_count && i < NAMES_TOLD_APART; i++) {
		if (memcmp(at, name, len) == 0)
			return true;
		at += strlen(at) + 1;
		if (at + len > name)
			return false;
	}
	return false;
}

/* Put the name behind the others; take it back if it is one of them. */
static void
table_add(struct outline *o)
{
	struct redact_outline *out = o->out;
	char *to = out->tables + out->tables_len;
	size_t len = o->parts;

	for (unsigned i = 0; i < o->parts; i++)
		len += o->part[i].len;
	if (len > out->tables_cap - out->tables_len)
		return;
	for (unsigned i = 0; i < o->parts; i++) {
		for (size_t k = 0; k < o->part[i].len; k++)
			*to++ = o->part[i].at[k] ? o->part[i].at[k] : '?';
		*to++ = i + 1 < o->parts ? '.' : '\0';
	}
	if (has_table(out, to - len, len))
		return;
	out->tables_len += len;
	out->table_count++;
}

static bool
is_cte(const struct outline *o)
{
	const struct slice *name = &o->part[0];

	for (unsigned i = 0; o->parts == 1 && i < o->ctes; i++)
		if (o->cte[i].len == name->len &&
		    strncasecmp(o->cte[i].at, name->at, name->len) == 0)
			return true;
	return false;
}

/* A name is at its end: say of what it was one. */
static void
name_ends(struct outline *o)
{
	switch (o->part_of) {
	case WANTED_TARGET:
		if (is_cte(o))
			break;
		summary_add(o, o->part, o->parts);
		table_add(o);
		break;
	case WANTED_TABLE:
		if (!is_cte(o))
			table_add(o);
		break;
	case WANTED_NAME:
		summary_add(o, o->part, o->parts);
		break;
	case WANTED_CTE:
		if (o->ctes < OUTLINE_CTES)
			o->cte[o->ctes++] = o->part[0];
		break;
	case WANTED_NOTHING:
		break;
	}
	o->parts = 0;
	o->dot = false;
	if (o->insert == INSERT_TARGET && o->part_of == WANTED_TARGET)
		o->insert = INSERT_NAMED;
}

/* Take what goes on a name; false if it does not. */
static bool
name_goes_on(struct outline *o, const struct item *item)
{
	if (item->class == TOKEN_DOT && !o->dot) {
		o->dot = true;
		return true;
	}
	if (!o->dot || !item_is_name(item))
		return false;
	o->dot = false;
	if (o->parts < OUTLINE_PARTS)
		o->part[o->parts++] = (struct slice){item->at, item->len};
	return true;
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

	summary_add(o, &word, 1);
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

	return o->new || !level->begun || o->last == W_AS ||
	       (level->binds && (o->was_close || o->verb == W_EXPLAIN));
}

/* What FROM names. */
static void
take_from(struct outline *o)
{
	switch ((enum word_id)level_of(o)->verb) {
	case W_SELECT:
		if (o->last != W_DISTINCT)
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
	summary_add(o, &word, 1);
	o->defines = false;
	o->kind = item_word(item);
	return true;
}

/* Statements of data; false if the word begins none here. */
static bool
take_data_verb(struct outline *o, const struct item *item)
{
	if (item_word(item) == W_INSERT && o->last == W_THEN)
		o->insert = INSERT_NAMED; /* of MERGE */
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
		o->columns = 0;
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

	if (o->insert == INSERT_NAMED && !up->compares)
		o->insert = INSERT_LISTING;
	if (++o->depth >= OUTLINE_LEVELS)
		return;
	o->level[o->depth] = (struct outline_level){
	    .wanted = o->last == W_USING ? WANTED_NOTHING : up->wanted,
	    .list = up->wanted,
	};
	if (up->wanted != WANTED_CTE)
		up->wanted = WANTED_NOTHING;
	columns_open(o, up, level_of(o));
}

static void
take_close(struct outline *o)
{
	if (o->insert == INSERT_LISTING)
		o->insert = INSERT_COLUMNS;
	if (o->depth == 0 || o->depth-- >= OUTLINE_LEVELS)
		return;
	columns_close(level_of(o), &o->level[o->depth + 1]);
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
	bool goes_on = o->parts && name_goes_on(o, item);

	if (o->parts && !goes_on)
		name_ends(o);
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
	o->last = item_word(item);
	o->was_close = item->class == TOKEN_CLOSE;
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
	o->last = WORD_NONE;
	o->was_close = false;
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
		name_ends(o);
}
