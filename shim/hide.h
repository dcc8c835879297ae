/*
 * hide.h - which parameters of a statement `hide_params` hides.
 *
 * The option is a list of patterns, such as `password, *token*`.  A parameter
 * is hidden if a pattern fits its own name (:password) or the column that the
 * statement compares it with, assigns it to or inserts it into.  Letter case
 * does not count; `*` stands for any characters.  Of a text that cannot be
 * read to its end, or that has more parameters than are looked at, all are
 * hidden.  Where the text does not tell a column, the parameter stays.
 */
#ifndef SHIM_HIDE_H
#define SHIM_HIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "redact/redact.h"
#include "shim/private_names.h"

/* Parameters of a statement that are looked at. */
#define HIDE_PARAMS 256

/* All zero hides nothing. */
struct hidden {
	bool all;
	uint64_t bits[HIDE_PARAMS / 64];
};

/* Tell which parameters of `sql` the configuration in force hides. */
SHIM_EXPORT struct hidden hidden_params(
    enum redact_dialect dialect, const char *sql, size_t len);

/* Whether the parameter of that index, from 1, is hidden. */
static inline bool
hidden_has(const struct hidden *hidden, unsigned index)
{
	index--;
	return hidden->all || (index < HIDE_PARAMS &&
				  hidden->bits[index / 64] >> index % 64 & 1);
}

/* Whether one of the patterns in `list` fits the whole name. */
bool hide_matches(const char *list, const char *name, size_t len);

#endif
