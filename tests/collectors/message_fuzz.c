/*
 * message_fuzz.c - no record does harm, and what comes out is JSON.
 */
#include "collectors/json_scan.h"
#include "collectors/message.h"
#include "collectors/reader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct clock_pair clock = {0, 0};
	struct message_context context;
	struct message_batch batch = {0};
	struct json_out scratch = {0};
	struct message back;

	message_context_init(&context, "p\xff", NULL, "h\"");
	context.clocks = &clock;
	context.clock_count = 1;
	if (message_add(&batch, &context, data, size) == OSPROF_OK) {
		struct message *message = &batch.messages[0];

		if (!reader_message(message->json, &scratch, &back) ||
		    back.name.len != message->name.len ||
		    back.base_id.len != message->base_id.len ||
		    back.info.at != message->info.at ||
		    back.info.len != message->info.len)
			abort();
	}
	json_free(&scratch);
	message_batch_free(&batch);
	message_context_free(&context);
	return 0;
}
