/*
 * dump_ini.c - what osprof reads from configuration files, as JSON lines.
 *
 * For compare_with_oslo.py: a line for each file named, its values or what is
 * wrong with it.  With --find instead: the file that would be read.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "shim/config.h"

static void
print_text(const char *key, const char *text)
{
	printf(", \"%s\": ", key);
	if (!text) {
		fputs("null", stdout);
		return;
	}
	putchar('"');
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20 || strchr("\"\\", *text))
			printf("\\u%04x", (unsigned char)*text);
		else
			putchar(*text);
	}
	putchar('"');
}

static void
print_number(const char *key, uint64_t number)
{
	printf(", \"%s\": %" PRIu64, key, number);
}

static void
print_config(const struct config *config)
{
	printf("{\"error\": null");
	print_number("enabled", config->enabled);
	print_number("trace_sql", config->trace_sql);
	print_number("trace_transactions", config->trace_transactions);
	print_number("hide_args", config->hide_args);
	print_number("implicit_trace", config->implicit_trace);
	print_number("drain", config->drain);
	print_number("on_full", config->on_full);
	print_number("ring_size", config->ring_size);
	print_number("max_statement", config->max_statement);
	print_number("max_param", config->max_param);
	print_number("max_params", config->max_params);
	print_number("spill_size", config->spill_size);
	print_number("exit_timeout_ms", config->exit_timeout_ms);
	print_text("connection_string", config->connection_string);
	print_text("hmac_keys", config->hmac_keys);
	print_text("hide_params", config->hide_params);
	print_text("spool_dir", config->spool_dir);
	print_text("project", config->project);
	print_text("service", config->service);
	print_text("host", config->host);
	printf("}\n");
}

static void
dump_file(const char *path)
{
	struct config *config;
	struct config_problem problem;
	enum osprof_error err = config_load(path, &config, &problem);

	if (err == OSPROF_OK) {
		print_config(config);
		config_free(config);
		return;
	}
	printf("{\"error\": %d", err);
	print_number("line", problem.line);
	print_text("text", problem.text);
	printf("}\n");
}

int
main(int argc, char **argv)
{
	char path[PATH_MAX];

	if (argc == 2 && strcmp(argv[1], "--find") == 0) {
		puts(config_find(path, sizeof(path)) ? path : "none");
		/* A leak checker gives up on a setuid program at its exit. */
		return fflush(stdout) != 0;
	}
	for (int i = 1; i < argc; i++)
		dump_file(argv[i]);
	return 0;
}
