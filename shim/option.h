/*
 * option.h - the table of the options, made from options.h.
 */
#ifndef SHIM_OPTION_H
#define SHIM_OPTION_H

#include "shim/config.h"
#include "shim/ini.h"

struct option;

/*
 * How values of a type are read and shown.  A value that is no text is a
 * number: 0 or 1, the place among `choices`, bytes, milliseconds.
 */
struct type {
	/* False where `text` is no such value; NULL: every text is one. */
	bool (*read)(const struct option *option, struct piece text,
	    uint64_t *ret_number);
	void (*show)(const struct option *option, uint64_t number, char *out,
	    size_t cap);
	/* ini_option's spell() for a text that can be read; NULL: as is. */
	void (*spell)(
	    struct piece text, uint64_t number, char *out, size_t cap);
	const char *what; /* what a text that cannot be read is not */
	const char *choices[8];
	size_t size;        /* of the member in struct config */
	bool empty_is_none; /* for a number Python has None: the fallback */
};

struct option {
	struct ini_option ini; /* first: spell_option() relies on it */
	const struct type *type;
	uint64_t low, high;
	size_t offset; /* in struct config */
};

extern const struct option options[];
extern const size_t option_count;

/* Find an option for ini_get(). */
ini_find_option option_find;

/* Read a value that is no text; an empty one may stand for the default. */
bool option_read(
    const struct option *option, const char *text, uint64_t *ret_number);

/* Say what a text that cannot be read is not: "not a boolean ...". */
void option_wants(const struct option *option, char *out, size_t cap);

#endif
