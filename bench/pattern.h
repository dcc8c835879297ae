/*
 * pattern.h - the redactor that one would write with a regular expression.
 */
#ifndef BENCH_PATTERN_H
#define BENCH_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

/* Compile it; false if PCRE2 or its JIT is not there. */
bool pattern_begin(void);

/* Write the text with a `?` for each of its strings and numbers. */
size_t pattern_redact(const char *sql, size_t len, char *out);

#endif
