/*
 * conn.c - what we know of a connection.
 */
#include "sqlite/conn.h"

#include <string.h>

#include "shim/gate.h"
#include "sqlite/meeting.h"

static struct handles conns = {
    .entry_size = sizeof(struct conn),
};

static struct meeting meeting;

/* Keep a file's name; a URI's `?...` may hold a key. */
static void
keep_database(struct conn *conn, const char *name)
{
	size_t len = strcspn(name, "?");

	/* The end, from the beginning of a character on. */
	while (len > DATABASE_MAX || (len && (*name & 0xc0) == 0x80)) {
		name++;
		len--;
	}
	conn->fields.system_head = (struct field){
	    .key = FIELD_SYSTEM, .len = sizeof(SYSTEM) - 1};
	memcpy(conn->fields.system, SYSTEM, sizeof(SYSTEM));
	conn->fields.database_head = (struct field){
	    .key = FIELD_DATABASE, .len = (uint32_t)len};
	memcpy(conn->fields.database, name, len);
	atomic_store_explicit(&conn->database_len, len, memory_order_release);
}

/* Learn what SQLite tells of the connection, which was opened as `name`. */
static void
conn_learn(struct conn *conn, sqlite3 *db, const char *name)
{
	const char *path = sqlite3_db_filename(db, "main");

	if (path && *path)
		name = path;
	keep_database(conn, name ? name : "");
	atomic_store(&conn->epoch, gate_epoch());
}

struct conn *
conn_opened(sqlite3 *db, const char *name)
{
	struct conn *conn = (struct conn *)handles_add(&conns, db);

	if (conn)
		conn_learn(conn, db, name);
	return conn;
}

static struct conn *
conn_meet(sqlite3 *db)
{
	struct conn *conn;

	if (!meeting_begin(&meeting))
		return NULL;
	conn = (struct conn *)handles_find(&conns, db);
	if (!conn)
		conn = conn_opened(db, NULL);
	else if (!conn_is_live(conn))
		conn_learn(conn, db, NULL);
	meeting_end(&meeting);
	return conn;
}

struct conn *
conn_find(sqlite3 *db)
{
	struct conn *conn;

	if (!db)
		return NULL;
	conn = (struct conn *)handles_find(&conns, db);
	return conn && conn_is_live(conn) ? conn : conn_meet(db);
}

void
conn_closing(sqlite3 *db, bool zombie_allowed)
{
	struct conn *conn = (struct conn *)handles_find(&conns, db);

	if (!conn)
		return;
	/*
	 * Before the real close: after it the address may be another's.  With
	 * users it cannot be closed, or becomes a zombie and ends with them.
	 */
	if (atomic_load(&conn->users) == 0)
		atomic_store(&conn->handle.live, HANDLE_DEAD);
	else if (zombie_allowed)
		atomic_store(&conn->zombie, true);
}

void
conn_join(struct conn *conn)
{
	if (conn)
		atomic_fetch_add(&conn->users, 1);
}

void
conn_leave(struct conn *conn)
{
	if (!conn)
		return;
	if (atomic_fetch_sub(&conn->users, 1) == 1 &&
	    atomic_load(&conn->zombie))
		atomic_store(&conn->handle.live, HANDLE_DEAD);
}

void
conn_take_implicit(
    struct conn *conn, bool begins_transaction, struct implicit *ret_implicit)
{
	*ret_implicit = (struct implicit){.given = false};
	if (!conn || !hold_take(&conn->hold))
		return;
	if (begins_transaction && conn->implicit.given)
		implicit_renew(&conn->implicit);
	*ret_implicit = conn->implicit;
	hold_drop(&conn->hold);
}

void
conn_give_implicit(struct conn *conn, const struct implicit *implicit)
{
	if (!conn || !implicit->given || !hold_take(&conn->hold))
		return;
	conn->implicit = *implicit;
	hold_drop(&conn->hold);
}
