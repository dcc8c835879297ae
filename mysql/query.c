/*
 * query.c - statements as text, and the next result of one that has several.
 *
 * The span begins with the call.  It ends with it too if there are no rows, or
 * goes on until the program has them (answer.h, result.c).  Each result of a
 * text with several statements is a point of its own, with the whole text and
 * the statement's place in it.
 */
#include <string.h>

#include "mysql/answer.h"

OUT_OF_LINE int
query_traced(MYSQL *mysql, const char *sql, const void *caller)
{
	struct subject subject = {
	    .call = CALL_mysql_query,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = strlen(sql),
	};
	struct point point;
	int rc;

	answer_begin(&point, &subject, mysql);

	rc = mysql_query(mysql, sql);

	answer_take(&point, rc, sql, subject.sql_len);
	return rc;
}

int
osprof_mysql_query(MYSQL *mysql, const char *sql)
{
	if (PASSES)
		return PASS(mysql_query)(mysql, sql);
	return query_traced(mysql, sql, CALLER);
}

OUT_OF_LINE int
real_query_traced(
    MYSQL *mysql, const char *sql, unsigned long len, const void *caller)
{
	struct subject subject = {
	    .call = CALL_mysql_real_query,
	    .caller = caller,
	    .sql = sql,
	    .sql_len = real_length(sql, len),
	};
	struct point point;
	int rc;

	answer_begin(&point, &subject, mysql);

	rc = mysql_real_query(mysql, sql, len);

	answer_take(&point, rc, sql, subject.sql_len);
	return rc;
}

int
osprof_mysql_real_query(MYSQL *mysql, const char *sql, unsigned long len)
{
	if (PASSES)
		return PASS(mysql_real_query)(mysql, sql, len);
	return real_query_traced(mysql, sql, len, CALLER);
}

OUT_OF_LINE int
next_result_traced(MYSQL *mysql, const void *caller)
{
	struct subject subject = {
	    .call = CALL_mysql_next_result, .caller = caller};
	struct conn *conn = gate_open() ? conn_find(mysql) : NULL;
	struct point point;
	int rc;

	if (!conn || !mysql_more_results(mysql))
		return mysql_next_result(mysql);
	answer_next(&subject, conn);
	point_begin(&point, &subject, mysql);

	rc = mysql_next_result(mysql);

	answer_take_next(&point, rc);
	return rc;
}

int
osprof_mysql_next_result(MYSQL *mysql)
{
	if (PASSES)
		return PASS(mysql_next_result)(mysql);
	return next_result_traced(mysql, CALLER);
}
