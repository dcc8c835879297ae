/*
 * test_mysql_async_threads.c - calls that come back in their middle go on in
 * other threads, when the ones that began them are gone: each ends its own
 * point.
 */
#include "tests/mysql/async_calls.h"
#include "tests/mysql/in_threads.h"

#define JOBS 4
#define ROUNDS 40
#define WAITS 3

/* A query, and the fetch of its rows. */
struct job {
	MYSQL *mysql;
	MYSQL *plain; /* of a thread's own calls meanwhile */
	MYSQL_RES *result;
	MYSQL_ROW row;
	int events;
	int rc;
	bool ok;
};

static struct job jobs[JOBS];

static void *
begin(void *arg)
{
	struct job *job = arg;

	answer_rows("mysql_query", 1)->waits = WAITS;
	answer_done("mysql_query", 1);
	job->rc = 17;
	job->events = osprof_mysql_query_start(&job->rc, job->mysql, "select");
	job->ok = job->events && job->rc == 17 &&
		  osprof_mysql_query(job->plain, "plain") == 0 && played();
	return NULL;
}

static void *
go_on_once(void *arg)
{
	struct job *job = arg;

	job->events = osprof_mysql_query_cont(
	    &job->rc, job->mysql, job->events);
	return NULL;
}

static void *
begin_fetch(void *arg)
{
	struct job *job = arg;

	job->ok &= job->events == 0 && job->rc == 0;
	answer_pointer("mysql_use_result", job->result);
	job->ok &= osprof_mysql_use_result(job->mysql) == job->result;
	job->events = osprof_mysql_fetch_row_start(&job->row, job->result);
	job->ok &= job->events && played();
	return NULL;
}

static void *
fetch(void *arg)
{
	struct job *job = arg;

	do {
		while (job->events)
			job->events = osprof_mysql_fetch_row_cont(
			    &job->row, job->result, job->events);
		if (job->row)
			job->events = osprof_mysql_fetch_row_start(
			    &job->row, job->result);
	} while (job->events);
	osprof_mysql_free_result(job->result);
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(job->mysql);
	job->ok &= played();
	return NULL;
}

static void
make_jobs(void)
{
	for (int i = 0; i < JOBS; i++) {
		jobs[i] = (struct job){
		    .mysql = fake_mysql_another(),
		    .plain = fake_mysql_another(),
		};
		jobs[i].result = fake_result(jobs[i].mysql, 5);
		jobs[i].result->waits = 1;
	}
}

static void
test_a_call_that_waits_goes_on_in_another_thread(void)
{
	unsigned rows = 0;

	given();
	for (int round = 0; round < ROUNDS; round++) {
		make_jobs();
		in_threads(begin, jobs, sizeof(*jobs), JOBS);
		for (int i = 0; i < WAITS; i++)
			in_threads(go_on_once, jobs, sizeof(*jobs), JOBS);
		in_threads(begin_fetch, jobs, sizeof(*jobs), JOBS);
		in_threads(fetch, jobs, sizeof(*jobs), JOBS);
		for (int i = 0; i < JOBS; i++)
			CHECK(jobs[i].ok);
	}

	CHECK_U64(points(), 2 * JOBS * ROUNDS);
	for (size_t i = 0; i < points(); i++) {
		CHECK(point_ended(i) && point_parent(i) == -1);
		CHECK(!point_has(i, FIELD_OUTCOME));
		rows += point_number(i, FIELD_ROWS) == 5;
	}
	CHECK_U64(rows, JOBS * ROUNDS);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_call_that_waits_goes_on_in_another_thread))
/* clang-format on */
