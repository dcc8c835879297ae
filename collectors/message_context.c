/*
 * message_context.c - what the messages of one process have in common, written
 * once.
 */
#include "collectors/message_inside.h"

static struct text
text_or_null(const char *text)
{
	return (struct text){text, text ? strlen(text) : 0};
}

/* Append a copy; the buffer was reserved and does not move. */
static struct text
keep_text(struct json_out *out, struct text text)
{
	const char *from = out->at;

	if (!text.at)
		return text;
	message_put_plain(out, text);
	return message_since(out, from);
}

static void
put_string_or_null(struct json_out *out, struct text text)
{
	if (text.at)
		json_put_string(out, text.at, text.len);
	else
		json_put_literal(out, "null");
}

static void
context_texts(struct message_context *context)
{
	struct json_out *out = &context->texts;
	const char *from = out->at;

	json_put_literal(out, "\"host\": ");
	put_string_or_null(out, context->host);
	json_put_raw(out, "}", 1);
	context->host_json = message_since(out, from);
	from = out->at;
	json_put_literal(out, ", \"project\": ");
	put_string_or_null(out, context->project);
	json_put_literal(out, ", \"service\": ");
	put_string_or_null(out, context->service);
	json_put_raw(out, "}", 1);
	context->tail_json = message_since(out, from);
}

enum osprof_error
message_context_init(struct message_context *context, const char *project,
    const char *service, const char *host)
{
	struct text texts[] = {
	    text_or_null(project), text_or_null(service), text_or_null(host)};
	size_t len = texts[0].len + texts[1].len + texts[2].len;

	*context = (struct message_context){.second = -1};
	if (!json_reserve(&context->texts,
		128 + (JSON_PER_BYTE * PLAIN_PER_BYTE + PLAIN_PER_BYTE) * len))
		return OSPROF_ENOMEM;
	context->project = keep_text(&context->texts, texts[0]);
	context->service = keep_text(&context->texts, texts[1]);
	context->host = keep_text(&context->texts, texts[2]);
	context_texts(context);
	return OSPROF_OK;
}

void
message_context_free(struct message_context *context)
{
	json_free(&context->texts);
}
