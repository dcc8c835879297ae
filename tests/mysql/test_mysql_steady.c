/*
 * test_mysql_steady.c - a program whose calls come back in their middle, again
 * and again, is traced without memory being asked for and without a lock.
 *
 * The test is linked with either library, and uses the calls that it has.
 */
#include <sys/mman.h>

#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

#define ROUNDS 20
#define WARM 2 /* rounds until all there is to learn is learned */
#define WAITS 3

static MYSQL *mysql;
static MYSQL_STMT *stmt;
static MYSQL_RES *result;
static bool counts;
static unsigned asked;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_mmap(
    void *at, size_t len, int prot, int flags, int fd, off_t offset);
void *__wrap_mmap(
    void *at, size_t len, int prot, int flags, int fd, off_t offset);
void __real_process_lock(void);
void __wrap_process_lock(void);

void *
__wrap_malloc(size_t size)
{
	asked += counts;
	return __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	asked += counts;
	return __real_calloc(count, size);
}

void *
__wrap_realloc(void *old, size_t size)
{
	asked += counts;
	return __real_realloc(old, size);
}

void *
__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset)
{
	asked += counts;
	return __real_mmap(at, len, prot, flags, fd, offset);
}

void
__wrap_process_lock(void)
{
	asked += counts;
	__real_process_lock();
}

/* A text of two statements: the second one's is kept for its point. */
static const char sql[] = "do 1; select 2";

static void
answer_round(void)
{
	struct answer *answer = answer_done("mysql_real_query", 1);

	answer->waits = WAITS;
	answer->more = true;
	answer_rows("mysql_next_result", 1)->waits = WAITS;
	answer_pointer("mysql_use_result", result);
	answer_rows("mysql_stmt_execute", 1)->waits = WAITS;
	result->fetched = 0;
}

static void
run_pairs(void)
{
	MYSQL_ROW row = NULL;
	int events, rc;

	events = osprof_mysql_real_query_start(
	    &rc, mysql, sql, sizeof(sql) - 1);
	while (events)
		events = osprof_mysql_real_query_cont(&rc, mysql, events);
	events = osprof_mysql_next_result_start(&rc, mysql);
	while (events)
		events = osprof_mysql_next_result_cont(&rc, mysql, events);
	osprof_mysql_use_result(mysql);
	do {
		events = osprof_mysql_fetch_row_start(&row, result);
		while (events)
			events = osprof_mysql_fetch_row_cont(
			    &row, result, events);
	} while (row);
	events = osprof_mysql_stmt_execute_start(&rc, stmt);
	while (events)
		events = osprof_mysql_stmt_execute_cont(&rc, stmt, events);
	do {
		events = osprof_mysql_stmt_fetch_start(&rc, stmt);
		while (events)
			events = osprof_mysql_stmt_fetch_cont(
			    &rc, stmt, events);
	} while (rc == 0);
}

static void
run_polls(void)
{
	MYSQL_ROW row = NULL;

	while (osprof_mysql_real_query_nonblocking(
		   mysql, sql, sizeof(sql) - 1) == NET_ASYNC_NOT_READY)
		;
	while (
	    osprof_mysql_next_result_nonblocking(mysql) == NET_ASYNC_NOT_READY)
		;
	osprof_mysql_use_result(mysql);
	do {
		while (osprof_mysql_fetch_row_nonblocking(result, &row) ==
		       NET_ASYNC_NOT_READY)
			;
	} while (row);
	osprof_mysql_stmt_execute(stmt);
	while (osprof_mysql_stmt_fetch(stmt) == 0)
		;
}

static void
test_calls_that_wait_ask_for_no_memory_and_no_lock(void)
{
	mysql = fake_mysql();
	shim_on();
	stmt = fake_stmt(2);
	answer_pointer("mysql_stmt_init", stmt);
	osprof_mysql_stmt_init(mysql);
	result = fake_result(mysql, 2);
	result->waits = stmt->waits = WAITS;
	for (int i = 0; i < ROUNDS; i++) {
		answer_round();
		counts = i >= WARM;
		if (real_is_mariadb())
			run_pairs();
		else
			run_polls();
		counts = false;
	}

	CHECK(played());
	CHECK_U64(points(), 3 * ROUNDS);
	CHECK_U64(asked, 0);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_calls_that_wait_ask_for_no_memory_and_no_lock))
/* clang-format on */
