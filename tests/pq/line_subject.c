/*
 * line_subject.c - a program that copies by libpq's older calls.
 *
 * pq_line_* TRACE-FILE: connects as the environment says, prints what each call
 * returned, and lets libpq write its messages to the file.
 */
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

static PGconn *pg;

static void
run(const char *sql)
{
	PGresult *result = PQexec(pg, sql);

	printf("%s: %s \"%s\"\n", sql, PQresStatus(PQresultStatus(result)),
	    PQcmdStatus(result));
	PQclear(result);
}

/* PQendcopy(), and what is behind the result that it may have taken: NULL, or
 * the result, if libpq had seen the end of the data before. */
static void
end(void)
{
	int rc = PQendcopy(pg);
	PGresult *result;

	printf(" end %d: %s", rc, rc ? PQerrorMessage(pg) : "\n");
	while ((result = PQgetResult(pg))) {
		printf(" left: %s\n", PQcmdStatus(result));
		PQclear(result);
	}
}

static void
lines_in(void)
{
	char row[32];

	run("copy t from stdin");
	for (int i = 0; i < 1000; i++) {
		snprintf(row, sizeof(row), "%d\tx\n", i);
		if (PQputline(pg, row))
			printf(" put failed\n");
	}
	printf(" put %d\n", PQputnbytes(pg, "1000\tx\nleft out", 7));
	printf(" put %d\n", PQputline(pg, "\\.\n"));
	end();
	run("delete from t where a > 2");
}

static void
lines_out(void)
{
	char line[6];
	int rc;

	run("copy t (b, a) to stdout");
	while ((rc = PQgetline(pg, line, sizeof(line))) != EOF &&
	       strcmp(line, "\\.") != 0)
		printf(" got %d: %s\n", rc, line);
	end();
	run("copy t to stdout");
	while ((rc = PQgetlineAsync(pg, line, 4)) >= 0) {
		struct pollfd readable = {PQsocket(pg), POLLIN, 0};

		if (rc > 0)
			printf(" got %d\n", rc);
		else if (poll(&readable, 1, -1) > 0)
			PQconsumeInput(pg);
	}
	end();
}

static void
lines_that_fail(void)
{
	run("copy t (a) from stdin");
	printf(" put %d\n", PQputline(pg, "private\n"));
	end();
	printf("no copy:");
	end();

	/* The result is fetched by the program if PQendcopy() did not. */
	run("copy t (a) from stdin (format csv)");
	printf(" put %d\n", PQputline(pg, "7\n"));
	printf(" %d\n", PQputCopyEnd(pg, NULL));
	end();
	run("select 'the next one'");

	/* The NULL is left where it is. */
	run("copy t (a) from stdin (delimiter ',')");
	printf(" put %d\n", PQputline(pg, "8\n"));
	printf(" end %d\n", PQendcopy(pg));
	printf("sent %d\n", PQsendQuery(pg, "select 'too early'"));
	run("select 'and on'");
}

static void
lose(void)
{
	run("copy t from stdin (format text)");
	PQputline(pg, "9\tx\n");
}

int
main(int argc, char **argv)
{
	FILE *trace = argc == 2 ? fopen(argv[1], "w") : NULL;

	pg = PQconnectdb("");
	if (!trace || PQstatus(pg) != CONNECTION_OK)
		return 1;
	PQtrace(pg, trace);
	PQsetTraceFlags(pg, PQTRACE_SUPPRESS_TIMESTAMPS | PQTRACE_REGRESS_MODE);
	run("create temp table t (a int, b text)");
	lines_in();
	lines_out();
	lines_that_fail();
	lose();
	PQfinish(pg);
	return fclose(trace);
}
