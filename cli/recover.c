/*
 * recover.c - osprof recover: store what dead programs left in their rings.
 */
#include "collectors/recover.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "shim/spool.h"
#include "shim/spool_dir.h"

static const struct usage usage = {
    .command = "osprof recover",
    .help =
	"usage: osprof recover [options]\n"
	"\n"
	"Store the records that programs left behind which ended before they "
	"could.\n"
	"\n"
	"  --all                    also those of programs with another "
	"storage\n"
	"  --spool-dir D            the spool folder; else the "
	"configuration's\n"
	"  --connection-string S    the storage; else "
	"$OSPROFILER_CONNECTION_STRING,\n"
	"                           the configuration's, or sqlite://\n"
	"  -h, --help               print this\n",
};

struct recovery {
	const char *connection_string;
	const char *spool_dir;
	bool all;
};

static bool
choose_spool(const char *option, char *path, size_t cap)
{
	struct config *config;
	bool found;

	if (option) {
		found = spool_dir_path(option, path, cap);
	} else {
		if (!load_config(&config))
			return false;
		found = spool_dir_path(config->spool_dir, path, cap);
		config_free(config);
	}
	if (!found)
		complain("the spool folder's path is too long");
	return found;
}

static void
print_rest(struct out *out, const struct recover_report *report)
{
	const struct {
		uint64_t count;
		const char *what;
	} rest[] = {
	    {report->dropped, "records the programs had no room for"},
	    {report->torn, "records could not be read"},
	    {report->left_alive, "files left to programs that run"},
	    {report->left_other,
		"files of another storage left; --all takes them"},
	    {report->left_bad, "files left that are no spool files"},
	};

	for (size_t i = 0; i < sizeof(rest) / sizeof(*rest); i++)
		if (rest[i].count)
			out_format(out, "%" PRIu64 " %s\n", rest[i].count,
			    rest[i].what);
}

static bool
print_recovered(const struct recover_report *report, const char *path)
{
	struct out out;

	if (!out_open(&out, NULL))
		return complain_output(NULL);
	out_format(&out,
	    "recovered %" PRIu64 " record%s from %" PRIu64 " file%s in ",
	    report->records, report->records == 1 ? "" : "s", report->files,
	    report->files == 1 ? "" : "s");
	out_text(&out, path);
	out_char(&out, '\n');
	print_rest(&out, report);
	return out_close(&out) || complain_output(NULL);
}

static int
recover(const struct recovery *recovery)
{
	char path[SPOOL_PATH_MAX], problem[COLLECTOR_PROBLEM] = "";
	struct recover_report report = {0};
	char *storage = choose_storage(recovery->connection_string);
	enum osprof_error err;
	bool good = false;

	if (storage && choose_spool(recovery->spool_dir, path, sizeof(path))) {
		err = recover_spool(
		    path, storage, recovery->all, &report, problem);
		if (err != OSPROF_OK)
			complain("%s", problem);
		good = err == OSPROF_OK && print_recovered(&report, path);
	}
	free(storage);
	return good ? EXIT_GOOD : EXIT_BAD;
}

int
recover_command(int argc, char **argv)
{
	struct recovery recovery = {0};
	const struct argument arguments[] = {
	    {"all", .flag = &recovery.all},
	    {"spool-dir", .text = &recovery.spool_dir},
	    {"connection-string", .text = &recovery.connection_string},
	    {0},
	};
	int status = read_only_arguments(&usage, arguments, argc, argv);

	return status < 0 ? recover(&recovery) : status;
}
