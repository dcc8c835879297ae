/*
 * copy_subject.c - a program that copies in and out in all the ways there are.
 *
 * pq_copy_* TRACE-FILE: connects as the environment says, prints what each
 * call returned, and lets libpq write its messages to the file.
 */
#ifdef COPY_PROGRAM_TRACED
# include <osprof_pq.h>
#else
# include <libpq-fe.h>
#endif

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static PGconn *pg;

/* What a result says. */
static void
show(const char *what, PGresult *result)
{
	const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	if (!result)
		printf("%s: none: %s\n", what, PQerrorMessage(pg));
	else
		printf("%s: %s \"%s\" %s\n", what,
		    PQresStatus(PQresultStatus(result)), PQcmdStatus(result),
		    code ? code : PQresultErrorMessage(result));
	PQclear(result);
}

static void
run(const char *sql)
{
	show(sql, PQexec(pg, sql));
}

/* All results that are left, and the NULL behind them. */
static void
drain(void)
{
	PGresult *result;

	while ((result = PQgetResult(pg)))
		show(" then", result);
}

static void
put(const char *data)
{
	printf(" put %d\n", PQputCopyData(pg, data, (int)strlen(data)));
}

static void
end(const char *message)
{
	printf(" end %d\n", PQputCopyEnd(pg, message));
}

/* The rest of the COPY's data; how many calls would have had to wait is the
 * network's affair. */
static void
get(int async)
{
	struct pollfd readable = {.fd = PQsocket(pg), .events = POLLIN};
	char *data;
	int size;

	while ((size = PQgetCopyData(pg, &data, async)) >= 0) {
		if (size == 0) {
			poll(&readable, 1, -1);
			PQconsumeInput(pg);
			continue;
		}
		printf(" got %d: %02x %02x\n", size, data[0], data[size - 1]);
		PQfreemem(data);
	}
	printf(" got %d\n", size);
}

static void
copy_in(void)
{
	run("copy t from stdin");
	put("1\tone\n2\ttwo\n");
	put("3\tthree");
	put("\n");
	put("");
	end(NULL);
	drain();

	/* As the manual has it: one result, and on to the next statement. */
	run("copy t from stdin (format csv)");
	put("4,four\n");
	end(NULL);
	show(" then", PQgetResult(pg));
	run("select count(*) from t");
}

static void
copy_out(void)
{
	run("copy t to stdout");
	get(0);
	drain();

	run("copy t to stdout (format csv, header)");
	get(0);
	drain();

	run("copy (select a from t) to stdout (format binary)");
	get(0);
	drain();

	printf("sent %d\n", PQsendQuery(pg, "copy (select 1) to stdout"));
	show(" first", PQgetResult(pg));
	get(1);
	drain();

	/* The second row cannot be made: the first one was. */
	run("copy (select 1 / (2 - n) from generate_series(1, 9) n) to stdout");
	get(0);
	drain();
}

static void
copy_that_fails(void)
{
	run("copy f from stdin");
	put("1\n");
	put("private\n");
	put("3\n");
	end(NULL);
	drain();

	run("copy f (a) from stdin");
	put("1\n");
	end("the program's own reason");
	drain();

	run("copy nowhere from stdin");
	put("1\n");
	end(NULL);
}

static void
copy_that_is_left(void)
{
	run("copy f from stdin (format text)");
	put("1\n");
	run("select 'in front of which a copy is thrown away'");

	run("copy (select generate_series(1, 5)) to stdout");
	show(" then", PQgetResult(pg));
	run("select 'and one more'");
}

static void
copy_among_others(void)
{
	printf("sent %d\n",
	    PQsendQuery(pg, "insert into t values (5, 'five');"
			    "copy t (a, b) to stdout; copy f from stdin;"
			    "select 'last'"));
	show(" first", PQgetResult(pg));
	show(" then", PQgetResult(pg));
	get(0);
	show(" then", PQgetResult(pg));
	show(" then", PQgetResult(pg));
	put("7\n8\n");
	end(NULL);
	drain();
}

static void
copy_without_waiting(void)
{
	printf("nonblocking %d\n", PQsetnonblocking(pg, 1));
	printf("sent %d\n", PQsendQuery(pg, "copy f from stdin (freeze off)"));
	while (PQflush(pg) > 0)
		;
	show(" first", PQgetResult(pg));
	put("10\n");
	put("11\n");
	end(NULL);
	while (PQflush(pg) > 0)
		;
	drain();
	printf("nonblocking %d\n", PQsetnonblocking(pg, 0));
}

static void
copy_in_a_pipeline(void)
{
	PQenterPipelineMode(pg);
	PQsendQueryParams(pg, "select 'before'", 0, NULL, NULL, NULL, NULL, 0);
	PQsendQueryParams(pg, "copy f from stdin (delimiter ',')", 0, NULL,
	    NULL, NULL, NULL, 0);
	PQpipelineSync(pg);
	drain();
	show(" copy", PQgetResult(pg));
	put("20\n");
	printf(" queued %d\n",
	    PQsendQueryParams(pg, "select 1", 0, NULL, NULL, NULL, NULL, 0));
	end(NULL);
	drain();
	show(" sync", PQgetResult(pg));
	printf("left %d\n", PQexitPipelineMode(pg));
}

/* Replication never ends by itself. */
static void
copy_both(void)
{
	static const char *const keywords[] = {"replication", NULL};
	static const char *const values[] = {"true", NULL};
	PGconn *sql = pg;

	pg = PQconnectdbParams(keywords, values, 0);
	show("replication", PQexec(pg, "START_REPLICATION 0/1000000"));
	end(NULL);
	PQfinish(pg);
	pg = sql;
}

int
main(int argc, char **argv)
{
	FILE *trace = argc == 2 ? fopen(argv[1], "w") : NULL;

	pg = PQconnectdb("");
	if (!trace || PQstatus(pg) != CONNECTION_OK) {
		fprintf(stderr, "%s", PQerrorMessage(pg));
		return 1;
	}
	PQtrace(pg, trace);
	PQsetTraceFlags(pg, PQTRACE_SUPPRESS_TIMESTAMPS | PQTRACE_REGRESS_MODE);
	run("create temp table t (a int, b text)");
	run("create temp table f (a int)");
	copy_in();
	copy_out();
	copy_that_fails();
	copy_that_is_left();
	copy_among_others();
	copy_without_waiting();
	copy_in_a_pipeline();
	copy_both();
	run("copy f from stdin (null '')");
	put("nobody waits for this\n");
	PQfinish(pg);
	return fclose(trace);
}
