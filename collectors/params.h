/*
 * params.h - a statement's parameters as they stand in a message.
 */
#ifndef COLLECTORS_PARAMS_H
#define COLLECTORS_PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collectors/json.h"

/* What a look at all parameters tells before the first one is written. */
struct params {
	const char *at;
	size_t len;
	bool as_object;
	uint32_t last_index;
};

/* Check the bytes of FIELD_PARAMS; false: malformed. */
bool params_check(const char *at, size_t len, struct params *ret_params);

/*
 * The bytes that params_put() takes beyond JSON_ESCAPE_MAX for each byte of
 * the field: those of the gaps.
 */
size_t params_gaps(const struct params *params);

/* Put the list or object; message.h says how it looks. */
void params_put(const struct params *params, struct json_out *out);

#endif
