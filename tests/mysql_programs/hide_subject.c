/*
 * hide_subject.c - runs what it is told on stdin, one line a command, whose
 * parts stand between tabs: what it is given to hide is nowhere in its own
 * text.
 */
#include <mysql.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTS 3

static MYSQL *mysql;

static void
say(const char *what, int rc)
{
	printf("%s: %d %u %s %s\n", what, rc, mysql_errno(mysql),
	    mysql_sqlstate(mysql), mysql_error(mysql));
}

/* What is left of the results of what was sent. */
static void
take_all(int rc)
{
	say("query", rc);
	while (rc == 0) {
		MYSQL_RES *result = mysql_store_result(mysql);

		if (result)
			mysql_free_result(result);
		rc = mysql_next_result(mysql);
		say("next", rc);
	}
}

static void
take_streamed(int rc)
{
	MYSQL_RES *result = rc ? NULL : mysql_use_result(mysql);

	say("query", rc);
	if (!result)
		return;
	while (mysql_fetch_row(result))
		;
	mysql_free_result(result);
}

static void
execute(MYSQL_STMT *stmt)
{
	int rc = mysql_stmt_execute(stmt);

	printf("execute: %d %u %s\n", rc, mysql_stmt_errno(stmt),
	    mysql_stmt_error(stmt));
	mysql_stmt_store_result(stmt);
	mysql_stmt_free_result(stmt);
}

/* Once with the value as each type that is bytes. */
static void
execute_with_bytes(MYSQL_STMT *stmt, char *value)
{
	static const enum enum_field_types types[] = {MYSQL_TYPE_STRING,
	    MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_BLOB, MYSQL_TYPE_TINY_BLOB,
	    MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_NEWDECIMAL,
	    MYSQL_TYPE_DECIMAL, MYSQL_TYPE_JSON};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		unsigned long length = strlen(value);
		MYSQL_BIND bind = {.buffer_type = types[i],
		    .buffer = value,
		    .buffer_length = length,
		    .length = &length};

		if (!mysql_stmt_bind_param(stmt, &bind))
			execute(stmt);
	}
}

static void
execute_with_number(MYSQL_STMT *stmt, char *value)
{
	long long whole = atoll(value);
	double real = atof(value);
	MYSQL_BIND bind = {
	    .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &whole};

	if (!mysql_stmt_bind_param(stmt, &bind))
		execute(stmt);
	bind = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_DOUBLE, .buffer = &real};
	if (!mysql_stmt_bind_param(stmt, &bind))
		execute(stmt);
}

static void
execute_with_long_data(MYSQL_STMT *stmt, char *value)
{
	MYSQL_BIND bind = {.buffer_type = MYSQL_TYPE_BLOB};

	if (mysql_stmt_bind_param(stmt, &bind))
		return;
	mysql_stmt_send_long_data(stmt, 0, value, 3);
	mysql_stmt_send_long_data(stmt, 0, value + 3, strlen(value + 3));
	execute(stmt);
}

static void
execute_with_array(MYSQL_STMT *stmt, char *value)
{
#ifdef MARIADB_BASE_VERSION
	unsigned int rows = 2;
	char *values[] = {value, value};
	unsigned long lengths[] = {strlen(value), strlen(value)};
	MYSQL_BIND bind = {.buffer_type = MYSQL_TYPE_STRING,
	    .buffer = values,
	    .length = lengths};

	mysql_stmt_attr_set(stmt, STMT_ATTR_ARRAY_SIZE, &rows);
	if (!mysql_stmt_bind_param(stmt, &bind))
		execute(stmt);
#else
	execute_with_bytes(stmt, value);
#endif
}

static void
run_prepared(
    const char *sql, char *value, void (*run)(MYSQL_STMT *stmt, char *value))
{
	MYSQL_STMT *stmt = mysql_stmt_init(mysql);
	int rc = mysql_stmt_prepare(stmt, sql, strlen(sql));

	printf("prepare: %d %s\n", rc, mysql_stmt_error(stmt));
	if (!rc)
		run(stmt, value);
	mysql_stmt_close(stmt);
}

/* Without waiting in the library. */
static int
query_nonblocking(const char *sql, unsigned long length)
{
	int rc = 1;

#ifdef MARIADB_BASE_VERSION
	int wait = mysql_real_query_start(&rc, mysql, sql, length);

	while (wait) {
		struct pollfd pollfd = {
		    .fd = mysql_get_socket(mysql), .events = POLLIN};

		poll(&pollfd, 1, 10000);
		wait = mysql_real_query_cont(&rc, mysql, MYSQL_WAIT_READ);
	}
#else
	enum net_async_status status;

	do
		status = mysql_real_query_nonblocking(mysql, sql, length);
	while (status == NET_ASYNC_NOT_READY);
	rc = status == NET_ASYNC_ERROR;
#endif
	return rc;
}

static MYSQL *
new_handle(void)
{
	MYSQL *made = mysql_init(NULL);

#ifdef MARIADB_BASE_VERSION
	mysql_options(made, MYSQL_OPT_NONBLOCK, NULL);
#endif
	return made;
}

static void
be_refused(const char *host, const char *password)
{
	MYSQL *other = new_handle();

	mysql_options4(other, MYSQL_OPT_CONNECT_ATTR_ADD, "secret", password);
	mysql_real_connect(other, *host ? host : NULL, "nobody", password, NULL,
	    1, *host ? NULL : getenv("OSPROF_TEST_SOCKET"), 0);
	printf("connect: %u\n", mysql_errno(other));
	mysql_close(other);
}

/* One statement, in the way that the command says. */
static void
run(char *const part[PARTS])
{
	const char *sql = part[1];
	unsigned long length = strlen(sql);

	switch (part[0][0]) {
	case 'q':
		take_all(mysql_real_query(mysql, sql, length));
		break;
	case 'u':
		take_streamed(mysql_query(mysql, sql));
		break;
	case 'a':
		mysql_send_query(mysql, sql, length);
		take_all(mysql_read_query_result(mysql) != 0);
		break;
	case 'n':
		take_all(query_nonblocking(sql, length));
		break;
	case 's':
		run_prepared(sql, part[2], execute_with_bytes);
		break;
	case 'l':
		run_prepared(sql, part[2], execute_with_long_data);
		break;
	case 'b':
		run_prepared(sql, part[2], execute_with_array);
		break;
	case 'c':
		be_refused(sql, part[2]);
		break;
	case 'i':
		run_prepared(sql, part[2], execute_with_number);
		break;
	case 'x':
		say("change", mysql_change_user(mysql, "nobody", sql, NULL));
		break;
	default:
		abort();
	}
}

int
main(void)
{
	char line[65536];

	mysql = new_handle();
	if (!mysql_real_connect(mysql, NULL, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), getenv("OSPROF_TEST_DATABASE"),
		0, getenv("OSPROF_TEST_SOCKET"),
		CLIENT_MULTI_STATEMENTS | CLIENT_LOCAL_FILES)) {
		fprintf(stderr, "%s\n", mysql_error(mysql));
		return 1;
	}
	while (fgets(line, sizeof(line), stdin)) {
		char *part[PARTS] = {"", "", ""}, *at = line;

		line[strcspn(line, "\n")] = '\0';
		for (int i = 0; i < PARTS && at; i++)
			part[i] = strsep(&at, "\t");
		run(part);
	}
	mysql_close(mysql);
	return 0;
}
