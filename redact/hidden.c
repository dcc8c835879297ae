/*
 * hidden.c - which parameters of a statement hide_params hides.
 */
#include "redact/lex.h"

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

/* Whether the token is, or could be, a name that is hidden. */
static bool
is_hidden_name(const char *patterns, struct redact_mode mode, const char *at,
    struct token token)
{
	size_t len;

	if (token.class == TOKEN_STRING && *at == '"' &&
	    mode.quotes == REDACT_UNKNOWN)
		token.class = TOKEN_QUOTED;
	if (token.class < TOKEN_WORD || token.class > TOKEN_QUOTED)
		return false;
	if (token.end - at > 3 && at[1] == '&')
		return true; /* U&"..." can spell a name by numbers */
	while (*at == '@' && at + 1 < token.end)
		at++;
	len = (size_t)(token.end - at);
	if (len > 2 && strchr("\"'`[", *at)) {
		at++;
		len -= 2;
	}
	return redact_name_is_hidden(patterns, at, len);
}

static bool
has_hidden_name(
    const char *patterns, struct redact_mode mode, const char *sql, size_t len)
{
	struct lexer lexer;
	struct token token;

	lexer_begin(&lexer, mode, sql, len);
	do {
		token = lex_solid(&lexer, &sql);
		if (is_hidden_name(patterns, mode, sql, token))
			return true;
		sql = token.end;
	} while (token.class != TOKEN_END && token.class < TOKEN_UNCLOSED);
	return token.class != TOKEN_END;
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
	return !param->column && param->nested;
}

#define PARAMS_TOLD 256

static bool
has_doubt(const struct redact_outline *outline)
{
	for (size_t i = 0; i < outline->param_count; i++)
		if (outline->params[i].doubtful)
			return true;
	return false;
}

bool
redact_hidden_params(struct redact_mode mode, const char *sql, size_t len,
    const char *patterns, uint64_t *hidden, unsigned count)
{
	struct redact_param params[PARAMS_TOLD];
	struct redact_analysis analysis = {
	    .outline = {.params = params, .params_cap = PARAMS_TOLD}};
	bool any = false, named;

	memset(hidden, 0, (count + 63) / 64 * sizeof(*hidden));
	redact_analyse(mode, sql, len, NULL, 0, &analysis);
	if (analysis.lost || analysis.outline.param_count > PARAMS_TOLD) {
		memset(hidden, 0xff, (count + 63) / 64 * sizeof(*hidden));
		return true;
	}
	named = has_doubt(&analysis.outline) &&
		has_hidden_name(patterns, mode, sql, len);
	for (size_t i = 0; i < analysis.outline.param_count; i++) {
		unsigned bit = params[i].index - 1;

		if (!is_hidden(patterns, &params[i]) &&
		    !(named && params[i].doubtful))
			continue;
		any = true;
		if (bit < count)
			hidden[bit / 64] |= UINT64_C(1) << bit % 64;
	}
	return any;
}
