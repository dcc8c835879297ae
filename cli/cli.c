/*
 * cli.c - what the subcommands of osprof(1) share.
 */
#include "cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/line.h"
#include "cli/out.h"
#include "collectors/collector.h"

/* To stderr; there is nobody to tell if that fails. */
static void
write_whole(const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDERR_FILENO, text, len);

		if (n < 0 && errno != EINTR)
			return;
		text += n < 0 ? 0 : n;
		len -= n < 0 ? 0 : (size_t)n;
	}
}

static void
complain_text(const char *format, va_list args)
{
	static const char no_memory[] = "osprof: there is no memory\n";
	char *text = NULL;
	struct line line = {.out = NULL};

	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	line_plain(&line, "osprof: ");
	if (text)
		line_text(&line, (struct text){text, strlen(text)});
	line_plain(&line, "\n");
	if (text && !line.failed)
		write_whole(line.text, line.len);
	else
		write_whole(no_memory, strlen(no_memory));
	line_free(&line);
	free(text);
}

void
complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain_text(format, args);
	va_end(args);
}

int
complain_usage(const char *command, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	complain("%s (`%s -h` tells more)", text, command);
	return EXIT_USAGE;
}

int
complain_option(const char *command, int c, char **argv)
{
	const char *option = argv[optind - 1];

	if (optopt > 0 && optopt < 128 && strncmp(option, "--", 2) != 0)
		return complain_usage(command,
		    c == ':' ? "option -%c needs a value"
			     : "there is no option -%c",
		    optopt);
	return complain_usage(command,
	    c == ':' ? "option %s needs a value" : "there is no option %s",
	    option);
}

bool
complain_output(const char *path)
{
	if (errno == EPIPE && !path)
		return false;
	complain("cannot write to %s: %s", path ? path : "standard output",
	    strerror(errno));
	return false;
}

int
print_help(const char *text)
{
	struct out out;

	if (!out_open(&out, NULL))
		return complain_output(NULL) ? EXIT_GOOD : EXIT_BAD;
	out_text(&out, text);
	return out_close(&out) || complain_output(NULL) ? EXIT_GOOD : EXIT_BAD;
}

static int
print_table(const struct subcommand *table, const char *usage)
{
	char text[2048];
	size_t len = 0;

	len += (size_t)snprintf(text, sizeof(text), "%s", usage);
	for (; table->name && len < sizeof(text); table++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "  %-14s %s\n", table->name, table->help);
	return print_help(text);
}

int
run_subcommand(const struct subcommand *table, const char *command,
    const char *usage, int argc, char **argv)
{
	if (argc < 2)
		return complain_usage(command, "a subcommand is missing");
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
		return print_table(table, usage);
	for (const struct subcommand *row = table; row->name; row++)
		if (strcmp(row->name, argv[1]) == 0)
			return row->run(argc - 1, argv + 1);
	return complain_usage(command, "there is no %s %s",
	    argv[1][0] == '-' ? "option" : "subcommand", argv[1]);
}

bool
load_config(struct config **ret_config)
{
	struct config_problem problem = {0};
	char path[4096];
	bool found = config_find(path, sizeof(path));

	if (config_load(found ? path : NULL, ret_config, &problem) == OSPROF_OK)
		return true;
	if (problem.line)
		complain("%s:%u: %s", path, problem.line, problem.text);
	else
		complain("%s: %s", path, problem.text);
	return false;
}

static char *
copy_or_complain(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		complain("there is no memory");
	return copy;
}

char *
choose_storage(const char *option)
{
	const char *environment = getenv("OSPROFILER_CONNECTION_STRING");
	struct config *config;
	char *chosen;

	if (!option && environment && *environment)
		option = environment;
	if (option)
		return copy_or_complain(option);
	if (!load_config(&config))
		return NULL;
	chosen = copy_or_complain(*config->connection_string
				      ? config->connection_string
				      : COLLECTOR_DEFAULT);
	config_free(config);
	return chosen;
}
