/*
 * test_mysql_random.c - whatever a program calls, in whatever order and with
 * whatever outcome: it gets what the library gives, and when its handles are
 * closed no span is left open.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/mysql/fake_mysql.h"

#define PROGRAMS 300
#define STEPS 60
#define HANDLES 3

static uint32_t state;
static MYSQL *conns[HANDLES];
static MYSQL_STMT *stmts[HANDLES];
static MYSQL_RES *results[HANDLES];

static unsigned
any(unsigned below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 16) % below;
}

/* What the next call comes to: nothing, rows, an error, a lost connection. */
static struct answer *
answer_any(const char *call)
{
	static const unsigned codes[] = {1064, 2006, 2013, 2014};
	unsigned which = any(6);

	if (which < 2)
		return answer_done(call, any(3));
	if (which < 4)
		return answer_rows(call, 1);
	if (which == 4) {
		struct answer *more = answer_rows(call, 1);

		more->more = true;
		return more;
	}
	return answer_error(call, codes[any(4)], "HY000");
}

static void
call_conn(MYSQL *mysql)
{
	unsigned i = any(HANDLES);

	switch (any(10)) {
	case 0:
		answer_any("mysql_query");
		osprof_mysql_query(mysql, "select a; select b");
		return;
	case 1:
		answer_any("mysql_real_query");
		osprof_mysql_real_query(mysql, "begin", 5);
		return;
	case 2:
		answer_any("mysql_send_query");
		osprof_mysql_send_query(mysql, "select a", 8);
		return;
	case 3:
		answer_any("mysql_read_query_result");
		osprof_mysql_read_query_result(mysql);
		return;
	case 4:
		answer_any("mysql_next_result");
		osprof_mysql_next_result(mysql);
		return;
	case 5:
		answer_any("mysql_store_result")->pointer =
		    any(3) ? fake_result(mysql, any(3)) : NULL;
		osprof_mysql_store_result(mysql);
		return;
	case 6:
		results[i] = fake_result(mysql, any(4));
		answer_pointer("mysql_use_result", results[i]);
		osprof_mysql_use_result(mysql);
		return;
	case 7:
		answer_any("mysql_commit");
		osprof_mysql_commit(mysql);
		return;
	case 8:
		answer_any("mysql_reset_connection");
		osprof_mysql_reset_connection(mysql);
		return;
	default:
		answer_any("mysql_ping")->state.thread = any(2000);
		osprof_mysql_ping(mysql);
	}
}

/* It may only be sent: Connector/C's answers are then read by methods. */
static void
answer_or_skip(const char *call)
{
	if (real_is_mariadb() && any(3) == 0)
		answer_skipped(call);
	else
		answer_any(call);
}

static void
call_stmt(MYSQL_STMT *stmt)
{
	switch (any(real_is_mariadb() ? 8 : 6)) {
	case 0:
		answer_or_skip("mysql_stmt_prepare");
		osprof_mysql_stmt_prepare(stmt, "select a", 8);
		return;
	case 1:
		answer_or_skip("mysql_stmt_execute");
		osprof_mysql_stmt_execute(stmt);
		return;
	case 2:
		osprof_mysql_stmt_fetch(stmt);
		return;
	case 3:
		answer_any("mysql_stmt_store_result");
		osprof_mysql_stmt_store_result(stmt);
		return;
	case 4:
		answer_any("mysql_stmt_free_result");
		osprof_mysql_stmt_free_result(stmt);
		return;
	case 6:
		answer_any("db_read_prepare_response");
		fake_read_prepare_response(stmt);
		return;
	case 7:
		answer_any("db_read_execute_response");
		fake_read_execute_response(stmt);
		return;
	default:
		answer_any("mysql_stmt_next_result");
		osprof_mysql_stmt_next_result(stmt);
	}
}

static void
call_result(MYSQL_RES *result)
{
	if (any(3)) {
		osprof_mysql_fetch_row(result);
		return;
	}
	osprof_mysql_free_result(result);
}

static void
close_connection(MYSQL *mysql)
{
	answer_pointer("mysql_close", NULL);
	osprof_mysql_close(mysql);
}

/* Close one, and have another one at its address or elsewhere. */
static void
change_handles(void)
{
	unsigned i = any(HANDLES);

	switch (any(3)) {
	case 0:
		close_connection(conns[i]);
		if (any(2))
			conns[i] = fake_mysql_another();
		else
			fake_mysql_connect(conns[i], any(2000));
		return;
	case 1:
		answer_done("mysql_stmt_close", 0);
		osprof_mysql_stmt_close(stmts[i]);
		/* FALLTHROUGH */
	default: /* or leave it */
		answer_pointer("mysql_stmt_init", stmts[i]);
		osprof_mysql_stmt_init(conns[any(HANDLES)]);
	}
}

static void
step(void)
{
	unsigned i = any(HANDLES);

	switch (any(8)) {
	case 0:
		change_handles();
		return;
	case 1:
	case 2:
		call_result(results[i]);
		return;
	case 3:
	case 4:
		call_stmt(stmts[i]);
		return;
	default:
		call_conn(conns[i]);
	}
}

static void
begin(uint32_t seed)
{
	state = seed;
	conns[0] = fake_mysql();
	shim_on();
	for (unsigned i = 0; i < HANDLES; i++) {
		if (i)
			conns[i] = fake_mysql_another();
		stmts[i] = fake_stmt(any(3));
		results[i] = fake_result(conns[i], 0);
		answer_pointer("mysql_stmt_init", stmts[i]);
		osprof_mysql_stmt_init(conns[i]);
	}
}

static void
test_closed_handles_leave_no_span_open(void)
{
	for (uint32_t seed = 1; seed <= PROGRAMS; seed++) {
		size_t open = 0;

		begin(seed);
		for (int i = 0; i < STEPS; i++)
			step();
		for (unsigned i = 0; i < HANDLES; i++)
			close_connection(conns[i]);
		for (unsigned i = 0; i < HANDLES; i++) {
			answer_done("mysql_stmt_close", 0);
			osprof_mysql_stmt_close(stmts[i]);
		}
		for (size_t i = 0; i < points(); i++)
			open += !point_ended(i);
		if (!CHECK(played()) || !CHECK_U64(open, 0)) {
			fprintf(stderr, "program %u\n", (unsigned)seed);
			return;
		}
	}
}

/* clang-format off */
RUN_TESTS(
	TEST(test_closed_handles_leave_no_span_open))
/* clang-format on */
