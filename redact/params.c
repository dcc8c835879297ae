/*
 * params.c - parameters and their numbers, as the client library counts them.
 */
#include "redact/outline.h"
#include "redact/scan.h"

bool
params_may_be(enum redact_dialect dialect, const char *sql, const char *end)
{
	switch (dialect) {
	case REDACT_SQLITE:
		return scan_has(sql, end, "?:$@#");
	case REDACT_POSTGRES:
		return scan_has(sql, end, "$");
	case REDACT_MYSQL:
		return scan_has(sql, end, "?");
	}
	return true;
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

	for (size_t i = 0; i < out->param_count && i < out->params_cap &&
			   i < COLUMNS_INSERTED;
	     i++)
		if (out->params[i].name_len == item->len &&
		    memcmp(out->params[i].name, item->at, item->len) == 0)
			return out->params[i].index;
	return 0;
}

unsigned
params_number(struct outline *o, const struct item *item)
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
