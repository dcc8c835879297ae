/*
 * steps.h - what the tests over the scripted libpq do again and again.
 */
#ifndef TESTS_PQ_STEPS_H
#define TESTS_PQ_STEPS_H

#include "fake_shim.h"
#include "tests/check.h"
#include "tests/pq/fake_pq.h"

static PGconn *conn;

static inline void
given(void)
{
	conn = fake_pq();
	shim_on();
}

/* Send a query that is taken. */
static inline void
send_query(const char *sql)
{
	answer_number("PQsendQuery", 1)->transaction = PQTRANS_ACTIVE;
	CHECK(osprof_PQsendQuery(conn, sql) == 1);
}

/* Ask for results as often as the script answers with one, and once more. */
static inline void
drain(void)
{
	while (osprof_PQgetResult(conn))
		;
}

static inline void
enter(void)
{
	answer_number("PQenterPipelineMode", 1);
	CHECK(osprof_PQenterPipelineMode(conn) == 1);
}

static inline void
send_command(const char *sql)
{
	answer_number("PQsendQueryParams", 1)->transaction = PQTRANS_ACTIVE;
	CHECK(osprof_PQsendQueryParams(
		  conn, sql, 0, NULL, NULL, NULL, NULL, 0) == 1);
}

static inline void
sync_batch(void)
{
	answer_number("PQpipelineSync", 1);
	CHECK(osprof_PQpipelineSync(conn) == 1);
}

/* Fetch as many answers, NULL or not. */
static inline void
fetch(unsigned count)
{
	while (count--)
		osprof_PQgetResult(conn);
}

static inline void
answer_one(int row_count)
{
	answer_rows("PQgetResult", PGRES_TUPLES_OK, row_count, "SELECT 1");
	answer_null("PQgetResult");
}

static inline void
answer_aborted(void)
{
	answer_status("PQgetResult", PGRES_PIPELINE_ABORTED);
	answer_null("PQgetResult");
}

static inline void
answer_sync(void)
{
	answer_status("PQgetResult", PGRES_PIPELINE_SYNC)->transaction =
	    PQTRANS_IDLE;
}

static inline void
given_in_pipeline(void)
{
	conn = fake_pq();
	shim_on();
	enter();
}

#endif
