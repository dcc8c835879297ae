/*
 * Any bytes, in any mode of the dialect that DIALECT names: the redactor ends,
 * writes no more than it read, is stable, and its prefixes agree; words that
 * are tracked from the beginning change nothing; the other calls end.
 */
#include "redact/redact.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
hold(int condition)
{
	if (!condition)
		abort();
}

/* The default mode for most texts, some other by the text's end for others. */
static struct redact_mode
mode_of(const uint8_t *data, size_t size)
{
	struct redact_mode mode = redact_default_mode(DIALECT);
	unsigned choice = size ? data[size - 1] : 0;

	if (choice & 0x80) {
		mode.charset = choice % 6;
		if (DIALECT != REDACT_SQLITE)
			mode.backslash = choice / 6 % 3;
		if (DIALECT != REDACT_POSTGRES)
			mode.quotes = choice / 18 % 3;
	}
	return mode;
}

/*
 * With little room or enough: the normal form is no longer than the text, and
 * the summary than it may be.
 */
static size_t
analyse(struct redact_mode mode, const char *sql, size_t size, char *out,
    size_t little)
{
	char summary[256], tables[128];
	struct redact_param params[4];
	struct redact_analysis a = {
	    .normal = malloc(little + 1),
	    .normal_cap = little,
	    .outline = {.summary = summary,
		.summary_cap = sizeof(summary),
		.tables = tables,
		.tables_cap = little % sizeof(tables),
		.params = params,
		.params_cap = little % 5},
	};
	size_t n = redact_analyse(mode, sql, size, out, size, &a);

	hold(a.normal_len <= size);
	hold(a.outline.summary_len <= 255);
	hold(a.outline.tables_len <= a.outline.tables_cap);
	for (size_t i = 0; i < a.outline.param_count && i < little % 5; i++)
		hold(
		    !params[i].column ||
		    (params[i].column >= sql &&
			params[i].column + params[i].column_len <= sql + size));
	free(a.normal);
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *sql = (const char *)data;
	char *once = malloc(size + 1), *twice = malloc(size + 1);
	struct redact_mode mode = mode_of(data, size);
	size_t n = redact_sql_mode(mode, sql, size, once, size);
	size_t cap = size ? data[0] % (n + 1) : 0;

	hold(n <= size);
	hold(redact_sql_mode(mode, once, n, twice, size) == n);
	hold(memcmp(once, twice, n) == 0);
	hold(redact_sql_mode(mode, sql, size, twice, cap) == n);
	for (size_t i = 0; i < cap && twice[i] == once[i]; i++)
		twice[i] = ' ';
	for (size_t i = 0; i < cap; i++)
		hold(twice[i] == ' ');
	hold(analyse(mode, sql, size, twice, cap) == n);
	hold(memcmp(once, twice, n) == 0);
	redact_has_secret(redact_default_mode(DIALECT), sql, size);
	redact_error(DIALECT, sql, size, twice, size);
	free(once);
	free(twice);
	return 0;
}
