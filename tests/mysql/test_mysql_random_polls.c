/*
 * test_mysql_random_polls.c - whatever a program does with the calls of
 * libmysqlclient that are repeated until they are ready: it gets what the
 * library gives, each statement is one point with its own answer, and when the
 * handles are closed no span is left open.
 */
#include "tests/mysql/random_tasks.h"

/* Whether the call has to be repeated; else what it came to. */
static int
waits(struct task *task, enum net_async_status status)
{
	if (status == NET_ASYNC_NOT_READY)
		return EVENT_READ;
	task->rc = status == NET_ASYNC_COMPLETE_NO_MORE_RESULTS
		       ? -1
		       : status == NET_ASYNC_ERROR;
	return 0;
}

/* clang-format off */
#define STEP(key, name, ...) \
	static int key(struct task *task, int events) \
	{ \
		(void)events; \
		return waits(task, osprof_##name##_nonblocking(__VA_ARGS__)); \
	}
/* clang-format on */

STEP(query, mysql_real_query, task->mysql, task->sql, strlen(task->sql))
STEP(next, mysql_next_result, task->mysql)
STEP(reset, mysql_reset_connection, task->mysql)
STEP(store, mysql_store_result, task->mysql, &task->stored)
STEP(connects, mysql_real_connect, task->mysql, "host", "user", "word", "db", 0,
    NULL, 0)
STEP(fetch, mysql_fetch_row, task->result, &task->row)
STEP(free_once, mysql_free_result, task->result)

static int
free_some(struct task *task, int events)
{
	int left = free_once(task, events);

	if (!left)
		task->result = fake_result(task->mysql, 0);
	return left;
}

/* Those that are over at once, between the others. */
static int
plain_query(struct task *task, int events)
{
	(void)events;
	task->rc = osprof_mysql_query(task->mysql, task->sql);
	return 0;
}

static int
prepare(struct task *task, int events)
{
	(void)events;
	task->rc = osprof_mysql_stmt_prepare(
	    task->stmt, task->sql, strlen(task->sql));
	return 0;
}

static int
execute(struct task *task, int events)
{
	(void)events;
	task->rc = osprof_mysql_stmt_execute(task->stmt);
	return 0;
}

static int
stmt_fetch(struct task *task, int events)
{
	(void)events;
	osprof_mysql_stmt_fetch(task->stmt);
	return 0;
}

static bool
connected_right(const struct task *task)
{
	return (task->rc == 0) == (task->answer.pointer != NULL);
}

/* clang-format off */
static const struct step steps[] = {
	{"mysql_real_query", A_TEXT, query, number_right},
	{"mysql_real_query", A_TEXT, query, number_right},
	{"mysql_query", A_TEXT, plain_query, number_right},
	{"mysql_next_result", A_NEXT, next, number_right},
	{"mysql_store_result", NO_POINT, store, stored_right},
	{"mysql_store_result", NO_POINT, store, stored_right},
	{"mysql_reset_connection", A_POINT, reset, number_right},
	{"mysql_real_connect", A_POINT, connects, connected_right},
	{NULL, NO_POINT, fetch, NULL},
	{NULL, NO_POINT, free_some, NULL},
	{"mysql_stmt_prepare", A_POINT, prepare, number_right},
	{"mysql_stmt_execute", A_POINT, execute, number_right},
	{NULL, NO_POINT, stmt_fetch, NULL},
};
/* clang-format on */

static void
test_each_statement_is_one_point_with_its_own_answer(void)
{
	repeats = true;
	run_programs(steps, sizeof(steps) / sizeof(*steps));
}

/* clang-format off */
RUN_TESTS(
	TEST(test_each_statement_is_one_point_with_its_own_answer))
/* clang-format on */
