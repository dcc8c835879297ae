/*
 * span_record.c - the slow twins of how a record is begun.
 */
#include "shim/span_record.h"

struct writer *
record_claim(void)
{
	struct thread *thread = thread_self;

	if (!thread || !thread->writer->at)
		thread = thread_with_ring();
	if (!thread)
		return NULL;
	if (thread->writer->busy) {
		atomic_fetch_add(&thread->writer->ring->dropped_nested, 1);
		return NULL;
	}
	writer_claim(thread->writer);
	return thread->writer;
}

bool
record_find_room(struct writer *writer, size_t *room)
{
	uint64_t need = record_room(*room);

	if (need > writer->size / 4) {
		need = writer->size / 4;
		*room = need - FIELDS_ROOM;
	}
	if (writer_make_room(writer, need))
		return true;
	ring_count(&writer->ring->called);
	ring_count(&writer->ring->dropped_full);
	return false;
}

static bool
is_rooted(const struct span *span, const struct trace_root *root)
{
	return root->foreign &&
	       memcmp(&span->base, &root->base, sizeof(span->base)) == 0;
}

void
record_put_foreign(struct fields *fields, const struct span *span)
{
	const struct trace_root *root = &thread_self->trace.root;

	if (!is_rooted(span, root))
		root = &process.root;
	if (!is_rooted(span, root))
		return; /* the span ends on a thread with another trace */
	put_text(
	    fields, FIELD_BASE_TEXT, root->base_text, strlen(root->base_text));
	if (memcmp(&span->parent, &root->parent, sizeof(span->parent)) == 0)
		put_text(fields, FIELD_PARENT_TEXT, root->parent_text,
		    strlen(root->parent_text));
}
