/*
 * random_tasks.h - programs of random calls that come back in their middle, on
 * several connections of one thread.
 *
 * Whoever includes this file has a table of steps; a step's function calls for
 * the first time, or goes on, and returns what it waits for.  Each statement
 * has a number of its own, in its text and in what it changes or returns: so
 * one that ends with another's answer is seen.
 */
#ifndef TESTS_MYSQL_RANDOM_TASKS_H
#define TESTS_MYSQL_RANDOM_TASKS_H

#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAMS 400
#define STEPS 60
#define TASKS 3

/* What of points a step begins. */
enum begins {
	NO_POINT,
	PERHAPS, /* a point, if there is a next result */
	A_POINT,
	A_TEXT, /* a point, whose rows are the connection's */
	A_NEXT, /* the same, if there is a next result */
};

struct task;

struct step {
	const char *call; /* of the script; NULL: in none */
	enum begins begins;
	int (*run)(struct task *task, int events); /* 0: begin */
	/* Whether the program got what the script says. */
	bool (*right)(const struct task *task);
};

struct task {
	MYSQL *mysql;
	MYSQL_STMT *stmt;
	MYSQL_RES *result;
	const struct step *step; /* that is under way, or was last */
	int events;              /* that is waited for */
	unsigned changes;        /* of the gate, since it was traced last */
	struct answer answer;
	unsigned number; /* of the last statement */
	unsigned rows;   /* the number of that which has some now */
	char sql[32];
	int rc;
	my_bool failed;
	MYSQL *connected;
	MYSQL_RES *stored;
	MYSQL_ROW row;
};

static struct task tasks[TASKS];
static uint32_t state;
static unsigned numbers;
static bool on;      /* tracing is */
static bool repeats; /* going on with a call looks like beginning it */

static unsigned
any(unsigned below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 16) % below;
}

static bool
number_right(const struct task *task)
{
	return task->rc == task->answer.number;
}

static bool
stored_right(const struct task *task)
{
	return task->stored == task->answer.pointer;
}

/* What the next call comes to: nothing, rows, an error, a lost connection. */
static struct answer *
answer_any(const char *call, unsigned number)
{
	static const unsigned codes[] = {1064, 2006, 2013, 2014};
	unsigned which = any(6);
	struct answer *answer;

	if (which == 0)
		answer = answer_error(call, codes[any(4)], "HY000");
	else if (which < 3)
		answer = answer_done(call, number);
	else
		answer = answer_rows(call, 1);
	answer->more = which == 5;
	answer->waits = any(2) ? any(4) : 0;
	return answer;
}

/* Have the script answer the step that begins. */
static void
answer_step(struct task *task)
{
	const char *call = task->step->call;
	struct answer *answer;

	if (!call)
		return;
	if (strstr(call, "next_result") && !task->mysql->more) {
		answer = answer_done(call, 0);
		answer->number = -1;
	} else {
		answer = answer_any(call, task->number);
	}
	if (strcmp(call, "mysql_store_result") == 0)
		answer->pointer = any(4) ? fake_result(task->mysql, task->rows)
					 : NULL;
	if (strcmp(call, "mysql_real_connect") == 0)
		answer->pointer = answer->number ? NULL : task->mysql;
	task->answer = *answer;
}

/* The step is over. */
static void
finish(struct task *task)
{
	const struct answer *answer = &task->answer;

	if (task->step->begins >= A_TEXT && !answer->number &&
	    answer->state.fields)
		task->rows = task->number;
	if (!CHECK(!task->step->right || task->step->right(task)))
		fprintf(stderr, "%s\n", task->step->call);
}

static void
call(struct task *task, size_t most)
{
	size_t before = points();

	task->events = task->step->run(task, task->events);
	if (on)
		task->changes = 0;
	CHECK(errno == ERRNO_AFTER);
	CHECK(points() - before <= most);
	if (!task->events)
		finish(task);
}

static void
begin_step(struct task *task, const struct step *step)
{
	size_t before = points();

	task->step = step;
	if (step->begins != NO_POINT)
		task->number = ++numbers;
	snprintf(task->sql, sizeof(task->sql), "do %u; do 0", task->number);
	answer_step(task);
	call(task, on && step->begins != NO_POINT);
	if (on && (step->begins == A_POINT || step->begins == A_TEXT))
		CHECK_U64(points() - before, 1);
}

static void
close_connection(struct task *task)
{
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(task->mysql);
	task->stmt->mysql = NULL; /* as in the libraries */
	task->events = 0;
}

/*
 * Another connection, at the same address or elsewhere: what was open on one
 * that goes while tracing is off ends when its address is seen again.
 */
static void
reopen(struct task *task)
{
	close_connection(task);
	if (on && any(2))
		task->mysql = fake_mysql_another();
	else
		fake_mysql_connect(task->mysql, 10000 + any(9));
	task->result = fake_result(task->mysql, 0);
}

/* Its rows are to be fetched now, each after some waits. */
static void
stream(struct task *task)
{
	osprof_mysql_free_result(task->result);
	task->result = fake_result(task->mysql, any(4));
	answer_pointer("mysql_use_result", task->result);
	osprof_mysql_use_result(task->mysql);
	task->result->waits = any(3);
}

static void
close_stmt(struct task *task)
{
	answer_done("mysql_stmt_close", 0);
	osprof_mysql_stmt_close(task->stmt);
}

static void
make_stmt(struct task *task)
{
	task->stmt = fake_stmt(any(3));
	answer_pointer("mysql_stmt_init", task->stmt);
	osprof_mysql_stmt_init(task->mysql);
	task->stmt->waits = any(3);
}

static void
switch_tracing(bool turn_on)
{
	for (unsigned i = 0; i < TASKS; i++)
		tasks[i].changes++;
	on = turn_on;
	if (on)
		shim_on_again();
	else
		shim_off();
}

static void
disturb(struct task *task)
{
	switch (any(8)) {
	case 0:
	case 4:
	case 5:
		switch_tracing(!on);
		return;
	case 1: /* another configuration */
		switch_tracing(on);
		return;
	case 2:
		reopen(task);
		return;
	case 3:
		if (on && !task->events) {
			close_stmt(task);
			make_stmt(task);
		}
		return;
	default:
		if (!task->events)
			stream(task);
	}
}

static void
begin(uint32_t seed)
{
	state = seed;
	tasks[0] = (struct task){.mysql = fake_mysql()};
	shim_on();
	on = true;
	for (unsigned i = 0; i < TASKS; i++) {
		if (i)
			tasks[i] = (struct task){.mysql = fake_mysql_another()};
		tasks[i].result = fake_result(tasks[i].mysql, 0);
		make_stmt(&tasks[i]);
	}
}

/* All handles are closed, and tracing is on. */
static void
end(void)
{
	switch_tracing(true);
	for (unsigned i = 0; i < TASKS; i++)
		close_connection(&tasks[i]);
	for (unsigned i = 0; i < TASKS; i++)
		close_stmt(&tasks[i]);
}

/* A text that was sent and answered by one call shows its own number and no
 * other. */
static bool
is_own(size_t i)
{
	const char *text = point_text(i, FIELD_STATEMENT);
	uint64_t number = strtoul(text + strcspn(text, " "), NULL, 10);
	uint64_t changes = point_number(i, FIELD_CHANGES);
	uint64_t rows = point_number(i, FIELD_ROWS);

	if (strncmp(text, "do ", 3) != 0 ||
	    strstr(point_text(i, FIELD_CALL), "next_result") ||
	    strstr(point_text(i, FIELD_CALL), "send_query") ||
	    strstr(point_text(i, FIELD_CALL), "stmt"))
		return true;
	return (!changes || changes == number) && (rows < 4 || rows == number);
}

static bool
all_is_well(void)
{
	bool well = CHECK(played());

	for (size_t i = 0; i < points(); i++) {
		if (!CHECK(point_ended(i))) {
			fprintf(stderr, "%s '%s'\n", point_text(i, FIELD_CALL),
			    point_text(i, FIELD_STATEMENT));
			well = false;
		}
		well &= CHECK(point_parent(i) == -1);
		if (!CHECK(is_own(i))) {
			fprintf(stderr, "%s '%s': %u changes, %u rows\n",
			    point_text(i, FIELD_CALL),
			    point_text(i, FIELD_STATEMENT),
			    (unsigned)point_number(i, FIELD_CHANGES),
			    (unsigned)point_number(i, FIELD_ROWS));
			well = false;
		}
	}
	return well;
}

static void
run_programs(const struct step *steps, unsigned count)
{
	for (uint32_t seed = 1; seed <= PROGRAMS; seed++) {
		begin(seed);
		for (int i = 0; i < STEPS; i++) {
			struct task *task = &tasks[any(TASKS)];

			if (any(8) == 0)
				disturb(task);
			else if (task->events)
				call(task, repeats && task->changes > 1);
			else
				begin_step(task, &steps[any(count)]);
		}
		end();
		if (!all_is_well()) {
			fprintf(stderr, "program %u\n", (unsigned)seed);
			return;
		}
	}
}

#endif
