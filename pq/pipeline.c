/*
 * pipeline.c - pipeline mode: which commands are a batch.
 *
 * No call here has a span.  Commands that are sent in pipeline mode are a batch
 * up to the next sync, which leaves its mark in the queue (queue.h).
 */
#include "pq/conn.h"

OUT_OF_LINE int
enter_pipeline_traced(PGconn *pg)
{
	struct conn *conn = gate_open() ? conn_find(pg) : NULL;
	int entered;

	entered = PQenterPipelineMode(pg);

	if (entered && conn && !conn->queue.pipelined)
		queue_pipelined(&conn->queue, true);
	return entered;
}

int
osprof_PQenterPipelineMode(PGconn *pg)
{
	if (PASSES)
		return PASS(PQenterPipelineMode)(pg);
	return enter_pipeline_traced(pg);
}

/* libpq left the mode: it waits for nothing any more. */
OUT_OF_LINE int
exit_pipeline_traced(PGconn *pg)
{
	struct conn *conn = conn_known(pg);
	int left;

	left = PQexitPipelineMode(pg);

	if (left && conn && conn->queue.pipelined) {
		conn_end_waiting(conn, PQstatus(pg) == CONNECTION_BAD
					   ? "connection lost"
					   : "unseen");
		queue_pipelined(&conn->queue, false);
	}
	return left;
}

int
osprof_PQexitPipelineMode(PGconn *pg)
{
	if (PASSES)
		return PASS(PQexitPipelineMode)(pg);
	return exit_pipeline_traced(pg);
}

OUT_OF_LINE int
pipeline_sync_traced(PGconn *pg)
{
	struct conn *conn = conn_known(pg);
	int synced;

	synced = PQpipelineSync(pg);

	if (synced && conn)
		queue_mark(&conn->queue, conn_room(conn));
	return synced;
}

int
osprof_PQpipelineSync(PGconn *pg)
{
	if (PASSES)
		return PASS(PQpipelineSync)(pg);
	return pipeline_sync_traced(pg);
}

OUT_OF_LINE int
send_pipeline_sync_traced(PGconn *pg)
{
	struct conn *conn = conn_known(pg);
	int synced;

	synced = PQsendPipelineSync(pg);

	if (synced && conn)
		queue_mark(&conn->queue, conn_room(conn));
	return synced;
}

int
osprof_PQsendPipelineSync(PGconn *pg)
{
	if (PASSES)
		return PASS(PQsendPipelineSync)(pg);
	return send_pipeline_sync_traced(pg);
}
