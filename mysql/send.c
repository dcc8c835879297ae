/*
 * send.c - statements that are sent now and answered later.
 *
 * A span begins in the call that sends, waits on the connection, and goes on in
 * mysql_read_query_result() as if that had sent it.  A call that could not
 * send is a point of its own, which ends with the connection's error; what is
 * open on the connection stays so.
 */
#include "mysql/answer.h"

OUT_OF_LINE int
send_query_traced(
    MYSQL *mysql, const char *sql, unsigned long len, const void *caller)
{
	struct subject subject = {
	    .call = CALL_mysql_send_query,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = len,
	};
	struct point point;
	int rc;

	answer_begin(&point, &subject, mysql);

	rc = mysql_send_query(mysql, sql, len);

	if (rc)
		point_end(&point, true);
	else
		answer_wait(&point, sql, len);
	return rc;
}

int
osprof_mysql_send_query(MYSQL *mysql, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_send_query)(mysql, sql, len);
	return send_query_traced(mysql, sql, len, CALLER);
}

OUT_OF_LINE my_bool
read_query_result_traced(MYSQL *mysql)
{
	struct conn *conn = gate_open() ? conn_known(mysql) : NULL;
	struct point point;
	my_bool failed;

	if (!conn || !conn_reads_last(conn))
		return mysql_read_query_result(mysql);
	point_take_up(&point, conn);

	failed = mysql_read_query_result(mysql);

	answer_take(&point, failed, NULL, 0);
	return failed;
}

my_bool
osprof_mysql_read_query_result(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_read_query_result)(mysql);
	return read_query_result_traced(mysql);
}
