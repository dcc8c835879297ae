/*
 * outline_names.c - names in the making: into the summary, among the tables.
 */
#include "redact/outline.h"

#include <string.h>
#include <strings.h>

#define SUMMARY_MAX 255
#define NAMES_TOLD_APART 32

static size_t
length_of(const struct slice *part, unsigned parts)
{
	size_t len = part[0].len;

	for (unsigned i = 1; i < parts; i++)
		len += 1 + part[i].len;
	return len;
}

/* Returns where the name ends. */
static inline char *
put_parts(char *to, const struct slice *part, unsigned parts)
{
	out_copy(to, part[0].at, part[0].len);
	to += part[0].len;
	for (unsigned i = 1; i < parts; i++) {
		*to++ = '.';
		out_copy(to, part[i].at, part[i].len);
		to += part[i].len;
	}
	return to;
}

/* A word or a name with its dots; what does not fit ends the summary. */
void
outline_summarise(struct outline *o, const struct slice *part, unsigned parts)
{
	struct redact_outline *out = o->out;
	const size_t max = out->summary_cap < SUMMARY_MAX ? out->summary_cap
							  : SUMMARY_MAX;
	const size_t gap = out->summary_len == 0 ? 0 : o->fresh ? 2 : 1;
	const size_t len = gap + length_of(part, parts);
	char *to;

	o->full |= len > max - out->summary_len;
	if (!o->full) {
		to = out->summary + out->summary_len;
		if (gap == 2)
			*to++ = ';';
		if (gap > 0)
			*to++ = ' ';
		put_parts(to, part, parts);
		out->summary_len += len;
	}
	o->fresh = false;
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
	const size_t len = length_of(o->part, o->parts) + 1;
	char *name, *end;

	if (len > out->tables_cap - out->tables_len)
		return;
	name = out->tables + out->tables_len;
	end = put_parts(name, o->part, o->parts);
	*end = '\0';
	if (o->quoted)
		for (char *at = name; at < end; at++)
			*at = *at ? *at : '?';
	if (out->table_count > 0 && has_table(out, name, len))
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
void
outline_name_ends(struct outline *o)
{
	switch (o->part_of) {
	case WANTED_TARGET:
		if (is_cte(o))
			break;
		outline_summarise(o, o->part, o->parts);
		table_add(o);
		break;
	case WANTED_TABLE:
		if (!is_cte(o))
			table_add(o);
		break;
	case WANTED_NAME:
		outline_summarise(o, o->part, o->parts);
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
	if (o->insert == INSERT_TARGET && o->part_of == WANTED_TARGET) {
		o->insert = INSERT_NAMED;
		if (o->columns)
			columns_insert(o);
	}
}

/* Take what goes on a name; false if it does not. */
bool
outline_name_goes_on(struct outline *o, const struct item *item)
{
	if (item->class == TOKEN_DOT && !o->dot) {
		o->dot = true;
		return true;
	}
	if (!o->dot || !item_is_name(item))
		return false;
	o->dot = false;
	o->quoted |= item->class == TOKEN_NAME;
	if (o->parts < OUTLINE_PARTS)
		o->part[o->parts++] = (struct slice){item->at, item->len};
	return true;
}
