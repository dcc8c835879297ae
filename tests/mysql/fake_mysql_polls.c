/*
 * fake_mysql_polls.c - a client library that plays from a script: what only
 * libmysqlclient has, calls that are repeated until they are ready.
 *
 * The first of them takes the answer, the one that is ready gives it.  They
 * have to be the same call with the same text.
 */
#include <string.h>

#include "tests/mysql/fake_mysql_script.h"

static void
begin(struct polled *polled, const char *call, const void *text,
    unsigned long len)
{
	*polled = (struct polled){
	    .answer = take(call),
	    .text = text,
	    .len = len,
	    .under_way = true,
	};
}

static bool
is_same(const struct polled *polled, const char *call, const void *text,
    unsigned long len)
{
	return strcmp(polled->answer.call, call) == 0 && polled->text == text &&
	       polled->len == len;
}

/* Whether the call has its answer now. */
static bool
poll(MYSQL *mysql, const char *call, const void *text, unsigned long len)
{
	struct polled *polled = &mysql->polled;

	if (!polled->under_way)
		begin(polled, call, text, len);
	else if (!is_same(polled, call, text, len))
		fault("another call was under way");
	leave_errno();
	if (polled->answer.waits) {
		polled->answer.waits--;
		return false;
	}
	polled->under_way = false;
	apply(&polled->answer, &mysql->state);
	mysql->more = polled->answer.more;
	return true;
}

static enum net_async_status
poll_number(MYSQL *mysql, const char *call, const void *text, unsigned long len)
{
	if (!poll(mysql, call, text, len))
		return NET_ASYNC_NOT_READY;
	return mysql->polled.answer.number ? NET_ASYNC_ERROR
					   : NET_ASYNC_COMPLETE;
}

enum net_async_status
mysql_real_connect_nonblocking(MYSQL *mysql, const char *host, const char *user,
    const char *password, const char *db, unsigned port, const char *socket,
    unsigned long flags)
{
	(void)user, (void)password, (void)db, (void)port, (void)socket;
	if (!poll(mysql, "mysql_real_connect", host, flags))
		return NET_ASYNC_NOT_READY;
	return mysql->polled.answer.pointer ? NET_ASYNC_COMPLETE
					    : NET_ASYNC_ERROR;
}

enum net_async_status
mysql_send_query_nonblocking(MYSQL *mysql, const char *sql, unsigned long len)
{
	return poll_number(mysql, "mysql_send_query", sql, len);
}

enum net_async_status
mysql_real_query_nonblocking(MYSQL *mysql, const char *sql, unsigned long len)
{
	return poll_number(mysql, "mysql_real_query", sql, len);
}

enum net_async_status
mysql_reset_connection_nonblocking(MYSQL *mysql)
{
	return poll_number(mysql, "mysql_reset_connection", NULL, 0);
}

enum net_async_status
mysql_next_result_nonblocking(MYSQL *mysql)
{
	if (!poll(mysql, "mysql_next_result", NULL, 0))
		return NET_ASYNC_NOT_READY;
	if (mysql->polled.answer.number < 0)
		return NET_ASYNC_COMPLETE_NO_MORE_RESULTS;
	return mysql->polled.answer.number ? NET_ASYNC_ERROR
					   : NET_ASYNC_COMPLETE;
}

/* Complete, but without a result, if that failed. */
enum net_async_status
mysql_store_result_nonblocking(MYSQL *mysql, MYSQL_RES **ret_result)
{
	if (!poll(mysql, "mysql_store_result", NULL, 0))
		return NET_ASYNC_NOT_READY;
	*ret_result = mysql->polled.answer.pointer;
	return NET_ASYNC_COMPLETE;
}

/* Whether the result has to be waited for. */
static bool
waits(MYSQL_RES *result)
{
	leave_errno();
	if (result->waited++ < result->waits)
		return true;
	result->waited = 0;
	return false;
}

enum net_async_status
mysql_fetch_row_nonblocking(MYSQL_RES *result, MYSQL_ROW *ret_row)
{
	if (waits(result))
		return NET_ASYNC_NOT_READY;
	*ret_row = mysql_fetch_row(result);
	return NET_ASYNC_COMPLETE;
}

enum net_async_status
mysql_free_result_nonblocking(MYSQL_RES *result)
{
	if (waits(result))
		return NET_ASYNC_NOT_READY;
	mysql_free_result(result);
	return NET_ASYNC_COMPLETE;
}
