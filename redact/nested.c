/*
 * nested.c - names and parameters in parentheses.
 *
 * What is compared outside is compared inside, and what stands inside tells
 * the column of the whole.
 */
#include "redact/outline.h"

bool
nested_is_named(const struct outline *o)
{
	return o->before->class == TOKEN_NAME ||
	       (o->before->class == TOKEN_WORD &&
		   !word_has(o->before->word,
		       TRAIT_SEPARATES | TRAIT_OPERATES | TRAIT_COMPARES));
}

void
nested_forget(const struct outline *o, struct expression *e)
{
	if (e->name.len == 0 || e->name.at < o->before->at)
		return; /* it is that of a type, which was not taken */
	e->name.len = 0;
	e->beside -= e->beside > 0;
}

void
columns_open(struct outline *o)
{
	struct expression *up = &o->expression[o->depth - 1];
	struct expression *e = columns_expression(o);

	*e = expression_none;
	e->call = nested_is_named(o);
	if (e->call)
		nested_forget(o, up);
	/* LEFT(a, 2) is no join. */
	up->many |= outline_last_is(o, W_LEFT) || outline_last_is(o, W_RIGHT);
	e->beside = up->beside;
	if (up->waits && up->meets) {
		columns_tell(
		    o, &o->expression[o->depth - 1], (struct slice){NULL, 0});
		e->waits = up->waits;
		e->meets = true;
	}
	rows_open(o, e, up);
	e->values = e->opens.kind != ROW_NONE;
	if (e->values || e->in.kind != ROW_NONE)
		return;
	e->compares = up->compares;
	e->sure = up->sure;
	e->doubt = up->doubt;
	e->column = up->column;
	if (up->in.kind == ROW_HERE && !up->compares) {
		e->compares = e->sure = true;
		e->doubt = !rows_column(o, up, &e->column);
		e->grouped = !e->call;
	}
	e->values = e->compares;
}

/*
 * lower(a) = $1: the name inside is that of the call, if there is but one; in
 * a query, or a CASE, nobody knows.
 */
static void
name_call(struct expression *up, const struct expression *e)
{
	const unsigned named = e->named + (e->name.len > 0) + e->many;

	up->beside += named > 0 || e->parted;
	if (up->compares)
		return;
	if (named > 0 && !e->parted)
		up->name = e->name.len ? e->name : e->earlier;
	if (named > 1 || e->parted)
		up->many = true;
}

void
columns_close(struct outline *o)
{
	struct expression *e = columns_expression(o);
	struct expression *up = &o->expression[o->depth - 1];

	rows_close(o, e, up);
	name_call(up, e);
	up->cast = false;
}
