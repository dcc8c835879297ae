/*
 * public.c - osprof_redact.h, made of redact.h.
 */
#include "redact/osprof_redact.h"

#include <string.h>

#include "redact/mode.h"

static enum redact_dialect
dialect_of(enum osprof_dialect dialect)
{
	switch (dialect) {
	case OSPROF_DIALECT_SQLITE:
		return REDACT_SQLITE;
	case OSPROF_DIALECT_POSTGRES:
		return REDACT_POSTGRES;
	case OSPROF_DIALECT_MYSQL:
		return REDACT_MYSQL;
	}
	return (enum redact_dialect)(REDACT_MYSQL + 1); /* all is hidden */
}

/* One setting: its name, and its value if it has one. */
static void
set_one(struct redact_mode *mode, const char *at, size_t len)
{
	const char *equals = memchr(at, '=', len);
	size_t key = equals ? (size_t)(equals - at) : len;
	const char *value = equals ? equals + 1 : "unknown";
	size_t value_len = equals ? len - key - 1 : strlen(value);

	if (!redact_mode_set(mode, at, key, value, value_len))
		redact_mode_forget(mode);
}

static struct redact_mode
mode_of(enum osprof_dialect dialect, const char *modes)
{
	struct redact_mode mode = redact_default_mode(dialect_of(dialect));

	while (modes && *modes) {
		size_t len = strcspn(modes, " ");

		if (len > 0)
			set_one(&mode, modes, len);
		modes += len + (modes[len] == ' ');
	}
	return mode;
}

/* Terminate an answer that had room for all of `cap` but a byte. */
static size_t
terminate(char *out, size_t cap, size_t len)
{
	if (cap > 0)
		out[len < cap ? len : cap - 1] = '\0';
	return len;
}

static size_t
room(size_t cap)
{
	return cap > 0 ? cap - 1 : 0;
}

size_t
osprof_redact(enum osprof_dialect dialect, const char *modes, const char *sql,
    size_t len, char *out, size_t cap)
{
	return terminate(out, cap,
	    redact_sql_mode(mode_of(dialect, modes), sql, len, out, room(cap)));
}

size_t
osprof_redact_normalize(enum osprof_dialect dialect, const char *modes,
    const char *sql, size_t len, char *out, size_t cap)
{
	struct redact_analysis analysis = {
	    .normal = out, .normal_cap = room(cap)};

	redact_analyse(mode_of(dialect, modes), sql, len, NULL, 0, &analysis);
	return terminate(out, cap, analysis.normal_len);
}

uint64_t
osprof_redact_fingerprint(
    enum osprof_dialect dialect, const char *modes, const char *sql, size_t len)
{
	struct redact_analysis analysis = {0};

	redact_analyse(mode_of(dialect, modes), sql, len, NULL, 0, &analysis);
	return analysis.fingerprint;
}

size_t
osprof_redact_summary(enum osprof_dialect dialect, const char *modes,
    const char *sql, size_t len, char *out, size_t cap)
{
	struct redact_analysis analysis = {
	    .outline = {.summary = out, .summary_cap = room(cap)}};

	redact_analyse(mode_of(dialect, modes), sql, len, NULL, 0, &analysis);
	return terminate(out, cap, analysis.outline.summary_len);
}

size_t
osprof_redact_error(enum osprof_dialect dialect, const char *text, size_t len,
    char *out, size_t cap)
{
	return terminate(out, cap,
	    redact_error(dialect_of(dialect), text, len, out, room(cap)));
}
