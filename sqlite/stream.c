/*
 * stream.c - what we know of a blob or a backup.
 */
#include "sqlite/stream.h"

#include <stdlib.h>

#include "shim/gate.h"

static void
stream_clear(struct handle *entry)
{
	struct stream *stream = (struct stream *)entry;

	free(stream->target);
	stream->target = NULL;
}

struct handles streams = {
    .entry_size = sizeof(struct stream),
    .clear = stream_clear,
};

struct stream *
stream_add(const void *address, const struct span *span, sqlite3 *db)
{
	struct stream *stream;

	if (!gate_open())
		return NULL;
	stream = (struct stream *)handles_add(&streams, address);
	if (!stream)
		return NULL;
	stream->span = *span;
	stream->db = db;
	if (span->recorded)
		stream->engine_ns = clock_ns() - span->start_ns;
	conn_join(conn_find(db));
	return stream;
}

struct stream *
stream_enter(const void *address)
{
	struct stream *stream = (struct stream *)handles_find(
	    &streams, address);

	if (!stream || !hold_take(&stream->hold))
		return NULL;
	if (stream->span.recorded)
		stream->call_ns = clock_ns();
	return stream;
}

void
stream_leave(struct stream *stream)
{
	if (stream->span.recorded)
		stream->engine_ns += clock_ns() - stream->call_ns;
	hold_drop(&stream->hold);
}

bool
stream_closing(const void *address, struct stream *ret_stream)
{
	struct stream *stream = stream_enter(address);

	if (!stream)
		return false;
	conn_leave(conn_find(stream->db));
	*ret_stream = *stream;
	stream->target = NULL;
	/* Before the real call: after it the address may be another's. */
	atomic_store(&stream->handle.live, HANDLE_DEAD);
	return true;
}

void
stream_end(struct stream *stream, struct ending *ending)
{
	ending->retries = stream->retries;
	ending->engine_ns = stream->engine_ns;
	ending->last_step_ns = stream->call_ns;
	point_end_detached(&stream->span, ending);
}
