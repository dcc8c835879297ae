/*
 * copy_line.c - the older calls for the data of a COPY.
 *
 * They count as those of copy.c do.  PQendcopy() ends the point: it fetches the
 * result and keeps it to itself, so an event procedure looks at it.  That is
 * registered in PQendcopy(), for it makes the connection's later results dearer
 * and larger.  The NULL that the program may fetch afterwards ends nothing.
 */
#include <errno.h>
#include <string.h>

#include "pq/conn.h"
#include "shim/clock.h"

OUT_OF_LINE int
put_line_traced(PGconn *pg, const char *line)
{
	int rc = PQputline(pg, line);

	if (rc == 0)
		conn_copied(pg, strlen(line), 0);
	return rc;
}

int
osprof_PQputline(PGconn *pg, const char *line)
{
	if (PASSES)
		return PASS(PQputline)(pg, line);
	return put_line_traced(pg, line);
}

OUT_OF_LINE int
put_bytes_traced(PGconn *pg, const char *bytes, int size)
{
	int rc = PQputnbytes(pg, bytes, size);

	if (rc == 0 && size > 0)
		conn_copied(pg, (size_t)size, 0);
	return rc;
}

int
osprof_PQputnbytes(PGconn *pg, const char *bytes, int size)
{
	if (PASSES)
		return PASS(PQputnbytes)(pg, bytes, size);
	return put_bytes_traced(pg, bytes, size);
}

OUT_OF_LINE int
get_line_traced(PGconn *pg, char *line, int size)
{
	int rc = PQgetline(pg, line, size);

	/* A line without its end, then the text that libpq ends them with. */
	if (rc == 1)
		conn_copied(pg, strlen(line), 0);
	else if (rc == 0 && strcmp(line, "\\.") != 0)
		conn_copied(pg, strlen(line) + 1, 1);
	return rc;
}

int
osprof_PQgetline(PGconn *pg, char *line, int size)
{
	if (PASSES)
		return PASS(PQgetline)(pg, line, size);
	return get_line_traced(pg, line, size);
}

OUT_OF_LINE int
get_line_async_traced(PGconn *pg, char *line, int size)
{
	int got = PQgetlineAsync(pg, line, size);

	if (got > 0)
		conn_copied(pg, (size_t)got, line[got - 1] == '\n');
	return got;
}

int
osprof_PQgetlineAsync(PGconn *pg, char *line, int size)
{
	if (PASSES)
		return PASS(PQgetlineAsync)(pg, line, size);
	return get_line_async_traced(pg, line, size);
}

/* libpq made a result. */
static int
take_unseen(PGEventId event, void *made, void *unused)
{
	const PGEventResultCreate *created = made;
	struct conn *conn;

	(void)unused;
	if (event != PGEVT_RESULTCREATE)
		return 1;
	conn = conn_entry(created->conn);
	if (conn && conn->outcome.awaited) {
		conn->outcome.awaited = false;
		outcome_take(&conn->outcome, created->result,
		    PQresultStatus(created->result));
	}
	return 1;
}

/* Look at the result that is made now; a second registration does nothing. */
static void
await(struct conn *conn)
{
	int saved = errno;

	PQregisterEventProc(conn->pg, take_unseen, "osprof", NULL);
	conn->outcome.awaited = true;
	errno = saved;
}

/* The point is over, unless PQendcopy() could not wait for the result. */
static void
end_copy(struct conn *conn, int rc, uint64_t begin_ns)
{
	struct command *first = queue_first(&conn->queue);
	struct outcome *outcome = &conn->outcome;
	bool seen = !outcome->awaited;

	outcome->awaited = false;
	if (!seen && rc != 0) {
		if (PQtransactionStatus(conn->pg) == PQTRANS_ACTIVE)
			return;
		outcome_fail(outcome, conn->pg);
	}
	command_copied(first, begin_ns);
	first->last_ns = clock_ns();
	first->transfer_ns += first->last_ns - begin_ns;
	conn_end_first(conn);
}

OUT_OF_LINE int
end_copy_traced(PGconn *pg)
{
	struct conn *conn = conn_known(pg);
	uint64_t begin_ns;
	int rc;

	if (!conn || !status_is_copy(conn->outcome.status))
		return PQendcopy(pg);
	await(conn);
	begin_ns = clock_ns();

	rc = PQendcopy(pg);

	end_copy(conn, rc, begin_ns);
	return rc;
}

int
osprof_PQendcopy(PGconn *pg)
{
	if (PASSES)
		return PASS(PQendcopy)(pg);
	return end_copy_traced(pg);
}
