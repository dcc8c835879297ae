/*
 * columns.c - parameters and the names to their left and right.
 *
 * Where more than one name could be meant, none is told.  A parameter is sure
 * of its column only where nothing else stands between them that has a name;
 * any other is doubtful: it may be one that has to be hidden.
 */
#include "redact/outline.h"

#include <string.h>

const struct expression expression_none;

void
columns_begin(struct outline *o)
{
	o->params_max = 0;
	o->expression[OUTLINE_LEVELS] = expression_none;
	o->lists[LIST_INSERTED] = (struct columns){
	    .name = o->inserted, .room = COLUMNS_INSERTED};
	o->lists[LIST_TUPLE] = (struct columns){
	    .name = o->tuple, .room = COLUMNS_TUPLE};
	o->lists[LIST_READ] = (struct columns){
	    .name = o->read, .room = COLUMNS_TUPLE};
}

void
columns_insert(struct outline *o)
{
	o->lists[LIST_INSERTED].count = 0;
	o->lists[LIST_INSERTED].depth = o->depth;
	columns_expression(o)->opens = (struct row){.kind = ROW_NEXT,
	    .list = LIST_INSERTED,
	    .depth = (uint8_t)o->depth};
}

/* U&"...", in which numbers may stand for letters. */
static bool
is_spelt(const struct item *item)
{
	return item->class == TOKEN_NAME && item->len > 3 && item->at[1] == '&';
}

/* A name without its quotes. */
static struct slice
bare_name(const struct item *item)
{
	struct slice name = {item->at, item->len};

	if (item->class != TOKEN_NAME)
		return name;
	if (is_spelt(item)) {
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
expression_begins(struct expression *e)
{
	e->compares = e->between = e->cast = e->many = e->doubt = false;
	e->tuple = false;
	e->name.len = 0;
	e->beside = 0;
	e->waits = 0;
}

/* The same where no row of a tuple can follow. */
static void
expression_ends(struct expression *e)
{
	expression_begins(e);
	if (e->opens.list == LIST_TUPLE)
		e->opens.kind = ROW_NONE;
}

/* The column of the parameter at hand; false if it may be another. */
static bool
column_here(const struct outline *o, const struct expression *e,
    struct slice *ret_column)
{
	*ret_column = (struct slice){NULL, 0};
	if (outline_last_is(o, W_LIMIT) || outline_last_is(o, W_OFFSET))
		return true;
	if (e->compares && !e->doubt)
		*ret_column = e->column;
	else if (e->in.kind == ROW_HERE && !e->compares &&
		 !rows_column(o, e, ret_column))
		return false;
	return ret_column->len > 0 && e->beside == 0;
}

static void
take_param(struct outline *o, const struct item *item)
{
	struct expression *e = columns_expression(o);
	struct redact_outline *out = o->out;
	struct slice column;
	bool sure = column_here(o, e, &column);
	struct redact_param param = {
	    .index = params_number(o, item),
	    .column = column.at,
	    .column_len = column.len,
	    .nested = o->depth > 0,
	    .doubtful = !sure,
	};

	if (item->class != TOKEN_MARK) {
		param.name = item->at;
		param.name_len = item->len;
	}
	if (out->param_count < out->params_cap)
		out->params[out->param_count] = param;
	out->param_count++;
	e->many |= e->beside > 0;
	e->name.len = 0;
	e->tuple = false;
	e->waits = column.at || e->compares ? 0 : out->param_count;
	e->meets = false;
}

void
columns_tell(struct outline *o, struct expression *e, struct slice name)
{
	struct redact_param *param;

	if (!e->meets || e->waits > o->out->params_cap)
		return;
	param = &o->out->params[e->waits - 1];
	param->column = name.at;
	param->column_len = name.len;
	param->doubtful = name.len == 0;
}

static void
take_name(struct outline *o, const struct item *item)
{
	static const struct slice none;
	struct expression *e = columns_expression(o);

	if (e->cast) {
		e->cast = false;
		return;
	}
	e->many |= e->name.len > 0 && o->before->class != TOKEN_DOT;
	e->many |= is_spelt(item);
	/* Behind a dot it is part of one, behind a value a unit of that. */
	e->beside += o->before->class != TOKEN_DOT &&
		     o->before->class != TOKEN_STRING;
	e->tuple = false;
	e->name = bare_name(item);
	if (e->waits) /* $1 = a */
		columns_tell(o, e, e->many ? none : e->name);
}

/* Operators of PostgreSQL and SQLite that only may compare: || -> @> */
static bool
is_sure(const struct item *item)
{
	return item->class == TOKEN_WORD || *item->at == '=' ||
	       *item->at == '<' || *item->at == '>' || *item->at == '!' ||
	       *item->at == '~';
}

static void
compare(struct expression *e, bool sure, enum word_id id)
{
	e->column = e->name;
	e->compares = true;
	e->doubt = e->many;
	e->sure = sure;
	e->between = id == W_BETWEEN;
	e->beside = 0;
}

static void
take_comparison(struct outline *o, const struct item *item)
{
	struct expression *e = columns_expression(o);
	const bool sure = is_sure(item);

	e->cast = false;
	if (e->waits) { /* $1 BETWEEN a AND b has no one column */
		e->meets = item_word(item) != W_BETWEEN;
	} else if (e->compares && (e->sure || !sure)) {
		e->doubt |= sure || (e->many && !e->sure);
	} else if (e->tuple) {
		rows_compare(o, e, item_word(item) == W_IN);
		e->many = true;
		compare(e, true, WORD_NONE);
	} else if (e->name.len && (sure || e->in.kind != ROW_HERE)) {
		compare(e, sure, item_word(item));
	}
}

static void
take_comma(struct outline *o)
{
	struct expression *e = columns_expression(o);

	if (o->depth > 0 && e->in.kind == ROW_NONE)
		rows_put(o, e);
	e->position++;
	e->named += (e->name.len > 0) + e->many;
	if (e->name.len)
		e->earlier = e->name;
	e->doubt |= e->grouped; /* the row stands in its parenthesis twice */
	if (e->waits && o->depth > 0)
		columns_tell(o, e, (struct slice){NULL, 0});
	if (!e->values) {
		expression_ends(e);
	} else {
		e->name.len = 0;
		e->many = false;
	}
}

/* One AND belongs to a BETWEEN, any other ends the comparison. */
static void
take_and(struct expression *e)
{
	if (e->between)
		e->between = false;
	else
		expression_ends(e);
}

static void
take_separator(struct outline *o, enum word_id id)
{
	struct expression *e = columns_expression(o);

	if (id == W_FROM && outline_last_is(o, W_DISTINCT))
		return; /* a IS DISTINCT FROM $1 */
	if (id == W_VALUES && e->compares)
		return; /* a = VALUES(a) + ? */
	e->parted = true;
	if (id == W_SELECT) {
		expression_begins(e);
		rows_select(e);
	} else if (id == W_VALUES) {
		expression_begins(e);
		rows_values(e);
	} else {
		expression_ends(e);
		e->many = id == W_END; /* of a CASE, which may hold names */
	}
}

static void
take_word(struct outline *o, const struct item *item)
{
	struct expression *e = columns_expression(o);
	const enum word_id id = item_word(item);

	if (word_has(item->word, TRAIT_ENDS_ROW) &&
	    !outline_last_is(o, W_DISTINCT))
		rows_end(e);
	if (word_has(item->word, TRAIT_SEPARATES)) {
		take_separator(o, id);
	} else if (id == W_AND) {
		take_and(e);
	} else if (id == W_AS || id == W_COLLATE) {
		e->cast = true;
	} else if (word_has(item->word, TRAIT_COMPARES)) {
		take_comparison(o, item);
	} else if (!word_has(item->word, TRAIT_OPERATES)) {
		take_name(o, item);
	} else if (e->opens.list == LIST_TUPLE &&
		   (id == W_ANY || id == W_ALL || id == W_SOME)) {
		if (e->opens.kind == ROW_NEXT)
			e->opens.kind = ROW_LIST;
	}
}

/*
 * MySQL's || is OR, or ties texts together: the column may be any.  In the mode
 * ANSI, which quotes tell of, that goes for what comes behind it, too.
 */
static void
take_bars(const struct outline *o, struct expression *e)
{
	expression_ends(e);
	e->compares = e->doubt = true;
	e->many = o->ansi;
	e->sure = false;
}

static void
take_operator(struct outline *o, const struct item *item)
{
	struct expression *e = columns_expression(o);

	if (*item->at == '*' && o->before->class != TOKEN_NAME &&
	    (o->before->class != TOKEN_WORD || o->before->word) &&
	    e->in.kind == ROW_HERE)
		e->position = COLUMNS_INSERTED; /* SELECT *: of any number */
	if (item->len != 2)
		return;
	if (memcmp(item->at, "::", 2) == 0)
		e->cast = true;
	else if (memcmp(item->at, "&&", 2) == 0)
		expression_ends(e);
	else if (memcmp(item->at, "||", 2) == 0 && o->dialect == REDACT_MYSQL)
		take_bars(o, e);
}

void
columns_doubt(struct outline *o)
{
	struct expression *e = columns_expression(o);

	e->many = true;
	e->beside++;
	if (e->waits)
		columns_tell(o, e, (struct slice){NULL, 0});
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
	case TOKEN_DOT: /* (a).b, or (t.a).b */
		columns_expression(o)->many |= o->before->class == TOKEN_CLOSE;
		return;
	case TOKEN_VARIABLE:
		columns_doubt(o);
		return;
	case TOKEN_STRING:
		if (nested_is_named(o)) /* date '2031-01-01' */
			nested_forget(o, columns_expression(o));
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
		take_operator(o, item);
		return;
	default:
		return;
	}
}
