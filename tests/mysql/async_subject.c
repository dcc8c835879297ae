/*
 * async_subject.c - several connections on one thread, by the calls of
 * Connector/C that come back in their middle, and poll().  Each connection
 * runs a script of its own and prints all that it sees when all are through:
 * with and without tracing that has to be the same.
 */
#include "async_steps.h"

#include <poll.h>
#include <pthread.h>

#define TASKS 5

/* clang-format off */
static const struct line texts[] = {
	{&connects, NULL},
	{&query, "create temporary table t (a int auto_increment primary key, "
	    "b varchar(9))"},
	{&query, "insert into t (b) values ('one'), ('two'), ('three')"},
	{&real_query, "select a from t order by a"},
	{&store_result, NULL},
	{&query, "select b from t order by a"},
	{&use_result, NULL},
	{&fetch_row, NULL},
	{&free_result, NULL},
	{&query, "select seq from seq_1_to_20000"},
	{&use_result, NULL},
	{&free_result, NULL},
	{&query, "select nonsense from nowhere"},
	{&query, "insert into t values (1, 'private')"},
	{&nothing, NULL},
	{&query, "alter user nobody identified by 'hidden' nonsense 'hidden'"},
	{&send_query, "alter user nobody identified by 'hidden' nonsense"},
	{&read_query_result, NULL},
	{&send_query, "select 'sent'"},
	{&read_query_result, NULL},
	{&store_result, NULL},
	{&query, "select 'left unread'"},
	{NULL, NULL},
};
static const struct line several[] = {
	{&connects, NULL},
	{&real_query, "select 1; do 2; select nonsense; select 4"},
	{&store_result, NULL},
	{&next_result, NULL},
	{&next_result, NULL},
	{&next_result, NULL},
	{&query, "select seq from seq_1_to_20000"},
	{&store_result, NULL},
	{&query, "select 5"},
	{&query, "select 'out of sync'"},
	{&store_result, NULL},
	{NULL, NULL},
};
static const struct line commands[] = {
	{&connects, NULL},
	{&query, "create temporary table t (a int)"},
	{&autocommit, "0"},
	{&query, "insert into t values (1)"},
	{&commit, NULL},
	{&query, "insert into t values (2)"},
	{&rollback, NULL},
	{&autocommit, "1"},
	{&charset, "latin1"},
	{&option, NULL},
	{&select_db, "information_schema"},
	{&select_db, "nowhere"},
	{&list_fields, "schemata"},
	{&kills, NULL},
	{&refresh, NULL},
	{&stat, NULL},
	{&dump_debug_info, NULL},
	{&ping, NULL},
	{&change_user, NULL},
	{&reset_connection, NULL},
	{&query, "do 1"},
	{NULL, NULL},
};
static const struct line refused[] = {
	{&connects, "wrong"},
	{NULL, NULL},
};
static const struct line prepared[] = {
	{&connects, NULL},
	{&make_stmt, NULL},
	{&prepare, "select ?, concat('a ', ?) from seq_1_to_3"},
	{&execute, "1"},
	{&stmt_fetch, NULL},
	{&execute, "2"},
	{&stmt_store_result, NULL},
	{&stmt_fetch, NULL},
	{&stmt_free_result, NULL},
	{&long_data, "sent "},
	{&long_data, "ahead"},
	{&execute, NULL},
	{&stmt_free_result, NULL},
	{&execute, "4"},
	{&stmt_reset, NULL},
	{&query, "create or replace procedure osprof_q(in a int, in b text) "
	    "begin select a, b; select a is null, b; end"},
	{&prepare, "call osprof_q(?, ?)"},
	{&execute, "5"},
	{&stmt_fetch, NULL},
	{&stmt_next_result, NULL},
	{&stmt_fetch, NULL},
	{&stmt_next_result, NULL},
	{&stmt_next_result, NULL},
	{&query, "drop procedure osprof_q"},
	{&prepare, "nonsense ?"},
	{&prepare, "set @a = ?, @b = ?"},
	{&execute, "6"},
	{&prepare, "select seq, 'many' from seq_1_to_20000 where ? and ?"},
	{&execute, "1"},
	{&stmt_close, NULL},
	{NULL, NULL},
};
/* clang-format on */

static void
say(struct task *task, const char *name)
{
	fprintf(task->out, "%s %s: %d %d %d %u %s %s\n", name, TEXT ? TEXT : "",
	    task->rc, task->failed, task->connected != NULL,
	    mysql_errno(task->mysql), mysql_sqlstate(task->mysql),
	    mysql_error(task->mysql));
}

/* The call is over: whether the script goes on with the next one. */
static void
finish(struct task *task)
{
	const struct step *step = task->line->step;
	int again = step->done && step->done(task);

	if (again)
		return;
	say(task, step->name);
	task->line++;
}

/* Start calls until one has to wait. */
static void
go_on(struct task *task)
{
	while (!task->events && task->line->step) {
		task->events = task->line->step->start(task);
		if (!task->events)
			finish(task);
	}
}

/* What poll() says, in the library's words. */
static int
events_of(const struct pollfd *seen)
{
	return (seen->revents & (POLLIN | POLLHUP) ? MYSQL_WAIT_READ : 0) |
	       (seen->revents & POLLOUT ? MYSQL_WAIT_WRITE : 0) |
	       (seen->revents & POLLPRI ? MYSQL_WAIT_EXCEPT : 0);
}

static struct pollfd
wanted(const struct task *task)
{
	struct pollfd wanted = {.fd = -1};

	if (!task->events)
		return wanted;
	wanted.fd = mysql_get_socket(task->mysql);
	wanted.events =
	    (short)((task->events & MYSQL_WAIT_READ ? POLLIN : 0) |
		    (task->events & MYSQL_WAIT_WRITE ? POLLOUT : 0) |
		    (task->events & MYSQL_WAIT_EXCEPT ? POLLPRI : 0));
	return wanted;
}

static void
continue_with(struct task *task, int events)
{
	task->events = task->line->step->cont(task, events);
	if (!task->events)
		finish(task);
	go_on(task);
}

/* Run all scripts to their ends. */
static void
loop(struct task *tasks, int count)
{
	struct pollfd seen[TASKS];
	int waiting;

	for (;;) {
		waiting = 0;
		for (int i = 0; i < count; i++) {
			seen[i] = wanted(&tasks[i]);
			waiting += tasks[i].events != 0;
		}
		if (!waiting)
			return;
		poll(seen, (nfds_t)count, -1);
		for (int i = 0; i < count; i++)
			if (seen[i].fd >= 0 && seen[i].revents)
				continue_with(&tasks[i], events_of(&seen[i]));
	}
}

static void
begin(struct task *task, const struct line *script)
{
	*task = (struct task){.line = script, .mysql = mysql_init(NULL)};
	mysql_options(task->mysql, MYSQL_OPT_NONBLOCK, NULL);
	task->out = open_memstream(&task->said, &task->said_len);
	go_on(task);
}

static void
print(struct task *task)
{
	fclose(task->out);
	fputs(task->said, stdout);
	free(task->said);
}

static void
end(struct task *task)
{
	int events = mysql_close_start(task->mysql);
	struct pollfd seen;

	while (events) {
		task->events = events;
		seen = wanted(task);
		poll(&seen, 1, -1);
		events = mysql_close_cont(task->mysql, events_of(&seen));
	}
	print(task);
}

static void
at_once(void)
{
	static const struct line *const scripts[TASKS] = {
	    texts, several, commands, refused, prepared};
	struct task tasks[TASKS];

	for (int i = 0; i < TASKS; i++)
		begin(&tasks[i], scripts[i]);
	loop(tasks, TASKS);
	for (int i = 0; i < TASKS; i++)
		end(&tasks[i]);
}

static void *
loop_one(void *task)
{
	loop(task, 1);
	return NULL;
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

static void
run(MYSQL *mysql, const char *sql)
{
	MYSQL_RES *result;
	int rc = mysql_query(mysql, sql);

	result = mysql_store_result(mysql);
	printf("plain: %d %d\n", rc, result != NULL);
	mysql_free_result(result);
}

/* Start one that waits for a lock which `holder` has. */
static void
wait_for_lock(struct task *task, MYSQL *holder)
{
	static const struct line script[] = {
	    {&connects, NULL},
	    {&query, "select get_lock('osprof', 100)"},
	    {&store_result, NULL},
	    {NULL, NULL},
	};

	run(holder, "select get_lock('osprof', 100)");
	begin(task, script);
	while (task->line->step != &query || !task->events) {
		struct pollfd seen = wanted(task);

		poll(&seen, 1, -1);
		continue_with(task, events_of(&seen));
	}
}

/* It goes on in another thread; meanwhile this one has other calls. */
static void
handed_over(MYSQL *other)
{
	struct task task;
	pthread_t thread;

	wait_for_lock(&task, other);
	run(other, "select 'meanwhile'");
	run(other, "select release_lock('osprof')");
	pthread_create(&thread, NULL, loop_one, &task);
	pthread_join(thread, NULL);
	end(&task);
}

static void
killed(MYSQL *other)
{
	struct task task;
	char sql[64];

	wait_for_lock(&task, other);
	snprintf(sql, sizeof(sql), "kill %lu", mysql_thread_id(task.mysql));
	printf("kill: %d\n", mysql_query(other, sql));
	while (task.line->step == &query) {
		struct pollfd seen = wanted(&task);

		poll(&seen, 1, -1);
		continue_with(&task, events_of(&seen));
	}
	run(other, "select release_lock('osprof')");
	mysql_close(task.mysql);
	print(&task);
}

static void
abandoned(MYSQL *other)
{
	struct task task;

	wait_for_lock(&task, other);
	mysql_close(task.mysql);
	print(&task);
}

int
main(void)
{
	MYSQL *other;

	setvbuf(stdout, NULL, _IONBF, 0);
	at_once();
	other = connected();
	handed_over(other);
	killed(other);
	abandoned(other);
	mysql_close(other);
	return 0;
}
