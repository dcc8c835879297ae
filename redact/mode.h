/*
 * mode.h - the modes of a connection by the names that people know them by.
 */
#ifndef REDACT_MODE_H
#define REDACT_MODE_H

#include "redact/redact.h"

/* The dialect by its name: postgres, mysql, mariadb, sqlite and their like. */
bool redact_dialect_find(
    const char *name, size_t len, enum redact_dialect *ret_dialect);

/* Nothing is known but the dialect. */
void redact_mode_forget(struct redact_mode *mode);

/*
 * Set what the server calls `key`, in either case: standard_conforming_strings,
 * NO_BACKSLASH_ESCAPES, ANSI_QUOTES, sql_mode, dqs, client_encoding, charset.
 * The value is on, off, unknown, a list of modes or the name of a charset.
 * False if there is no such key or value.
 */
bool redact_mode_set(struct redact_mode *mode, const char *key, size_t key_len,
    const char *value, size_t value_len);

/* The charset by its name in PostgreSQL or MySQL. */
enum redact_charset redact_charset_find(const char *name, size_t len);

#endif
