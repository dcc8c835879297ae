/*
 * uri.c - connection strings of the drivers that store in files.
 */
#include "collectors/uri.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collectors/json.h"

/* The length of the text before "://", or of all where that is not there. */
static size_t
scheme_len(const char *text)
{
	const char *colon = strstr(text, "://");

	return colon ? (size_t)(colon - text) : strlen(text);
}

/* isalnum() of the C locale: the program may have set another. */
static bool
is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool
uri_scheme(const char *text, char ret_scheme[URI_SCHEME_MAX])
{
	size_t len = scheme_len(text);

	if (len == 0 || len >= URI_SCHEME_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (!is_alnum(c) && c != '+' && c != '-' && c != '.')
			return false;
		ret_scheme[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20)
						     : (char)c;
	}
	ret_scheme[len] = '\0';
	return true;
}

/* Decode %XX.  A NUL would end the path where nobody sees it. */
static bool
path_read(const char *text, size_t len, char *out, size_t cap)
{
	const char *end = text + len;
	size_t used = 0;

	while (text < end) {
		int c = (unsigned char)*text++;

		if (c == '%') {
			int high = end - text >= 2 ? json_hex_value(text[0])
						   : -1;
			int low = high >= 0 ? json_hex_value(text[1]) : -1;

			c = low >= 0 ? high << 4 | low : 0;
			text += 2;
		}
		if (c == 0 || used + 1 >= cap)
			return false;
		out[used++] = (char)c;
	}
	out[used] = '\0';
	return true;
}

bool
uri_parse(const char *text, struct uri *ret_uri)
{
	size_t len = scheme_len(text);
	const char *path = text[len] ? text + len + strlen("://") : "";
	size_t path_len = strcspn(path, "?");
	const char *query = path + path_len + (path[path_len] == '?');

	if (!uri_scheme(text, ret_uri->scheme) ||
	    !path_read(path, path_len, ret_uri->path, sizeof(ret_uri->path)) ||
	    strlen(query) >= sizeof(ret_uri->query))
		return false;
	strcpy(ret_uri->query, query);
	return true;
}

/* The value of `key` in the query, up to its & or the end; NULL: absent. */
static const char *
query_find(const struct uri *uri, const char *key)
{
	size_t len = strlen(key);
	const char *at = uri->query;

	for (;;) {
		if (strncmp(at, key, len) == 0 && at[len] == '=')
			return at + len + 1;
		at = strchr(at, '&');
		if (!at)
			return NULL;
		at++;
	}
}

/* The power of two that a suffix stands for; -1: no such suffix. */
static int
suffix_shift(const char *suffix, size_t len)
{
	if (len == 0)
		return 0;
	if (len > 1)
		return -1;
	switch (*suffix) {
	case 'k':
	case 'K':
		return 10;
	case 'm':
	case 'M':
		return 20;
	case 'g':
	case 'G':
		return 30;
	default:
		return -1;
	}
}

bool
uri_size(const struct uri *uri, const char *key, uint64_t *ret_value)
{
	const char *at = query_find(uri, key);
	unsigned long long value;
	char *suffix;
	int shift;

	if (!at)
		return true;
	if (!(*at >= '0' && *at <= '9'))
		return false;
	errno = 0;
	value = strtoull(at, &suffix, 10);
	shift = suffix_shift(suffix, strcspn(suffix, "&"));
	if (errno || shift < 0 || value > UINT64_MAX >> shift)
		return false;
	*ret_value = (uint64_t)value << shift;
	return true;
}

static bool
path_format(char *path, size_t cap, const char *folder, const char *below,
    const char *file)
{
	int len = snprintf(path, cap, "%s%s/%s", folder, below, file);

	return len > 0 && (size_t)len < cap;
}

bool
uri_default_path(const char *file, char *path, size_t cap)
{
	const char *state = secure_getenv("XDG_STATE_HOME");
	const char *home = secure_getenv("HOME");
	char folder[64];

	if (state && state[0] == '/')
		return path_format(path, cap, state, "/osprof", file);
	if (home && home[0] == '/')
		return path_format(
		    path, cap, home, "/.local/state/osprof", file);
	snprintf(folder, sizeof(folder), "/var/tmp/osprof-%lu",
	    (unsigned long)geteuid());
	return path_format(path, cap, folder, "", file);
}

/* Make one folder that is the user's alone, whatever the umask. */
static bool
make_folder(const char *path)
{
	int fd;

	if (mkdir(path, 0700) != 0)
		return errno == EEXIST;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0) {
		fchmod(fd, 0700);
		close(fd);
	}
	return true;
}

bool
uri_make_folders(const char *path)
{
	char folder[URI_PATH_MAX];
	size_t len = strlen(path);

	if (len >= sizeof(folder)) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(folder, path, len + 1);
	for (char *slash = strchr(folder + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		struct stat st;

		/* mkdir() of what is there may fail with EROFS or EACCES. */
		*slash = '\0';
		if (stat(folder, &st) != 0 && !make_folder(folder))
			return false;
		*slash = '/';
	}
	return true;
}
