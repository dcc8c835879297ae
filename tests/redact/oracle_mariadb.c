/*
 * A real MariaDB agrees on where literals end: under each sql_mode and charset
 * that changes it.  tests/servers/with starts one.
 */
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/oracle_text.h"

#include <mysql.h>
#include <stdlib.h>

static MYSQL *
connect_to_server(void)
{
	MYSQL *mysql = mysql_init(NULL);

	if (!mysql_real_connect(mysql, NULL, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), NULL, 0,
		getenv("OSPROF_TEST_SOCKET"), 0)) {
		fprintf(stderr, "%s\n", mysql_error(mysql));
		exit(1);
	}
	return mysql;
}

static void
answer_by(MYSQL_RES *result, struct oracle_answer *answer)
{
	MYSQL_ROW row = mysql_fetch_row(result);
	const unsigned long *lens = mysql_fetch_lengths(result);
	const unsigned fields = mysql_num_fields(result);

	*answer = (struct oracle_answer){0};
	for (unsigned i = 0; row && i < fields && i < ORACLE_VALUES; i++) {
		answer->values[i] = row[i];
		answer->lens[i] = lens[i];
		answer->count++;
	}
	answer->named = strcmp(
			    mysql_fetch_field_direct(result, fields - 1)->name,
			    "zz") == 0;
}

/* If the server takes the text, what comes back is checked. */
static void
ask(MYSQL *mysql, struct redact_mode mode, struct oracle_count *count)
{
	size_t len;
	const char *text = oracle_text(mode, count->asked++, &len);
	struct oracle_answer answer;
	MYSQL_RES *result;

	if (mysql_real_query(mysql, text, len) != 0)
		return;
	result = mysql_store_result(mysql);
	if (!result)
		return;
	answer_by(result, &answer);
	CHECK(oracle_agrees(count, mode, text, len, &answer));
	mysql_free_result(result);
}

struct charset {
	const char *name;
	uint8_t charset;
};

static void
ask_in_mode(MYSQL *mysql, const struct charset *charset, bool backslash,
    bool quotes, uint64_t rounds)
{
	const struct redact_mode mode = {
	    .dialect = REDACT_MYSQL,
	    .backslash = backslash ? REDACT_YES : REDACT_NO,
	    .quotes = quotes ? REDACT_YES : REDACT_NO,
	    .charset = charset->charset,
	};
	char set[128];
	struct oracle_count count = {0};

	mysql_set_character_set(mysql, charset->name);
	snprintf(set, sizeof(set), "SET sql_mode = '%s,%s'",
	    backslash ? "" : "NO_BACKSLASH_ESCAPES",
	    quotes ? "" : "ANSI_QUOTES");
	if (!CHECK(mysql_query(mysql, set) == 0))
		return;
	while (count.asked < rounds && check_failures < 20)
		ask(mysql, mode, &count);
	CHECK(oracle_will_do(&count));
}

static void
test_the_server_reads_literals_in_the_same_borders(void)
{
	static const struct charset charsets[] = {
	    {"utf8mb4", REDACT_CHARSET_PLAIN},
	    {"latin1", REDACT_CHARSET_PLAIN},
	    {"gbk", REDACT_CHARSET_GBK},
	    {"sjis", REDACT_CHARSET_SJIS},
	    {"cp932", REDACT_CHARSET_SJIS},
	    {"big5", REDACT_CHARSET_BIG5},
	};
	MYSQL *mysql = connect_to_server();

	for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++)
		for (int flags = 0; flags < 4; flags++)
			ask_in_mode(
			    mysql, &charsets[i], flags & 1, flags & 2, 10000);
	mysql_close(mysql);
	mysql_library_end();
}

/* Manual pages, which hold SQL in strings in SQL. */
#define COLLECTED "/usr/share/mysql/fill_help_tables.sql"

static void
check_collected(const char *line, size_t len)
{
	static char out[1 << 20];
	const size_t n = redact_sql(REDACT_MYSQL, line, len, out, sizeof(out));

	if (!CHECK(n > 3 && n < 200) ||
	    !CHECK(memmem(out + n - 4, 4, "?);", 3) != NULL))
		fprintf(stderr, "  %.*s\n", (int)len, line);
}

static void
test_collected_statements_are_read_to_their_end(void)
{
	FILE *file = fopen(COLLECTED, "r");
	char *line = NULL;
	size_t size = 0, collected = 0;
	ssize_t len;

	if (!file) {
		fprintf(stderr, COLLECTED " is not there to be read\n");
		CHECK(!getenv("CI"));
		return;
	}

	while ((len = getline(&line, &size, file)) > 0)
		if (strncmp(line, "insert into help_", 17) == 0) {
			collected++;
			check_collected(line, (size_t)len);
		}

	CHECK(collected > 1000);
	free(line);
	fclose(file);
}

RUN_TESTS(TEST(test_collected_statements_are_read_to_their_end),
    TEST(test_the_server_reads_literals_in_the_same_borders))
