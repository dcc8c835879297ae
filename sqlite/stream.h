/*
 * stream.h - what we know of a blob or a backup: handles whose span lasts from
 * their opening to their closing.
 */
#ifndef SQLITE_STREAM_H
#define SQLITE_STREAM_H

#include <stdint.h>

#include "shim/handles.h"
#include "shim/span.h"
#include "sqlite/conn.h"
#include "sqlite/hold.h"
#include "sqlite/point.h"

/* A text that hangs on an entry. */
struct text {
	size_t len;
	char at[];
};

struct stream {
	struct handle handle;
	struct hold hold; /* of all below */
	struct span span;
	sqlite3 *db;         /* whose handle it is */
	struct text *target; /* owned; for a span that begins anew */
	uint64_t bytes;
	uint64_t retries;
	uint64_t engine_ns;
	uint64_t call_ns; /* when the current call began */
	int failed;       /* error of the last call that had one, or 0 */
	bool done;
};

/* Blobs and backups, by address. */
extern struct handles streams;

/* A handle was opened under `span`; NULL without memory. */
struct stream *stream_add(
    const void *address, const struct span *span, sqlite3 *db);

/* A call on the handle begins; NULL if we do not know it, as in stmt.h. */
struct stream *stream_enter(const void *address);

/* The call is over. */
void stream_leave(struct stream *stream);

/*
 * The handle is about to be closed: take a copy of the entry, which ends.  The
 * copy's target is the caller's to free.
 */
bool stream_closing(const void *address, struct stream *ret_stream);

/* End the span of a stream with what it has gathered. */
void stream_end(struct stream *stream, struct ending *ending);

#endif
