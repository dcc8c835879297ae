/*
 * skipped.c - answers to prepared statements that are read out of our sight.
 */
#include "mysql/skipped.h"

#include "mysql/stmt_run.h"
#include "shim/clock.h"

/* Where it is not told, an answer counts as one that is there. */
static unsigned
state_of(MYSQL_STMT *stmt)
{
	unsigned state = STMT_STATE_HAS_ROWS;

	mysql_stmt_attr_get(stmt, STMT_ATTR_STATE, &state);
	return state;
}

/* What the connection has read so far, which a lost one must not be asked. */
static size_t
bytes_read(MYSQL *mysql)
{
	size_t bytes = 0;

	if (mysql_get_socket(mysql) >= 0)
		mariadb_get_infov(mysql, MARIADB_CONNECTION_BYTES_READ, &bytes);
	return bytes;
}

static bool
has_columns(MYSQL_STMT *stmt)
{
	return mysql_stmt_param_count(stmt) || mysql_stmt_field_count(stmt);
}

/*
 * A handle that was prepared before shows no more of the new text than what
 * columns that has: where there are none, it is as the call before.
 */
bool
skipped_prepare(const struct conn *conn, MYSQL_STMT *stmt)
{
	if (!real_is_mariadb())
		return false;
	return state_of(stmt) == STMT_STATE_NEW ||
	       (conn && conn->skips && !has_columns(stmt));
}

/* An answer has rows, or the count of those that it changed. */
bool
skipped_execute(const struct conn *conn, MYSQL_STMT *stmt)
{
	return real_is_mariadb() && conn &&
	       mysql_affected_rows(conn->mysql) == UNKNOWN &&
	       state_of(stmt) != STMT_STATE_HAS_ROWS;
}

void
skipped_keep(
    struct point *point, struct stmt *seen, MYSQL_STMT *stmt, bool prepares)
{
	struct command *command = point->command;
	struct conn *conn = point->conn;

	if (conn) {
		conn_sent(conn, &point->outcome);
		conn->skips = true;
	}
	if (!conn || conn->unread > 1) {
		point->outcome.ending = "unseen";
		command_end(command, conn, &point->outcome);
		return;
	}
	span_detach(&command->span);
	if (command->span.recorded)
		command->sent_ns = clock_ns();
	seen->run = *command;
	seen->rows = UNKNOWN;
	seen->prepares = prepares;
	seen->bytes_read = bytes_read(conn->mysql);
	command->span.recorded = false;
	conn->skipped = stmt;
}

/* The statement that waits on the connection, if it is still there. */
static struct stmt *
find_waiting(const struct conn *conn)
{
	struct stmt *seen = stmt_entry(conn->skipped);

	return seen && stmt_waits(seen) && stmt_conn_entry(seen) == conn ? seen
									 : NULL;
}

/* Its answer was read. */
static void
go_on(struct conn *conn, struct stmt *seen, bool failed)
{
	struct point point = {.mysql = conn->mysql, .conn = conn};
	MYSQL_STMT *stmt = conn->skipped;

	conn->skipped = NULL;
	conn->unread = 0;
	point.own = seen->run;
	point.own.skipped = true;
	point.command = &point.own;
	seen->run.span.recorded = false;
	outcome_clear(&point.outcome);
	point.outcome.secret = point.own.span.secret;
	if (failed || seen->prepares)
		point_end(&point, failed);
	else
		run_answered(&point, seen, stmt);
	if (failed && seen->prepares)
		stmt_unprepared(seen);
}

/*
 * Sending cleared the connection's error: what it has now is the answer's, but
 * for that of a call which was refused meanwhile.
 */
void
skipped_look(struct conn *conn)
{
	struct stmt *seen = find_waiting(conn);
	unsigned code = mysql_errno(conn->mysql);
	bool failed = code && code != ERROR_OUT_OF_SYNC;

	if (!seen)
		conn->skipped = NULL;
	else if (failed || bytes_read(conn->mysql) != seen->bytes_read)
		go_on(conn, seen, failed);
}

void
skipped_end(struct conn *conn, const char *ending)
{
	struct stmt *seen = find_waiting(conn);

	conn->skipped = NULL;
	if (seen)
		run_lose(seen, ending);
}
