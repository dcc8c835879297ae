/*
 * stmt_state_test.c - what is known of a prepared statement is of this one, and
 * of nothing that had its address before: over a Connector/C that does as told.
 */
#include <errno.h>
#include <stdlib.h>

#include "fake_shim.h"
#include "mysql/real.h"
#include "tests/check.h"

#define SQL "select a from t where b = ?"

/* What the library answers. */
static struct {
	my_bool close_fails;
	int socket; /* of a connection; -1: it is lost */
	int execute_fails;
	unsigned fields;
	unsigned handle_reads; /* of a MYSQL */
} library;

static char handles[4];
static MYSQL *const mysql = (MYSQL *)handles;
static MYSQL_STMT *const stmt = (MYSQL_STMT *)(handles + 1);
static MYSQL_STMT *const other = (MYSQL_STMT *)(handles + 2);

MYSQL_STMT *
mysql_stmt_init(MYSQL *of)
{
	(void)of;
	return stmt;
}

my_bool
mysql_stmt_close(MYSQL_STMT *closed)
{
	(void)closed;
	errno = EPIPE;
	return library.close_fails;
}

int
mysql_stmt_execute(MYSQL_STMT *executed)
{
	(void)executed;
	errno = EPIPE;
	return library.execute_fails;
}

unsigned
mysql_stmt_field_count(MYSQL_STMT *of)
{
	(void)of;
	return library.fields;
}

unsigned long
mysql_stmt_param_count(MYSQL_STMT *of)
{
	(void)of;
	return 1;
}

unsigned
mysql_stmt_errno(MYSQL_STMT *of)
{
	(void)of;
	return 2013;
}

const char *
mysql_stmt_error(MYSQL_STMT *of)
{
	(void)of;
	return "gone";
}

const char *
mysql_stmt_sqlstate(MYSQL_STMT *of)
{
	(void)of;
	return "HY000";
}

int
mysql_stmt_warning_count(MYSQL_STMT *of)
{
	(void)of;
	return 0;
}

int
mysql_get_socket(MYSQL *of)
{
	(void)of;
	return library.socket;
}

unsigned long
mysql_thread_id(MYSQL *of)
{
	(void)of;
	library.handle_reads++;
	return 7;
}

const char *
mysql_character_set_name(MYSQL *of)
{
	(void)of;
	return "utf8mb4";
}

my_bool
mariadb_get_infov(MYSQL *of, enum mariadb_value value, void *arg, ...)
{
	(void)of;
	if (value != MARIADB_CONNECTION_SERVER_STATUS &&
	    value != MARIADB_CONNECTION_PORT)
		*(const char **)arg = NULL;
	return 0;
}

/* Memory that the wrappers take. */
static unsigned allocations;
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

void *
__wrap_calloc(size_t count, size_t size)
{
	allocations++;
	return __real_calloc(count, size);
}

static long long bound;

static void
prepare(void)
{
	MYSQL_BIND array[] = {
	    {.buffer_type = 8, .buffer = &bound, .buffer_length = 8}};

	osprof_mysql_stmt_init(mysql);
	osprof_mysql_stmt_prepare(stmt, SQL, sizeof(SQL) - 1);
	osprof_mysql_stmt_bind_param(stmt, array);
}

/* Begin with a statement that is prepared and bound. */
static void
given_a_statement(void)
{
	library.close_fails = 0;
	library.socket = 3;
	library.execute_fails = 0;
	osprof_mysql_stmt_close(stmt); /* that of the test before */
	shim_hide_args(false);
	shim_hide_param(1, false);
	shim_set_limits(1024, 64);
	library.fields = 0;
	bound = 5;
	shim_on();
	prepare();
	shim_on();
}

static void
test_an_execution_shows_what_was_prepared_and_is_bound(void)
{
	given_a_statement();
	bound = 6;

	osprof_mysql_stmt_execute(stmt);

	CHECK_STR(point_text(0, FIELD_STATEMENT), SQL);
	CHECK_STR(point_params(0), "1=6");
	CHECK_U64(point_number(0, FIELD_CONNECTION_ID), 7);
	CHECK(point_ended(0));
}

static void
test_a_close_that_is_refused_leaves_the_statement_as_it_was(void)
{
	given_a_statement();
	library.close_fails = 1;

	osprof_mysql_stmt_close(stmt);
	osprof_mysql_stmt_execute(stmt);

	CHECK_STR(point_text(0, FIELD_STATEMENT), SQL);
	CHECK_STR(point_params(0), "1=5");
}

static void
test_a_close_that_is_refused_leaves_the_rows_open(void)
{
	given_a_statement();
	library.fields = 1;
	osprof_mysql_stmt_execute(stmt);
	library.close_fails = 1;

	osprof_mysql_stmt_close(stmt);
	CHECK(!point_ended(0));
	osprof_mysql_stmt_fetch(stmt);
	library.close_fails = 0;
	osprof_mysql_stmt_close(stmt);

	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "closed");
}

static void
test_a_close_that_fails_with_its_connection_ends_the_rows(void)
{
	given_a_statement();
	library.fields = 1;
	osprof_mysql_stmt_execute(stmt);
	library.close_fails = 1;
	library.socket = -1;

	osprof_mysql_stmt_close(stmt);

	CHECK_U64(points(), 1);
	CHECK_STR(point_text(0, FIELD_OUTCOME), "closed");
}

static void
test_an_address_that_comes_again_is_another_statement(void)
{
	given_a_statement();
	library.fields = 1;
	osprof_mysql_stmt_execute(stmt);

	/* The first one went without our seeing it. */
	osprof_mysql_stmt_init(mysql);
	osprof_mysql_stmt_execute(stmt);

	CHECK_STR(point_text(0, FIELD_OUTCOME), "unseen");
	CHECK_STR(point_text(1, FIELD_STATEMENT), "");
	CHECK_STR(point_params(1), "");
}

static void
test_what_came_before_a_pause_of_tracing_is_not_believed(void)
{
	given_a_statement();
	shim_off();
	shim_on_again();
	library.handle_reads = 0;

	osprof_mysql_stmt_execute(stmt);

	CHECK_STR(point_text(0, FIELD_STATEMENT), "");
	CHECK_STR(point_params(0), "");
	CHECK_U64(library.handle_reads, 0);
}

static void
test_a_closed_connection_is_not_asked(void)
{
	given_a_statement();
	osprof_mysql_close(mysql);
	library.handle_reads = 0;
	library.execute_fails = 1;

	osprof_mysql_stmt_execute(stmt);

	CHECK_STR(point_text(0, FIELD_STATEMENT), SQL);
	CHECK_U64((uint64_t)point_code(0), 2013);
	CHECK(!point_has(0, FIELD_CONNECTION_ID));
	CHECK_U64(library.handle_reads, 0);
}

static void
test_the_next_connection_at_an_address_is_another_one(void)
{
	given_a_statement();
	osprof_mysql_close(mysql);
	osprof_mysql_query(mysql, "do 1");

	osprof_mysql_stmt_execute(stmt);

	CHECK(point_has(0, FIELD_CONNECTION_ID));
	CHECK(!point_has(1, FIELD_CONNECTION_ID));
}

static void
test_rows_that_nobody_fetches_end_with_the_connection(void)
{
	given_a_statement();
	library.fields = 1;
	osprof_mysql_stmt_execute(stmt);
	osprof_mysql_stmt_fetch(stmt);

	osprof_mysql_close(mysql);
	osprof_mysql_stmt_fetch(stmt);

	CHECK_STR(point_text(0, FIELD_OUTCOME), "connection closed");
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
	CHECK_U64(points(), 1);
}

static void
test_a_hidden_parameter_is_hidden_when_its_text_is_not_known(void)
{
	MYSQL_BIND array[] = {{.buffer_type = 8, .buffer = &bound}};

	given_a_statement();
	shim_hide_param(1, true);
	osprof_mysql_stmt_bind_param(other, array);

	osprof_mysql_stmt_execute(other);

	CHECK_STR(point_params(0), "1=hidden(0)''");
}

static void
test_hidden_arguments_are_never_read(void)
{
	MYSQL_BIND array[] = {{.buffer_type = 254,
	    .buffer = (void *)16,
	    .length = (unsigned long *)16,
	    .is_null = (my_bool *)16}};

	given_a_statement();
	shim_hide_args(true);
	shim_on();
	osprof_mysql_stmt_bind_param(stmt, array);
	osprof_mysql_stmt_send_long_data(stmt, 0, (char *)16, 3);

	osprof_mysql_stmt_execute(stmt);

	CHECK_STR(point_params(0), "");
}

static void
test_executions_take_no_memory_and_leave_errno_alone(void)
{
	given_a_statement();
	osprof_mysql_stmt_execute(stmt);
	allocations = 0;
	errno = 0;

	for (int i = 0; i < 3; i++) {
		library.fields = (unsigned)i % 2;
		osprof_mysql_stmt_execute(stmt);
		CHECK(errno == EPIPE);
		errno = EDOM;
		osprof_mysql_stmt_fetch(stmt);
		CHECK(errno == EDOM);
	}

	CHECK_U64(allocations, 0);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_an_execution_shows_what_was_prepared_and_is_bound),
	TEST(test_a_close_that_is_refused_leaves_the_statement_as_it_was),
	TEST(test_a_close_that_is_refused_leaves_the_rows_open),
	TEST(test_a_close_that_fails_with_its_connection_ends_the_rows),
	TEST(test_an_address_that_comes_again_is_another_statement),
	TEST(test_what_came_before_a_pause_of_tracing_is_not_believed),
	TEST(test_a_closed_connection_is_not_asked),
	TEST(test_the_next_connection_at_an_address_is_another_one),
	TEST(test_rows_that_nobody_fetches_end_with_the_connection),
	TEST(test_a_hidden_parameter_is_hidden_when_its_text_is_not_known),
	TEST(test_hidden_arguments_are_never_read),
	TEST(test_executions_take_no_memory_and_leave_errno_alone))
/* clang-format on */
