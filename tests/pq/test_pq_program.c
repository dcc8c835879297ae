/*
 * test_pq_program.c - a program's own ways of using libpq go on as without
 * tracing: jumps, forks, threads, any number of connections, no memory.
 */
#include <pthread.h>
#include <setjmp.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/pq/steps.h"

static jmp_buf back;

static void
jump(PGconn *from)
{
	(void)from;
	longjmp(back, 1);
}

/* A notice processor of the call leaves it by a longjmp(). */
static void
run_and_jump(PGconn *on, const char *sql)
{
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1")->meanwhile = jump;
	if (setjmp(back) == 0)
		osprof_PQexec(on, sql);
}

static void
test_a_call_left_by_a_jump_ends_with_the_next_on_its_connection(void)
{
	given();
	run_and_jump(conn, "left");
	answer_rows("PQexec", PGRES_TUPLES_OK, 2, "SELECT 2");

	CHECK(!point_ended(0));
	osprof_PQexec(conn, "next");

	CHECK(played());
	CHECK_U64(points(), 2);
	CHECK(point_ended(0) && point_ended(1));
	CHECK_STR(point_text(0, FIELD_OUTCOME), "abandoned");
	CHECK(!point_has(0, FIELD_ROWS));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	CHECK(point_parent(1) == -1);
}

static void
test_a_jump_leaves_the_calls_on_other_connections_whole(void)
{
	PGconn *other;

	given();
	other = fake_pq_another();
	run_and_jump(conn, "left");
	answer_rows("PQexec", PGRES_TUPLES_OK, 2, "SELECT 2");
	answer_rows("PQexec", PGRES_TUPLES_OK, 3, "SELECT 3");

	osprof_PQexec(other, "elsewhere");
	osprof_PQexec(conn, "again here");

	CHECK(played());
	CHECK_U64(points(), 3);
	CHECK(point_ended(0) && point_ended(1) && point_ended(2));
	CHECK_U64(point_number(1, FIELD_ROWS), 2);
	CHECK(point_parent(2) == -1);
}

static void
test_a_call_left_by_a_jump_ends_before_what_is_sent_next(void)
{
	given();
	run_and_jump(conn, "left");

	send_query("next");

	CHECK(point_ended(0));
	CHECK(!point_ended(1));
	CHECK(point_parent(1) == -1);
}

static void
test_a_jump_out_of_a_fetch_leaves_the_command_waiting(void)
{
	given();
	send_query("first");
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1")->meanwhile =
	    jump;
	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");

	if (setjmp(back) == 0)
		osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);

	CHECK(played());
	CHECK_U64(points(), 1);
	CHECK(point_ended(0));
	CHECK_U64(point_number(0, FIELD_ROWS), 1);
}

/* Whether a child that uses what it inherited records nothing of it. */
static bool
child_is_silent(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
		answer_null("PQgetResult");
		osprof_PQgetResult(conn);
		osprof_PQgetResult(conn);
		_exit(played() && !point_ended(0) ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
test_a_forked_child_ends_nothing_of_its_parents(void)
{
	given();
	send_query("of the parent");

	CHECK(child_is_silent());

	answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
	answer_null("PQgetResult");
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);
	CHECK(point_ended(0));
}

static void
test_a_forked_child_traces_connections_of_its_own(void)
{
	int status;
	pid_t pid;

	given();
	send_query("of the parent");

	pid = fork();
	if (pid == 0) {
		conn = fake_pq_another();
		answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1");
		osprof_PQexec(conn, "of the child");
		_exit(points() == 2 && point_ended(1) ? 0 : 1);
	}
	waitpid(pid, &status, 0);

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#define MANY 10000

static void
run_on(PGconn *on, const char *sql)
{
	answer_rows("PQexec", PGRES_TUPLES_OK, 1, "SELECT 1")->text = sql;
	osprof_PQexec(on, sql);
}

static void
test_ten_thousand_connections_of_a_thread_know_their_own(void)
{
	static PGconn *many[MANY];

	given();
	for (int i = 0; i < MANY; i++) {
		many[i] = fake_pq_another();
		many[i]->pid = 1000 + i;
		run_on(many[i], "hello");
	}

	shim_on();
	for (int i = 0; i < 4000; i++) {
		conn = many[i * 7 % MANY];
		send_query("ask");
	}
	for (int i = 0; i < 4000; i++) {
		answer_rows("PQgetResult", PGRES_TUPLES_OK, i, "SELECT");
		answer_null("PQgetResult");
		osprof_PQgetResult(many[i * 7 % MANY]);
		osprof_PQgetResult(many[i * 7 % MANY]);
	}

	CHECK(played());
	CHECK_U64(points(), 4000);
	for (uint64_t i = 0; i < 4000; i++) {
		if (!CHECK_U64(point_number(i, FIELD_ROWS), i) ||
		    !CHECK_U64(point_number(i, FIELD_CONNECTION_ID),
			1000 + i * 7 % MANY))
			break;
	}
}

#define HANDS 4
#define TURNS 100

static PGconn *shared[HANDS];
static pthread_barrier_t turn;

/* In each turn a thread sends on one connection, and fetches from the next. */
static void *
hand_on(void *arg)
{
	unsigned self = (unsigned)(uintptr_t)arg;

	for (unsigned i = 0; i < TURNS; i++) {
		PGconn *mine = shared[(self + i) % HANDS];
		PGconn *next = shared[(self + i + 1) % HANDS];

		answer_number("PQsendQuery", 1);
		osprof_PQsendQuery(mine, "ask");
		pthread_barrier_wait(&turn);
		answer_rows("PQgetResult", PGRES_TUPLES_OK, 1, "SELECT 1");
		answer_null("PQgetResult");
		osprof_PQgetResult(next);
		osprof_PQgetResult(next);
		pthread_barrier_wait(&turn);
	}
	return played() ? arg : NULL;
}

static void
test_connections_may_go_from_thread_to_thread(void)
{
	pthread_t thread[HANDS];
	void *is;

	given();
	pthread_barrier_init(&turn, NULL, HANDS);
	for (uintptr_t i = 0; i < HANDS; i++)
		shared[i] = fake_pq_another();
	for (uintptr_t i = 0; i < HANDS; i++)
		pthread_create(&thread[i], NULL, hand_on, (void *)(i + 1));
	for (uintptr_t i = 0; i < HANDS; i++) {
		pthread_join(thread[i], &is);
		CHECK((uintptr_t)is == i + 1);
	}

	CHECK_U64(points(), HANDS * TURNS);
	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i) && point_number(i, FIELD_ROWS) == 1);
	pthread_barrier_destroy(&turn);
}

static void *
use_own_connections(void *arg)
{
	for (int i = 0; i < 50; i++) {
		PGconn *own = fake_pq_another();

		for (int j = 0; j < 5; j++)
			run_on(own, "own");
	}
	return played() ? arg : NULL;
}

static void
test_threads_have_connections_of_their_own(void)
{
	pthread_t thread[HANDS];
	void *is;

	given();
	for (uintptr_t i = 0; i < HANDS; i++)
		pthread_create(
		    &thread[i], NULL, use_own_connections, (void *)(i + 1));
	for (uintptr_t i = 0; i < HANDS; i++) {
		pthread_join(thread[i], &is);
		CHECK((uintptr_t)is == i + 1);
	}

	CHECK_U64(points(), HANDS * 250);
	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i) && point_number(i, FIELD_ROWS) == 1);
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_call_left_by_a_jump_ends_with_the_next_on_its_connection),
	TEST(test_a_jump_leaves_the_calls_on_other_connections_whole),
	TEST(test_a_call_left_by_a_jump_ends_before_what_is_sent_next),
	TEST(test_a_jump_out_of_a_fetch_leaves_the_command_waiting),
	TEST(test_a_forked_child_ends_nothing_of_its_parents),
	TEST(test_a_forked_child_traces_connections_of_its_own),
	TEST(test_ten_thousand_connections_of_a_thread_know_their_own),
	TEST(test_connections_may_go_from_thread_to_thread),
	TEST(test_threads_have_connections_of_their_own))
/* clang-format on */
