/*
 * outline_names.c - names in the making: into the summary, among the tables.
 */
#include "redact/outline.h"

#include <string.h>
#include <strings.h>

#define SUMMARY_MAX 255
#define NAMES_TOLD_APART 32

/* A word or a name with its dots; what does not fit ends the summary. */
void
outline_summarise(struct outline *o, const struct slice *part, unsigned parts)
{
	struct redact_outline *out = o->out;
	const size_t max = out->summary_cap < SUMMARY_MAX ? out->summary_cap
							  : SUMMARY_MAX;
	const char *gap = out->summary_len == 0 ? "" : o->fresh ? "; " : " ";
	size_t len = strlen(gap) + parts - 1;
	char *to;

	for (unsigned i = 0; i < parts; i++)
		len += part[i].len;
	o->fresh = false;
	o->full |= len > max - out->summary_len;
	if (o->full)
		return;
	to = out->summary + out->summary_len;
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
	size_t len = o->parts;
	char *to;

	for (unsigned i = 0; i < o->parts; i++)
		len += o->part[i].len;
	if (len > out->tables_cap - out->tables_len)
		return;
	to = out->tables + out->tables_len;
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
	if (o->parts < OUTLINE_PARTS)
		o->part[o->parts++] = (struct slice){item->at, item->len};
	return true;
}
