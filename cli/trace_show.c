/*
 * trace_show.c - osprof trace show: one trace, as a tree or as JSON.
 */
#include <getopt.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/line.h"
#include "cli/progress.h"
#include "cli/report_json.h"
#include "cli/report_tree.h"
#include "cli/trace_id.h"

static const struct usage usage = {
    .command = "osprof trace show",
    .help = "usage: osprof trace show ID [options]\n"
	    "\n"
	    "Show a trace: a tree of its points, or the report that OSProfiler "
	    "makes.\n"
	    "\n"
	    "  --json                   write JSON\n"
	    "  --out FILE               write to FILE instead of stdout\n"
	    "  --connection-string S    the storage; else "
	    "$OSPROFILER_CONNECTION_STRING,\n"
	    "                           the configuration's, or sqlite://\n"
	    "  -h, --help               print this\n",
};

struct show {
	const char *id; /* as typed */
	const char *connection_string;
	const char *path;
	bool json;
	struct report report;
	struct progress progress;
	bool no_memory;
};

static bool
take_message(void *arg, const struct message *message)
{
	struct show *show = arg;

	progress_step(&show->progress);
	show->no_memory = !report_add(&show->report, message);
	return !show->no_memory;
}

/* Look for the id as it should be spelled, then as it was typed. */
static enum osprof_error
read_messages(struct show *show, struct collector *collector)
{
	char id[UUID_TEXT_LEN + 1];
	enum osprof_error err = OSPROF_ENOTFOUND;

	if (trace_id_normalise(show->id, id))
		err = collector->driver->read(
		    collector, id, take_message, show);
	if (err == OSPROF_ENOTFOUND && strcmp(id, show->id) != 0)
		err = collector->driver->read(
		    collector, show->id, take_message, show);
	return show->no_memory ? OSPROF_ENOMEM : err;
}

static void
complain_read(
    const struct show *show, enum osprof_error err, const char *problem)
{
	if (err == OSPROF_ENOTFOUND)
		complain("Trace with UUID %s not found. Please check the HMAC "
			 "key used in the command.",
		    show->id);
	else if (err == OSPROF_ENOMEM)
		complain("no memory for a trace of this size");
	else
		complain("%s", problem);
}

static bool
read_trace(struct show *show)
{
	struct collector_config config = {.mode = COLLECTOR_READ};
	char problem[COLLECTOR_PROBLEM] = "";
	char *storage = choose_storage(show->connection_string);
	struct collector *collector = NULL;
	enum osprof_error err;

	if (!storage)
		return false;
	config.connection_string = storage;
	err = collector_open(&config, &collector, problem);
	if (err == OSPROF_OK) {
		err = read_messages(show, collector);
		strcpy(problem, collector->problem);
	}
	progress_end(&show->progress);
	if (err != OSPROF_OK)
		complain_read(show, err, problem);
	collector_close(collector);
	free(storage);
	return err == OSPROF_OK;
}

static bool
build_report(struct show *show)
{
	enum osprof_error err = OSPROF_OK;

	if (!report_build(
		&show->report, show->json ? REPORT_BY_MS : REPORT_BY_US))
		err = OSPROF_ENOMEM;
	else if (show->json && !show->report.roots)
		err = OSPROF_ENOTFOUND; /* as the real one says it */
	if (err != OSPROF_OK)
		complain_read(show, err, "");
	return err == OSPROF_OK;
}

static void
write_tree(struct out *out, const struct show *show)
{
	char id[UUID_TEXT_LEN + 1];
	struct line line;

	line_init(&line, out);
	report_tree(&line, &show->report,
	    trace_id_normalise(show->id, id) ? id : show->id);
	line_free(&line);
}

static bool
write_report(const struct show *show)
{
	struct out out;

	if (!out_open(&out, show->path))
		return complain_output(show->path);
	if (show->json)
		report_json(&out, &show->report);
	else
		write_tree(&out, show);
	if (show->json && !show->path)
		out_char(&out, '\n');
	return out_close(&out) || complain_output(show->path);
}

static int
read_options(struct show *show, int argc, char **argv)
{
	const struct argument arguments[] = {
	    {"json", .flag = &show->json},
	    {"out", .text = &show->path},
	    {"connection-string", .text = &show->connection_string},
	    {0},
	};
	int status = read_arguments(&usage, arguments, argc, argv);

	if (status < 0 && argc - optind != 1)
		return complain_usage(usage.command, "%s",
		    argc == optind ? "the trace's id is missing"
				   : "one trace at a time");
	if (status < 0)
		show->id = argv[optind];
	return status;
}

int
trace_show_command(int argc, char **argv)
{
	struct show show = {0};
	int status = read_options(&show, argc, argv);

	if (status >= 0)
		return status;
	report_init(&show.report);
	progress_init(&show.progress);
	status = EXIT_BAD;
	if (read_trace(&show) && build_report(&show) && write_report(&show))
		status = EXIT_GOOD;
	report_free(&show.report);
	return status;
}
