/*
 * copy.c - the data of a COPY.
 *
 * These calls come once a row and have no span: they count on the point of the
 * statement that began the COPY, which ends with the statement's last result
 * (result.c).  They read no clock, which costs more than most of them: what the
 * point tells is the time of all of them, the program's own between included.
 *
 * PQputCopyEnd() only says that there is no more data: the server's verdict is
 * the next result.
 */
#include "pq/conn.h"

OUT_OF_LINE int
put_data_traced(PGconn *pg, const char *data, int size)
{
	int taken = PQputCopyData(pg, data, size);

	if (taken > 0 && size > 0)
		conn_copied(pg, (size_t)size, 0);
	return taken;
}

int
osprof_PQputCopyData(PGconn *pg, const char *data, int size)
{
	if (PASSES)
		return PASS(PQputCopyData)(pg, data, size);
	return put_data_traced(pg, data, size);
}

OUT_OF_LINE int
get_data_traced(PGconn *pg, char **data, int async)
{
	int size = PQgetCopyData(pg, data, async);

	if (size > 0)
		conn_copied(pg, (size_t)size, 1);
	return size;
}

int
osprof_PQgetCopyData(PGconn *pg, char **data, int async)
{
	if (PASSES)
		return PASS(PQgetCopyData)(pg, data, async);
	return get_data_traced(pg, data, async);
}
