/*
 * point.c - the point of a call that has its answer when it returns.
 */
#include "mysql/point.h"

void
point_begin_at(struct point *point, const struct subject *subject,
    struct conn *conn, bool pushed)
{
	point->mysql = conn ? conn->mysql : NULL;
	point->conn = conn;
	point->command = conn ? &conn->call : &point->own;
	if (conn)
		conn_end_call(conn, "abandoned");
	command_begin(point->command, conn, subject, pushed);
	outcome_clear(&point->outcome);
	point->outcome.secret = point->command->span.secret;
}

static void
begin(struct point *point, const struct subject *subject, MYSQL *mysql,
    bool pushed)
{
	struct conn *conn = gate_open() ? conn_find(mysql) : NULL;

	point_begin_at(point, subject, conn, pushed);
	point->mysql = mysql;
}

void
point_begin(struct point *point, const struct subject *subject, MYSQL *mysql)
{
	begin(point, subject, mysql, true);
}

void
point_begin_suspended(
    struct point *point, const struct subject *subject, MYSQL *mysql)
{
	begin(point, subject, mysql, false);
}

void
point_resume(struct point *point, MYSQL *mysql)
{
	point->mysql = mysql;
	point->conn = conn_entry(mysql);
	point->own = (struct command){.caller = NULL};
	point->command = point->conn ? &point->conn->call : &point->own;
	outcome_clear(&point->outcome);
	point->outcome.secret = point->command->span.secret;
}

void
point_take_up(struct point *point, struct conn *conn)
{
	point->mysql = conn->mysql;
	point->conn = conn;
	point->command = &conn->call;
	conn_end_call(conn, "abandoned");
	conn->call = conn->open;
	conn->open.span.recorded = false;
	outcome_clear(&point->outcome);
	point->outcome.secret = point->command->span.secret;
}

void
point_end_as_told(struct point *point)
{
	struct conn *conn = point->conn;

	if (conn)
		conn_called(conn, &point->outcome);
	command_end(point->command, conn, &point->outcome);
}

void
point_end(struct point *point, bool failed)
{
	if (failed)
		outcome_fail(&point->outcome, point->mysql);
	point_end_as_told(point);
}
