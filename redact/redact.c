/*
 * redact.c - from the calls of redact.h to the dialect.
 *
 * A dialect that is not known has one answer: all is hidden.
 */
#include "redact/redact.h"

#include "redact/analysis.h"
#include "redact/messages.h"
#include "redact/redactor.h"

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
redact_sql_mode(
    struct redact_mode mode, const char *sql, size_t len, char *out, size_t cap)
{
	if (mode.dialect > REDACT_MYSQL)
		return hide_all(len, out, cap);
	return redactor_run(mode, sql, len, out, cap, NULL);
}

size_t
redact_analyse(struct redact_mode mode, const char *sql, size_t len, char *out,
    size_t cap, struct redact_analysis *analysis)
{
	struct analysis a;

	if (mode.dialect > REDACT_MYSQL) {
		memset(analysis, 0, sizeof(*analysis));
		analysis->lost = true;
		return hide_all(len, out, cap);
	}
	a.normal = analysis->normal;
	a.normal_cap = analysis->normal_cap;
	a.outline.out = &analysis->outline;
	len = redactor_run(mode, sql, len, out, cap, &a);
	analysis->normal_len = out_end(&a.shape.normal);
	analysis->fingerprint = a.fingerprint;
	analysis->lost = a.lost;
	return len;
}

size_t
redact_sql(enum redact_dialect dialect, const char *sql, size_t len, char *out,
    size_t cap)
{
	return redact_sql_mode(
	    redact_default_mode(dialect), sql, len, out, cap);
}

size_t
redact_error(enum redact_dialect dialect, const char *text, size_t len,
    char *out, size_t cap)
{
	if (dialect > REDACT_MYSQL)
		return hide_all(len, out, cap);
	return redact_message(dialect, text, len, out, cap);
}
