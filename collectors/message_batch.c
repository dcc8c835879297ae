/*
 * message_batch.c - the memory of a batch: an array of messages, and blocks
 * that never move for their texts.
 */
#include <stdlib.h>

#include "collectors/message_inside.h"

#define BLOCK_SIZE (1024 * 1024)

struct message_block {
	struct message_block *next;
	size_t used;
	size_t cap;
	char text[];
};

/* Point `out` to `len` bytes of the batch; what is used of them is kept. */
static bool
block_reserve(struct message_batch *batch, size_t len, struct json_out *out)
{
	struct message_block *block = batch->blocks;
	size_t cap = len > BLOCK_SIZE ? len : BLOCK_SIZE;

	if (!block || block->cap - block->used < len) {
		block = malloc(sizeof(*block) + cap);
		if (!block)
			return false;
		block->next = batch->blocks;
		block->used = 0;
		block->cap = cap;
		batch->blocks = block;
	}
	json_fixed(out, block->text + block->used, len);
	return true;
}

static bool
messages_reserve(struct message_batch *batch)
{
	size_t cap = batch->cap ? 2 * batch->cap : 256;
	struct message *messages;

	if (batch->count < batch->cap)
		return true;
	messages = realloc(batch->messages, cap * sizeof(*messages));
	if (!messages)
		return false;
	batch->messages = messages;
	batch->cap = cap;
	return true;
}

struct message *
message_batch_room(
    struct message_batch *batch, size_t len, struct json_out *out)
{
	if (!messages_reserve(batch) || !block_reserve(batch, len, out))
		return NULL;
	return &batch->messages[batch->count];
}

void
message_batch_keep(struct message_batch *batch, const struct json_out *out)
{
	batch->blocks->used += (size_t)(out->at - out->start);
	batch->count++;
}

/* Free the blocks but one of the usual size. */
void
message_batch_clear(struct message_batch *batch)
{
	struct message_block *kept = NULL;

	while (batch->blocks) {
		struct message_block *block = batch->blocks;

		batch->blocks = block->next;
		if (kept || block->cap != BLOCK_SIZE) {
			free(block);
			continue;
		}
		kept = block;
		kept->next = NULL;
		kept->used = 0;
	}
	batch->blocks = kept;
	batch->count = 0;
}

void
message_batch_free(struct message_batch *batch)
{
	message_batch_clear(batch);
	free(batch->blocks);
	free(batch->messages);
	*batch = (struct message_batch){0};
}
