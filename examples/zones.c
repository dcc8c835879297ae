/*
 * zones.c - an ordinary SQLite program.  It loads the tables of the time zone
 * database that lie on this machine, or asks what is in them.  Nothing in it
 * knows of osprof but the include below, which was <sqlite3.h>.
 *
 *	zones load DATABASE iso3166.tab zone.tab
 *	zones ask DATABASE COUNTRY
 */
#include <osprof_sqlite.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

static void
run(const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
}

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return stmt;
}

/* Run `insert` for each line of the table, with its columns as parameters. */
static void
load(const char *path, const char *insert)
{
	sqlite3_stmt *stmt = prepare(insert);
	FILE *file = fopen(path, "r");
	char line[512];

	if (!file) {
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), file)) {
		char *column = strtok(line, "\t\n");

		if (!column || line[0] == '#')
			continue;
		for (int i = 1; column; i++, column = strtok(NULL, "\t\n"))
			sqlite3_bind_text(
			    stmt, i, column, -1, SQLITE_TRANSIENT);
		sqlite3_step(stmt);
		sqlite3_reset(stmt);
		sqlite3_clear_bindings(stmt);
	}
	fclose(file);
	sqlite3_finalize(stmt);
}

static void
load_tables(const char *countries, const char *zones)
{
	run("CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT)");
	run("CREATE TABLE zone (country TEXT, place TEXT, name TEXT UNIQUE, "
	    "note TEXT)");
	run("BEGIN");
	load(countries, "INSERT INTO country VALUES (?, ?)");
	load(zones, "INSERT INTO zone VALUES (?, ?, ?, ?)");
	run("COMMIT");
}

/* Print the first column of what `sql` gives for `country`. */
static void
ask(const char *sql, const char *country)
{
	sqlite3_stmt *stmt = prepare(sql);

	sqlite3_bind_text(stmt, 1, country, -1, SQLITE_TRANSIENT);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		printf("  %s\n", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
}

static void
ask_tables(const char *country)
{
	ask("SELECT name FROM country WHERE code = :code", country);
	ask("SELECT name FROM zone WHERE country = :code ORDER BY name",
	    country);
	run("BEGIN");
	run("UPDATE zone SET note = 'checked' WHERE country = 'NZ'");
	/* A mistake, as every program makes one. */
	run("INSERT INTO zone (country, name) VALUES ('XX', 'Asia/Dubai')");
	run("ROLLBACK");
}

int
main(int argc, char **argv)
{
	bool loads = argc == 5 && strcmp(argv[1], "load") == 0;

	if (!loads && (argc != 4 || strcmp(argv[1], "ask") != 0)) {
		fprintf(stderr,
		    "usage: zones load DATABASE iso3166.tab "
		    "zone.tab\n       zones ask DATABASE COUNTRY\n");
		return 2;
	}
	if (sqlite3_open(argv[2], &db) != SQLITE_OK)
		return 1;
	if (loads)
		load_tables(argv[3], argv[4]);
	else
		ask_tables(argv[3]);
	sqlite3_close(db);
	return 0;
}
