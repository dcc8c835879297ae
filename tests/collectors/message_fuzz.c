/*
 * message_fuzz.c - no record does harm, and what comes out is JSON.
 */
#include "collectors/message.h"
#include "collectors/reader.h"
#include "shim/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_record(const void *record, size_t size)
{
	static const struct clock_pair clock = {0, 0};
	struct message_context context;
	struct message_batch batch = {0};
	struct json_out scratch = {0};
	struct message back;

	message_context_init(&context, "p\xff", NULL, "h\"");
	context.clocks = &clock;
	context.clock_count = 1;
	if (message_add(&batch, &context, record, size) == OSPROF_OK) {
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
}

/* The input as it is, then with a fixed part that leads to the fields. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct record *record;

	check_record(data, size);
	if (size < sizeof(*record))
		return 0;
	size &= ~(size_t)7;
	record = malloc(size);
	if (!record)
		return 0;
	memcpy(record, data, size);
	record->size = (uint32_t)size;
	record->kind = RECORD_START + (data[4] & 1);
	record->flags = RECORD_DB;
	check_record(record, size);
	free(record);
	return 0;
}
