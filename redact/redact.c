/*
 * redact.c - from the calls of redact.h to the dialect.
 *
 * A dialect that is not known has one answer: all is hidden.
 */
#include "redact/redact.h"

#include "redact/dialects.h"

static size_t
hide_all(size_t len, char *out, size_t cap)
{
	if (len == 0)
		return 0;
	if (cap > 0)
		*out = '?';
	return 1;
}

size_t
redact_sql(enum redact_dialect dialect, const char *sql, size_t len, char *out,
    size_t cap)
{
	switch (dialect) {
	case REDACT_SQLITE:
		return redact_sqlite(sql, len, out, cap);
	}
	return hide_all(len, out, cap);
}

bool
redact_has_secret(enum redact_dialect dialect, const char *sql, size_t len)
{
	switch (dialect) {
	case REDACT_SQLITE:
		return redact_sqlite_has_secret(sql, len);
	}
	return true;
}

size_t
redact_error(enum redact_dialect dialect, const char *text, size_t len,
    char *out, size_t cap)
{
	switch (dialect) {
	case REDACT_SQLITE:
		return redact_sqlite_error(text, len, out, cap);
	}
	return hide_all(len, out, cap);
}
