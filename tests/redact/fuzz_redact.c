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
	redact_has_secret(DIALECT, sql, size);
	redact_error(DIALECT, sql, size, twice, size);
	free(once);
	free(twice);
	return 0;
}
