/*
 * test_mysql_secret.c - whatever a library says of a text that may hold a
 * credential is hidden, whichever call says it; what it says of others is not.
 */
#include "fake_shim.h"
#include "mysql/call.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

#include <string.h>

#define CODE 1064

static MYSQL *mysql;
static const char *sql;

/* A statement that comes to rows, and perhaps to more than one result. */
static void
ask(bool more)
{
	answer_rows("mysql_query", 1)->more = more;
	osprof_mysql_query(mysql, sql);
}

/* Its rows, none of which can be had. */
static MYSQL_RES *
stream(void)
{
	MYSQL_RES *result = fake_result(mysql, 0);

	result->code = CODE;
	answer_pointer("mysql_use_result", result);
	osprof_mysql_use_result(mysql);
	return result;
}

static void
store(void)
{
	answer_pointer("mysql_store_result", fake_result(mysql, 1));
	osprof_mysql_store_result(mysql);
}

static void
query(void)
{
	answer_error("mysql_query", CODE, "42000");
	osprof_mysql_query(mysql, sql);
}

static void
store_result(void)
{
	ask(false);
	answer_error("mysql_store_result", CODE, "42000");
	osprof_mysql_store_result(mysql);
}

static void
use_result(void)
{
	ask(false);
	answer_error("mysql_use_result", CODE, "42000");
	osprof_mysql_use_result(mysql);
}

static void
fetch_row(void)
{
	ask(false);
	osprof_mysql_fetch_row(stream());
}

static void
next_result(void)
{
	ask(true);
	store();
	answer_error("mysql_next_result", CODE, "42000");
	osprof_mysql_next_result(mysql);
}

static void
rows_of_the_next_result(void)
{
	ask(true);
	store();
	answer_rows("mysql_next_result", 1);
	osprof_mysql_next_result(mysql);
	osprof_mysql_fetch_row(stream());
}

static void
read_query_result(void)
{
	answer_rows("mysql_send_query", 0);
	osprof_mysql_send_query(mysql, sql, strlen(sql));
	answer_error("mysql_read_query_result", CODE, "42000");
	osprof_mysql_read_query_result(mysql);
}

static void
rows_of_what_was_sent(void)
{
	answer_rows("mysql_send_query", 0);
	osprof_mysql_send_query(mysql, sql, strlen(sql));
	answer_rows("mysql_read_query_result", 1);
	osprof_mysql_read_query_result(mysql);
	osprof_mysql_fetch_row(stream());
}

static void
query_waits(void)
{
	int rc;

	answer_error("mysql_query", CODE, "42000")->waits = 1;
	osprof_mysql_query_start(&rc, mysql, sql);
	osprof_mysql_query_cont(&rc, mysql, EVENT_READ);
}

static void
fetch_row_waits(void)
{
	MYSQL_RES *result;
	MYSQL_ROW row;

	ask(false);
	result = stream();
	result->waits = 1;
	osprof_mysql_fetch_row_start(&row, result);
	osprof_mysql_fetch_row_cont(&row, result, EVENT_READ);
}

static void
next_result_waits(void)
{
	int rc;

	ask(true);
	store();
	answer_error("mysql_next_result", CODE, "42000")->waits = 1;
	osprof_mysql_next_result_start(&rc, mysql);
	osprof_mysql_next_result_cont(&rc, mysql, EVENT_READ);
}

static void
query_polled(void)
{
	answer_error("mysql_real_query", CODE, "42000")->waits = 1;
	for (int i = 0; i < 2; i++)
		osprof_mysql_real_query_nonblocking(mysql, sql, strlen(sql));
}

static void
fetch_row_polled(void)
{
	MYSQL_RES *result;
	MYSQL_ROW row;

	ask(false);
	result = stream();
	result->waits = 1;
	for (int i = 0; i < 2; i++)
		osprof_mysql_fetch_row_nonblocking(result, &row);
}

static void
store_result_polled(void)
{
	MYSQL_RES *result;

	ask(false);
	answer_error("mysql_store_result", CODE, "42000")->waits = 1;
	for (int i = 0; i < 2; i++)
		osprof_mysql_store_result_nonblocking(mysql, &result);
}

static void
next_result_polled(void)
{
	ask(true);
	store();
	answer_error("mysql_next_result", CODE, "42000")->waits = 1;
	for (int i = 0; i < 2; i++)
		osprof_mysql_next_result_nonblocking(mysql);
}

static MYSQL_STMT *
made(void)
{
	MYSQL_STMT *stmt = fake_stmt(0);

	stmt->code = CODE;
	answer_pointer("mysql_stmt_init", stmt);
	return osprof_mysql_stmt_init(mysql);
}

static MYSQL_STMT *
prepared(void)
{
	MYSQL_STMT *stmt = made();

	answer_rows("mysql_stmt_prepare", 1);
	osprof_mysql_stmt_prepare(stmt, sql, strlen(sql));
	return stmt;
}

static MYSQL_STMT *
executed(void)
{
	MYSQL_STMT *stmt = prepared();

	answer_rows("mysql_stmt_execute", 1);
	osprof_mysql_stmt_execute(stmt);
	return stmt;
}

static void
prepare(void)
{
	MYSQL_STMT *stmt = made();

	answer_error("mysql_stmt_prepare", CODE, "42000");
	osprof_mysql_stmt_prepare(stmt, sql, strlen(sql));
}

static void
execute(void)
{
	MYSQL_STMT *stmt = prepared();

	answer_error("mysql_stmt_execute", CODE, "42000");
	osprof_mysql_stmt_execute(stmt);
}

static void
stmt_fetch(void)
{
	osprof_mysql_stmt_fetch(executed());
}

static void
stmt_store_result(void)
{
	MYSQL_STMT *stmt = executed();

	answer_error("mysql_stmt_store_result", CODE, "42000");
	osprof_mysql_stmt_store_result(stmt);
}

static void
stmt_next_result(void)
{
	MYSQL_STMT *stmt = executed();

	mysql->more = true;
	answer_error("mysql_stmt_next_result", CODE, "42000");
	osprof_mysql_stmt_next_result(stmt);
}

static void
prepare_waits(void)
{
	MYSQL_STMT *stmt = made();
	int rc;

	answer_error("mysql_stmt_prepare", CODE, "42000")->waits = 1;
	osprof_mysql_stmt_prepare_start(&rc, stmt, sql, strlen(sql));
	osprof_mysql_stmt_prepare_cont(&rc, stmt, EVENT_READ);
}

static void
execute_waits(void)
{
	MYSQL_STMT *stmt = prepared();
	int rc;

	answer_error("mysql_stmt_execute", CODE, "42000")->waits = 1;
	osprof_mysql_stmt_execute_start(&rc, stmt);
	osprof_mysql_stmt_execute_cont(&rc, stmt, EVENT_READ);
}

static void
stmt_fetch_waits(void)
{
	MYSQL_STMT *stmt = executed();
	int rc;

	stmt->waits = 1;
	osprof_mysql_stmt_fetch_start(&rc, stmt);
	osprof_mysql_stmt_fetch_cont(&rc, stmt, EVENT_READ);
}

/* Each makes a point that fails, the last one. */
static const struct {
	const char *sentence;
	enum call_library has;
	void (*run)(void);
} failures[] = {
    /* clang-format off */
    { "a query is refused", CALL_BOTH, query },
    { "its rows cannot be stored", CALL_BOTH, store_result },
    { "its rows cannot be used", CALL_BOTH, use_result },
    { "its rows cannot be fetched", CALL_BOTH, fetch_row },
    { "its next statement is refused", CALL_BOTH, next_result },
    { "the rows of that cannot be fetched", CALL_BOTH,
	rows_of_the_next_result },
    { "what was sent is refused", CALL_BOTH, read_query_result },
    { "the rows of what was sent cannot be fetched", CALL_BOTH,
	rows_of_what_was_sent },
    { "a prepare is refused", CALL_BOTH, prepare },
    { "an execution is refused", CALL_BOTH, execute },
    { "its rows cannot be fetched", CALL_BOTH, stmt_fetch },
    { "its rows cannot be stored", CALL_BOTH, stmt_store_result },
    { "its next result is refused", CALL_BOTH, stmt_next_result },
    { "a query that waited is refused", CALL_MARIADB, query_waits },
    { "a fetch that waited fails", CALL_MARIADB, fetch_row_waits },
    { "a next statement that waited is refused", CALL_MARIADB,
	next_result_waits },
    { "a prepare that waited is refused", CALL_MARIADB, prepare_waits },
    { "an execution that waited is refused", CALL_MARIADB, execute_waits },
    { "a fetch of it that waited fails", CALL_MARIADB, stmt_fetch_waits },
    { "a query that was not ready is refused", CALL_MYSQL, query_polled },
    { "a fetch that was not ready fails", CALL_MYSQL, fetch_row_polled },
    { "a store that was not ready fails", CALL_MYSQL, store_result_polled },
    { "a next statement that was not ready is refused", CALL_MYSQL,
	next_result_polled },
    /* clang-format on */
};

static bool
is_there(enum call_library has)
{
	return has == CALL_BOTH || (has == CALL_MARIADB) == real_is_mariadb();
}

/* What the point of each failure says. */
static void
check_all(const char *text, const char *message)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++) {
		if (!is_there(failures[i].has))
			continue;
		mysql = fake_mysql();
		shim_on();
		sql = text;
		failures[i].run();
		if (!CHECK(played()) ||
		    !CHECK(point_code(points() - 1) == CODE) ||
		    !CHECK_STR(
			point_text(points() - 1, FIELD_MESSAGE), message))
			fprintf(stderr, "  %s\n", failures[i].sentence);
	}
}

static void
test_no_error_of_a_credential_is_shown(void)
{
	check_all("alter user a identified by 'b'; select 1", "hidden");
}

static void
test_errors_of_other_texts_are_shown(void)
{
	check_all("call a(1); select 1", "refused");
}

static void
test_no_error_of_a_text_that_is_not_known_is_shown(void)
{
	MYSQL_STMT *stmt = fake_stmt(0);

	mysql = fake_mysql();
	shim_on();
	answer_error("mysql_stmt_execute", CODE, "42000");
	osprof_mysql_stmt_execute(stmt);
	mysql->more = true;
	answer_error("mysql_next_result", CODE, "42000");
	osprof_mysql_next_result(mysql);

	CHECK(played());
	CHECK_STR(point_text(0, FIELD_MESSAGE), "hidden");
	CHECK_STR(point_text(1, FIELD_MESSAGE), "hidden");
}

/* clang-format off */
RUN_TESTS(
	TEST(test_no_error_of_a_credential_is_shown),
	TEST(test_errors_of_other_texts_are_shown),
	TEST(test_no_error_of_a_text_that_is_not_known_is_shown))
/* clang-format on */
