/*
 * stmt_subject.c - a program that uses prepared statements in every way that a
 * client library has for them, and tells what it gets.
 *
 * Knows nothing of osprof.
 */
#include <mysql.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef MARIADB_BASE_VERSION
typedef my_bool flag;
# define IS_MARIADB 1
#else
typedef bool flag;
# define IS_MARIADB 0
#endif

static MYSQL *mysql;

static void
connect_now(void)
{
	mysql = mysql_init(NULL);
	if (!mysql_real_connect(mysql, NULL, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), getenv("OSPROF_TEST_DATABASE"),
		0, getenv("OSPROF_TEST_SOCKET"), 0)) {
		printf("no connection: %s\n", mysql_error(mysql));
		exit(2);
	}
}

static void
run(const char *sql)
{
	printf("%s: %d\n", sql, mysql_query(mysql, sql));
}

/* Tell what the call returned, and of a failure why. */
static int
tell(const char *call, MYSQL_STMT *stmt, int rc)
{
	printf("%s: %d", call, rc);
	if (rc && rc < 100)
		printf(" %u %s %s", mysql_stmt_errno(stmt),
		    mysql_stmt_sqlstate(stmt), mysql_stmt_error(stmt));
	printf("\n");
	return rc;
}

static MYSQL_STMT *
prepare(const char *sql)
{
	MYSQL_STMT *stmt = mysql_stmt_init(mysql);

	tell("prepare", stmt, mysql_stmt_prepare(stmt, sql, strlen(sql)));
	return stmt;
}

static void
execute(MYSQL_STMT *stmt)
{
	tell("execute", stmt, mysql_stmt_execute(stmt));
	printf("  fields %u, affected %lld, id %llu\n",
	    mysql_stmt_field_count(stmt),
	    (long long)mysql_stmt_affected_rows(stmt),
	    (unsigned long long)mysql_stmt_insert_id(stmt));
}

static void
bind(MYSQL_STMT *stmt, MYSQL_BIND *array)
{
	tell("bind", stmt, mysql_stmt_bind_param(stmt, array));
}

/* Fetch the first column of at most so many rows. */
static void
fetch(MYSQL_STMT *stmt, unsigned rows)
{
	char text[4];
	unsigned long len = 0;
	flag is_null = 0;
	MYSQL_BIND column[8];
	int rc = 0;

	memset(column, 0, sizeof(column));
	column[0].buffer_type = MYSQL_TYPE_STRING;
	column[0].buffer = text;
	column[0].buffer_length = sizeof(text);
	column[0].length = &len;
	column[0].is_null = &is_null;
	for (unsigned i = 1; i < 8; i++)
		column[i].buffer_type = MYSQL_TYPE_NULL;
	tell("bind result", stmt, mysql_stmt_bind_result(stmt, column));
	while (rows-- && (rc == 0 || rc == MYSQL_DATA_TRUNCATED)) {
		rc = mysql_stmt_fetch(stmt);
		printf("  fetch %d: %.*s of %lu\n", rc,
		    (int)(len < sizeof(text) ? len : sizeof(text)),
		    rc == 100 || rc == 1 ? "" : text, len);
	}
}

static void
end(MYSQL_STMT *stmt)
{
	printf("close: %d\n", mysql_stmt_close(stmt));
}

/* clang-format off */
#define NUMBER(type, unsign, variable) \
	{ .buffer_type = MYSQL_TYPE_##type, .buffer = &variable, \
	    .is_unsigned = unsign }
#define BYTES(type, text) \
	{ .buffer_type = MYSQL_TYPE_##type, .buffer = (void *)text, \
	    .buffer_length = sizeof(text) - 1 }
/* clang-format on */

static void
all_types(void)
{
	signed char tiny = -1;
	unsigned char utiny = 255;
	short small = -2;
	int four = -3;
	long long eight = -4;
	unsigned long long ueight = 18446744073709551612u;
	float real = 0.5f;
	double wide = -2.5;
	flag yes = 1, no = 0;
	MYSQL_TIME at = {.year = 2026,
	    .month = 11,
	    .day = 21,
	    .hour = 18,
	    .minute = 50,
	    .second = 1,
	    .second_part = 250000};
	MYSQL_TIME lasts = {
	    .day = 1, .hour = 2, .minute = 3, .second = 4, .neg = 1};
	MYSQL_BIND array[] = {
	    NUMBER(TINY, 0, tiny),
	    NUMBER(TINY, 1, utiny),
	    NUMBER(SHORT, 0, small),
	    NUMBER(LONG, 0, four),
	    NUMBER(LONGLONG, 0, eight),
	    NUMBER(LONGLONG, 1, ueight),
	    NUMBER(FLOAT, 0, real),
	    NUMBER(DOUBLE, 0, wide),
	    NUMBER(DATE, 0, at),
	    NUMBER(DATETIME, 0, at),
	    NUMBER(TIMESTAMP, 0, at),
	    NUMBER(TIME, 0, lasts),
	    BYTES(STRING, "a text"),
	    BYTES(VAR_STRING, "another"),
	    BYTES(NEWDECIMAL, "12.50"),
	    BYTES(BLOB, "\0\1\2"),
	    {.buffer_type = MYSQL_TYPE_NULL, .is_null = (void *)1},
	    NUMBER(LONG, 0, four),
	    NUMBER(LONG, 0, four),
	};
	MYSQL_STMT *stmt = prepare(
	    "insert into types (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p,"
	    " q, r, s) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
	    "?, ?, ?)");

	array[17].is_null = &yes;
	array[18].is_null = &no;
	bind(stmt, array);
	execute(stmt);
	four = 7;
	yes = 0;
	execute(stmt);
	end(stmt);
}

static void
rows(void)
{
	int from = 2;
	MYSQL_BIND array[] = {NUMBER(LONG, 0, from)};
	MYSQL_STMT *stmt = prepare(
	    "select v from five where n >= ? order by n");

	bind(stmt, array);
	execute(stmt);
	tell("store", stmt, mysql_stmt_store_result(stmt));
	printf("  rows %llu\n", (unsigned long long)mysql_stmt_num_rows(stmt));
	fetch(stmt, 9);
	from = 4;
	execute(stmt);
	fetch(stmt, 9);
	execute(stmt);
	fetch(stmt, 1);
	tell("free", stmt, mysql_stmt_free_result(stmt));
	execute(stmt);
	fetch(stmt, 1);
	tell("reset", stmt, mysql_stmt_reset(stmt));
	execute(stmt);
	execute(stmt);
	fetch(stmt, 1);
	end(stmt);
}

static void
cursor(void)
{
	unsigned long type = CURSOR_TYPE_READ_ONLY, ahead = 2;
	MYSQL_STMT *stmt = prepare("select n from five order by n");

	tell("attr", stmt,
	    mysql_stmt_attr_set(stmt, STMT_ATTR_CURSOR_TYPE, &type));
	tell("attr", stmt,
	    mysql_stmt_attr_set(stmt, STMT_ATTR_PREFETCH_ROWS, &ahead));
	execute(stmt);
	fetch(stmt, 3);
	run("do 1");
	fetch(stmt, 9);
	end(stmt);
}

static void
long_data(void)
{
	MYSQL_BIND array[] = {BYTES(BLOB, "short"), BYTES(STRING, "x")};
	MYSQL_STMT *stmt = prepare("insert into texts values (?, ?)");

	bind(stmt, array);
	mysql_stmt_send_long_data(stmt, 0, "first ", 6);
	mysql_stmt_send_long_data(stmt, 0, "and second", 10);
	execute(stmt);
	execute(stmt);
	mysql_stmt_send_long_data(stmt, 1, "kept", 4);
	bind(stmt, array);
	execute(stmt);
	mysql_stmt_send_long_data(stmt, 1, "dropped", 7);
	tell("reset", stmt, mysql_stmt_reset(stmt));
	execute(stmt);
	end(stmt);
}

static void
call(void)
{
	int in = 3, rc = 0;
	MYSQL_BIND array[] = {
	    NUMBER(LONG, 0, in), {.buffer_type = MYSQL_TYPE_NULL}};
	MYSQL_STMT *stmt = prepare("call twice(?, ?)");

	bind(stmt, array);
	execute(stmt);
	while (rc == 0) {
		if (mysql_stmt_field_count(stmt))
			fetch(stmt, 9);
		rc = mysql_stmt_next_result(stmt);
		printf("next: %d\n", rc);
	}
	end(stmt);
}

static void
errors(void)
{
	int one = 1;
	MYSQL_BIND array[] = {NUMBER(LONG, 0, one)};
	MYSQL_STMT *stmt = prepare("select nothing from nowhere");

	execute(stmt);
	end(stmt);
	stmt = prepare("insert into five (n) values (?)");
	execute(stmt); /* what is bound to nothing */
	bind(stmt, array);
	execute(stmt);
	tell("prepare", stmt,
	    mysql_stmt_prepare(stmt, "delete from five where n = ?", 28));
	one = 5;
	bind(stmt, array);
	execute(stmt);
	end(stmt);
	stmt = prepare("select n from five");
	execute(stmt);
	run("select 'refused'");
	fetch(stmt, 9);
	end(stmt);
}

/* Another user's session takes the statements away. */
static void
another_user(void)
{
	MYSQL_STMT *stmt = prepare("select n from five where n > 0");
	unsigned long type = CURSOR_TYPE_READ_ONLY;

	mysql_stmt_attr_set(stmt, STMT_ATTR_CURSOR_TYPE, &type);
	execute(stmt);
	fetch(stmt, 1);
	printf("change user: %d\n",
	    mysql_change_user(mysql, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"),
		getenv("OSPROF_TEST_DATABASE")));
	tell("execute", stmt, mysql_stmt_execute(stmt));
	end(stmt);
}

/* A text with a credential is refused, and quoted by the server. */
static void
credential(void)
{
	end(prepare(
	    "create user someone identified by 'my password' nonsense"));
	end(prepare(
	    "create user someone identified by nonsense 'my password'"));
	run("create user someone identified by nonsense 'my password'");
}

/* What ends a statement, or its rows, beside itself. */
static void
ends(void)
{
	MYSQL_STMT *stmt = prepare("select n from five order by n"), *open;
	unsigned long type = CURSOR_TYPE_READ_ONLY;

	mysql_stmt_attr_set(stmt, STMT_ATTR_CURSOR_TYPE, &type);
	execute(stmt);
	fetch(stmt, 1);
	printf("reset connection: %d\n", mysql_reset_connection(mysql));
	tell("execute", stmt, mysql_stmt_execute(stmt));
	end(stmt);
	open = prepare("select v from five order by v");
	stmt = prepare("select 'closed with the connection'");
	mysql_stmt_attr_set(open, STMT_ATTR_CURSOR_TYPE, &type);
	execute(open);
	fetch(open, 1);
	mysql_close(mysql);
	tell("execute", stmt, mysql_stmt_execute(stmt));
	end(stmt); /* and `open` is leaked */
}

#if IS_MARIADB
static void
arrays(void)
{
	struct row {
		int n;
		char text[8];
		unsigned long len;
		char indicator;
	} table[] = {{11, "row", 3, STMT_INDICATOR_NONE},
	    {12, "", 0, STMT_INDICATOR_NULL}, {13, "last", 4, 0}};
	int numbers[] = {21, 22};
	const char *texts[] = {"a", "bc"};
	unsigned long lengths[] = {1, 2};
	char indicators[] = {STMT_INDICATOR_NONE, STMT_INDICATOR_DEFAULT};
	unsigned size = 2;
	size_t row_size = sizeof(struct row);
	MYSQL_BIND columns[] = {
	    {.buffer_type = MYSQL_TYPE_LONG, .buffer = numbers},
	    {.buffer_type = MYSQL_TYPE_STRING,
		.buffer = texts,
		.length = lengths,
		.u.indicator = indicators},
	};
	MYSQL_BIND whole[] = {
	    {.buffer_type = MYSQL_TYPE_LONG, .buffer = &table[0].n},
	    {.buffer_type = MYSQL_TYPE_STRING,
		.buffer = table[0].text,
		.length = &table[0].len,
		.u.indicator = &table[0].indicator},
	};
	MYSQL_STMT *stmt = prepare("insert into five (n, v) values (?, ?)");

	mysql_stmt_attr_set(stmt, STMT_ATTR_ARRAY_SIZE, &size);
	bind(stmt, columns);
	execute(stmt);
	size = 3;
	mysql_stmt_attr_set(stmt, STMT_ATTR_ARRAY_SIZE, &size);
	mysql_stmt_attr_set(stmt, STMT_ATTR_ROW_SIZE, &row_size);
	bind(stmt, whole);
	execute(stmt);
	end(stmt);
	run("delete from five where n > 10");
}

static void
own_ways(void)
{
	unsigned count = 1;
	int number = 3;
	MYSQL_BIND array[] = {NUMBER(LONG, 0, number)};
	MYSQL_STMT *stmt = mysql_stmt_init(mysql);

	mysql_stmt_attr_set(stmt, STMT_ATTR_PREBIND_PARAMS, &count);
	bind(stmt, array);
	tell("direct", stmt,
	    mariadb_stmt_execute_direct(
		stmt, "select v from five where n = ?", (size_t)-1));
	fetch(stmt, 9);
	number = 4;
	execute(stmt);
	fetch(stmt, 9);
	end(stmt);
	arrays();
}
#else
static void
own_ways(void)
{
	int number = 3;
	MYSQL_BIND array[] = {
	    NUMBER(LONG, 0, number), BYTES(STRING, "of a query")};
	const char *names[] = {NULL, "kind"};

# if MYSQL_VERSION_ID >= 80300
	MYSQL_STMT *stmt = prepare("select v from five where n = ?");

	tell("bind named", stmt,
	    mysql_stmt_bind_named_param(stmt, array, 2, names));
	execute(stmt);
	fetch(stmt, 9);
	end(stmt);
# endif
	names[0] = "number";
	mysql_bind_param(mysql, 2, array, names);
	run("do 2");
	run("do 3");
	mysql_bind_param(mysql, 2, array, names);
	mysql_free_result(mysql_list_tables(mysql, "none"));
	run("do 4");
	mysql_bind_param(mysql, 2, array, names);
	mysql_reset_connection(mysql);
	run("do 5");
}
#endif

int
main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	connect_now();
	run("create temporary table types (id int primary key auto_increment, "
	    "a tinyint, b tinyint unsigned, c smallint, d int, e bigint, "
	    "f bigint unsigned, g float, h double, i date, j datetime(6), "
	    "k timestamp(6) null, l time, m text, n text, o decimal(5, 2), "
	    "p blob, q text, r int, s int)");
	run("create temporary table texts (a blob, b text)");
	run("drop table if exists five");
	run("create table five (n int primary key, "
	    "v varchar(20) default 'nothing')");
	run("insert into five values (1, 'one'), (2, 'two'), (3, 'three'), "
	    "(4, 'four'), (5, 'five')");
	run("drop procedure if exists twice");
	run("create procedure twice(in a int, out b int) begin "
	    "select v from five where n = a; select n from five where n < a; "
	    "set b = 2 * a; end");
	all_types();
	rows();
	cursor();
	long_data();
	call();
	errors();
	own_ways();
	another_user();
	credential();
	ends();
	return 0;
}
