/*
 * trace.c - osprof trace: what storage knows.
 */
#include "cli/cli.h"

int
trace_command(int argc, char **argv)
{
	static const struct subcommand table[] = {
	    {"list", trace_list_command,
		"list the traces in storage, newest last"},
	    {"show", trace_show_command, "show a trace as a tree, or as JSON"},
	    {0},
	};

	return run_subcommand(table, "osprof trace",
	    "usage: osprof trace <subcommand> [options]\n\n", argc, argv);
}
