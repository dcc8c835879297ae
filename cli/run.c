/*
 * run.c - osprof run: trace a program that nobody recompiles.
 *
 * The program and all that it starts write their rings into a spool folder
 * that is this run's own, and we drain them from outside, so that none of
 * them starts a thread.  The folder lies in the usual one: what is left in it
 * after a kill -9 of ours, `osprof recover` finds.  The trace's outermost
 * point, `process`, is a record of the same kind: we are a traced program too.
 */
#include "cli/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/program.h"
#include "collectors/event.h"
#include "collectors/run_folder.h"
#include "shim/process.h"
#include "shim/sign.h"
#include "shim/spool_dir.h"

static const struct usage usage = {
    .command = "osprof run",
    .runs = true,
    .help =
	"usage: osprof run [options] [--] COMMAND [ARGUMENT...]\n"
	"\n"
	"Run COMMAND and trace the SQL of it and of all that it starts.  Exits "
	"with\n"
	"COMMAND's status, or with 128 and the number of the signal that ended "
	"it.\n"
	"\n"
	"  --config F               the configuration file\n"
	"  --connection-string S    the storage; else "
	"$OSPROFILER_CONNECTION_STRING,\n"
	"                           the configuration's, or sqlite://\n"
	"  --os-profile KEY         sign the trace with this key; else the\n"
	"                           configuration's first\n"
	"  -h, --help               print this\n",
};

/* Make a folder below the usual one, for this run alone. */
static bool
make_folder(struct run *run, const struct config *config)
{
	char usual[SPOOL_PATH_MAX - 128], problem[512];
	int fd;

	if (!spool_dir_path(config->spool_dir, usual, sizeof(usual))) {
		complain("the spool folder's path is too long");
		return false;
	}
	fd = spool_dir_open(usual, true, problem, sizeof(problem));
	if (fd < 0) {
		complain("%s", problem);
		return false;
	}
	close(fd);
	if (run_folder_make(usual, spool_storage_key(run->storage), run->folder,
		sizeof(run->folder)) >= 0)
		return true; /* held until we end */
	complain("cannot make a folder in %s: %s", usual, strerror(errno));
	return false;
}

static void
tell_variable(void *good, const char *name, const char *value)
{
	if (!value)
		unsetenv(name);
	else if (!run_setenv(name, value))
		*(bool *)good = false;
}

/* Where the trace cannot be signed, it is told unsigned all the same. */
static bool
tell_trace(const struct run *run)
{
	char id[OSPROF_ID_SIZE], problem[PLUGIN_PROBLEM] = "";
	struct trace_root root;
	bool good = true;

	if (osprof_get_id(id) != OSPROF_OK ||
	    !trace_root_set(&root, run->base_id, id))
		return false;
	if (!context_for_child(&process.context, &root, run->key, tell_variable,
		&good, problem))
		complain("cannot sign the trace: %s", problem);
	return good;
}

/* False, after a complaint: the command runs, but nobody traces it. */
static bool
prepare(struct run *run)
{
	struct config *config;
	bool good;

	if (!load_config(&config))
		return false;
	run->hide_args = config->hide_args;
	run->key = sign_first_key(
	    run->os_profile ? run->os_profile : config->hmac_keys);
	run->patience_ns = config->exit_timeout_ms * MS;
	good = make_folder(run, config);
	if (!config->service)
		process.service = basename(run->argv[0]);
	config_free(config);
	if (!good || !run_setenv("OSPROF_RUN", run->folder))
		return false;
	if (!agent_open(&run->agent, run->folder, run->storage, true)) {
		complain("there is no memory");
		return false;
	}
	return run_point_start(run->argv, run->hide_args, run->base_id) &&
	       tell_trace(run) && run_preload();
}

/* What the environment says of a run is ours alone to say. */
static void
forget_trace(const struct run *run)
{
	unsetenv("OSPROF_RUN");
	unsetenv("OSPROF_TRACE");
	rmdir(run->folder);
}

/* Say in a line why a program will not be traced. */
static void
tell_obstacle(const char *command)
{
	struct program program;
	const char *obstacle = program_obstacle(
	    program_inspect(command, &program));

	if (obstacle && program.kind != PROGRAM_ABSENT)
		complain("%s %s: it runs, but is not traced", program.path,
		    obstacle);
}

/*
 * The lines that OpenStack's clients print.  A connection string is said again
 * only where it can hold no password and needs no more than quotes.
 */
static void
tell_id(const struct run *run)
{
	const char *given = run->connection_string;
	const char *storage = given && !strpbrk(given, "@'") ? given : NULL;
	char *text;
	int len = asprintf(&text,
	    "Trace ID: %s\nDisplay trace with command:\n"
	    "osprof trace show %s%s%s%s%s\n",
	    run->base_id, run->base_id, storage ? " --connection-string " : "",
	    storage ? "'" : "", storage ? storage : "", storage ? "'" : "");

	if (len < 0)
		return;
	(void)!write(STDERR_FILENO, text, (size_t)len);
	free(text);
}

#define OWN_RECORDS 2 /* start and stop of `process` */

static void
tell_end(const struct run *run, bool stored, bool daemons)
{
	if (!stored)
		complain("storage does not take the records%s%s; they wait in "
			 "%s for `osprof recover`",
		    *run->agent.drain.problem ? ": " : "",
		    run->agent.drain.problem, run->folder);
	else if (run->agent.records <= OWN_RECORDS && !daemons)
		complain("the trace is empty: %s ran no statement that could "
			 "be traced (`osprof doctor -- %s` tells more)",
		    run->argv[0], run->argv[0]);
	if (run->agent.dropped)
		complain("%llu records are missing: the rings were full",
		    (unsigned long long)run->agent.dropped);
	tell_id(run);
}

/* The end of the trace: the last records, the folder, the lines. */
static void
finish(struct run *run)
{
	bool daemons = run_has_daemons(run);
	bool stored;

	agent_turn(&run->agent, true); /* who ended since the last one */
	stored = run_drain_rest(run);
	if (stored)
		spool_unlink(&process.spool);
	if (stored && daemons)
		run_leave_daemons(run);
	else
		rmdir(run->folder); /* only if nothing is left in it */
	agent_close(&run->agent);
	tell_end(run, stored, daemons);
}

static int
start_failed(struct run *run, int error)
{
	complain("%s: %s", run->argv[0], strerror(error));
	if (run->traced) {
		spool_unlink(&process.spool);
		agent_close(&run->agent);
		rmdir(run->folder);
	}
	return error == ENOENT || error == ENOTDIR ? EXIT_NOT_FOUND
						   : EXIT_CANNOT;
}

static int
run_it(struct run *run)
{
	int error;

	run->traced = prepare(run);
	if (!run->traced)
		forget_trace(run);
	else
		tell_obstacle(run->argv[0]);
	error = child_start(&run->child, run->argv);
	if (error)
		return start_failed(run, error);
	if (run->traced) {
		run_drain(run);
		finish(run);
	}
	while (!run->child.ended)
		child_wait(&run->child, 1000 * MS);
	return child_exit_status(&run->child);
}

/* --config names the file for us and for what we start. */
static bool
choose_config(const char *path)
{
	char *whole = realpath(path, NULL);
	bool good;

	if (!whole) {
		complain("%s: %s", path, strerror(errno));
		return false;
	}
	good = run_setenv("OSPROF_CONFIG", whole);
	free(whole);
	return good;
}

static int
run(struct run *run)
{
	int status;

	if (run->config_path && !choose_config(run->config_path))
		return EXIT_OURS;
	run->storage = choose_storage(run->connection_string);
	if (!run->storage)
		return EXIT_OURS;
	status = run_it(run);
	sign_key_free(run->key);
	free(run->storage);
	return status;
}

/* Keep a secret of the command line, which everybody may read, out of it. */
static void
take_secret(const char **argument)
{
	char *given = (char *)(uintptr_t)*argument;

	if (!given)
		return;
	*argument = strdup(given);
	memset(given, 'x', strlen(given));
}

int
run_command(int argc, char **argv)
{
	static struct run it; /* too much for a stack */
	const struct argument arguments[] = {
	    {"config", .text = &it.config_path},
	    {"connection-string", .text = &it.connection_string},
	    {"os-profile", .text = &it.os_profile},
	    {0},
	};
	int status = read_arguments(&usage, arguments, argc, argv);

	take_secret(&it.os_profile);
	if (status < 0 && optind == argc)
		status = complain_usage(
		    usage.command, "the command is missing");
	if (status >= 0)
		return status == EXIT_GOOD ? EXIT_GOOD : EXIT_OURS;
	it.argv = argv + optind;
	it.pid = (uint32_t)getpid();
	return run(&it);
}
