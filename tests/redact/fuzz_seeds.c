/*
 * Writes what the fuzzers of redact/ begin with, a file each: the tests' cases,
 * as they are and as lines of osprof redact --jsonl; the libraries' messages;
 * statements made at random, in any mode.
 */
#include "tests/redact/fuzz_input.h"
#include "tests/redact/property_rounds.h"

#include <stdio.h>

#define STATEMENTS 300

struct seed {
	enum redact_dialect dialect;
	const char *text;
};

/* clang-format off */
static const struct seed cases[] = {
#define CASE(sentence, sql, wanted) { REDACT_SQLITE, sql },
#include "sqlite_cases.h"
#define CASE(sentence, sql, wanted) { REDACT_POSTGRES, sql },
#include "postgres_cases.h"
#define CASE(sentence, sql, wanted) { REDACT_MYSQL, sql },
#include "mysql_cases.h"
};
static const struct seed messages[] = {
#define MESSAGE(form) { REDACT_SQLITE, form },
#include "redact/sqlite_messages.h"
#define MESSAGE(form) { REDACT_POSTGRES, form },
#define DETAIL(form) { REDACT_POSTGRES, form },
#include "redact/postgres_messages.h"
#define MESSAGE(form) { REDACT_MYSQL, form },
#include "redact/mysql_messages.h"
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *folder;
static unsigned files;

static FILE *
next_file(void)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%05u", folder, files++);
	file = fopen(path, "w");
	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

static void
write_text(uint8_t mode, const char *text, size_t len)
{
	FILE *file = next_file();

	fputc(mode, file);
	fwrite(text, 1, len, file);
	fclose(file);
}

static void
write_line(enum redact_dialect dialect, const char *text)
{
	static const char *const dialects[] = {"sqlite", "postgres", "mysql"};
	FILE *file = next_file();

	fprintf(file, "{\"dialect\": \"%s\", \"sql\": \"", dialects[dialect]);
	for (; *text; text++)
		if (*text < ' ' || *text == '"' || *text == '\\')
			fprintf(file, "\\u%04x", (unsigned char)*text);
		else
			fputc(*text, file);
	fputs("\", \"mode\": {\"charset\": \"utf8\"}}\n", file);
	fclose(file);
}

static void
write_statement(uint64_t round)
{
	static struct sql sql;
	const uint8_t byte = (uint8_t)(round % 256);
	struct redact_mode mode = input_mode(byte);

	if (mode.charset == REDACT_CHARSET_UNKNOWN)
		mode.charset =
		    REDACT_CHARSET_PLAIN; /* it has no text of its own */
	sql_make(&sql, mode, round);
	sql_write(&sql, round);
	write_text(byte, sql.text, sql.len);
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 1;
	folder = argv[1];
	for (size_t i = 0; i < COUNT(cases); i++) {
		write_text((uint8_t)(INPUT_DEFAULT + cases[i].dialect),
		    cases[i].text, strlen(cases[i].text));
		write_line(cases[i].dialect, cases[i].text);
	}
	for (size_t i = 0; i < COUNT(messages); i++)
		write_text((uint8_t)(INPUT_DEFAULT + messages[i].dialect),
		    messages[i].text, strlen(messages[i].text));
	for (uint64_t round = 0; round < STATEMENTS; round++)
		write_statement(round);
	return 0;
}
