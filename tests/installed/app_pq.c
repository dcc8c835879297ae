/*
 * app_pq.c - a program as users have it, in what C and C++ have in common.
 */
#include <osprof_pq.h>

#include <stdio.h>
#include <string.h>

static int
ask(PGconn *db, const char *who)
{
	const char *values[] = {who};
	PGresult *result = PQexecParams(
	    db, "SELECT length($1)", 1, NULL, values, NULL, NULL, 0);
	int failed = PQresultStatus(result) != PGRES_TUPLES_OK;

	if (failed)
		fprintf(stderr, "%s", PQerrorMessage(db));
	PQclear(result);
	return failed;
}

int
main(int argc, char **argv)
{
	PGconn *db;
	int rc;

	if (argc != 2 || strcmp(osprof_version(), OSPROF_VERSION) != 0) {
		fprintf(stderr, "the library is %s, the header %s\n",
		    osprof_version(), OSPROF_VERSION);
		return 2;
	}
	db = PQconnectdb("");
	rc = ask(db, argv[1]);
	PQfinish(db);
	return rc;
}
