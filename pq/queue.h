/*
 * queue.h - the commands of a connection that were sent and wait for results.
 *
 * Outside of a pipeline there is one at most.  In a pipeline libpq answers in
 * the order of sending: results belong to the first command, the NULL behind
 * them ends it; PGRES_PIPELINE_SYNC takes the mark that a sync left.
 */
#ifndef PQ_QUEUE_H
#define PQ_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "pq/command.h"

struct queue {
	struct command *command; /* a ring of `size`, a power of two; owned */
	unsigned size;
	unsigned first;
	unsigned count;
	bool pipelined;    /* the connection is in pipeline mode */
	bool astray;       /* libpq has commands waiting that are not here */
	unsigned batch;    /* number of the one that is being filled */
	unsigned position; /* commands in it so far */
};

static inline struct command *
queue_at(const struct queue *queue, unsigned i)
{
	return &queue->command[(queue->first + i) & (queue->size - 1)];
}

/* The command that the next result is of; NULL: none waits. */
static inline struct command *
queue_first(const struct queue *queue)
{
	return queue->count ? queue_at(queue, 0) : NULL;
}

/* Make it larger: the place at the end, or NULL without memory. */
struct command *queue_grow(struct queue *queue);

/*
 * A place at the end for a command that is about to be sent: it counts from
 * queue_push() on.  NULL without memory.  Nothing else may be pushed between.
 */
static inline struct command *
queue_room(struct queue *queue)
{
	if (__builtin_expect(queue->count == queue->size, 0))
		return queue_grow(queue);
	return queue_at(queue, queue->count);
}

static inline void
queue_push(struct queue *queue)
{
	queue->count++;
}

/* The same for what went through: it is next in its batch, in a pipeline. */
void queue_batched(struct queue *queue);

static inline void
queue_sent(struct queue *queue)
{
	if (queue->pipelined)
		queue_batched(queue);
	queue_push(queue);
}

/*
 * A sync was sent: it ends the batch, and leaves its mark at `place`, which
 * was given for it.  NULL: the commands behind it are not told from those
 * before it, and the queue has to be astray.
 */
void queue_mark(struct queue *queue, struct command *place);

/* Pipeline mode begins or ends. */
void queue_pipelined(struct queue *queue, bool pipelined);

/* The first one is over. */
static inline void
queue_pop(struct queue *queue)
{
	queue->first++;
	queue->count--;
}

void queue_free(struct queue *queue);

#endif
