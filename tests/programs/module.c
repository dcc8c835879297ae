/*
 * module.c - a module that brings SQLite with it, for loader.c.
 */
#include <sqlite3.h>
#include <stddef.h>

__attribute__((visibility("default"))) int module_run(int number);

/* What SQLite makes of `number + 1`; -1 on an error. */
int
module_run(int number)
{
	sqlite3 *db;
	sqlite3_stmt *stmt = NULL;
	int result = -1;

	if (sqlite3_open(":memory:", &db) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, "select ?1 + 1", -1, &stmt, NULL) ==
		SQLITE_OK &&
	    sqlite3_bind_int(stmt, 1, number) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		result = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return result;
}
