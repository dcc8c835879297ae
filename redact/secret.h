/*
 * secret.h - the two ways in which redact_has_secret() looks at a text.
 */
#ifndef REDACT_SECRET_H
#define REDACT_SECRET_H

#include "redact/redact.h"

/* The whole way: statement by statement, and all calls. */
bool secret_search(struct redact_mode mode, const char *sql, size_t len);

/*
 * Whether a glance tells that the text has none, in any dialect and mode: most
 * short statements of data.  False tells nothing.
 */
bool secret_is_ruled_out(const char *sql, size_t len);

#endif
