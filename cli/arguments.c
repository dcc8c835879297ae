/*
 * arguments.c - the options of a subcommand, as a table.
 */
#include "cli/arguments.h"

#include <getopt.h>

#include "cli/cli.h"

/* getopt_long() gives a row's number, counted from here. */
#define ROW_FIRST 256

static void
make_options(const struct argument *table, struct option *options)
{
	int i;

	for (i = 0; table[i].name; i++)
		options[i] = (struct option){
		    .name = table[i].name,
		    .has_arg = table[i].text ? required_argument : no_argument,
		    .val = ROW_FIRST + i,
		};
	options[i++] = (struct option){.name = "help", .val = 'h'};
	options[i] = (struct option){0};
}

int
read_arguments(const struct usage *usage, const struct argument *table,
    int argc, char **argv)
{
	struct option options[ARGUMENTS_MAX + 2];
	int c;

	make_options(table, options);
	opterr = 0;
	while ((c = getopt_long(argc, argv, usage->runs ? "+:h" : ":h", options,
		    NULL)) != -1) {
		if (c == 'h')
			return print_help(usage->help);
		if (c < ROW_FIRST)
			return complain_option(usage->command, c, argv);
		if (table[c - ROW_FIRST].text)
			*table[c - ROW_FIRST].text = optarg;
		else
			*table[c - ROW_FIRST].flag = true;
	}
	return -1;
}

int
read_only_arguments(const struct usage *usage, const struct argument *table,
    int argc, char **argv)
{
	int status = read_arguments(usage, table, argc, argv);

	if (status < 0 && optind < argc)
		return complain_usage(
		    usage->command, "%s is too much", argv[optind]);
	return status;
}
