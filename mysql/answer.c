/*
 * answer.c - the answer to a statement that was sent as a text.
 */
#include "mysql/answer.h"

#include "mysql/attributes.h"
#include "shim/clock.h"

/* Results whose rows come one by one, and the connections that they are of. */
struct stream {
	struct handle handle;
	MYSQL *mysql;
};

static struct handles streams = {.entry_size = sizeof(struct stream)};

/* How many there are: a program that has none is not asked for its results. */
atomic_size_t answer_streaming;

/* A statement without rows is over. */
static void
end_without_rows(struct point *point)
{
	struct conn *conn = point->conn;

	outcome_take(&point->outcome, point->mysql);
	if (conn)
		conn_ends_result(conn);
	point_end_as_told(point);
}

/* Its rows are the program's to fetch. */
static void
go_on(struct point *point)
{
	struct conn *conn = point->conn;

	if (!conn) {
		point->outcome.ending = "unseen";
		point_end_as_told(point);
		return;
	}
	conn_called(conn, &point->outcome);
	command_answered(point->command);
	conn_keep_open(conn, point->command);
	conn->outcome.connection_id = point->outcome.connection_id;
}

static void
begin(struct point *point, const struct subject *subject, MYSQL *mysql,
    bool pushed)
{
	struct conn *conn = gate_open() ? conn_find(mysql) : NULL;
	struct subject shown = *subject;
	bool simple = conn && subject->sql &&
		      statement_is_simple(subject->sql, subject->sql_len);

	shown.sql_known |= simple;
	attributes_show(conn, &shown);
	point_begin_at(point, &shown, conn, pushed);
	point->mysql = mysql;
	attributes_forget(conn);
	if (conn)
		conn_sends(conn, subject->sql, subject->sql_len, simple);
}

void
answer_begin(struct point *point, const struct subject *subject, MYSQL *mysql)
{
	begin(point, subject, mysql, true);
}

void
answer_begin_suspended(
    struct point *point, const struct subject *subject, MYSQL *mysql)
{
	begin(point, subject, mysql, false);
}

void
answer_next(struct subject *subject, const struct conn *conn)
{
	const struct text *text = &conn->text;

	subject->secret = text_is_secret(text);
	if (!text->index)
		return;
	subject->index = text->index + 1;
	if (text->len) {
		subject->ready = text->ready;
		subject->ready_len = text->len;
	}
}

void
answer_wait(struct point *point, const char *sql, size_t len)
{
	struct conn *conn = point->conn;

	if (!conn) {
		point->outcome.ending = "unseen";
		point_end_as_told(point);
		return;
	}
	conn_sent(conn, &point->outcome);
	if (sql)
		conn_keep_text(conn, sql, len);
	if (point->command->span.recorded)
		point->command->sent_ns = clock_ns();
	conn_keep_open(conn, point->command);
}

/*
 * With MARIADB_OPT_SKIP_READ_RESPONSE a call only sends.  There is no accessor
 * for that, but no answer leaves the count of rows at what it is meanwhile.
 */
static bool
is_unanswered(MYSQL *mysql)
{
	return real_is_mariadb() && mysql_affected_rows(mysql) == UNKNOWN;
}

/* Its answer is left to mysql_read_query_result(). */
static void
skip(struct point *point, const char *sql, size_t len)
{
	answer_wait(point, sql, len);
	if (point->conn)
		point->conn->skips = true;
}

static void
take(struct point *point, const char *sql, size_t len, bool has_rows)
{
	if (sql && point->conn) {
		conn_answered(point->conn);
		conn_keep_text(point->conn, sql, len);
	}
	if (has_rows)
		go_on(point);
	else
		end_without_rows(point);
}

void
answer_take(struct point *point, bool failed, const char *sql, size_t len)
{
	bool has_rows = !failed && mysql_field_count(point->mysql) != 0;

	if (failed)
		point_end(point, true);
	else if (sql && !has_rows && is_unanswered(point->mysql))
		skip(point, sql, len);
	else
		take(point, sql, len, has_rows);
}

void
answer_end(struct point *point, bool failed)
{
	if (!failed && is_unanswered(point->mysql))
		skip(point, NULL, 0);
	else
		point_end(point, failed);
}

void
answer_take_next(struct point *point, bool failed)
{
	if (mysql_errno(point->mysql) != ERROR_OUT_OF_SYNC)
		point->conn->text.index = point->command->index;
	answer_take(point, failed, NULL, 0);
}

struct conn *
answer_open(MYSQL *mysql)
{
	struct conn *conn = gate_open() ? conn_known(mysql) : NULL;

	return conn && conn_has_open(conn) && !conn->stream ? conn : NULL;
}

/* The result of the open statement has had its last row. */
static void
end_open(struct conn *conn)
{
	conn->stream = NULL;
	conn_ends_result(conn);
	conn->outcome.warnings = mysql_warning_count(conn->mysql);
	conn->in_transaction = conn_is_inside(conn);
	command_end(&conn->open, conn, &conn->outcome);
}

/* The call for it failed. */
static void
fail_open(struct conn *conn)
{
	conn->stream = NULL;
	text_forget(&conn->text);
	outcome_fail(&conn->outcome, conn->mysql);
	conn->in_transaction &= !outcome_is_lost(&conn->outcome);
	command_end(&conn->open, conn, &conn->outcome);
}

void
answer_stored(struct conn *conn, MYSQL_RES *result, uint64_t begin_ns)
{
	command_fetched(&conn->open, begin_ns);
	if (!result) {
		fail_open(conn);
		return;
	}
	conn->outcome.rows = mysql_num_rows(result);
	end_open(conn);
}

void
answer_watch(struct conn *conn, MYSQL_RES *result)
{
	struct stream *stream = (struct stream *)handles_add(&streams, result);

	if (!stream)
		return;
	stream->mysql = conn->mysql;
	conn->stream = result;
	atomic_fetch_add(&answer_streaming, 1);
}

void
answer_streams(struct conn *conn, MYSQL_RES *result, uint64_t begin_ns)
{
	command_fetched(&conn->open, begin_ns);
	if (!result) {
		fail_open(conn);
		return;
	}
	conn->outcome.rows = 0;
	answer_watch(conn, result);
}

/*
 * The connection is asked who it is only after another configuration, and if
 * no call was missed: else it may be gone.
 */
struct conn *
answer_streamed(const MYSQL_RES *result)
{
	const struct stream *stream = (const struct stream *)handles_find(
	    &streams, result);
	struct conn *conn = stream ? conn_entry(stream->mysql) : NULL;

	if (!conn || conn->stream != result)
		return NULL;
	if (__builtin_expect(conn->epoch == gate_epoch(), 1))
		return conn;
	if (!conn_missed_nothing(conn))
		return NULL;
	conn = conn_current(conn, conn->mysql);
	return conn->stream == result ? conn : NULL;
}

void
answer_drops(const MYSQL_RES *result)
{
	struct handle *stream = handles_find(&streams, result);

	if (!stream)
		return;
	atomic_store(&stream->live, HANDLE_DEAD);
	atomic_fetch_sub(&answer_streaming, 1);
}

/*
 * Why there is no row: an error is the connection's, but for that of a call
 * which was refused meanwhile.
 */
static void
end_of_rows(struct conn *conn)
{
	unsigned code = mysql_errno(conn->mysql);

	if (code && code != ERROR_OUT_OF_SYNC && code != conn->refusal)
		fail_open(conn);
	else
		end_open(conn);
}

void
answer_fetched(struct conn *conn, MYSQL_ROW row, uint64_t begin_ns)
{
	command_fetched(&conn->open, begin_ns);
	if (row)
		conn->outcome.rows++;
	else
		end_of_rows(conn);
}

void
answer_freed(struct conn *conn, uint64_t begin_ns)
{
	command_fetched(&conn->open, begin_ns);
	conn->outcome.ending = "freed";
	end_open(conn);
}
