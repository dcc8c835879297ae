/*
 * test_pq_transaction.c - a transaction is a point from the statement that
 * opened it to the one that ended it, or to where its connection is lost.
 */
#include "fake_shim.h"
#include "tests/check.h"
#include "tests/pq/fake_pq.h"

static PGconn *conn;

static void
given(void)
{
	conn = fake_pq();
	shim_transactions(true);
	shim_on();
}

static void
run(const char *sql, PGTransactionStatusType after)
{
	answer_rows("PQexec", PGRES_COMMAND_OK, 0, sql)->transaction = (int)
	    after;
	osprof_PQexec(conn, sql);
	CHECK(played());
}

/* The number of the only point of a transaction. */
static size_t
transaction(void)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < points(); i++) {
		if (strcmp(point_text(i, FIELD_CALL), "transaction") != 0)
			continue;
		CHECK(found == SIZE_MAX);
		found = i;
	}
	CHECK(found != SIZE_MAX);
	return found == SIZE_MAX ? 0 : found;
}

static void
test_a_transaction_counts_its_statements_and_tells_its_end(void)
{
	given();
	run("BEGIN", PQTRANS_INTRANS);
	run("UPDATE 1", PQTRANS_INTRANS);
	CHECK(!point_ended(transaction()));
	run("COMMIT", PQTRANS_IDLE);

	CHECK_U64(points(), 4);
	CHECK(point_ended(transaction()));
	CHECK_U64(point_number(transaction(), FIELD_STATEMENTS), 3);
	CHECK_STR(point_text(transaction(), FIELD_OUTCOME), "COMMIT");
	CHECK(point_has(transaction(), FIELD_IDLE));
	CHECK_STR(point_text(transaction(), FIELD_DATABASE), "shop");
}

static void
test_a_statement_outside_of_transactions_opens_none(void)
{
	given();
	run("SELECT 1", PQTRANS_IDLE);

	CHECK_U64(points(), 1);
}

static void
test_a_failed_transaction_goes_on_until_it_is_rolled_back(void)
{
	given();
	run("BEGIN", PQTRANS_INTRANS);
	answer_error("PQexec", "22012", "division by zero")->transaction =
	    PQTRANS_INERROR;
	osprof_PQexec(conn, "select 1/0");
	CHECK(!point_ended(transaction()));
	run("ROLLBACK", PQTRANS_IDLE);

	CHECK(point_ended(transaction()));
	CHECK_STR(point_text(transaction(), FIELD_OUTCOME), "ROLLBACK");
}

static void
test_a_transaction_is_lost_with_its_connection(void)
{
	given();
	run("BEGIN", PQTRANS_INTRANS);
	answer_error("PQexec", NULL, "server closed it\n")->lost = true;

	osprof_PQexec(conn, "select 1");

	CHECK(point_ended(transaction()));
	CHECK_STR(point_text(transaction(), FIELD_OUTCOME), "connection lost");
}

static void
test_a_transaction_ends_with_the_finish_of_its_connection(void)
{
	given();
	run("BEGIN", PQTRANS_INTRANS);
	answer_null("PQfinish");

	osprof_PQfinish(conn);

	CHECK(point_ended(transaction()));
	CHECK_STR(
	    point_text(transaction(), FIELD_OUTCOME), "connection closed");
}

static void
test_a_transaction_of_sent_statements_ends_with_the_last_null(void)
{
	given();
	answer_number("PQsendQuery", 1)->transaction = PQTRANS_ACTIVE;
	answer_rows("PQgetResult", PGRES_COMMAND_OK, 0, "BEGIN");
	answer_null("PQgetResult")->transaction = PQTRANS_INTRANS;
	osprof_PQsendQuery(conn, "begin");
	osprof_PQgetResult(conn);
	osprof_PQgetResult(conn);
	CHECK(!point_ended(transaction()));

	run("COMMIT", PQTRANS_IDLE);

	CHECK_U64(point_number(transaction(), FIELD_STATEMENTS), 2);
}

static void
test_a_gate_shut_in_a_transaction_leaves_it_unseen(void)
{
	given();
	run("BEGIN", PQTRANS_INTRANS);
	shim_off();
	run("COMMIT", PQTRANS_IDLE);
	shim_on_again();

	run("SELECT 1", PQTRANS_IDLE);

	CHECK(point_ended(transaction()));
	CHECK_STR(point_text(transaction(), FIELD_OUTCOME), "unseen");
}

static void
test_a_commit_without_room_ends_its_transaction(void)
{
	given();
	run("BEGIN", PQTRANS_INTRANS);
	shim_full(true);
	run("COMMIT", PQTRANS_IDLE);
	shim_full(false);
	run("SELECT 1", PQTRANS_IDLE);

	CHECK_STR(point_text(transaction(), FIELD_OUTCOME), "COMMIT");
	CHECK_U64(point_number(transaction(), FIELD_STATEMENTS), 2);
	CHECK(point_number(transaction(), FIELD_ELAPSED) < UINT64_MAX / 2);
}

static void
test_a_transaction_without_room_costs_nothing_but_its_point(void)
{
	given();
	shim_full(true);
	run("BEGIN", PQTRANS_INTRANS);
	shim_full(false);
	run("COMMIT", PQTRANS_IDLE);

	for (size_t i = 0; i < points(); i++)
		CHECK(point_ended(i));
}

/* clang-format off */
RUN_TESTS(
	TEST(test_a_transaction_counts_its_statements_and_tells_its_end),
	TEST(test_a_statement_outside_of_transactions_opens_none),
	TEST(test_a_failed_transaction_goes_on_until_it_is_rolled_back),
	TEST(test_a_transaction_is_lost_with_its_connection),
	TEST(test_a_transaction_ends_with_the_finish_of_its_connection),
	TEST(test_a_transaction_of_sent_statements_ends_with_the_last_null),
	TEST(test_a_gate_shut_in_a_transaction_leaves_it_unseen),
	TEST(test_a_commit_without_room_ends_its_transaction),
	TEST(test_a_transaction_without_room_costs_nothing_but_its_point))
/* clang-format on */
