/*
 * ini.h - the ini dialect of oslo.config; osprof.ini(5) has its rules.
 *
 * An ini is read-only once parsed.  Group and option names compare as bytes;
 * groups are compared in lower case, DEFAULT apart.
 */
#ifndef SHIM_INI_H
#define SHIM_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/config.h"
#include "shim/piece.h"

struct ini;

/* An option that the reader knows, as oslo.config knows a registered one. */
struct ini_option {
	const char *group;
	const char *name;
	const char *old_name; /* read where `name` is absent; NULL: none */
	const char *fallback; /* the value where both are; NULL: none */
	bool secret;          /* a problem tells nothing of its value */

	/*
	 * Write what Python's str() makes of the value that `text` means: that
	 * is put in the place of a `$name`.  False where `text` is no value of
	 * the option; `out` then says what it is not.  NULL: texts as they are.
	 */
	bool (*spell)(const struct ini_option *option, const char *text,
	    char *out, size_t cap);
};

/*
 * Return the known option of a group by its name or its old name, or NULL.  An
 * empty name asks for any option of the group.
 */
typedef const struct ini_option *ini_find_option(
    struct piece group, struct piece name);

/*
 * Parse `text`.  On success *ret_ini is the caller's, to be freed by
 * ini_free().  OSPROF_ECONFIG with the line and oslo.config's own words in
 * `ret_problem` (may be NULL) when it is malformed.
 */
enum osprof_error ini_parse(const char *text, size_t len, struct ini **ret_ini,
    struct config_problem *ret_problem);

/*
 * Look up the last value of an option, `$name`s replaced.
 *
 * *ret_value is the caller's to free, or NULL where the file has none and
 * there is no fallback; *ret_line is where it stands (0: nowhere).
 * OSPROF_ECONFIG with `ret_problem` (may be NULL) when a `$name` is unknown,
 * circular or in error, or the value holds a NUL byte.
 *
 * A `$name` may refer to what `find` knows and to whatever the file sets: in
 * an OpenStack service's file these are the service's options.
 */
enum osprof_error ini_get(const struct ini *ini,
    const struct ini_option *option, ini_find_option *find, char **ret_value,
    unsigned *ret_line, struct config_problem *ret_problem);

/*
 * Return the last value of an option as it is written, and in *ret_key the name
 * it is written by.  False where the file has none.
 */
bool ini_written(const struct ini *ini, const struct ini_option *option,
    struct piece *ret_key, struct piece *ret_value);

/* Overwrites what it frees: it held secrets.  NULL is fine. */
void ini_free(struct ini *ini);

/* Say what is wrong; without a `problem` to fill, do nothing. */
void ini_problem(struct config_problem *problem, unsigned line,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
