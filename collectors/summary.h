/*
 * summary.h - a list of traces, made from a walk over all messages.
 */
#ifndef COLLECTORS_SUMMARY_H
#define COLLECTORS_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collectors/collector.h"
#include "collectors/json.h"

struct summary_entry {
	size_t id; /* in `texts` */
	size_t id_len;
	size_t points;
	uint64_t hash;
	char timestamp[32]; /* the earliest; empty: none */
};

/* All zero is an empty one. */
struct summary {
	struct summary_entry *entries;
	size_t count;
	size_t cap;
	size_t *slots; /* index of an entry + 1; 0: free */
	size_t slot_count;
	struct json_out texts;
};

/* Count a message in.  False: no memory. */
bool summary_add(struct summary *summary, const struct message *message);

/* Hand the traces on, oldest first; the summary is then of no more use. */
void summary_each(
    struct summary *summary, collector_each_trace *each, void *arg);

void summary_free(struct summary *summary);

#endif
