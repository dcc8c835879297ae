/*
 * object_subject.c - a program that uses large objects and PQfn().
 *
 * pq_object_* TRACE-FILE: connects as the environment says, prints what each
 * call returned, and lets libpq write its messages to the file.
 */
#include <errno.h>
#include <libpq-fe.h>
#include <libpq/libpq-fs.h>
#include <stdio.h>
#include <string.h>

#define OBJECT 77777

static PGconn *pg;

static void
run(const char *sql)
{
	PGresult *result = PQexec(pg, sql);

	printf("%s: %s\n", sql, PQresStatus(PQresultStatus(result)));
	PQclear(result);
}

static void
tell(const char *call, long long rc)
{
	printf("%s: %lld %s\n", call, rc, rc < 0 ? PQerrorMessage(pg) : "");
}

static void
use(void)
{
	char data[64];
	int fd;

	run("begin");
	tell("create", lo_create(pg, OBJECT));
	tell("open", fd = lo_open(pg, OBJECT, INV_READ | INV_WRITE));
	tell("write", lo_write(pg, fd, "private things", 14));
	tell("lseek", lo_lseek(pg, fd, 8, SEEK_SET));
	tell("read", lo_read(pg, fd, data, sizeof(data)));
	tell("tell", lo_tell(pg, fd));
	tell("lseek64", lo_lseek64(pg, fd, 2, SEEK_SET));
	tell("tell64", lo_tell64(pg, fd));
	tell("truncate", lo_truncate(pg, fd, 6));
	tell("truncate64", lo_truncate64(pg, fd, 5));
	tell("close", lo_close(pg, fd));
	tell("export", lo_export(pg, OBJECT, "exported"));
	tell("unlink", lo_unlink(pg, OBJECT));
	tell("import", lo_import_with_oid(pg, "exported", OBJECT));
	tell("made", lo_import(pg, "exported") > 0);
	tell("made", lo_creat(pg, INV_READ) > 0);
	run("rollback");
}

static void
fail(void)
{
	char data[8];

	run("begin");
	tell("read", lo_read(pg, 42, data, sizeof(data)));
	run("rollback");
	run("begin");
	errno = 0;
	tell("import", (int)lo_import(pg, "/nowhere/at/all") - 1);
	printf("errno %d\n", errno);
	run("rollback");
	printf("null %d\n", lo_open(NULL, OBJECT, INV_READ));

	/* A COPY goes on: a large object is not to be had meanwhile. */
	run("create temp table t (a int)");
	run("copy t from stdin");
	tell("open", lo_open(pg, OBJECT, INV_READ));
	PQputCopyData(pg, "5\n", 2);
	PQputCopyEnd(pg, NULL);
	PQclear(PQgetResult(pg));
	printf("none %d\n", PQgetResult(pg) == NULL);
}

/* A function of the server; 177 adds. */
static void
call(int function, int count)
{
	PQArgBlock args[2] = {{.len = 4, .isint = 1, .u.integer = 40},
	    {.len = 4, .isint = 1, .u.integer = 2}};
	int answer = 0, len = 0;
	PGresult *result = PQfn(pg, function, &answer, &len, 1, args, count);

	printf("%d: %s %d %d\n", function, PQresStatus(PQresultStatus(result)),
	    len, answer);
	PQclear(result);
}

int
main(int argc, char **argv)
{
	FILE *trace = argc == 2 ? fopen(argv[1], "w") : NULL;

	pg = PQconnectdb("");
	if (!trace || PQstatus(pg) != CONNECTION_OK)
		return 1;
	/* A first call throws away what waits. */
	run("copy (select 1) to stdout");
	tell("unlink", lo_unlink(pg, OBJECT));
	use();
	fail();
	PQtrace(pg, trace);
	PQsetTraceFlags(pg, PQTRACE_SUPPRESS_TIMESTAMPS | PQTRACE_REGRESS_MODE);
	call(177, 2);
	call(1, 0);
	PQenterPipelineMode(pg);
	tell("in a pipeline", lo_open(pg, OBJECT, INV_READ));
	PQfinish(pg);
	return fclose(trace);
}
