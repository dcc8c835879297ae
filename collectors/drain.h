/*
 * drain.h - from rings to storage: the engine, whoever hosts it.
 *
 * One turn is: drain_gather() for ring after ring until the batch is full,
 * then drain_deliver().  The rings get their room back only when storage has
 * taken the batch; if it has not, nothing moved and the next turn gathers the
 * same records again.  So delivery is at least once, in order for each ring.
 */
#ifndef COLLECTORS_DRAIN_H
#define COLLECTORS_DRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collectors/collector.h"
#include "collectors/message.h"
#include "shim/process.h"
#include "shim/spool.h"

#define DRAIN_RINGS 256 /* in one batch */

/* What was read last of a ring: drops that come behind it hang there. */
struct drain_last {
	const struct ring *ring;
	struct record record;
};

struct drain {
	struct collector *collector; /* opened at the first delivery */
	char *connection_string;
	const struct notifier *notifier; /* instead of storage; may be NULL */
	struct spool_header *header;     /* whose rings are gathered */
	struct message_context context;
	bool context_ready;
	struct message_batch batch;
	struct ring_reader reader[DRAIN_RINGS];
	uint64_t lost_told[DRAIN_RINGS];
	size_t readers;
	bool starved; /* there was no memory for a record */
	struct drain_last
	    *last; /* DRAIN_RINGS of them, by the ring's address */
	struct drain_last own_last[DRAIN_RINGS];
	uint64_t torn;                   /* records that could not be read */
	char problem[COLLECTOR_PROBLEM]; /* of the last delivery that failed */
};

/* Begin; the connection string is copied.  False without memory. */
bool drain_init(struct drain *drain, const char *connection_string);

/*
 * Take the rings of `header`'s process from now on.  Before memory of its
 * changes, `header` has to be set to NULL.
 */
bool drain_source(struct drain *drain, struct spool_header *header);

/*
 * The same for who goes from process to process: `last`, of DRAIN_RINGS, is
 * the process's own and keeps what was read of it last.
 */
bool drain_source_of(
    struct drain *drain, struct spool_header *header, struct drain_last *last);

/*
 * Add a ring's records to the batch.  False when the batch is full: deliver,
 * then come again.
 */
bool drain_gather(struct drain *drain, struct ring *ring);

/*
 * Store the batch and give the rings their room back.  On failure the batch is
 * forgotten and `problem` tells why.  *ret_count (may be NULL) gets the number
 * of messages stored.
 */
enum osprof_error drain_deliver(struct drain *drain, size_t *ret_count);

/* Close the storage; the next delivery opens it anew. */
void drain_close(struct drain *drain);

void drain_free(struct drain *drain);

#endif
