/*
 * nonblocking_subject.c - two connections on one thread, by the calls of
 * libmysqlclient that are repeated until they are ready.  It prints all that it
 * sees when both are through: with and without tracing that has to be the same.
 */
#include <mysql.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTING(name) getenv("OSPROF_TEST_" #name)
#define TASKS 2

struct task;
typedef enum net_async_status call(struct task *task);

struct line {
	call *call;
	const char *text;
};

struct task {
	MYSQL *mysql;
	const struct line *line;
	MYSQL_RES *result;
	MYSQL_ROW row;
	FILE *out;
	char *said;
	size_t said_len;
	long waits;
};

static enum net_async_status
connects(struct task *task)
{
	const char *socket = task->line->text;

	return mysql_real_connect_nonblocking(task->mysql, NULL, SETTING(USER),
	    SETTING(PASSWORD), SETTING(DATABASE), 0,
	    socket ? socket : SETTING(SOCKET), CLIENT_MULTI_STATEMENTS);
}

static enum net_async_status
query(struct task *task)
{
	const char *sql = task->line->text;

	return mysql_real_query_nonblocking(task->mysql, sql, strlen(sql));
}

static enum net_async_status
sends(struct task *task)
{
	const char *sql = task->line->text;

	return mysql_send_query_nonblocking(task->mysql, sql, strlen(sql));
}

static void
print(struct task *task, MYSQL_ROW row)
{
	fprintf(task->out, "  %s\n", row[0] ? row[0] : "NULL");
}

static enum net_async_status
store(struct task *task)
{
	enum net_async_status status = mysql_store_result_nonblocking(
	    task->mysql, &task->result);
	MYSQL_ROW row;

	if (status || !task->result)
		return status;
	while ((row = mysql_fetch_row(task->result)))
		print(task, row);
	mysql_free_result(task->result);
	return status;
}

static enum net_async_status
use(struct task *task)
{
	task->result = mysql_use_result(task->mysql);
	return NET_ASYNC_COMPLETE;
}

/* All rows; each of them may have to be waited for. */
static enum net_async_status
fetch(struct task *task)
{
	enum net_async_status status;

	while (
	    !(status = mysql_fetch_row_nonblocking(task->result, &task->row)) &&
	    task->row)
		print(task, task->row);
	return status;
}

static enum net_async_status
frees(struct task *task)
{
	return mysql_free_result_nonblocking(task->result);
}

static enum net_async_status
next(struct task *task)
{
	return mysql_next_result_nonblocking(task->mysql);
}

#if MYSQL_VERSION_ID >= 80100
static enum net_async_status
reset(struct task *task)
{
	return mysql_reset_connection_nonblocking(task->mysql);
}
#endif

/* clang-format off */
#define MANY "with recursive s (n) as (select 1 union all " \
	"select n + 1 from s where n < 900) select n, repeat('x', 999) from s"
static const struct line texts[] = {
	{connects, NULL},
	{query, "create temporary table t (a int auto_increment primary key)"},
	{query, "insert into t values (), (), ()"},
	{query, "select a from t"},
	{store, NULL},
	{query, "select a + 1 from t"},
	{use, NULL},
	{fetch, NULL},
	{frees, NULL},
	{query, MANY},
	{use, NULL},
	{frees, NULL},
	{query, "select nonsense from nowhere"},
	{sends, "select 'sent'"},
	{query, "select 'sent'"},
	{store, NULL},
	{query, "select 1; do 2; select 3"},
	{store, NULL},
	{next, NULL},
	{next, NULL},
	{store, NULL},
	{next, NULL},
#if MYSQL_VERSION_ID >= 80100
	{reset, NULL},
#endif
	{query, "do 4"},
	{query, "select 'left unread'"},
	{NULL, NULL},
};
static const struct line refused[] = {
	{connects, "/nonexistent/socket"},
	{NULL, NULL},
};
static const struct line waiting[] = {
	{connects, NULL},
	{query, "select get_lock('osprof', 100)"},
	{store, NULL},
	{NULL, NULL},
};
/* clang-format on */

static void
begin(struct task *task, const struct line *script)
{
	*task = (struct task){.line = script, .mysql = mysql_init(NULL)};
	task->out = open_memstream(&task->said, &task->said_len);
}

/* Call once more; false: the script is through. */
static int
go_on(struct task *task)
{
	enum net_async_status status;

	if (!task->line->call)
		return 0;
	status = task->line->call(task);
	if (status == NET_ASYNC_NOT_READY) {
		task->waits++;
		sched_yield();
		return 1;
	}
	fprintf(task->out, "%s: %d %u %s %s\n",
	    task->line->text ? task->line->text : "", status,
	    mysql_errno(task->mysql), mysql_sqlstate(task->mysql),
	    mysql_error(task->mysql));
	task->line++;
	return 1;
}

static void
end(struct task *task)
{
	mysql_close(task->mysql);
	fclose(task->out);
	fputs(task->said, stdout);
	free(task->said);
}

static void *
loop(void *task)
{
	while (go_on(task))
		;
	return NULL;
}

static void
at_once(void)
{
	struct task tasks[TASKS];

	begin(&tasks[0], texts);
	begin(&tasks[1], refused);
	while (go_on(&tasks[0]) | go_on(&tasks[1]))
		;
	end(&tasks[0]);
	end(&tasks[1]);
}

static void
run(MYSQL *mysql, const char *sql)
{
	MYSQL_RES *result;
	int rc = mysql_query(mysql, sql);

	result = mysql_store_result(mysql);
	printf("plain: %d %d\n", rc, result != NULL);
	mysql_free_result(result);
}

/* Begin a query that waits for a lock which `holder` has. */
static void
wait_for_lock(struct task *task, MYSQL *holder)
{
	run(holder, "select get_lock('osprof', 100)");
	begin(task, waiting);
	while (task->line->call == connects)
		go_on(task);
	go_on(task);
}

static MYSQL *
connected(void)
{
	MYSQL *mysql = mysql_init(NULL);

	if (!mysql_real_connect(mysql, NULL, SETTING(USER), SETTING(PASSWORD),
		SETTING(DATABASE), 0, SETTING(SOCKET), 0))
		exit(1);
	return mysql;
}

int
main(void)
{
	struct task task;
	pthread_t thread;
	MYSQL *other;

	setvbuf(stdout, NULL, _IONBF, 0);
	at_once();
	other = connected();
	/* It goes on in another thread; meanwhile this one has other calls. */
	wait_for_lock(&task, other);
	run(other, "select 'meanwhile'");
	run(other, "select release_lock('osprof')");
	pthread_create(&thread, NULL, loop, &task);
	pthread_join(thread, NULL);
	end(&task);
	/* Nobody goes on with it. */
	wait_for_lock(&task, other);
	end(&task);
	mysql_close(other);
	return 0;
}
