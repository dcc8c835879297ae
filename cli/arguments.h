/*
 * arguments.h - the options of a subcommand, as a table.
 */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include <stdbool.h>

/* `--name` sets *flag, or `--name TEXT` gives *text; the other one is NULL. */
struct argument {
	const char *name;
	bool *flag;
	const char **text;
};

#define ARGUMENTS_MAX 8

/* A subcommand: `osprof trace list`, and what --help prints. */
struct usage {
	const char *command;
	const char *help;
	bool runs; /* options behind the first operand are not ours */
};

/*
 * Read the options; optind is the first operand then.
 * The table ends with a NULL name; --help is in every one.  Returns -1 to go
 * on, else what to exit with: help was printed, or a complaint.
 */
int read_arguments(const struct usage *usage, const struct argument *table,
    int argc, char **argv);

/* The same of a subcommand that has options alone. */
int read_only_arguments(const struct usage *usage, const struct argument *table,
    int argc, char **argv);

#endif
