/*
 * A real PostgreSQL agrees on where literals end: with and without
 * standard_conforming_strings, and in each charset that changes it.
 * tests/servers/with starts one and tells libpq which.
 */
#include "redact/redact.h"
#include "tests/check.h"
#include "tests/redact/oracle_text.h"

#include <libpq-fe.h>
#include <stdlib.h>

static PGconn *
connect_to_server(void)
{
	PGconn *conn = PQconnectdb("");

	if (PQstatus(conn) != CONNECTION_OK) {
		fprintf(stderr, "%s\n", PQerrorMessage(conn));
		exit(1);
	}
	return conn;
}

/* What the server warns of is no matter here. */
static void
keep_quiet(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

static void
answer_by(const PGresult *result, struct oracle_answer *answer)
{
	const int fields = PQnfields(result);

	*answer = (struct oracle_answer){0};
	for (int i = 0; i < fields && i < ORACLE_VALUES; i++) {
		answer->values[i] = PQgetvalue(result, 0, i);
		answer->lens[i] = (size_t)PQgetlength(result, 0, i);
		answer->count++;
	}
	answer->named = fields &&
			strcmp(PQfname(result, fields - 1), "zz") == 0;
}

/* If the server takes the text, what comes back is checked. */
static void
ask(PGconn *conn, struct redact_mode mode, struct oracle_count *count)
{
	size_t len;
	const char *text = oracle_text(mode, count->asked++, &len);
	PGresult *result = PQexec(conn, text);
	const bool taken = PQresultStatus(result) == PGRES_TUPLES_OK &&
			   PQntuples(result) == 1;
	struct oracle_answer answer;

	if (taken) {
		answer_by(result, &answer);
		CHECK(oracle_agrees(count, mode, text, len, &answer));
	}
	PQclear(result);
}

struct charset {
	const char *name;
	uint8_t charset;
};

static void
ask_in_mode(PGconn *conn, const struct charset *charset, bool conforming,
    uint64_t rounds)
{
	const struct redact_mode mode = {
	    .dialect = REDACT_POSTGRES,
	    .backslash = conforming ? REDACT_NO : REDACT_YES,
	    .quotes = REDACT_NO,
	    .charset = charset->charset,
	};
	struct oracle_count count = {0};

	PQclear(
	    PQexec(conn, conforming ? "SET standard_conforming_strings = on"
				    : "SET standard_conforming_strings = off"));
	if (!CHECK(PQsetClientEncoding(conn, charset->name) == 0))
		return;
	while (count.asked < rounds && check_failures < 20)
		ask(conn, mode, &count);
	CHECK(oracle_will_do(&count));
}

static void
test_the_server_reads_literals_in_the_same_borders(void)
{
	static const struct charset charsets[] = {
	    {"UTF8", REDACT_CHARSET_PLAIN},
	    {"LATIN1", REDACT_CHARSET_PLAIN},
	    {"SJIS", REDACT_CHARSET_SJIS},
	    {"GBK", REDACT_CHARSET_GBK},
	    {"GB18030", REDACT_CHARSET_GBK},
	    {"BIG5", REDACT_CHARSET_BIG5},
	    {"JOHAB", REDACT_CHARSET_JOHAB},
	};
	PGconn *conn = connect_to_server();

	PQsetNoticeReceiver(conn, keep_quiet, NULL);
	/* Else \' is refused where a backslash may end a character. */
	PQclear(PQexec(conn, "SET backslash_quote = on"));
	for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++)
		for (int conforming = 0; conforming < 2; conforming++)
			ask_in_mode(conn, &charsets[i], conforming, 5000);
	PQfinish(conn);
}

RUN_TESTS(TEST(test_the_server_reads_literals_in_the_same_borders))
