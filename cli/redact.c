/*
 * redact.c - osprof redact: text in, text without values out.
 */
#include "cli/redact.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redact/mode.h"

#define COMMAND "osprof redact"

static const char help[] =
    "usage: osprof redact --dialect D [--mode K=V]... [--normalize|--error]\n"
    "       osprof redact --jsonl\n\n"
    "Read a statement from standard input, write it without its values.\n\n"
    "  --dialect D    postgres, mysql or sqlite\n"
    "  --mode K=V     a mode of the connection, such as\n"
    "                 standard_conforming_strings=off, ansi_quotes=on,\n"
    "                 charset=gbk; --mode unknown: hide what any mode hides\n"
    "  --normalize    write the normal form: one text for one shape\n"
    "  --error        the text is a client library's error message\n"
    "  --jsonl        read lines {\"dialect\": ..., \"sql\": ..., \"mode\":\n"
    "                 {...}}, write all that is known of each\n"
    "  -h, --help     print this\n";

struct task {
	bool chosen; /* the dialect is known */
	struct redact_mode mode;
	const char *modes[16];
	size_t mode_count;
	bool normalize;
	bool error;
	bool lines;
};

/* All of stdin; NULL with errno. */
static char *
read_all(size_t *ret_len)
{
	size_t len = 0, cap = (size_t)64 << 10;
	char *text = malloc(cap);

	while (text) {
		char *more;

		len += fread(text + len, 1, cap - len, stdin);
		if (len < cap)
			break;
		more = realloc(text, cap *= 2);
		if (!more)
			free(text);
		text = more;
	}
	if (text && ferror(stdin)) {
		free(text);
		return NULL;
	}
	*ret_len = len;
	return text;
}

static size_t
normalize(struct redact_mode mode, const char *text, size_t len, char *result)
{
	struct redact_analysis analysis = {.normal = result, .normal_cap = len};

	redact_analyse(mode, text, len, NULL, 0, &analysis);
	return analysis.normal_len;
}

static size_t
make_result(const struct task *task, const char *text, size_t len, char *result)
{
	if (task->error) {
		/* A line end is the shell's, not the message's. */
		while (len > 0 && text[len - 1] == '\n')
			len--;
		return redact_error((enum redact_dialect)task->mode.dialect,
		    text, len, result, 2 * len + 16);
	}
	if (task->normalize)
		return normalize(task->mode, text, len, result);
	return redact_sql_mode(task->mode, text, len, result, len);
}

static bool
write_result(const char *result, size_t len)
{
	struct out out;

	if (!out_open(&out, NULL))
		return complain_output(NULL);
	out_bytes(&out, result, len);
	if (len == 0 || result[len - 1] != '\n')
		out_char(&out, '\n');
	return out_close(&out) || complain_output(NULL);
}

static int
redact_text(const struct task *task)
{
	size_t len = 0;
	char *text = read_all(&len);
	char *result = text ? malloc(2 * len + 16) : NULL;
	bool good = false;

	if (result)
		good = write_result(
		    result, make_result(task, text, len, result));
	else
		complain("cannot read standard input: %s", strerror(errno));
	free(text);
	free(result);
	return good ? EXIT_GOOD : EXIT_BAD;
}

static int
redact_jsonl(void)
{
	struct out out;
	int error = 0;
	bool good;

	if (!out_open(&out, NULL))
		return complain_output(NULL) ? EXIT_GOOD : EXIT_BAD;
	good = redact_lines(&out, &error);
	if (error)
		complain("cannot read standard input: %s", strerror(error));
	if (!out_close(&out))
		good = complain_output(NULL);
	return good && !error ? EXIT_GOOD : EXIT_BAD;
}

static bool
set_mode(struct redact_mode *mode, const char *text)
{
	const char *equals = strchr(text, '=');

	if (!equals)
		equals = text + strlen(text);
	return redact_mode_set(mode, text, (size_t)(equals - text),
	    *equals ? equals + 1 : "unknown",
	    *equals ? strlen(equals + 1) : strlen("unknown"));
}

static int
run(struct task *task)
{
	if (task->lines) {
		if (task->chosen || task->mode_count || task->normalize ||
		    task->error)
			return complain_usage(
			    COMMAND, "--jsonl takes no other option");
		return redact_jsonl();
	}
	if (!task->chosen)
		return complain_usage(COMMAND, "--dialect is missing");
	for (size_t i = 0; i < task->mode_count; i++)
		if (!set_mode(&task->mode, task->modes[i]))
			return complain_usage(
			    COMMAND, "there is no mode %s", task->modes[i]);
	return redact_text(task);
}

static bool
take_dialect(struct task *task, const char *name)
{
	enum redact_dialect dialect;

	if (!redact_dialect_find(name, strlen(name), &dialect))
		return false;
	task->mode = redact_default_mode(dialect);
	task->chosen = true;
	return true;
}

int
redact_command(int argc, char **argv)
{
	static const struct option options[] = {
	    {"dialect", required_argument, NULL, 'd'},
	    {"mode", required_argument, NULL, 'm'},
	    {"normalize", no_argument, NULL, 'n'},
	    {"normalise", no_argument, NULL, 'n'},
	    {"error", no_argument, NULL, 'e'},
	    {"jsonl", no_argument, NULL, 'l'},
	    {"help", no_argument, NULL, 'h'},
	    {0},
	};
	struct task task = {0};
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
		if (c == 'd' && !take_dialect(&task, optarg))
			return complain_usage(COMMAND,
			    "there is no dialect %s: postgres, mysql, sqlite",
			    optarg);
		if (c == 'm' && task.mode_count < 16)
			task.modes[task.mode_count++] = optarg;
		task.normalize |= c == 'n';
		task.error |= c == 'e';
		task.lines |= c == 'l';
		if (c == 'h')
			return print_help(help);
		if (c == '?' || c == ':')
			return complain_option(COMMAND, c, argv);
	}
	if (optind < argc)
		return complain_usage(COMMAND, "%s is too much", argv[optind]);
	return run(&task);
}
