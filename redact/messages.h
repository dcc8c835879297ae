/*
 * messages.h - the texts of the client libraries' errors.
 */
#ifndef REDACT_MESSAGES_H
#define REDACT_MESSAGES_H

#include "redact/redact.h"

size_t redact_message(enum redact_dialect dialect, const char *text, size_t len,
    char *out, size_t cap);

#endif
