/*
 * hide.h - which parameters of a statement `hide_params` hides.
 *
 * The option is a list of patterns, such as `password, *token*`, for names of
 * parameters (:password) and of the columns that a statement puts them to;
 * redact/ does the matching.  Who holds a prepared statement asks once.
 */
#ifndef SHIM_HIDE_H
#define SHIM_HIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "redact/redact.h"
#include "shim/private_names.h"

/* Parameters of a statement that are told apart. */
#define HIDE_PARAMS 256

/* All zero hides nothing. */
struct hidden {
	bool any;
	uint64_t bits[HIDE_PARAMS / 64];
};

/*
 * Tell which parameters of `sql` the configuration in force hides: with `sql`
 * NULL, a text that nobody knows, all of them if it hides any at all.
 */
SHIM_EXPORT struct hidden hidden_params(
    struct redact_mode mode, const char *sql, size_t len);

/* Whether it hides any: where not, nobody has to be asked for the mode. */
SHIM_EXPORT bool hides_params(void);

/* Whether it hides what has the name: a query attribute. */
SHIM_EXPORT bool hidden_name(const char *name, size_t len);

/*
 * Whether the parameter of that index, from 1, is hidden.  Where any is, those
 * past the last that is told apart are too.
 */
static inline bool
hidden_has(const struct hidden *hidden, unsigned index)
{
	if (__builtin_expect(!hidden->any, 1))
		return false;
	index--;
	return index >= HIDE_PARAMS ||
	       (hidden->bits[index / 64] >> index % 64 & 1);
}

#endif
