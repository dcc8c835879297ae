/*
 * orders.c - an ordinary libpq program: a shop fills its shelves by COPY, looks
 * things up, takes two orders, of which one goes wrong, and counts its stock.
 * Nothing in it knows of osprof but the include below, which was <libpq-fe.h>.
 *
 *	orders [CONNINFO]
 */
#include <osprof_pq.h>

#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INT4 23
#define TEXT 25
#define TEXT_FORMAT 0
#define BINARY_FORMAT 1

static PGconn *db;

/* Say what went wrong, and go on as far as that goes. */
static void
finish(PGresult *result)
{
	switch (PQresultStatus(result)) {
	case PGRES_FATAL_ERROR:
		fprintf(stderr, "%s", PQresultErrorMessage(result));
		break;
	case PGRES_PIPELINE_ABORTED:
		fprintf(stderr, "not run\n");
		break;
	default:
		break;
	}
	PQclear(result);
}

static void
run(const char *sql)
{
	finish(PQexec(db, sql));
}

/* Print what a result has, and release it. */
static void
print(PGresult *result)
{
	for (int row = 0; row < PQntuples(result); row++)
		printf("  %-6s %s\n", PQgetvalue(result, row, 0),
		    PQgetvalue(result, row, 1));
	finish(result);
}

static void
make_tables(void)
{
	run("CREATE TEMPORARY TABLE item (name text PRIMARY KEY, price int, "
	    "stock int CHECK (stock >= 0))");
	run("CREATE TEMPORARY TABLE sale (id serial, customer text, item "
	    "text)");
}

/* COPY, to the server. */
static void
fill_shelves(void)
{
	static const char *const items[] = {"tea\t450\t12\n",
	    "coffee\t620\t3\n", "cocoa\t510\t0\n", "sugar\t90\t40\n"};

	finish(PQexec(db, "COPY item FROM STDIN"));
	for (size_t i = 0; i < sizeof(items) / sizeof(*items); i++)
		PQputCopyData(db, items[i], (int)strlen(items[i]));
	PQputCopyEnd(db, NULL);
	for (PGresult *result; (result = PQgetResult(db));)
		finish(result);
}

/* A statement that is prepared once and executed with other parameters. */
static void
look_up(void)
{
	static const Oid types[] = {INT4, TEXT};
	static const char *const names[] = {"c%", "%a"};
	uint32_t price = htonl(600);
	const int formats[] = {BINARY_FORMAT, TEXT_FORMAT};
	const int lengths[] = {sizeof(price), 0};

	finish(PQprepare(db, "cheaper",
	    "SELECT name, price FROM item WHERE price < $1 AND name LIKE $2", 2,
	    types));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *const values[] = {(char *)&price, names[i]};

		print(PQexecPrepared(
		    db, "cheaper", 2, values, lengths, formats, TEXT_FORMAT));
	}
}

/* Ask, and do something else until the answer is there. */
static void
look_up_meanwhile(void)
{
	struct pollfd server = {.fd = PQsocket(db), .events = POLLIN};
	static const char *const names[] = {"sugar"};

	PQsendQueryParams(db,
	    "SELECT name, stock FROM item, pg_sleep(0.002) WHERE name = $1", 1,
	    NULL, names, NULL, NULL, TEXT_FORMAT);
	while (PQisBusy(db)) {
		poll(&server, 1, -1);
		PQconsumeInput(db);
	}
	for (PGresult *result; (result = PQgetResult(db));)
		print(result);
}

/* A row at a time, as a result that is too large for the memory. */
static void
list_prices(void)
{
	PQsendQuery(db, "SELECT name, price FROM item ORDER BY price");
	PQsetSingleRowMode(db);
	for (PGresult *result; (result = PQgetResult(db));)
		print(result);
}

static void
send_one(const char *sql, const char *value)
{
	const char *const values[] = {value};

	PQsendQueryParams(db, sql, 1, NULL, values, NULL, NULL, TEXT_FORMAT);
}

/* Statements that are sent at once and answered one after the other. */
static void
sell(const char *customer, const char *item)
{
	static const char take[] =
	    "UPDATE item SET stock = stock - 1 WHERE name = $1";
	int left = 3;

	PQenterPipelineMode(db);
	send_one("INSERT INTO sale (customer) VALUES ($1)", customer);
	send_one(take, item);
	send_one("UPDATE sale SET item = $1 WHERE item IS NULL", item);
	PQpipelineSync(db);
	while (left--) {
		finish(PQgetResult(db));
		PQgetResult(db); /* the NULL behind each command */
	}
	finish(PQgetResult(db)); /* the sync's */
	PQexitPipelineMode(db);
}

static void
take_order(const char *customer, const char *item)
{
	run("BEGIN");
	sell(customer, item);
	run(PQtransactionStatus(db) == PQTRANS_INERROR ? "ROLLBACK" : "COMMIT");
}

/* COPY, from the server. */
static void
count_stock(void)
{
	char *row;

	finish(PQexec(db, "COPY (SELECT name, stock FROM item) TO STDOUT"));
	while (PQgetCopyData(db, &row, 0) > 0) {
		printf("  %s", row);
		PQfreemem(row);
	}
	for (PGresult *result; (result = PQgetResult(db));)
		finish(result);
}

int
main(int argc, char **argv)
{
	db = PQconnectdb(argc > 1 ? argv[1] : "");
	if (PQstatus(db) != CONNECTION_OK) {
		fprintf(stderr, "%s", PQerrorMessage(db));
		PQfinish(db);
		return 1;
	}
	make_tables();
	fill_shelves();
	look_up();
	look_up_meanwhile();
	list_prices();
	take_order("Ada", "tea");
	take_order("Grace", "cocoa");
	count_stock();
	PQfinish(db);
	return 0;
}
