/*
 * app_sqlite.c - a program as users have it, in what C and C++ have in common.
 */
#include <osprof_sqlite.h>

#include <stdio.h>
#include <string.h>

static int
ask(sqlite3 *db, const char *who)
{
	sqlite3_stmt *stmt;
	int rc;

	if (sqlite3_prepare_v2(db, "SELECT length(:who)", -1, &stmt, NULL) !=
	    SQLITE_OK)
		return 1;
	sqlite3_bind_text(stmt, 1, who, -1, SQLITE_STATIC);
	rc = sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	return rc != SQLITE_ROW;
}

int
main(int argc, char **argv)
{
	sqlite3 *db;
	int rc;

	if (argc != 2 || strcmp(osprof_version(), OSPROF_VERSION) != 0) {
		fprintf(stderr, "the library is %s, the header %s\n",
		    osprof_version(), OSPROF_VERSION);
		return 2;
	}
	rc = sqlite3_open(":memory:", &db) != SQLITE_OK || ask(db, argv[1]);
	sqlite3_close(db);
	return rc;
}
