/*
 * test_mysql_random_pairs.c - whatever a program does with the calls of
 * Connector/C that come back in their middle: it gets what the library gives,
 * each statement is one point with its own answer, and when the handles are
 * closed no span is left open.
 */
#include "tests/mysql/random_tasks.h"

/* clang-format off */
#define STEP(key, name, ret, on, ...) \
	static int key(struct task *task, int events) \
	{ \
		return events ? osprof_##name##_cont(ret, on, events) \
			      : osprof_##name##_start(ret, __VA_ARGS__); \
	}
/* clang-format on */

#define CONN task->mysql
STEP(query, mysql_query, &task->rc, CONN, CONN, task->sql)
STEP(real_query, mysql_real_query, &task->rc, CONN, CONN, task->sql,
    strlen(task->sql))
STEP(send_query, mysql_send_query, &task->rc, CONN, CONN, task->sql,
    strlen(task->sql))
STEP(ping, mysql_ping, &task->rc, CONN, CONN)
STEP(next, mysql_next_result, &task->rc, CONN, CONN)
STEP(reset, mysql_reset_connection, &task->rc, CONN, CONN)
STEP(commit, mysql_commit, &task->failed, CONN, CONN)
STEP(get_answer, mysql_read_query_result, &task->failed, CONN, CONN)
STEP(store, mysql_store_result, &task->stored, CONN, CONN)
STEP(connects, mysql_real_connect, &task->connected, CONN, CONN, "host", "user",
    "word", "db", 0, NULL, 0)
STEP(fetch, mysql_fetch_row, &task->row, task->result, task->result)
STEP(prepare, mysql_stmt_prepare, &task->rc, task->stmt, task->stmt, task->sql,
    strlen(task->sql))
STEP(execute, mysql_stmt_execute, &task->rc, task->stmt, task->stmt)
STEP(stmt_next, mysql_stmt_next_result, &task->rc, task->stmt, task->stmt)
STEP(stmt_store, mysql_stmt_store_result, &task->rc, task->stmt, task->stmt)
STEP(stmt_fetch, mysql_stmt_fetch, &task->rc, task->stmt, task->stmt)
STEP(stmt_free, mysql_stmt_free_result, &task->failed, task->stmt, task->stmt)
STEP(stmt_reset, mysql_stmt_reset, &task->failed, task->stmt, task->stmt)

static int
free_some(struct task *task, int events)
{
	int waits;

	if (events)
		waits = osprof_mysql_free_result_cont(task->result, events);
	else
		waits = osprof_mysql_free_result_start(task->result);
	if (!waits)
		task->result = fake_result(task->mysql, 0);
	return waits;
}

static bool
failed_right(const struct task *task)
{
	return task->failed == task->answer.number;
}

static bool
connected_right(const struct task *task)
{
	return task->connected == task->answer.pointer;
}

/* clang-format off */
static const struct step steps[] = {
	{"mysql_query", A_TEXT, query, number_right},
	{"mysql_query", A_TEXT, query, number_right},
	{"mysql_real_query", A_TEXT, real_query, number_right},
	{"mysql_send_query", A_POINT, send_query, number_right},
	{"mysql_read_query_result", NO_POINT, get_answer, failed_right},
	{"mysql_next_result", A_NEXT, next, number_right},
	{"mysql_store_result", NO_POINT, store, stored_right},
	{"mysql_store_result", NO_POINT, store, stored_right},
	{"mysql_commit", A_POINT, commit, failed_right},
	{"mysql_ping", A_POINT, ping, number_right},
	{"mysql_reset_connection", A_POINT, reset, number_right},
	{"mysql_real_connect", A_POINT, connects, connected_right},
	{NULL, NO_POINT, fetch, NULL},
	{NULL, NO_POINT, free_some, NULL},
	{"mysql_stmt_prepare", A_POINT, prepare, number_right},
	{"mysql_stmt_execute", A_POINT, execute, number_right},
	{"mysql_stmt_next_result", PERHAPS, stmt_next, number_right},
	{"mysql_stmt_store_result", NO_POINT, stmt_store, number_right},
	{NULL, NO_POINT, stmt_fetch, NULL},
	{"mysql_stmt_free_result", NO_POINT, stmt_free, failed_right},
	{"mysql_stmt_reset", NO_POINT, stmt_reset, failed_right},
};
/* clang-format on */

static void
test_each_statement_is_one_point_with_its_own_answer(void)
{
	run_programs(steps, sizeof(steps) / sizeof(*steps));
}

/* clang-format off */
RUN_TESTS(
	TEST(test_each_statement_is_one_point_with_its_own_answer))
/* clang-format on */
