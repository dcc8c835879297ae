/*
 * uri.h - connection strings of the drivers that store in files.
 *
 * `scheme://`, `scheme:///path`, `scheme://path?key=value&key=value`; the path
 * is percent-decoded, a relative one is taken from the working folder.
 */
#ifndef COLLECTORS_URI_H
#define COLLECTORS_URI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define URI_PATH_MAX 4096

#define URI_SCHEME_MAX 32

struct uri {
	char scheme[URI_SCHEME_MAX]; /* lower case */
	char path[URI_PATH_MAX];     /* empty: the driver's default */
	char query[1024];            /* after the `?`, still encoded */
};

/*
 * Read the scheme alone, in lower case, of any driver's connection string.
 * The whole text is the scheme where there is no "://".
 */
bool uri_scheme(const char *text, char ret_scheme[URI_SCHEME_MAX]);

/* False where `text` is malformed or too long. */
bool uri_parse(const char *text, struct uri *ret_uri);

/*
 * Read a size option such as max_size=100M (k, M, G: powers of 1024) into
 * *ret_value.  Leaves it alone where absent; false where malformed.
 */
bool uri_size(const struct uri *uri, const char *key, uint64_t *ret_value);

/*
 * Write the path of the default storage `file` in the user's state folder:
 * $XDG_STATE_HOME/osprof, else $HOME/.local/state/osprof, else
 * /var/tmp/osprof-<uid>.  In setuid programs only the last.
 */
bool uri_default_path(const char *file, char *path, size_t cap);

/*
 * Make the folders above `path`, 0700, as far as they are missing.  False with
 * errno where that fails.
 */
bool uri_make_folders(const char *path);

#endif
