/*
 * subject.c - plays a scenario: subject SCENARIO TRACE.
 *
 * libpq's own account of what went over the wire goes into the file TRACE.
 */
#include "subject.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sizes_are_told = true;

void
tell_call(PGconn *conn, const char *call, int rc)
{
	int saved = errno;

	printf("%s: %d, errno %d, %s%s", call, rc, saved,
	    PQstatus(conn) == CONNECTION_OK ? "" : "lost, ",
	    PQerrorMessage(conn));
	puts("");
	errno = 0;
}

static void
tell_rows(const PGresult *result)
{
	for (int row = 0; row < PQntuples(result); row++) {
		for (int i = 0; i < PQnfields(result); i++)
			printf(" %s=%s", PQfname(result, i),
			    PQgetisnull(result, row, i)
				? "(null)"
				: PQgetvalue(result, row, i));
		puts("");
	}
}

void
tell(PGresult *result)
{
	int saved = errno;
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	if (!result) {
		printf("no result, errno %d\n", saved);
		return;
	}
	printf("%s %s '%s' changed '%s', errno %d, %d bytes\n",
	    PQresStatus(PQresultStatus(result)), state ? state : "-",
	    PQcmdStatus(result), PQcmdTuples(result), saved,
	    sizes_are_told ? (int)PQresultMemorySize(result) : 0);
	fputs(PQresultErrorMessage(result), stdout);
	tell_rows(result);
	PQclear(result);
	errno = 0;
}

void
drain(PGconn *conn)
{
	PGresult *result;

	while ((result = PQgetResult(conn)))
		tell(result);
	tell(result);
}

void
run(PGconn *conn, const char *sql)
{
	tell(PQexec(conn, sql));
}

PGconn *
connect_again(void)
{
	return PQconnectdb("");
}

void
terminate(PGconn *conn)
{
	PGconn *other = connect_again();
	char pid[16];
	const char *values[] = {pid};

	snprintf(pid, sizeof(pid), "%d", PQbackendPID(conn));
	tell(PQexecParams(other, "select pg_terminate_backend($1, 10000)", 1,
	    NULL, values, NULL, NULL, 0));
	PQfinish(other);
}

void
wait_for(PGconn *conn, const char *event)
{
	static const char ask[] = "select 1 from pg_stat_activity where "
				  "pid = $1 and state = 'active' and "
				  "wait_event = $2";
	PGconn *other = connect_again();
	char pid[16];
	const char *values[] = {pid, event};
	int found = 0;

	snprintf(pid, sizeof(pid), "%d", PQbackendPID(conn));
	while (!found) {
		PGresult *result = PQexecParams(
		    other, ask, 2, NULL, values, NULL, NULL, 0);

		found = PQntuples(result);
		PQclear(result);
	}
	PQfinish(other);
}

void
await(PGconn *conn)
{
	struct pollfd ready = {.fd = PQsocket(conn), .events = POLLIN};

	poll(&ready, 1, -1);
}

static const struct scenario *
find(const char *name)
{
	static const struct scenario *const table[] = {
	    statement_scenario, copy_scenario, connection_scenario};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		for (const struct scenario *at = table[i]; at->name; at++)
			if (strcmp(at->name, name) == 0)
				return at;
	return NULL;
}

static void
list(void)
{
	for (const struct scenario *at = statement_scenario; at->name; at++)
		puts(at->name);
	for (const struct scenario *at = copy_scenario; at->name; at++)
		puts(at->name);
	for (const struct scenario *at = connection_scenario; at->name; at++)
		puts(at->name);
}

/* Play it once; the wire's account goes to `trace`. */
static void
play(const struct scenario *scenario, FILE *trace)
{
	PGconn *conn = connect_again();

	printf("== %s\n", scenario->name);
	if (PQstatus(conn) != CONNECTION_OK) {
		fputs(PQerrorMessage(conn), stderr);
		exit(2);
	}
	fprintf(trace, "== %s\n", scenario->name);
	PQtrace(conn, trace);
#ifdef LIBPQ_HAS_TRACE_FLAGS
	PQsetTraceFlags(
	    conn, PQTRACE_SUPPRESS_TIMESTAMPS | PQTRACE_REGRESS_MODE);
#endif
	errno = 0;
	sizes_are_told = true;
	scenario->play(conn);
	PQfinish(conn);
}

int
main(int count, char **argument)
{
	FILE *trace;

	if (count < 3) {
		list();
		return 0;
	}
	trace = fopen(argument[1], "w");
	if (!trace)
		return 2;
	for (int i = 2; i < count; i++) {
		const struct scenario *scenario = find(argument[i]);

		if (!scenario)
			return 2;
		play(scenario, trace);
	}
	fclose(trace);
	return 3;
}
