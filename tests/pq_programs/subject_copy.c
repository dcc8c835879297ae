/*
 * subject_copy.c - COPY in both directions by the newer and the older calls,
 * large objects, functions called by number.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "subject.h"
#include <libpq/libpq-fs.h>

static void
make_table(PGconn *conn)
{
	run(conn, "create temp table t (id int, name text)");
	run(conn, "insert into t values (1, 'one'), (2, 'two')");
}

static void
put(PGconn *conn, const char *row)
{
	tell_call(conn, "put", PQputCopyData(conn, row, (int)strlen(row)));
}

static void
copy_in(PGconn *conn)
{
	make_table(conn);
	run(conn, "copy t from stdin");
	put(conn, "3\tthree\n4\tfo");
	put(conn, "ur\n");
	tell_call(conn, "end", PQputCopyEnd(conn, NULL));
	drain(conn);
	run(conn, "copy t from stdin");
	put(conn, "no number\n");
	tell_call(conn, "end", PQputCopyEnd(conn, NULL));
	drain(conn);
	PQsendQuery(conn, "copy t from stdin");
	tell(PQgetResult(conn));
	tell(PQgetResult(conn));
	tell_call(conn, "end", PQputCopyEnd(conn, "given up"));
	drain(conn);
	run(conn, "copy t from stdin");
	put(conn, "5\tfive\n");
	run(conn, "select 'cut off'");
	put(conn, "6\tsix\n");
	tell_call(conn, "end", PQputCopyEnd(conn, NULL));
	run(conn, "copy t from stdin; select count(*) from t");
	tell_call(conn, "end", PQputCopyEnd(conn, NULL));
	drain(conn);
	run(conn, "copy nothing from stdin");
	run(conn, "copy t from stdin");
	put(conn, "7\tnever ended\n");
}

static int
get(PGconn *conn)
{
	char *row = NULL;
	int length = PQgetCopyData(conn, &row, 0);

	tell_call(conn, row ? row : "(none)", length);
	PQfreemem(row);
	return length;
}

static void
copy_out(PGconn *conn)
{
	make_table(conn);
	run(conn, "copy t to stdout");
	while (get(conn) > 0)
		continue;
	drain(conn);
	get(conn);
	run(conn, "copy (select 1 / (3 - i) from generate_series(1, 5) i) "
		  "to stdout");
	while (get(conn) > 0)
		continue;
	drain(conn);
	run(conn, "copy t to stdout");
	get(conn);
	run(conn, "select 'cut off'");
	PQsendQuery(conn, "copy t to stdout; select 'behind'");
	tell(PQgetResult(conn));
	while (get(conn) > 0)
		continue;
	drain(conn);
}

static void
copy_by_lines(PGconn *conn)
{
	char line[8];
	int length;

	sizes_are_told = false;
	make_table(conn);
	run(conn, "copy t from stdin");
	tell_call(conn, "line", PQputline(conn, "8\teight\n"));
	tell_call(conn, "bytes", PQputnbytes(conn, "9\tnine\nx", 7));
	tell_call(conn, "line", PQputline(conn, "\\.\n"));
	tell_call(conn, "end", PQendcopy(conn));
	run(conn, "copy t from stdin");
	PQputline(conn, "bad\n");
	tell_call(conn, "end", PQendcopy(conn));
	tell_call(conn, "end", PQendcopy(conn));
	run(conn, "copy t to stdout");
	for (int i = 0; i < 9; i++) {
		length = PQgetline(conn, line, sizeof(line));
		tell_call(conn, line, length);
		if (strcmp(line, "\\.") == 0)
			break;
	}
	tell_call(conn, "end", PQendcopy(conn));
	run(conn, "copy t to stdout");
	do {
		length = PQgetlineAsync(conn, line, sizeof(line));
		if (length == 0) {
			await(conn);
			PQconsumeInput(conn);
		} else {
			tell_call(conn, "async", length);
		}
	} while (length >= 0);
	tell_call(conn, "end", PQendcopy(conn));
	PQsendQuery(conn, "select 'next'");
	drain(conn);
	run(conn, "select * from t");
}

static void
copy_lost(PGconn *conn)
{
	make_table(conn);
	run(conn, "copy t from stdin");
	wait_for(conn, "ClientRead");
	terminate(conn);
	while (PQconsumeInput(conn))
		await(conn);
	put(conn, "3\tthree\n");
	tell_call(conn, "end", PQputCopyEnd(conn, NULL));
	drain(conn);
	PQreset(conn);
	run(conn, "select * from t");
}

#ifdef LIBPQ_HAS_PIPELINING
static void
copy_in_pipeline(PGconn *conn)
{
	make_table(conn);
	PQenterPipelineMode(conn);
	PQsendQueryParams(
	    conn, "copy t from stdin", 0, NULL, NULL, NULL, NULL, 0);
	PQpipelineSync(conn);
	tell(PQgetResult(conn));
	tell_call(conn, "send",
	    PQsendQueryParams(conn, "select 1", 0, NULL, NULL, NULL, NULL, 0));
	put(conn, "3\tthree\n");
	tell_call(conn, "end", PQputCopyEnd(conn, NULL));
	for (int i = 0; i < 4; i++)
		tell(PQgetResult(conn));
	tell_call(conn, "exit", PQexitPipelineMode(conn));
}
#endif

static void
large(PGconn *conn)
{
	char text[16] = "";
	Oid oid;
	int fd;

	run(conn, "begin");
	oid = lo_create(conn, 77777);
	tell_call(conn, "create", (int)oid);
	tell_call(conn, "create", (int)lo_create(conn, 77777));
	run(conn, "rollback");
	run(conn, "begin");
	lo_create(conn, 77778);
	fd = lo_open(conn, 77778, INV_READ | INV_WRITE);
	tell_call(conn, "open", fd);
	tell_call(conn, "write", lo_write(conn, fd, "0123456789", 10));
	tell_call(conn, "seek", lo_lseek(conn, fd, 3, SEEK_SET));
	tell_call(conn, "read", lo_read(conn, fd, text, 5));
	puts(text);
	tell_call(conn, "tell", lo_tell(conn, fd));
	tell_call(conn, "seek", (int)lo_lseek64(conn, fd, -1, SEEK_END));
	tell_call(conn, "tell", (int)lo_tell64(conn, fd));
	tell_call(conn, "truncate", lo_truncate(conn, fd, 4));
	tell_call(conn, "truncate", lo_truncate64(conn, fd, 2));
	tell_call(conn, "read", lo_read(conn, 99, text, 5));
	tell_call(conn, "close", lo_close(conn, fd));
	run(conn, "rollback");
	tell_call(conn, "open", lo_open(conn, 77779, INV_READ));
	tell_call(conn, "import", (int)lo_import(conn, "/dev/null/x"));
	run(conn, "begin");
	tell_call(conn, "import",
	    (int)lo_import_with_oid(conn, "/proc/self/comm", 77780));
	tell_call(conn, "export", lo_export(conn, 77780, "/dev/null/x"));
	tell_call(conn, "unlink", lo_unlink(conn, 77780));
	run(conn, "commit");
	tell_call(conn, "creat", lo_creat(NULL, INV_READ) == InvalidOid);
}

static void
by_number(PGconn *conn)
{
	PQArgBlock sixteen = {.isint = 1, .len = 4, .u.integer = 16};
	int value = -1, length = -1;

	/* int4abs, and a function that is none. */
	tell(PQfn(conn, 1397, &value, &length, 1, &sixteen, 1));
	printf("%d, %d bytes\n", value, length);
	tell(PQfn(conn, 1, &value, &length, 1, &sixteen, 1));
	tell(PQfn(NULL, 1397, &value, &length, 1, &sixteen, 1));
	printf("%d bytes\n", length);
}

const struct scenario copy_scenario[] = {
    {"copy_in", copy_in},
    {"copy_out", copy_out},
    {"copy_by_lines", copy_by_lines},
    {"copy_lost", copy_lost},
#ifdef LIBPQ_HAS_PIPELINING
    {"copy_in_pipeline", copy_in_pipeline},
#endif
    {"large", large},
    {"by_number", by_number},
    {NULL, NULL},
};
