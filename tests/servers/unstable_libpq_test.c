/*
 * A program built here runs with the newest libpq, and may call what the
 * distribution's libpq has not.
 */
#include "tests/check.h"

#include <libpq-fe.h>

static void
test_a_server_answers_in_chunks_of_rows(void)
{
	PGconn *conn = PQconnectdb("");
	PGresult *result;

	CHECK(PQlibVersion() >= 180000);
	CHECK(PQsendQuery(conn, "select generate_series(1, 5)") == 1);
	CHECK(PQsetChunkedRowsMode(conn, 3) == 1);

	result = PQgetResult(conn);
	CHECK(PQresultStatus(result) == PGRES_TUPLES_CHUNK);
	CHECK(PQntuples(result) == 3);
	PQclear(result);
	PQfinish(conn);
}

RUN_TESTS(TEST(test_a_server_answers_in_chunks_of_rows))
