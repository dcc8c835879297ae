/*
 * decimal.h - the shortest digits that read back as a floating-point number.
 *
 * Nothing here looks at a locale, changes errno or allocates, and nothing
 * depends on the rounding mode.
 */
#ifndef SHIM_DECIMAL_H
#define SHIM_DECIMAL_H

#include <stdbool.h>

#include "shim/private_names.h"

#define DECIMAL_DIGITS 17 /* no double needs more */

struct decimal {
	char digit[DECIMAL_DIGITS]; /* '1' to '9' first, unless it is 0 */
	int count;
	int exponent; /* of the first digit: 1.5 has 0 */
};

/*
 * Of two shortest ones the nearer; `value` is finite, its sign is left out.
 *
 * `halfway`: digits that lie in the middle between two numbers will do where
 * a reader rounds them to `value`, as for Python; PostgreSQL avoids them.
 */
SHIM_EXPORT void decimal_of_double(
    double value, bool halfway, struct decimal *ret_decimal);
SHIM_EXPORT void decimal_of_float(
    float value, bool halfway, struct decimal *ret_decimal);

/*
 * The double whose shortest digits are those of `value`: 0.1 for 0.1f, where a
 * conversion gives 0.10000000149011612.
 */
SHIM_EXPORT double decimal_widen(float value);

#endif
