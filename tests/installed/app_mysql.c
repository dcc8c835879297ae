/*
 * app_mysql.c - a program as users have it, in what C and C++ have in common.
 */
#include <osprof_mysql.h>

#include <stdio.h>
#include <string.h>

static const char sql[] = "SELECT length(?)";

static int
ask(MYSQL *db, char *who)
{
	MYSQL_STMT *stmt = mysql_stmt_init(db);
	MYSQL_BIND value;
	int failed;

	memset(&value, 0, sizeof(value));
	value.buffer_type = MYSQL_TYPE_STRING;
	value.buffer = who;
	value.buffer_length = strlen(who);
	failed = mysql_stmt_prepare(stmt, sql, sizeof(sql) - 1) ||
		 mysql_stmt_bind_param(stmt, &value) ||
		 mysql_stmt_execute(stmt) || mysql_stmt_store_result(stmt);
	if (failed)
		fprintf(stderr, "%s\n", mysql_stmt_error(stmt));
	mysql_stmt_close(stmt);
	return failed;
}

int
main(int argc, char **argv)
{
	MYSQL *db;
	int rc = 1;

	if (argc != 2 || strcmp(osprof_version(), OSPROF_VERSION) != 0) {
		fprintf(stderr, "the library is %s, the header %s\n",
		    osprof_version(), OSPROF_VERSION);
		return 2;
	}
	db = mysql_init(NULL);
	mysql_options(db, MYSQL_READ_DEFAULT_GROUP, "client");
	if (mysql_real_connect(db, NULL, NULL, NULL, NULL, 0, NULL, 0))
		rc = ask(db, argv[1]);
	else
		fprintf(stderr, "%s\n", mysql_error(db));
	mysql_close(db);
	return rc;
}
