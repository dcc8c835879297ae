/*
 * main.c - osprof(1): its subcommands.
 */
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "cli/cli.h"
#include "shim/osprof.h"

void (*cli_sigpipe)(int);

static const struct subcommand subcommands[] = {
    {"run", run_command, "run a program and trace its SQL"},
    {"agent", agent_command, "store what programs leave to an agent"},
    {"trace", trace_command, "list traces, show one"},
    {"recover", recover_command, "store what dead programs left behind"},
    {"redact", redact_command, "write SQL without the values in it"},
    {"doctor", doctor_command, "tell what is wrong with the set-up"},
    {0},
};

int
main(int argc, char **argv)
{
	/* Numbers keep their points: JSON is read with strtod(). */
	setlocale(LC_CTYPE, "");
	/* A reader that goes away is an error of write(), not a death. */
	cli_sigpipe = signal(SIGPIPE, SIG_IGN);
	if (argc > 1 &&
	    (strcmp(argv[1], "-v") == 0 || strcmp(argv[1], "--version") == 0))
		return print_help(OSPROF_VERSION "\n");
	return run_subcommand(subcommands, "osprof",
	    "usage: osprof [-h] [-v] <subcommand> [options]\n\n"
	    "SQL tracing for C and C++ in OSProfiler's format.\n\n",
	    argc, argv);
}
