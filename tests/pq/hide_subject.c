/*
 * hide_subject.c - runs what it is told on stdin, one line a command, whose
 * parts stand between tabs: what it is given to hide is nowhere in its own
 * text.
 */
#include <libpq-fe.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTS 4

static PGconn *conn;

static void
show(PGresult *result)
{
	printf("%s %s\n", PQresStatus(PQresultStatus(result)),
	    PQresultErrorMessage(result));
	PQclear(result);
}

static void
show_all(void)
{
	PGresult *result;
	int nothing = 0;

	while (nothing < 2) {
		result = PQgetResult(conn);
		nothing = result ? 0 : nothing + 1;
		if (result)
			show(result);
	}
}

static void
run_copy(const char *sql, const char *data)
{
	show(PQexec(conn, sql));
	PQputCopyData(conn, data, (int)strlen(data));
	PQputCopyEnd(conn, NULL);
	show_all();
}

/* One statement, in the way that the command says. */
static void
run(char *const part[PARTS])
{
	const char *const *value = (const char *const *)&part[2];
	int length = (int)strlen(part[2]), binary = 1;

	switch (part[0][0]) {
	case 'q':
		show(PQexec(conn, part[1]));
		break;
	case 'p':
		show(
		    PQexecParams(conn, part[1], 1, NULL, value, NULL, NULL, 0));
		break;
	case 'b':
		show(PQexecParams(
		    conn, part[1], 1, NULL, value, &length, &binary, 0));
		break;
	case 's':
		show(PQprepare(conn, part[3], part[1], 1, NULL));
		show(PQexecPrepared(conn, part[3], 1, value, NULL, NULL, 0));
		break;
	case 'a':
		PQsendQuery(conn, part[1]);
		show_all();
		break;
	case 'l':
		PQenterPipelineMode(conn);
		PQsendQueryParams(conn, part[1], 1, NULL, value, NULL, NULL, 0);
		PQpipelineSync(conn);
		show_all();
		PQexitPipelineMode(conn);
		break;
	case 'c':
		run_copy(part[1], part[2]);
		break;
	default:
		abort();
	}
}

int
main(void)
{
	char line[65536];

	conn = PQconnectdb("");
	if (PQstatus(conn) != CONNECTION_OK) {
		fprintf(stderr, "%s", PQerrorMessage(conn));
		return 1;
	}
	while (fgets(line, sizeof(line), stdin)) {
		char *part[PARTS] = {"", "", "", ""}, *at = line;

		line[strcspn(line, "\n")] = '\0';
		for (int i = 0; i < PARTS && at; i++)
			part[i] = strsep(&at, "\t");
		run(part);
	}
	PQfinish(conn);
	return 0;
}
