/*
 * config.c - from a file to a struct config.
 *
 * Runs inside the traced program, perhaps a setuid one: the environment counts
 * only where the program's user could have set it, and nothing that lies in
 * the file's place holds the program up.
 */
#include "shim/config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim/option.h"

#define FILE_SIZE_MAX ((size_t)1024 * 1024)
#define SYSTEM_FILE "/etc/osprof/osprof.ini"

/* The choices are stored as what the compiler makes of their enums. */
_Static_assert(sizeof(enum implicit_mode) == sizeof(unsigned) &&
		   sizeof(enum drain_mode) == sizeof(unsigned) &&
		   sizeof(enum full_mode) == sizeof(unsigned),
    "an enum of struct config has the size of an int");

static void
store_number(
    struct config *config, const struct option *option, uint64_t number)
{
	void *member = (char *)config + option->offset;

	if (option->type->size == sizeof(bool))
		*(bool *)member = number != 0;
	else if (option->type->size == sizeof(unsigned))
		*(unsigned *)member = (unsigned)number;
	else
		*(uint64_t *)member = number;
}

static uint64_t
load_number(const struct config *config, const struct option *option)
{
	const void *member = (const char *)config + option->offset;

	if (option->type->size == sizeof(bool))
		return *(const bool *)member;
	if (option->type->size == sizeof(unsigned))
		return *(const unsigned *)member;
	return *(const uint64_t *)member;
}

static char **
text_member(const struct config *config, const struct option *option)
{
	return (char **)((uintptr_t)config + option->offset);
}

/*
 * Tell of a value that cannot be read.  It is shown as it is written: with its
 * `$name`s replaced it might show a secret.
 */
static void
refuse_value(const struct ini *ini, const struct option *option, unsigned line,
    struct config_problem *problem)
{
	struct piece key = piece_of(option->ini.name), value = {"", 0};
	char wanted[128], shown[61];
	size_t len = 0;

	ini_written(ini, &option->ini, &key, &value);
	for (; len < value.len && len + 1 < sizeof(shown); len++) {
		unsigned char c = (unsigned char)value.at[len];

		shown[len] = c < 0x20 || c >= 0x7f ? '?' : (char)c;
	}
	shown[len] = 0;
	option_wants(option, wanted, sizeof(wanted));
	ini_problem(problem, line, "%.*s = %s%s: %s", (int)key.len, key.at,
	    shown, len < value.len ? "..." : "", wanted);
}

static enum osprof_error
read_option(const struct ini *ini, const struct option *option,
    struct config *config, struct config_problem *problem)
{
	unsigned line;
	uint64_t number;
	char *text;
	enum osprof_error err = ini_get(
	    ini, &option->ini, option_find, &text, &line, problem);

	if (err != OSPROF_OK)
		return err;
	if (!option->type->read) {
		*text_member(config, option) = text;
		return OSPROF_OK;
	}
	if (option_read(option, text, &number)) {
		store_number(config, option, number);
	} else {
		refuse_value(ini, option, line, problem);
		err = OSPROF_ECONFIG;
	}
	free(text);
	return err;
}

enum osprof_error
config_parse(const char *text, size_t len, struct config **ret_config,
    struct config_problem *ret_problem)
{
	struct config *config = calloc(1, sizeof(*config));
	struct ini *ini = NULL;
	enum osprof_error err = OSPROF_ENOMEM;

	/* What stands if nothing else comes to be said. */
	ini_problem(ret_problem, 0, "there is not enough memory");
	if (config)
		err = ini_parse(text, len, &ini, ret_problem);
	for (size_t i = 0; err == OSPROF_OK && i < option_count; i++)
		err = read_option(ini, &options[i], config, ret_problem);
	ini_free(ini);
	if (err != OSPROF_OK) {
		config_free(config);
		return err;
	}
	ini_problem(ret_problem, 0, "%s", "");
	*ret_config = config;
	return OSPROF_OK;
}

void
config_free(struct config *config)
{
	if (!config)
		return;
	for (size_t i = 0; i < option_count; i++) {
		char *text;

		if (options[i].type->read)
			continue;
		text = *text_member(config, &options[i]);
		if (text && options[i].ini.secret)
			explicit_bzero(text, strlen(text));
		free(text);
	}
	free(config->path);
	free(config);
}

static void
each_text(const struct option *option, const char *text,
    void (*each)(void *, const char *, const char *, bool), void *arg)
{
	const char *fallback = option->ini.fallback;
	bool is_default = text && fallback ? strcmp(text, fallback) == 0
					   : text == fallback;

	if (option->ini.secret && !is_default && *text)
		text = "****";
	each(arg, option->ini.name, text ? text : "", is_default);
}

static void
each_number(const struct option *option, uint64_t number,
    void (*each)(void *, const char *, const char *, bool), void *arg)
{
	uint64_t fallback = 0;
	char value[64];

	option_read(option, option->ini.fallback, &fallback);
	option->type->show(option, number, value, sizeof(value));
	each(arg, option->ini.name, value, number == fallback);
}

void
config_each(const struct config *config,
    void (*each)(
	void *arg, const char *name, const char *value, bool is_default),
    void *arg)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option *option = &options[i];

		if (option->type->read)
			each_number(
			    option, load_number(config, option), each, arg);
		else
			each_text(
			    option, *text_member(config, option), each, arg);
	}
}

static enum osprof_error
refuse_file(struct config_problem *problem, enum osprof_error err,
    const char *path, const char *why)
{
	ini_problem(problem, 0, "%.180s: %s", path, why);
	return err;
}

static enum osprof_error
refuse_errno(struct config_problem *problem, const char *path, int error)
{
	char text[64];

	return refuse_file(problem, OSPROF_ENOCONFIG, path,
	    strerror_r(error, text, sizeof(text)));
}

/* Read to the end, or until `cap` is full; -1 with errno. */
static ssize_t
read_all(int fd, char *text, size_t cap)
{
	size_t len = 0;

	while (len < cap) {
		ssize_t n = read(fd, text + len, cap - len);

		if (n == 0)
			break;
		if (n > 0)
			len += (size_t)n;
		else if (errno != EINTR)
			return -1;
	}
	return (ssize_t)len;
}

static enum osprof_error
load_open(int fd, const char *path, struct config **ret_config,
    struct config_problem *problem)
{
	struct stat status;
	char *text = NULL;
	ssize_t len;
	enum osprof_error err;

	if (fstat(fd, &status) < 0)
		return refuse_errno(problem, path, errno);
	if (!S_ISREG(status.st_mode))
		return refuse_file(
		    problem, OSPROF_ENOCONFIG, path, "is not a regular file");
	ini_problem(problem, 0, "there is not enough memory");
	text = malloc(FILE_SIZE_MAX + 1);
	if (!text)
		return OSPROF_ENOMEM;
	len = read_all(fd, text, FILE_SIZE_MAX + 1);
	if (len < 0)
		err = refuse_errno(problem, path, errno);
	else if ((size_t)len > FILE_SIZE_MAX)
		err = refuse_file(problem, OSPROF_ECONFIG, path,
		    "is larger than 1 MiB, the most that is read");
	else
		err = config_parse(text, (size_t)len, ret_config, problem);
	if (len > 0)
		explicit_bzero(text, (size_t)len);
	free(text);
	return err;
}

enum osprof_error
config_load(const char *path, struct config **ret_config,
    struct config_problem *ret_problem)
{
	struct config *config;
	enum osprof_error err;
	int fd;

	if (!path)
		return config_parse("", 0, ret_config, ret_problem);
	/* O_NONBLOCK: a fifo in the file's place must not hold the program. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return refuse_errno(ret_problem, path, errno);
	err = load_open(fd, path, &config, ret_problem);
	close(fd);
	if (err != OSPROF_OK)
		return err;
	config->path = strdup(path);
	if (!config->path) {
		config_free(config);
		ini_problem(ret_problem, 0, "there is not enough memory");
		return OSPROF_ENOMEM;
	}
	*ret_config = config;
	return OSPROF_OK;
}

static bool
copy_path(const char *path, char *out, size_t cap)
{
	char folder[PATH_MAX] = "";
	int len;

	if (*path != '/' && !getcwd(folder, sizeof(folder)))
		return false;
	len = snprintf(out, cap, "%s%s%s", folder,
	    *path == '/' || strcmp(folder, "/") == 0 ? "" : "/", path);
	return len >= 0 && (size_t)len < cap;
}

/* What is there but cannot be looked at is found: loading it will say why. */
static bool
exists(const char *path, struct stat *status)
{
	memset(status, 0, sizeof(*status));
	return stat(path, status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* Not what a stranger may have left in a folder like /tmp for root to read. */
static bool
folder_has_file(void)
{
	struct stat file, folder;

	return exists("osprof.ini", &file) && stat(".", &folder) == 0 &&
	       (!(folder.st_mode & S_IWOTH) || file.st_uid == 0 ||
		   file.st_uid == geteuid());
}

bool
config_find(char *path, size_t cap)
{
	const char *named = secure_getenv("OSPROF_CONFIG");
	struct stat status;

	if (named && *named)
		return copy_path(named, path, cap);
	if (!getauxval(AT_SECURE) && folder_has_file())
		return copy_path("osprof.ini", path, cap);
	return exists(SYSTEM_FILE, &status) &&
	       copy_path(SYSTEM_FILE, path, cap);
}
