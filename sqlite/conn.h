/*
 * conn.h - what we know of a connection.
 *
 * An entry begins with the open, or with the first use that we see, and ends
 * with the close that succeeds.  After close_v2() a connection with statements
 * left lives on as a zombie until the last of them goes; nothing that asks for
 * its error state may be called then, for SQLite logs that as misuse.
 */
#ifndef SQLITE_CONN_H
#define SQLITE_CONN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "shim/gate.h"
#include "shim/handles.h"
#include "shim/span.h"
#include "sqlite/hold.h"
#include "sqlite/real.h"

/* Of a longer path the end is kept. */
#define DATABASE_MAX 240

/* What FIELD_SYSTEM says. */
#define SYSTEM "sqlite"

/* How the redactor reads a text: no connection of SQLite tells more. */
#define SQLITE_MODE redact_default_mode(REDACT_SQLITE)

/* What all points of a connection show, as it stands in a record. */
struct conn_fields {
	struct field system_head;
	char system[8];
	struct field database_head;
	char database[DATABASE_MAX];
};

struct conn {
	struct handle handle;
	struct hold hold;         /* of `implicit` */
	struct implicit implicit; /* the trace of the connection */
	struct conn_fields fields;
	_Atomic size_t database_len; /* 0: none; written after the text */
	atomic_int users; /* statements, blobs and backups that we know */
	atomic_bool zombie;
	atomic_uint epoch; /* of the gate, when the database was looked up */
};

/*
 * Whether the entry is in use and missed nothing: while the gate was shut the
 * connection may have been closed, and its address given to another.
 */
static inline bool
conn_is_live(const struct conn *conn)
{
	return atomic_load_explicit(&conn->handle.live, memory_order_relaxed) ==
		   HANDLE_LIVE &&
	       atomic_load_explicit(&conn->epoch, memory_order_relaxed) ==
		   gate_epoch();
}

/* Return the entry of a connection, made if need be; NULL without memory. */
struct conn *conn_find(sqlite3 *db);

/* The same, where `known` was the entry of this connection or of another. */
static inline struct conn *
conn_find_again(struct conn *known, sqlite3 *db)
{
	if (__builtin_expect(
		known && known->handle.address == db && conn_is_live(known), 1))
		return known;
	return conn_find(db);
}

/* A connection was opened as `name` (may be NULL). */
struct conn *conn_opened(sqlite3 *db, const char *name);

/* It is about to be closed; it comes back at its next use if that fails. */
void conn_closing(sqlite3 *db, bool zombie_allowed);

/* How much of conn->fields.database there is; `conn` may be NULL. */
static inline size_t
conn_database_len(const struct conn *conn)
{
	return conn ? atomic_load_explicit(
			  &conn->database_len, memory_order_acquire)
		    : 0;
}

/* A statement, blob or backup of the connection begins and ends. */
void conn_join(struct conn *conn);
void conn_leave(struct conn *conn);

/*
 * Take a copy of the connection's trace for a span that begins now, and give
 * it back after.  A statement outside of a transaction begins a new one.
 */
void conn_take_implicit(
    struct conn *conn, bool begins_transaction, struct implicit *ret_implicit);
void conn_give_implicit(struct conn *conn, const struct implicit *implicit);

/* Changed rows: of the last statement, of all.  32 bits before SQLite 3.37. */
static inline sqlite3_int64
conn_changes(sqlite3 *db)
{
	return sqlite3_changes64 ? sqlite3_changes64(db) : sqlite3_changes(db);
}

static inline sqlite3_int64
conn_total_changes(sqlite3 *db)
{
	return sqlite3_total_changes64 ? sqlite3_total_changes64(db)
				       : sqlite3_total_changes(db);
}

#endif
