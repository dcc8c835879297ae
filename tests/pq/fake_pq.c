/*
 * fake_pq.c - a libpq that plays from a script: the script.
 */
#include "tests/pq/fake_pq.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/pq/fake_pq_script.h"

#define ANSWERS_MAX 256
#define CONNS_MAX 16384
#define ARGUMENTS_MAX 8

struct script {
	struct answer answer[ANSWERS_MAX];
	unsigned count;
	unsigned next;
	unsigned faults;
	int given_errno;
	uintptr_t argument[ARGUMENTS_MAX];
};

static _Thread_local struct script script;
static struct pg_conn conns[CONNS_MAX];
static atomic_uint conn_count;

void
fake_pq_connect(PGconn *conn, int pid)
{
	*conn = (struct pg_conn){
	    .status = CONNECTION_OK,
	    .transaction = PQTRANS_IDLE,
	    .pid = pid,
	    .encoding = 6,
	    .host = "/run",
	    .port = "5432",
	    .db = "shop",
	    .user = "anna",
	    .version = "15.20",
	    .strings = "on",
	    .error = "",
	};
}

PGconn *
fake_pq_another(void)
{
	unsigned i = atomic_fetch_add(&conn_count, 1);

	if (i >= CONNS_MAX) {
		fprintf(stderr, "fake_pq: no more connections\n");
		abort();
	}
	fake_pq_connect(&conns[i], 100 + (int)i);
	return &conns[i];
}

static struct answer *answer(const char *call);

/* Through the wrapper: what it knows of them goes too. */
static void
finish_all(void)
{
	unsigned count = atomic_exchange(&conn_count, 0);

	memset(&script, 0, sizeof(script));
	answer("PQfinish")->times = count;
	for (unsigned i = 0; i < count; i++)
		osprof_PQfinish(&conns[i]);
	memset(&script, 0, sizeof(script));
}

PGconn *
fake_pq(void)
{
	static bool again;

	if (!again)
		atexit(finish_all);
	again = true;
	finish_all();
	return fake_pq_another();
}

/* Add to the script; one that was played to its end begins again. */
static struct answer *
answer(const char *call)
{
	if (script.next == script.count)
		script.next = script.count = 0;
	if (script.count == ANSWERS_MAX) {
		fprintf(stderr, "fake_pq: the script is too long\n");
		abort();
	}
	script.answer[script.count] = (struct answer){
	    .call = call,
	    .times = 1,
	    .error = "",
	    .transaction = -1,
	};
	return &script.answer[script.count++];
}

struct answer *
answer_number(const char *call, int number)
{
	struct answer *made = answer(call);

	made->number = number;
	return made;
}

struct answer *
answer_null(const char *call)
{
	return answer(call);
}

struct answer *
answer_rows(const char *call, ExecStatusType status, int rows, const char *tag)
{
	struct answer *made = answer(call);

	made->has_result = true;
	made->result.status = status;
	made->result.rows = rows;
	made->result.tag = tag;
	made->result.message = "";
	return made;
}

struct answer *
answer_status(const char *call, ExecStatusType status)
{
	return answer_rows(call, status, 0, "");
}

struct answer *
answer_error(const char *call, const char *sqlstate, const char *message)
{
	struct answer *made = answer_status(call, PGRES_FATAL_ERROR);

	made->result.sqlstate = sqlstate;
	made->result.primary = sqlstate ? message : NULL;
	made->result.message = message;
	made->error = message;
	return made;
}

bool
played(void)
{
	if (script.next < script.count)
		fprintf(stderr, "fake_pq: %s is not called\n",
		    script.answer[script.next].call);
	return script.next == script.count && script.faults == 0;
}

uintptr_t
given_argument(unsigned i)
{
	return script.argument[i];
}

int
given_errno(void)
{
	return script.given_errno;
}

void
fault(const char *what, const char *is, const char *wanted)
{
	fprintf(stderr, "fake_pq: %s is %s, the script says %s\n", what,
	    is ? is : "(null)", wanted);
	script.faults++;
}

/* What the pipeline is after a result of this status. */
static void
set_pipeline(PGconn *conn, const PGresult *result)
{
	if (conn->pipeline == PQ_PIPELINE_OFF)
		return;
	if (result->status == PGRES_PIPELINE_SYNC)
		conn->pipeline = PQ_PIPELINE_ON;
	else if (result->status == PGRES_FATAL_ERROR)
		conn->pipeline = PQ_PIPELINE_ABORTED;
}

static void
set_state(PGconn *conn, const struct answer *is)
{
	conn->error = is->error;
	if (is->transaction >= 0)
		conn->transaction = (PGTransactionStatusType)is->transaction;
	if (is->pid)
		conn->pid = is->pid;
	if (is->has_result)
		set_pipeline(conn, &is->result);
	if (!is->lost)
		return;
	conn->status = CONNECTION_BAD;
	conn->transaction = PQTRANS_UNKNOWN;
	conn->pid = 0;
}

/* The call that is next in the script, if it is this one. */
static struct answer *
take_turn(const char *call, const char *text)
{
	struct answer *is = &script.answer[script.next];

	if (script.next == script.count) {
		fault("a call", call, "no more");
		return NULL;
	}
	if (strcmp(is->call, call) != 0) {
		fault("a call", call, is->call);
		return NULL;
	}
	if (is->text && (!text || strcmp(text, is->text) != 0))
		fault(call, text, is->text);
	if (--is->times == 0)
		script.next++;
	return is;
}

struct played
play(const char *call, PGconn *conn, const char *text,
    const uintptr_t *argument, size_t count)
{
	struct played played = {.result = NULL};
	int found = errno;
	struct answer *is = take_turn(call, text);

	script.given_errno = found;
	memcpy(script.argument, argument, count * sizeof(*argument));
	if (is) {
		if (is->meanwhile)
			is->meanwhile(conn);
		if (conn)
			set_state(conn, is);
		played.number = is->number;
		played.pointer = is->pointer;
		played.result = is->has_result ? &is->result : NULL;
	}
	errno = ERRNO_AFTER;
	return played;
}
