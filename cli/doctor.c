/*
 * doctor.c - osprof doctor: what is wrong with the set-up, and what to do.
 *
 * Looks and touches nothing: no file is made, no record is moved.  Every line
 * begins with ok, warn or bad; bad ones make the exit status 1.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/doctor.h"
#include "cli/line.h"
#include "collectors/uri.h"
#include "collectors/collector.h"
#include "shim/sign.h"
#include "shim/spool.h"
#include "shim/spool_dir.h"
#include "shim/spool_left.h"

#define PATH_SIZE 4096
#define STORAGE_ROOM (1024 * 1024) /* bytes; with less, a disk is full */

static const struct usage usage = {
    .command = "osprof doctor",
    .runs = true,
    .help =
	"usage: osprof doctor [options]\n"
	"       osprof doctor [--] COMMAND [ARGUMENTS]\n"
	"\n"
	"Tell what configuration is in force, which drivers load, whether "
	"storage\n"
	"can be reached and what lies in the spool folder; and what is wrong.\n"
	"With a command: which of its calls `osprof run` would trace, and why "
	"not\n"
	"others.  The command is not run.\n"
	"\n"
	"  --connection-string S    look at this storage instead\n"
	"  -h, --help               print this\n",
};

static void
show_option(void *arg, const char *name, const char *value, bool is_default)
{
	struct doctor *doctor = arg;

	line_format(&doctor->line, "       %-18s ", name);
	if (!value || !*value)
		value = "-";
	line_text(&doctor->line, (struct text){value, strlen(value)});
	if (is_default)
		line_plain(&doctor->line, " (default)");
	line_end(&doctor->line);
}

/* Whether what the configuration asks of signatures can be done. */
static void
check_keys(struct doctor *doctor, const char *keys)
{
	char hmac[SIGN_HMAC_LEN + 1], problem[PLUGIN_PROBLEM];
	char *key = sign_first_key(keys);

	if (sign_has_key(keys, "SECRET_KEY"))
		doctor_say(doctor, WARN,
		    "hmac_keys has SECRET_KEY, which everyone "
		    "knows: anyone can have requests traced; "
		    "choose a key of your own");
	if (key && !sign_hmac(key, "", hmac, problem))
		doctor_say(doctor, WARN,
		    "traces cannot be signed, nor signatures checked: %s",
		    problem);
	sign_key_free(key);
}

static void
check_options(struct doctor *doctor)
{
	const struct config *config = doctor->config;

	config_each(config, show_option, doctor);
	if (!config->enabled)
		doctor_say(doctor, WARN, "tracing is off: set enabled = true");
	else if (!config->trace_sql)
		doctor_say(doctor, WARN,
		    "statements are not traced: set trace_sql = true");
	else
		doctor_say(doctor, OK, "statements are traced, %s",
		    config->hide_args ? "values hidden" : "values included");
	check_keys(doctor, config->hmac_keys);
}

static void
check_config(struct doctor *doctor)
{
	struct config_problem problem = {0};
	char path[PATH_SIZE];
	bool found = config_find(path, sizeof(path));

	if (config_load(found ? path : NULL, &doctor->config, &problem) !=
	    OSPROF_OK) {
		doctor->config = NULL;
		if (problem.line)
			doctor_say(doctor, BAD, "configuration %s, line %u: %s",
			    path, problem.line, problem.text);
		else
			doctor_say(doctor, BAD, "configuration %s: %s", path,
			    problem.text);
		doctor_say(
		    doctor, BAD, "tracing is off until the file is right");
		return;
	}
	if (found)
		doctor_say(doctor, OK, "configuration %s", path);
	else
		doctor_say(doctor, WARN,
		    "no configuration file: name one by "
		    "OSPROF_CONFIG, or write osprof.ini in the "
		    "working folder or /etc/osprof/osprof.ini");
	check_options(doctor);
}

static void
show_driver(
    void *arg, const char *scheme, const char *driver, const char *problem)
{
	struct doctor *doctor = arg;

	if (problem)
		doctor_say(doctor, WARN, "driver %s:// does not load: %s",
		    scheme, problem);
	else
		doctor_say(doctor, OK, "driver %s:// (%s)", scheme, driver);
}

/* Whether files could be made in the nearest folder above `path`. */
static bool
can_make(const char *path)
{
	char folder[PATH_SIZE];

	snprintf(folder, sizeof(folder), "%s", path);
	for (;;) {
		char *slash = strrchr(folder, '/');

		if (!slash)
			return access(".", W_OK | X_OK) == 0;
		slash[slash == folder] = '\0';
		if (access(folder, F_OK) == 0)
			return access(folder, W_OK | X_OK) == 0;
		if (slash == folder)
			return false;
	}
}

/* Whether the disk of the nearest folder above `path` has room to speak of. */
static bool
has_room(const char *path)
{
	char folder[PATH_SIZE];
	struct statvfs disk;

	snprintf(folder, sizeof(folder), "%s", path);
	while (statvfs(folder, &disk) != 0) {
		char *slash = strrchr(folder, '/');

		if (!slash || slash == folder)
			return true;
		*slash = '\0';
	}
	return disk.f_bavail >= STORAGE_ROOM / disk.f_frsize;
}

/* Where storage is a file: can a traced program write to it? */
static void
check_writable(struct doctor *doctor, const char *storage)
{
	struct uri uri;
	char path[PATH_SIZE];

	if (!uri_parse(storage, &uri))
		return;
	snprintf(path, sizeof(path), "%s", uri.path);
	if (!*path && !uri_default_path("osprof", path, sizeof(path)))
		return;
	if (!can_make(path) ||
	    (access(path, F_OK) == 0 && access(path, W_OK) != 0))
		doctor_say(doctor, BAD,
		    "storage: %s cannot be written to: change its "
		    "owner or mode, or name another storage",
		    path);
	else if (!has_room(path))
		doctor_say(doctor, BAD,
		    "storage: the disk of %s is full: free space there, or "
		    "name another storage",
		    path);
}

static void
check_storage(struct doctor *doctor, const char *option)
{
	struct collector_config config = {.mode = COLLECTOR_READ};
	char problem[COLLECTOR_PROBLEM] = "";
	char *storage = NULL;
	struct collector *collector;
	enum osprof_error err;

	if (option || doctor->config)
		storage = choose_storage(option);
	if (!storage) {
		doctor->ill |= doctor->config != NULL;
		return;
	}
	config.connection_string = storage;
	err = collector_open(&config, &collector, problem);
	if (err == OSPROF_OK) {
		doctor_say(doctor, OK, "storage can be read (%s)",
		    collector->driver->name);
		collector_close(collector);
	} else if (err == OSPROF_ENOTFOUND) {
		doctor_say(doctor, WARN, "storage: nothing was stored yet: %s",
		    problem);
	} else {
		doctor_say(doctor, BAD, "storage: %s", problem);
	}
	if (err == OSPROF_OK || err == OSPROF_ENOTFOUND)
		check_writable(doctor, storage);
	free(storage);
}

/* What the files in the spool folder add up to. */
struct spool_sum {
	const char *dir;
	uint64_t alive, dead, bad;
	uint64_t called, written, dropped; /* of dead programs */
	uint64_t waiting;                  /* bytes of records */
};

static void
add_ring(struct spool_sum *sum, const struct ring *ring)
{
	sum->called += ring->called;
	sum->written += ring->written;
	sum->dropped += ring->dropped_full + ring->dropped_nested;
	sum->waiting += ring->head - ring->tail;
}

static void
add_file(void *arg, const char *name)
{
	struct spool_sum *sum = arg;
	struct spool_left left;
	const struct ring *ring;
	uint64_t at = 0;

	switch (spool_take(sum->dir, name, &left)) {
	case SPOOL_ALIVE:
		sum->alive++;
		return;
	case SPOOL_BAD:
		sum->bad++;
		return;
	case SPOOL_DEAD:
		sum->dead++;
	}
	sum->called += left.header->called;
	sum->dropped += left.header->dropped_no_ring +
			left.header->dropped_exit;
	while ((ring = spool_left_ring(&left, &at)))
		add_ring(sum, ring);
	spool_left_close(&left, false);
}

static void
say_spool(struct doctor *doctor, const struct spool_sum *sum)
{
	doctor_say(doctor, OK, "spool folder %s: %" PRIu64 " running program%s",
	    sum->dir, sum->alive, sum->alive == 1 ? "" : "s");
	if (sum->dead)
		doctor_say(doctor, WARN,
		    "%" PRIu64 " spool file%s of dead programs, "
		    "%" PRIu64 " bytes of records: run "
		    "`osprof recover`",
		    sum->dead, sum->dead == 1 ? "" : "s", sum->waiting);
	if (sum->dropped)
		doctor_say(doctor, WARN,
		    "they dropped %" PRIu64 " of %" PRIu64
		    " records: raise ring_size, or set "
		    "on_full = block",
		    sum->dropped, sum->written + sum->dropped);
	if (sum->bad)
		doctor_say(doctor, WARN,
		    "%" PRIu64 " unreadable spool file%s in %s: "
		    "look at them and delete them",
		    sum->bad, sum->bad == 1 ? "" : "s", sum->dir);
}

/* Say what lies in the folder, which is there. */
static void
examine_spool(struct doctor *doctor, const char *path)
{
	struct spool_sum sum = {.dir = path};

	if (spool_each(path, add_file, &sum) < 0)
		doctor_say(
		    doctor, BAD, "spool folder %s: %s", path, strerror(errno));
	else
		say_spool(doctor, &sum);
}

static void
check_spool(struct doctor *doctor)
{
	const struct config *config = doctor->config;
	char path[SPOOL_PATH_MAX], problem[PATH_SIZE + 512];

	if (!spool_dir_path(
		config ? config->spool_dir : "", path, sizeof(path)))
		doctor_say(doctor, BAD, "the spool folder's path is too long");
	else if (!spool_dir_usable(path, config ? config->ring_size : 0,
		     problem, sizeof(problem)))
		doctor_say(doctor, BAD,
		    "spool folder: %s (until then, records do not survive a "
		    "kill)",
		    problem);
	else if (access(path, F_OK) != 0)
		doctor_say(doctor, OK,
		    "spool folder %s: not there yet, made at need", path);
	else
		examine_spool(doctor, path);
}

static int
examine(const char *connection_string)
{
	struct doctor doctor;

	if (!doctor_open(&doctor))
		return EXIT_BAD;
	check_config(&doctor);
	collector_each_driver(show_driver, &doctor);
	check_storage(&doctor, connection_string);
	check_spool(&doctor);
	if (doctor.config)
		config_free(doctor.config);
	return doctor_close(&doctor);
}

int
doctor_command(int argc, char **argv)
{
	const char *connection_string = NULL;
	const struct argument arguments[] = {
	    {"connection-string", .text = &connection_string},
	    {0},
	};
	int status = read_arguments(&usage, arguments, argc, argv);

	if (status >= 0)
		return status;
	if (optind < argc && connection_string)
		return complain_usage(
		    usage.command, "a command has no --connection-string");
	if (optind < argc)
		return doctor_program(argv[optind]);
	return examine(connection_string);
}
