/*
 * fake_mysql.c - a client library that plays from a script: the script, and
 * what only looks.
 */
#include "tests/mysql/fake_mysql.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/mysql/fake_mysql_script.h"

#define ANSWERS_MAX 128
#define HANDLES_MAX 16384

struct script {
	struct answer answer[ANSWERS_MAX];
	unsigned count;
	unsigned next;
	unsigned faults;
};

static _Thread_local struct script script;
static MYSQL conns[HANDLES_MAX];
static MYSQL_STMT stmts[HANDLES_MAX];
static MYSQL_RES results[HANDLES_MAX];
static atomic_uint conn_count, stmt_count, result_count;

/* The place of one more handle: no address comes again unasked. */
static unsigned
another(atomic_uint *count)
{
	unsigned i = atomic_fetch_add(count, 1);

	if (i >= HANDLES_MAX) {
		fprintf(stderr, "fake_mysql: no more handles\n");
		abort();
	}
	return i;
}

void
fake_mysql_connect(MYSQL *mysql, unsigned long thread)
{
	*mysql = (MYSQL){
	    .state = {.sqlstate = "00000",
		.error = "",
		.changes = (my_ulonglong)-1,
		.thread = thread},
	    .call = mysql->call,
	};
}

MYSQL *
fake_mysql_another(void)
{
	unsigned i = another(&conn_count);

	fake_mysql_connect(&conns[i], 100 + i);
	return &conns[i];
}

MYSQL *
fake_mysql(void)
{
	script = (struct script){.count = 0};
	return fake_mysql_another();
}

MYSQL_STMT *
fake_stmt(unsigned rows)
{
	MYSQL_STMT *stmt = &stmts[another(&stmt_count)];

	*stmt = (MYSQL_STMT){
	    .state = {.sqlstate = "00000", .error = ""}, .rows = rows};
	return stmt;
}

MYSQL_RES *
fake_result(MYSQL *mysql, unsigned rows)
{
	MYSQL_RES *result = &results[another(&result_count)];

	*result = (MYSQL_RES){.mysql = mysql, .rows = rows};
	return result;
}

static struct answer *
answer(const char *call)
{
	struct answer *answer;

	if (script.next == script.count)
		script.next = script.count = 0; /* all were given */
	if (script.count == ANSWERS_MAX)
		abort();
	answer = &script.answer[script.count++];
	*answer = (struct answer){
	    .call = call,
	    .state = {.sqlstate = "00000",
		.error = "",
		.changes = (my_ulonglong)-1},
	};
	return answer;
}

struct answer *
answer_done(const char *call, my_ulonglong changes)
{
	struct answer *done = answer(call);

	done->state.changes = changes;
	return done;
}

struct answer *
answer_rows(const char *call, unsigned fields)
{
	struct answer *rows = answer(call);

	rows->state.fields = fields;
	return rows;
}

struct answer *
answer_error(const char *call, unsigned code, const char *sqlstate)
{
	struct answer *error = answer(call);

	error->number = 1;
	error->state.code = code;
	error->state.sqlstate = sqlstate;
	error->state.error = "refused";
	return error;
}

struct answer *
answer_pointer(const char *call, void *pointer)
{
	struct answer *given = answer(call);

	given->pointer = pointer;
	return given;
}

struct answer *
answer_skipped(const char *call)
{
	struct answer *skipped = answer(call);

	skipped->skipped = true;
	return skipped;
}

bool
played(void)
{
	if (script.next != script.count)
		fprintf(stderr, "fake_mysql: %u of %u calls were made\n",
		    script.next, script.count);
	return !script.faults && script.next == script.count;
}

void
fault(const char *what)
{
	fprintf(stderr, "fake_mysql: %s\n", what);
	script.faults++;
}

/* In a function of its own: a call may wake up in another thread. */
__attribute__((noinline)) void
leave_errno(void)
{
	errno = ERRNO_AFTER;
}

struct answer
take(const char *call)
{
	static const struct answer none = {.call = "none"};
	const struct answer *next = script.next < script.count
					? &script.answer[script.next]
					: &none;

	if (strcmp(next->call, call) != 0) {
		fprintf(stderr, "fake_mysql: %s was called, not %s\n", call,
		    next->call);
		script.faults++;
		return none;
	}
	script.next++;
	return *next;
}

void
apply(const struct answer *answer, struct fake_state *state)
{
	unsigned long thread = answer->state.thread;

	if (answer->meanwhile)
		answer->meanwhile();
	if (state && answer->state.sqlstate) {
		if (!thread)
			thread = state->thread;
		*state = answer->state;
		state->thread = thread;
	}
	leave_errno();
}

void
fail(struct fake_state *state, unsigned code)
{
	state->code = code;
	state->error = code ? "refused" : "";
}

void
wait_for_server(unsigned times)
{
	while (times--)
		coroutine_wait(times ? EVENT_WRITE : EVENT_READ);
}

struct answer
play(const char *call, struct fake_state *state)
{
	struct answer now = take(call);

	leave_errno();
	wait_for_server(now.waits);
	apply(&now, state);
	return now;
}
