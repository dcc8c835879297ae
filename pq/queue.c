/*
 * queue.c - the commands of a connection that were sent and wait for results.
 */
#include "pq/queue.h"

#include <errno.h>
#include <stdlib.h>

#define QUEUE_MIN 4

/* Twice the size; the commands keep their order. */
struct command *
queue_grow(struct queue *queue)
{
	unsigned size = queue->size ? 2 * queue->size : QUEUE_MIN;
	int saved = errno;
	struct command *command = malloc(size * sizeof(*command));

	errno = saved;
	if (!command)
		return NULL;
	for (unsigned i = 0; i < queue->count; i++)
		command[i] = *queue_at(queue, i);
	free(queue->command);
	queue->command = command;
	queue->size = size;
	queue->first = 0;
	return queue_at(queue, queue->count);
}

void
queue_batched(struct queue *queue)
{
	struct command *command = queue_at(queue, queue->count);

	queue->batch += queue->position == 0;
	command->batch = queue->batch;
	command->batch_position = ++queue->position;
}

/* Tell the commands of the batch that still wait how many they are. */
static void
close_batch(struct queue *queue)
{
	for (unsigned i = queue->count; i-- > 0;) {
		struct command *command = queue_at(queue, i);

		if (command->is_sync || command->batch != queue->batch)
			break;
		command->batch_size = queue->position;
	}
	queue->position = 0;
}

void
queue_mark(struct queue *queue, struct command *place)
{
	close_batch(queue);
	if (!place)
		return;
	*place = (struct command){.is_sync = true};
	queue_push(queue);
}

void
queue_pipelined(struct queue *queue, bool pipelined)
{
	queue->pipelined = pipelined;
	queue->position = 0;
}

void
queue_free(struct queue *queue)
{
	free(queue->command);
	*queue = (struct queue){.pipelined = false};
}
