/*
 * hide.c - matching a statement's parameters against hide_params.
 */
#include "shim/hide.h"

#include <string.h>

#include "shim/process.h"

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/*
 * Whether the pattern fits the whole name.  At a mismatch the last `*` takes
 * one character more: that is enough, and takes len x pattern_len at most.
 */
static bool
pattern_fits(
    const char *pattern, size_t pattern_len, const char *name, size_t len)
{
	size_t p = 0, n = 0, star = pattern_len, taken = 0;

	while (n < len) {
		if (p < pattern_len && pattern[p] == '*') {
			star = p++;
			taken = n;
		} else if (p < pattern_len &&
			   lower(pattern[p]) == lower(name[n])) {
			p++;
			n++;
		} else if (star < pattern_len) {
			p = star + 1;
			n = ++taken;
		} else {
			return false;
		}
	}
	while (p < pattern_len && pattern[p] == '*')
		p++;
	return p == pattern_len;
}

bool
hide_matches(const char *list, const char *name, size_t len)
{
	static const char space[] = " \t\r\n";

	while (*list) {
		size_t item = strcspn(list, ",");
		size_t blank = strspn(list, space);
		const char *at = list + (blank < item ? blank : item);
		size_t left = item - (size_t)(at - list);

		while (left && strchr(space, at[left - 1]))
			left--;
		if (left && pattern_fits(at, left, name, len))
			return true;
		list += item;
		list += *list == ',';
	}
	return false;
}

/* Whether the parameter is hidden by its own name or by its column's. */
static bool
is_hidden(const char *list, const struct redact_param *param)
{
	const char *name = param->name;
	size_t len = param->name_len;

	if (name && len && strchr(":@$#", *name)) {
		name++;
		len--;
	}
	return (name && hide_matches(list, name, len)) ||
	       (param->column &&
		   hide_matches(list, param->column, param->column_len));
}

struct hidden
hidden_params(enum redact_dialect dialect, const char *sql, size_t len)
{
	const struct config *config = process_config();
	struct redact_param params[HIDE_PARAMS];
	struct redact_analysis analysis = {
	    .outline = {.params = params, .params_cap = HIDE_PARAMS}};
	struct hidden hidden = {.all = false};

	if (!config || !*config->hide_params)
		return hidden;
	redact_analyse(
	    redact_default_mode(dialect), sql, len, NULL, 0, &analysis);
	hidden.all = analysis.lost ||
		     analysis.outline.param_count > HIDE_PARAMS;
	for (size_t i = 0; i < analysis.outline.param_count && !hidden.all;
	     i++) {
		unsigned index = params[i].index - 1;

		if (!is_hidden(config->hide_params, &params[i]))
			continue;
		if (index < HIDE_PARAMS)
			hidden.bits[index / 64] |= 1ull << index % 64;
		else
			hidden.all = true;
	}
	return hidden;
}
