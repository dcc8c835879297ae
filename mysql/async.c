/*
 * async.c - calls that come back in their middle, to be gone on with.
 */
#include "mysql/async.h"

#include "shim/clock.h"

/* Of Connector/C: it waits until it can write. */
#define EVENT_WRITE 2

void
async_keep(struct point *point)
{
	if (point->conn) {
		point->command->suspended = true;
		return;
	}
	point->outcome.ending = "unseen";
	point_end_as_told(point);
}

void
async_begin(MYSQL *mysql, const struct subject *subject)
{
	struct point point;

	point_begin_suspended(&point, subject, mysql);
	async_keep(&point);
}

void
async_begin_text(MYSQL *mysql, const struct subject *subject)
{
	struct point point;

	answer_begin_suspended(&point, subject, mysql);
	async_keep(&point);
}

bool
async_waits(MYSQL *mysql)
{
	const struct conn *conn = conn_entry(mysql);

	return conn && conn_is_suspended(conn);
}

bool
async_resume(struct point *point, MYSQL *mysql)
{
	if (!async_waits(mysql))
		return false;
	point_resume(point, mysql);
	point->command->suspended = false;
	return true;
}

void
async_end(MYSQL *mysql, bool failed)
{
	struct point point;

	if (async_resume(&point, mysql))
		point_end(&point, failed);
}

void
async_end_text(MYSQL *mysql, bool failed)
{
	struct point point;

	if (async_resume(&point, mysql))
		answer_end(&point, failed);
}

void
async_end_reset(MYSQL *mysql, bool failed)
{
	struct point point;

	if (!async_resume(&point, mysql))
		return;
	if (!failed)
		conn_reset(point.conn);
	point_end(&point, failed);
}

void
async_end_sent(MYSQL *mysql, bool failed, const char *sql, size_t len)
{
	struct point point;

	if (!async_resume(&point, mysql))
		return;
	if (failed)
		point_end(&point, true);
	else
		answer_wait(&point, sql, len);
}

void
async_end_answered(MYSQL *mysql, bool failed, const char *sql, size_t len)
{
	struct point point;

	if (async_resume(&point, mysql))
		answer_take(&point, failed, sql, len);
}

bool
async_take_up(MYSQL *mysql)
{
	struct conn *conn = gate_open() ? conn_known(mysql) : NULL;
	struct point point;

	if (!conn || !conn_reads_last(conn))
		return false;
	point_take_up(&point, conn);
	async_keep(&point);
	return true;
}

void
async_begin_next(MYSQL *mysql, enum call_key call, const void *caller)
{
	struct subject subject = {.call = call, .caller = caller};
	struct conn *conn = gate_open() ? conn_find(mysql) : NULL;

	if (!conn || !mysql_more_results(mysql))
		return;
	answer_next(&subject, conn);
	async_begin(mysql, &subject);
}

void
async_end_next(MYSQL *mysql, bool failed)
{
	struct point point;

	if (async_resume(&point, mysql))
		answer_take_next(&point, failed);
}

void
async_wait(struct conn *conn, int events)
{
	struct command *command = &conn->call;

	if (command->sent_ns || (events & EVENT_WRITE))
		return;
	if (command->span.recorded)
		command->sent_ns = clock_ns();
}
