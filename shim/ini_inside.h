/*
 * ini_inside.h - what the parser and the replacing of `$name`s share.
 */
#ifndef SHIM_INI_INSIDE_H
#define SHIM_INI_INSIDE_H

#include "shim/ini.h"

/* An assignment; all of it lies in the ini's copy of the text. */
struct entry {
	struct piece group; /* as written */
	struct piece key;
	char *value;
	size_t len;
	unsigned line;
};

/* The group whose options are seen from every other. */
extern const struct piece ini_default;

/*
 * Find the last entry of `key` in a group given as registered: in lower case,
 * or DEFAULT.  An empty key is any key.
 */
const struct entry *ini_find_entry(
    const struct ini *ini, struct piece group, struct piece key);

/* The same by an option's name, else by its old one. */
const struct entry *ini_find_option_entry(
    const struct ini *ini, const struct ini_option *option);

#endif
