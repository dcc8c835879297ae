/*
 * tickets.c - an ordinary program of libmysqlclient or MariaDB Connector/C: a
 * theatre reads what it plays from a file, puts up its seats, sells two
 *tickets, of which one cannot be had, and counts.  Nothing in it knows of
 *osprof but the include below, which was <mysql.h>.
 *
 *	tickets DATABASE PLAYS.csv
 *
 * It enters the server that my.cnf names, as the mysql command does.
 */
#include <osprof_mysql.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_PATH 1000

static MYSQL *db;

/* clang-format off */
#define NUMBER(variable) \
	{ .buffer_type = MYSQL_TYPE_LONG, .buffer = &(variable) }
#define TEXT(text, len) \
	{ .buffer_type = MYSQL_TYPE_STRING, .buffer = (void *)(text), \
	    .buffer_length = (len) }
/* clang-format on */

/* Say what went wrong, and go on as far as that goes. */
static void
check(int failed)
{
	if (failed)
		fprintf(stderr, "%s\n", mysql_error(db));
}

static void
check_stmt(MYSQL_STMT *stmt, int failed)
{
	if (failed)
		fprintf(stderr, "%s\n", mysql_stmt_error(stmt));
}

static void
run(const char *sql)
{
	check(mysql_query(db, sql));
}

/* Print the rows of a result, and release it. */
static void
print(MYSQL_RES *result)
{
	MYSQL_ROW row;

	while (result && (row = mysql_fetch_row(result)))
		printf("  %-10s %s\n", row[0], row[1]);
	mysql_free_result(result);
}

static void
make_tables(void)
{
	run("CREATE TABLE play (name varchar(20) PRIMARY KEY, price int)");
	run("CREATE TABLE seat (number int, class varchar(8))");
	run("CREATE TABLE sale (id int AUTO_INCREMENT PRIMARY KEY, "
	    "customer varchar(20), play varchar(20), "
	    "FOREIGN KEY (play) REFERENCES play (name))");
	run("CREATE PROCEDURE seats_left(IN wanted varchar(20), OUT seats int) "
	    "SELECT count(*) - (SELECT count(*) FROM sale WHERE play = wanted) "
	    "INTO seats FROM seat");
}

/* A file of the program's own, which the library reads and sends. */
static void
load_plays(const char *path)
{
	char quoted[2 * LONGEST_PATH], sql[3 * LONGEST_PATH];

	mysql_real_escape_string(db, quoted, path, strlen(path));
	snprintf(sql, sizeof(sql),
	    "LOAD DATA LOCAL INFILE '%s' INTO TABLE play FIELDS TERMINATED BY "
	    "','",
	    quoted);
	run(sql);
}

static MYSQL_STMT *
prepare(const char *sql)
{
	MYSQL_STMT *stmt = mysql_stmt_init(db);

	check_stmt(stmt, mysql_stmt_prepare(stmt, sql, strlen(sql)));
	return stmt;
}

static void
execute(MYSQL_STMT *stmt, MYSQL_BIND *binds)
{
	check_stmt(stmt, mysql_stmt_bind_param(stmt, binds));
	check_stmt(stmt, mysql_stmt_execute(stmt));
}

#define SEATS 3

/* One execution for all rows, with a library that can do that. */
static void
put_up_seats(void)
{
	int numbers[SEATS] = {1, 2, 3};
	const char *classes[SEATS] = {"stalls", "stalls", "box"};
	MYSQL_STMT *stmt = prepare("INSERT INTO seat VALUES (?, ?)");

#ifdef MARIADB_BASE_VERSION
	unsigned rows = SEATS;
	unsigned long lengths[SEATS] = {6, 6, 3};
	MYSQL_BIND binds[] = {NUMBER(numbers), TEXT(classes, 0)};

	binds[1].length = lengths;
	mysql_stmt_attr_set(stmt, STMT_ATTR_ARRAY_SIZE, &rows);
	execute(stmt, binds);
#else
	for (int i = 0; i < SEATS; i++) {
		MYSQL_BIND binds[] = {
		    NUMBER(numbers[i]), TEXT(classes[i], strlen(classes[i]))};

		execute(stmt, binds);
	}
#endif
	mysql_stmt_close(stmt);
}

/* A statement that is prepared once and executed with other parameters. */
static void
look_up(void)
{
	static const int prices[] = {30, 50};
	int price;
	char name[20];
	unsigned long len;
	MYSQL_BIND binds[] = {NUMBER(price)};
	MYSQL_BIND columns[] = {TEXT(name, sizeof(name)), NUMBER(price)};
	MYSQL_STMT *stmt = prepare(
	    "SELECT name, price FROM play WHERE price < ? ORDER BY price");

	columns[0].length = &len;
	for (size_t i = 0; i < sizeof(prices) / sizeof(*prices); i++) {
		price = prices[i];
		execute(stmt, binds);
		mysql_stmt_bind_result(stmt, columns);
		while (mysql_stmt_fetch(stmt) == 0)
			printf("  %-10.*s %d\n", (int)len, name, price);
	}
	mysql_stmt_close(stmt);
}

/* A row at a time, as a result that is too large for the memory. */
static void
list_prices(void)
{
	run("SELECT name, price FROM play ORDER BY price DESC");
	print(mysql_use_result(db));
}

#ifdef MARIADB_BASE_VERSION
/* Wait for what the library waits for; return what has come. */
static int
wait_for(int wanted)
{
	struct pollfd server = {.fd = mysql_get_socket(db)};

	server.events = (wanted & MYSQL_WAIT_READ ? POLLIN : 0) |
			(wanted & MYSQL_WAIT_WRITE ? POLLOUT : 0);
	poll(&server, 1, -1);
	return wanted;
}

static int
ask(const char *sql)
{
	int failed;
	int wanted = mysql_real_query_start(&failed, db, sql, strlen(sql));

	while (wanted)
		wanted = mysql_real_query_cont(&failed, db, wait_for(wanted));
	return failed;
}
#else
static int
ask(const char *sql)
{
	enum net_async_status status;

	while ((status = mysql_real_query_nonblocking(db, sql, strlen(sql))) ==
	       NET_ASYNC_NOT_READY)
		poll(NULL, 0, 1);
	return status == NET_ASYNC_ERROR;
}
#endif

/* A query that may take long: the program could do something else meanwhile. */
static void
look_up_meanwhile(void)
{
	check(ask("SELECT name, sleep(0.002) FROM play WHERE price > 40"));
	print(mysql_store_result(db));
}

/* What the procedure puts into its OUT parameter comes as a row. */
static int
seats_left(const char *play)
{
	int seats = 0;
	MYSQL_BIND binds[] = {TEXT(play, strlen(play)), NUMBER(seats)};
	MYSQL_BIND columns[] = {NUMBER(seats)};
	MYSQL_STMT *stmt = prepare("CALL seats_left(?, ?)");

	execute(stmt, binds);
	do {
		if (mysql_stmt_field_count(stmt) == 0)
			continue;
		mysql_stmt_bind_result(stmt, columns);
		while (mysql_stmt_fetch(stmt) == 0)
			;
	} while (mysql_stmt_next_result(stmt) == 0);
	mysql_stmt_close(stmt);
	return seats;
}

static void
sell(const char *customer, const char *play)
{
	MYSQL_BIND binds[] = {
	    TEXT(customer, strlen(customer)), TEXT(play, strlen(play))};
	MYSQL_STMT *stmt = prepare(
	    "INSERT INTO sale (customer, play) VALUES (?, ?)");

	run("START TRANSACTION");
	execute(stmt, binds);
	if (mysql_stmt_errno(stmt))
		run("ROLLBACK");
	else
		run("COMMIT");
	mysql_stmt_close(stmt);
	printf("  %d left for %s\n", seats_left(play), play);
}

/* Several statements in one text, and a result of each. */
static void
count_sales(void)
{
	run("UPDATE play SET price = price + 2 WHERE name = 'Faust'; "
	    "SELECT play, count(*) FROM sale GROUP BY play; "
	    "SELECT 'seats', count(*) FROM seat");
	do
		print(mysql_store_result(db));
	while (mysql_next_result(db) == 0);
}

/* Enter the server that my.cnf names. */
static int
enter(const char *database)
{
	unsigned yes = 1;

	db = mysql_init(NULL);
	mysql_options(db, MYSQL_READ_DEFAULT_GROUP, "client");
	mysql_options(db, MYSQL_OPT_LOCAL_INFILE, &yes);
#ifdef MARIADB_BASE_VERSION
	mysql_options(db, MYSQL_OPT_NONBLOCK, NULL);
#endif
	if (mysql_real_connect(db, NULL, NULL, NULL, database, 0, NULL,
		CLIENT_MULTI_STATEMENTS))
		return 0;
	check(1);
	return 1;
}

static int
usage(void)
{
	fprintf(stderr, "usage: tickets DATABASE PLAYS.csv\n");
	return 2;
}

int
main(int argc, char **argv)
{
	int failed;

	if (argc != 3 || strlen(argv[2]) >= LONGEST_PATH)
		return usage();
	failed = enter(argv[1]);
	if (!failed) {
		make_tables();
		load_plays(argv[2]);
		put_up_seats();
		look_up();
		list_prices();
		look_up_meanwhile();
		sell("Ada", "Faust");
		sell("Grace", "Godot");
		count_sales();
	}
	mysql_close(db);
	return failed;
}
