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
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/program.h"
#include "collectors/agent.h"
#include "collectors/event.h"
#include "collectors/json.h"
#include "shim/process.h"
#include "shim/spool.h"
#include "shim/traceparent.h"

#define COMMAND "osprof run"

static const char help[] =
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
    "  -h, --help               print this\n";

struct run {
	const char *connection_string; /* as given, or NULL */
	const char *config_path;
	char **argv; /* the command's */

	char *storage;
	bool hide_args;
	uint64_t patience_ns; /* with storage, when all is over */
	char folder[SPOOL_PATH_MAX - 64];
	char base_id[OSPROF_ID_SIZE];
	bool traced; /* there is a folder, and a trace */
	struct agent agent;
	struct child child;
};

/*
 * Before the command: the folder, the trace, the environment.
 */

/* Make a folder below the usual one, for this run alone. */
static bool
make_folder(struct run *run, const struct config *config)
{
	char usual[SPOOL_PATH_MAX - 128], problem[512];
	struct uuid_source source = {{0}};
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
	uuid_seed(&source);
	snprintf(run->folder, sizeof(run->folder), "%s/run-%u-%016llx", usual,
	    (unsigned)getpid(), (unsigned long long)uuid_word(&source));
	if (mkdir(run->folder, 0700) == 0)
		return true;
	complain("cannot make the folder %s: %s", run->folder, strerror(errno));
	return false;
}

/* The command as the point tells it: its values only if they may be seen. */
static void
put_command(struct json_out *out, const struct run *run)
{
	size_t count = 0, limit = (size_t)16 << 10;

	json_put_literal(out, "{\"command\": [");
	for (; run->argv[count]; count++) {
		const char *word = run->argv[count];
		size_t len = strnlen(word, limit);

		if (len == limit || (count && run->hide_args))
			limit = 0;
		if (limit == 0)
			continue;
		limit -= len;
		if (count)
			json_put_literal(out, ", ");
		json_put_string(out, word, len);
	}
	json_put_literal(out, "], \"arguments\": ");
	json_put_u64(out, count - 1);
	json_put_literal(out, "}\0");
}

/* The trace's outermost point: all else hangs below it. */
static bool
start_trace(struct run *run)
{
	struct json_out info = {0};
	enum osprof_error error = OSPROF_ENOMEM;
	const struct trace_root *root = &process.root;

	osprof_get_base_id(run->base_id); /* reads the configuration */
	if (osprof_init(NULL, process.joined ? root->base_text : NULL,
		process.joined ? root->parent_text : NULL) != OSPROF_OK)
		goto out;
	put_command(&info, run);
	if (!info.failed)
		error = osprof_start("process", info.start);
out:
	json_free(&info);
	if (error == OSPROF_OK)
		error = osprof_get_base_id(run->base_id);
	if (error != OSPROF_OK)
		complain("cannot begin the trace: %s", osprof_strerror(error));
	return error == OSPROF_OK;
}

static bool
tell_trace(const struct run *run)
{
	char id[OSPROF_ID_SIZE], both[2 * OSPROF_ID_SIZE];
	char traceparent[TRACEPARENT_LEN + 1];
	struct uuid base, parent;

	if (osprof_get_id(id) != OSPROF_OK)
		return false;
	snprintf(both, sizeof(both), "%s/%s", run->base_id, id);
	/* A pair that we were given names the point above ours. */
	unsetenv("X_TRACE_INFO");
	unsetenv("X_TRACE_HMAC");
	unsetenv("TRACEPARENT");
	if (uuid_parse(run->base_id, strlen(run->base_id), &base) &&
	    uuid_parse(id, strlen(id), &parent) &&
	    traceparent_format(&base, &parent, traceparent) &&
	    !run_setenv("TRACEPARENT", traceparent))
		return false;
	return run_setenv("OSPROF_TRACE", both);
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
	return start_trace(run) && tell_trace(run) && run_preload();
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
 * While it runs, and after.
 */

/* Programs that are read, but for ourselves. */
static bool
others_live(const struct run *run)
{
	return run->agent.living > (process.spool.header ? 1 : 0);
}

static void
put_number(struct json_out *out, const char *key, uint64_t value)
{
	json_put_raw(out, key, strlen(key));
	json_put_u64(out, value);
}

static void
put_time(struct json_out *out, const char *key, const struct timeval *time)
{
	put_number(out, key,
	    (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec);
}

static void
stop_trace(const struct run *run)
{
	const struct child *child = &run->child;
	struct json_out info = {0};

	put_number(&info, "{\"pid\": ", (uint64_t)child->pid);
	if (WIFSIGNALED(child->status))
		put_number(
		    &info, ", \"signal\": ", (uint64_t)WTERMSIG(child->status));
	else
		put_number(&info, ", \"exit_status\": ",
		    (uint64_t)WEXITSTATUS(child->status));
	put_time(&info, ", \"user_us\": ", &child->usage.ru_utime);
	put_time(&info, ", \"system_us\": ", &child->usage.ru_stime);
	put_number(
	    &info, ", \"max_rss_kb\": ", (uint64_t)child->usage.ru_maxrss);
	json_put_literal(&info, "}\0");
	osprof_stop(info.failed ? NULL : info.start);
	json_free(&info);
}

/* Drain until the command and all that it started are gone. */
static void
drain_living(struct run *run)
{
	uint64_t nap = 0;

	while (!run->child.ended) {
		child_wait(&run->child, nap);
		if (run->child.ended)
			stop_trace(run);
		nap = agent_turn(&run->agent, run->child.ended);
	}
	while ((others_live(run) || !run->child.alone) && !child_given_up()) {
		child_wait(&run->child, nap);
		nap = agent_turn(&run->agent, false);
	}
}

/* Store what is left; false if storage does not take it in time. */
static bool
drain_rest(struct run *run)
{
	uint64_t until = event_now_ns() + run->patience_ns;

	while (run->agent.error != OSPROF_OK || run->agent.left) {
		if (child_given_up() || event_now_ns() >= until)
			return false;
		child_wait(&run->child, 20 * MS);
		agent_turn(&run->agent, true);
	}
	return true;
}

/* The lines that OpenStack's clients print. */
static void
tell_id(const struct run *run)
{
	const char *storage = run->connection_string;
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
tell_end(const struct run *run, bool stored)
{
	if (!stored)
		complain("storage does not take the records%s%s; they wait in "
			 "%s for `osprof recover`",
		    *run->agent.drain.problem ? ": " : "",
		    run->agent.drain.problem, run->folder);
	else if (run->agent.records <= OWN_RECORDS)
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
	bool stored = drain_rest(run);

	agent_close(&run->agent);
	if (stored && !others_live(run)) {
		spool_unlink(&process.spool);
		rmdir(run->folder);
	}
	tell_end(run, stored);
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
		drain_living(run);
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
	free(run->storage);
	return status;
}

int
run_command(int argc, char **argv)
{
	static const struct option options[] = {
	    {"config", required_argument, NULL, 'f'},
	    {"connection-string", required_argument, NULL, 'c'},
	    {"help", no_argument, NULL, 'h'},
	    {0},
	};
	static struct run it; /* too much for a stack */
	int c;

	opterr = 0;
	/* `+`: options behind the command are the command's. */
	while ((c = getopt_long(argc, argv, "+:h", options, NULL)) != -1) {
		if (c == 'f')
			it.config_path = optarg;
		else if (c == 'c')
			it.connection_string = optarg;
		else if (c == 'h')
			return print_help(help);
		else
			return complain_option(COMMAND, c, argv), EXIT_OURS;
	}
	if (optind == argc)
		return complain_usage(COMMAND, "the command is missing"),
		       EXIT_OURS;
	it.argv = argv + optind;
	return run(&it);
}
