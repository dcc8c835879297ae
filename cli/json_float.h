/*
 * json_float.h - a JSON number with a fraction or an exponent, as Python
 * prints it.
 */
#ifndef CLI_JSON_FLOAT_H
#define CLI_JSON_FLOAT_H

#include <stdbool.h>
#include <stddef.h>

#define JSON_FLOAT_SIZE 64

/*
 * Read the number `text` and write what Python's repr() makes of it: the
 * fewest digits that read back as the same double, 1e-05 but 0.0001, 1e+16
 * but 1000000000000000.0, Infinity where it is too large.  False where `text`
 * is no JSON number.
 */
bool json_float(const char *text, size_t len, char out[JSON_FLOAT_SIZE]);

#endif
