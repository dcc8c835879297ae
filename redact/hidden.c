/*
 * hidden.c - which parameters of a statement hide_params hides.
 */
#include "redact/redact.h"

#include <string.h>

static char
lower(char byte)
{
	return (char)(byte | (byte >= 'A' && byte <= 'Z' ? 0x20 : 0));
}

/* One pattern, in which * is any text; by its last * alone one goes back. */
static bool
matches(const char *pattern, size_t pattern_len, const char *name, size_t len)
{
	size_t p = 0, n = 0, star = SIZE_MAX, from = 0;

	while (n < len) {
		if (p < pattern_len && pattern[p] == '*') {
			star = p++;
			from = n;
		} else if (p < pattern_len &&
			   lower(pattern[p]) == lower(name[n])) {
			p++;
			n++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			n = ++from;
		} else {
			return false;
		}
	}
	while (p < pattern_len && pattern[p] == '*')
		p++;
	return p == pattern_len;
}

bool
redact_name_is_hidden(const char *patterns, const char *name, size_t len)
{
	while (*patterns) {
		size_t part;

		patterns += strspn(patterns, ", \t");
		part = strcspn(patterns, ", \t");
		if (part > 0 && matches(patterns, part, name, len))
			return true;
		patterns += part;
	}
	return false;
}

/*
 * One in parentheses, such as the argument of a call or a value of an INSERT
 * that names no columns, may be for any column.
 */
static bool
is_hidden(const char *patterns, const struct redact_param *param)
{
	if (param->column &&
	    redact_name_is_hidden(patterns, param->column, param->column_len))
		return true;
	if (param->name && redact_name_is_hidden(
			       patterns, param->name + 1, param->name_len - 1))
		return true;
	return !param->column && param->doubtful;
}

#define PARAMS_TOLD 256

bool
redact_hidden_params(struct redact_mode mode, const char *sql, size_t len,
    const char *patterns, uint64_t *hidden, unsigned count)
{
	struct redact_param params[PARAMS_TOLD];
	struct redact_analysis analysis = {
	    .outline = {.params = params, .params_cap = PARAMS_TOLD}};
	bool any = false;

	memset(hidden, 0, (count + 63) / 64 * sizeof(*hidden));
	redact_analyse(mode, sql, len, NULL, 0, &analysis);
	if (analysis.lost || analysis.outline.param_count > PARAMS_TOLD) {
		memset(hidden, 0xff, (count + 63) / 64 * sizeof(*hidden));
		return true;
	}
	for (size_t i = 0; i < analysis.outline.param_count; i++) {
		unsigned bit = params[i].index - 1;

		if (!is_hidden(patterns, &params[i]))
			continue;
		any = true;
		if (bit < count)
			hidden[bit / 64] |= UINT64_C(1) << bit % 64;
	}
	return any;
}
