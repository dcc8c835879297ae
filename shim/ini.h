/*
 * ini.h - the ini dialect of oslo.config (facts/ecosystem.md, section 3).
 */
#ifndef SHIM_INI_H
#define SHIM_INI_H

#include <stddef.h>

#include "shim/config.h"

struct ini;

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
 * *ret_value is NULL where the option is absent, else the caller's to free.
 * OSPROF_ECONFIG with `ret_problem` when a `$name` is unknown or circular.
 * `default_of` tells the default of an option that a `$name` may refer to (its
 * arguments: group, name; NULL where there is no such option).
 */
enum osprof_error ini_get(const struct ini *ini, const char *group,
    const char *name, const char *(*default_of)(const char *, const char *),
    char **ret_value, struct config_problem *ret_problem);

void ini_free(struct ini *ini);

#endif
