/*
 * property_params.h - rules of statements whose parameters are known.
 *
 * The rule is one for sql_make_by(), made from property_params_forms.h by a
 * seed: sql_write() gives it blanks, comments and case.
 */
#ifndef TESTS_PROPERTY_PARAMS_H
#define TESTS_PROPERTY_PARAMS_H

#include "redact/redact.h"

#define BOUND_MAX 200

struct bound_param {
	unsigned index;
	const char *name;   /* without its sign; NULL: none */
	const char *column; /* without quotes, in any case; NULL: none */
};

struct bound {
	struct redact_mode mode;
	uint64_t random;
	bool plain; /* every column is in plain sight */
	unsigned highest;
	size_t count, len;
	struct bound_param params[BOUND_MAX];
	char rule[16384];
};

/* Make the rule of a seed for a mode. */
void bound_make(struct bound *bound, struct redact_mode mode, uint64_t seed);

#endif
