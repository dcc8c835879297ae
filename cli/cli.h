/*
 * cli.h - what the subcommands of osprof(1) share.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "shim/config.h"

/* What the program exits with. */
enum {
	EXIT_GOOD = 0,
	EXIT_BAD = 1,   /* it could not be done */
	EXIT_USAGE = 2, /* it was asked for wrongly */
};

/* What SIGPIPE did when we were started; here it is ignored. */
extern void (*cli_sigpipe)(int);

/* A subcommand, or what comes below one. */
struct subcommand {
	const char *name;
	int (*run)(int argc, char **argv); /* argv[0] is the name */
	const char *help;
};

/* Print "osprof: ..." and a line end to stderr, safe for terminals. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, for a command line that is wrong; returns EXIT_USAGE. */
int complain_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Say what getopt_long() with opterr = 0 and a `:` in front refused with `c`,
 * which is '?' or ':'.  Returns EXIT_USAGE.
 */
int complain_option(const char *command, int c, char **argv);

/*
 * Run the row of `table`, which ends with a NULL name, that argv[1] names; -h
 * prints the table below `usage`.
 */
int run_subcommand(const struct subcommand *table, const char *command,
    const char *usage, int argc, char **argv);

/*
 * Say from errno why output to `path` (NULL: stdout) failed; silent about a
 * reader that went away.  Returns false.
 */
bool complain_output(const char *path);

/* Print text to stdout; returns the exit status. */
int print_help(const char *text);

/*
 * Read the configuration that a traced program would read.  False, after a
 * complaint, if there is one and it is in error.
 */
bool load_config(struct config **ret_config);

/*
 * Choose the storage: `option` (of --connection-string), else the environment,
 * else the configuration's, else the library's default.  The result is the
 * caller's to free; NULL after a complaint.
 */
char *choose_storage(const char *option);

int trace_command(int argc, char **argv);
int trace_list_command(int argc, char **argv);
int trace_show_command(int argc, char **argv);
int run_command(int argc, char **argv);
int agent_command(int argc, char **argv);
int recover_command(int argc, char **argv);
int redact_command(int argc, char **argv);
int doctor_command(int argc, char **argv);

#endif
