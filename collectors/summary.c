/*
 * summary.c - a list of traces, made from a walk over all messages.
 *
 * A table with open addressing: statements that are traces of their own make
 * as many traces as there are statements.
 */
#include "collectors/summary.h"

#include <stdlib.h>

#include "collectors/reader.h"

static uint64_t
hash_of(struct text text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.at[i]) *
		       UINT64_C(0x100000001b3);
	return hash;
}

/* The slot of the entry, or the free one where it belongs. */
static size_t *
slot_find(const struct summary *summary, struct text id, uint64_t hash)
{
	size_t mask = summary->slot_count - 1;
	size_t at = hash & mask;

	for (;; at = (at + 1) & mask) {
		size_t *slot = &summary->slots[at];
		const struct summary_entry *entry;

		if (*slot == 0)
			return slot;
		entry = &summary->entries[*slot - 1];
		if (entry->hash == hash && entry->id_len == id.len &&
		    memcmp(summary->texts.start + entry->id, id.at, id.len) ==
			0)
			return slot;
	}
}

/* Make the table twice as large; the entries stay where they are. */
static bool
slots_grow(struct summary *summary)
{
	size_t count = summary->slot_count ? 2 * summary->slot_count : 1024;
	size_t *slots = calloc(count, sizeof(*slots));

	if (!slots)
		return false;
	free(summary->slots);
	summary->slots = slots;
	summary->slot_count = count;
	for (size_t i = 0; i < summary->count; i++) {
		size_t at = summary->entries[i].hash & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = i + 1;
	}
	return true;
}

static bool
entries_grow(struct summary *summary)
{
	size_t cap = summary->cap ? 2 * summary->cap : 256;
	struct summary_entry *entries = realloc(
	    summary->entries, cap * sizeof(*entries));

	if (!entries)
		return false;
	summary->entries = entries;
	summary->cap = cap;
	return true;
}

static struct summary_entry *
entry_get(struct summary *summary, struct text id)
{
	uint64_t hash = hash_of(id);
	struct summary_entry *entry;
	size_t *slot;

	if (4 * (summary->count + 1) > 3 * summary->slot_count &&
	    !slots_grow(summary))
		return NULL;
	slot = slot_find(summary, id, hash);
	if (*slot)
		return &summary->entries[*slot - 1];
	if (summary->count == summary->cap && !entries_grow(summary))
		return NULL;
	if (!json_reserve(&summary->texts, id.len))
		return NULL;
	entry = &summary->entries[summary->count++];
	*entry = (struct summary_entry){
	    .id = (size_t)(summary->texts.at - summary->texts.start),
	    .id_len = id.len,
	    .hash = hash,
	};
	json_put_raw(&summary->texts, id.at, id.len);
	*slot = summary->count;
	return entry;
}

bool
summary_add(struct summary *summary, const struct message *message)
{
	struct summary_entry *entry = entry_get(summary, message->base_id);
	char timestamp[sizeof(entry->timestamp)] = "";

	if (!entry)
		return false;
	entry->points += reader_is_start(message->name);
	if (message->timestamp.len >= sizeof(timestamp) ||
	    message->timestamp.len == 0)
		return true;
	memcpy(timestamp, message->timestamp.at, message->timestamp.len);
	if (!entry->timestamp[0] || strcmp(timestamp, entry->timestamp) < 0)
		memcpy(entry->timestamp, timestamp, sizeof(timestamp));
	return true;
}

static int
by_time(const void *a, const void *b)
{
	const struct summary_entry *one = a;
	const struct summary_entry *other = b;
	int order = strcmp(one->timestamp, other->timestamp);

	/* Texts lie in the order in which traces were met. */
	return order ? order : (one->id > other->id) - (one->id < other->id);
}

void
summary_each(struct summary *summary, collector_each_trace *each, void *arg)
{
	if (summary->count > 0)
		qsort(summary->entries, summary->count,
		    sizeof(*summary->entries), by_time);
	for (size_t i = 0; i < summary->count; i++) {
		const struct summary_entry *entry = &summary->entries[i];
		struct trace_summary trace = {
		    .base_id = {summary->texts.start + entry->id,
			entry->id_len},
		    .points = entry->points,
		};

		if (entry->timestamp[0])
			trace.timestamp = (struct text){
			    entry->timestamp, strlen(entry->timestamp)};
		if (!each(arg, &trace))
			return;
	}
}

void
summary_free(struct summary *summary)
{
	free(summary->entries);
	free(summary->slots);
	json_free(&summary->texts);
}
