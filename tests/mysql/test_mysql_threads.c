/*
 * test_mysql_threads.c - connections go from thread to thread: each has its
 * own spans, wherever it is used.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"
#include "tests/mysql/in_threads.h"

#define THREADS 4
#define ROUNDS 50

/* A query that one thread asks and another one fetches. */
struct job {
	MYSQL *mysql;
	MYSQL_RES *result;
	bool ok;
};

static struct job jobs[THREADS];

static void *
ask(void *arg)
{
	struct job *job = arg;

	answer_rows("mysql_query", 1);
	answer_pointer("mysql_use_result", job->result);
	job->ok = osprof_mysql_query(job->mysql, "select a") == 0 &&
		  osprof_mysql_use_result(job->mysql) == job->result &&
		  osprof_mysql_fetch_row(job->result) && played();
	return NULL;
}

static void *
fetch(void *arg)
{
	struct job *job = arg;

	while (osprof_mysql_fetch_row(job->result))
		;
	osprof_mysql_free_result(job->result);
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(job->mysql);
	job->ok &= played();
	return NULL;
}

static void
test_what_one_thread_asks_another_may_fetch(void)
{
	fake_mysql();
	shim_on();
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < THREADS; i++) {
			MYSQL *mysql = fake_mysql_another();

			jobs[i] = (struct job){
			    .mysql = mysql, .result = fake_result(mysql, 5)};
		}
		in_threads(ask, jobs, sizeof(*jobs), THREADS);
		in_threads(fetch, jobs, sizeof(*jobs), THREADS);
		for (int i = 0; i < THREADS; i++)
			CHECK(jobs[i].ok);
	}

	CHECK_U64(points(), THREADS * ROUNDS);
	for (size_t i = 0; i < points(); i++) {
		CHECK(point_ended(i));
		CHECK_U64(point_number(i, FIELD_ROWS), 5);
	}
}

/* clang-format off */
RUN_TESTS(
	TEST(test_what_one_thread_asks_another_may_fetch))
/* clang-format on */
