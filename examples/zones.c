/*
 * zones.c - an ordinary SQLite program: it loads the time zones of this machine
 * into a database and asks some questions.  Nothing in it knows of osprof but
 * the include below, which was <sqlite3.h>.
 *
 *	zones DATABASE ZONE.TAB
 */
#include <osprof_sqlite.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

static void
run(const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
}

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
		exit(1);
	}
	return stmt;
}

/* A line of the table: country, coordinates, zone, separated by tabs. */
static void
insert(sqlite3_stmt *stmt, char *line)
{
	const char *country = strtok(line, "\t\n");
	const char *where = strtok(NULL, "\t\n");
	const char *zone = strtok(NULL, "\t\n");

	if (!zone)
		return;
	sqlite3_bind_text(stmt, 1, country, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(stmt, 2, zone, -1, SQLITE_TRANSIENT);
	sqlite3_bind_double(stmt, 3, atof(where) / 100);
	sqlite3_step(stmt);
	sqlite3_reset(stmt);
}

static void
load(const char *path)
{
	sqlite3_stmt *stmt = prepare("INSERT INTO zone (country, name, "
				     "latitude) VALUES (?, ?, ?)");
	char line[512];
	FILE *file = fopen(path, "r");
	int lines = 0;

	if (!file) {
		perror(path);
		exit(1);
	}
	run("BEGIN");
	while (fgets(line, sizeof(line), file) && lines < 12)
		if (line[0] != '#') {
			insert(stmt, line);
			lines++;
		}
	run("COMMIT");
	fclose(file);
	sqlite3_finalize(stmt);
}

static void
ask(const char *country)
{
	sqlite3_stmt *stmt = prepare("SELECT name FROM zone "
				     "WHERE country = :country ORDER BY name");

	sqlite3_bind_text(stmt, 1, country, -1, SQLITE_TRANSIENT);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		printf("%s: %s\n", country, sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
}

int
main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: zones DATABASE ZONE.TAB\n");
		return 2;
	}
	if (sqlite3_open(argv[1], &db) != SQLITE_OK)
		return 1;
	run("CREATE TABLE zone (country TEXT, name TEXT UNIQUE, latitude REAL)");
	load(argv[2]);
	ask("AD");
	ask("AE");
	/* A mistake, as every program makes one. */
	run("INSERT INTO zone (country, name) VALUES ('XX', 'Asia/Dubai')");
	sqlite3_close(db);
	return 0;
}
