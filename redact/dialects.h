/*
 * dialects.h - what each dialect does behind the calls of redact.h.
 */
#ifndef REDACT_DIALECTS_H
#define REDACT_DIALECTS_H

#include <stdbool.h>
#include <stddef.h>

size_t redact_sqlite(const char *sql, size_t len, char *out, size_t cap);
bool redact_sqlite_has_secret(const char *sql, size_t len);
size_t redact_sqlite_error(const char *text, size_t len, char *out, size_t cap);

#endif
