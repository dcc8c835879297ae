/*
 * rows.c - rows of values, whose columns are told by their places.
 *
 * (a, b) is read before it is known to be a list of columns.  The names of its
 * places are kept until another parenthesis has a comma; where it turns out
 * that they were some columns, they are copied.
 */
#include "redact/outline.h"

#include <string.h>

void
rows_put(struct outline *o, struct expression *e)
{
	struct columns *list = &o->lists[LIST_READ];

	if (o->insert == INSERT_LISTING)
		list = &o->lists[LIST_INSERTED];
	if (e->position == 0) {
		list->count = 0;
		list->depth = o->depth;
	}
	if (list->depth != o->depth || list->count != e->position ||
	    list->count == list->room)
		return;
	list->name[list->count] = e->name;
	if (e->many)
		list->name[list->count].len = 0;
	/* (lower(a), 1) has the one name a, and is no list. */
	list->count += o->insert == INSERT_LISTING ||
		       list->name[list->count].len > 0;
}

void
rows_close(struct outline *o, struct expression *e, struct expression *up)
{
	const struct columns *list = &o->lists[LIST_READ];

	if (o->insert == INSERT_LISTING) {
		rows_put(o, e);
		/* They belong to the statement, as columns_insert() said. */
		o->lists[LIST_INSERTED].depth = o->depth - 1;
		return;
	}
	up->tuple = false;
	if (e->position == 0 || e->call)
		return;
	rows_put(o, e);
	up->tuple = list->depth == o->depth && list->count == e->position + 1;
}

void
rows_compare(struct outline *o, struct expression *e, bool list)
{
	const struct columns *read = &o->lists[LIST_READ];
	struct columns *tuple = &o->lists[LIST_TUPLE];

	memcpy(tuple->name, read->name, read->count * sizeof(*read->name));
	tuple->count = read->count;
	tuple->depth = o->depth;
	e->opens = (struct row){.kind = list ? ROW_LIST : ROW_NEXT,
	    .list = LIST_TUPLE,
	    .depth = (uint8_t)o->depth};
}

/* Behind a name stand the arguments of a call, behind AS a query. */
static bool
may_open(const struct outline *o)
{
	switch (o->before->class) {
	case TOKEN_OPEN:
	case TOKEN_CLOSE:
	case TOKEN_COMMA:
	case TOKEN_COMPARE:
	case TOKEN_OPERATOR:
		return true;
	case TOKEN_WORD:
		return word_has(o->before->word, TRAIT_BEFORE_ROW);
	default:
		return false;
	}
}

void
rows_open(
    const struct outline *o, struct expression *e, const struct expression *up)
{
	if (up->opens.kind == ROW_NONE || o->insert == INSERT_LISTING ||
	    !may_open(o))
		return;
	if (up->opens.kind == ROW_LIST) {
		e->opens = up->opens;
		e->opens.kind = ROW_NEXT;
	} else {
		e->in = up->opens;
		e->in.kind = ROW_HERE;
	}
}

void
rows_select(struct expression *e)
{
	if (e->opens.kind == ROW_NEXT) {
		e->in = e->opens;
		e->opens.kind = ROW_NONE;
	}
	if (e->in.kind != ROW_NONE)
		e->in.kind = ROW_HERE;
	e->position = 0;
}

void
rows_values(struct expression *e)
{
	if (e->in.kind == ROW_NONE)
		return;
	e->opens = e->in;
	e->opens.kind = ROW_NEXT;
	e->in.kind = ROW_OVER;
}

void
rows_end(struct expression *e)
{
	e->opens.kind = ROW_NONE;
	if (e->in.kind == ROW_HERE)
		e->in.kind = ROW_OVER;
}

bool
rows_column(const struct outline *o, const struct expression *e,
    struct slice *ret_column)
{
	const struct columns *list = &o->lists[e->in.list];

	if (list->depth != e->in.depth || e->position >= list->count ||
	    list->name[e->position].len == 0)
		return false;
	*ret_column = list->name[e->position];
	return true;
}
