/*
 * Any bytes: redact_sql() ends, writes no more than it read, is stable, and
 * its prefixes agree; the other calls end.
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *sql = (const char *)data;
	char *once = malloc(size + 1), *twice = malloc(size + 1);
	size_t n = redact_sql(REDACT_SQLITE, sql, size, once, size);
	size_t cap = size ? data[0] % (n + 1) : 0;

	hold(n <= size);
	hold(redact_sql(REDACT_SQLITE, once, n, twice, size) == n);
	hold(memcmp(once, twice, n) == 0);
	hold(!memchr(once, '\'', n) || memchr(sql, '`', size) ||
	     memchr(sql, '[', size) || memchr(sql, '"', size));
	hold(redact_sql(REDACT_SQLITE, sql, size, twice, cap) == n);
	for (size_t i = 0; i < cap && twice[i] == once[i]; i++)
		twice[i] = ' ';
	for (size_t i = 0; i < cap; i++)
		hold(twice[i] == ' ');
	redact_has_secret(REDACT_SQLITE, sql, size);
	redact_error(REDACT_SQLITE, sql, size, twice, size);
	free(once);
	free(twice);
	return 0;
}
