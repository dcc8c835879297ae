/*
 * message.c - from a ring's binary record to OSProfiler's message.
 *
 * A record is taken apart whole (parts.c), then written.  Its parts also tell
 * how much room the texts can need at most, so that they are written into one
 * piece of the batch that does not move any more.
 */
#include "collectors/message.h"

#include <stdlib.h>

#include "collectors/json_scan.h"
#include "collectors/params.h"
#include "collectors/parts.h"
#include "shim/uuid.h"

/*
 * What bounds the text of a record: one byte of a field becomes six at most
 * in JSON and three in a plain text; 8 bytes of a field's head and 16 of a
 * parameter's become its keys, quotes and separators.  The rest is what every
 * message has.
 */
#define JSON_PER_BYTE 6
#define PLAIN_PER_BYTE 3
#define MESSAGE_FIXED 1024

#define BLOCK_SIZE (1024 * 1024)

struct message_block {
	struct message_block *next;
	size_t used;
	size_t cap;
	char text[];
};

/*
 * Room.
 */

static size_t
text_bound(const struct parts *parts, const struct message_context *context)
{
	size_t bound = MESSAGE_FIXED + context->host_json.len +
		       context->tail_json.len + JSON_PER_BYTE * SITE_NAME_MAX;

	bound += (size_t)JSON_PER_BYTE * parts->record.size;
	bound += (size_t)PLAIN_PER_BYTE * parts->record.size;
	if (parts_have(parts, FIELD_PARAMS))
		bound += params_gaps(&parts->params);
	return bound;
}

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

/*
 * Writing.
 */

/* The span that was written since `from`. */
static struct text
since(const struct json_out *out, const char *from)
{
	return (struct text){from, (size_t)(out->at - from)};
}

/* Whether the text looks the same inside a JSON string. */
static bool
is_plain(struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
			return false;
	}
	return true;
}

/* Put UTF-8 as it is, with U+FFFD for each byte that is none. */
static void
put_plain(struct json_out *out, struct text text)
{
	const char *at = text.at;
	const char *end = at + text.len;
	uint32_t c;

	while (at < end && json_reserve(out, 4)) {
		size_t len = json_utf8(at, (size_t)(end - at), &c);

		out->at += json_utf8_put(out->at, len ? c : 0xfffd);
		at += len ? len : 1;
	}
}

static const char *
suffix(const struct parts *parts)
{
	return parts->record.kind == RECORD_START ? "-start" : "-stop";
}

/*
 * Plain texts of a message lie in its JSON where they look the same there.
 * For the others a plain copy is made first.
 */
static struct text
plain_copy(struct json_out *out, struct text text, const char *tail)
{
	const char *from = out->at;

	put_plain(out, text);
	json_put_raw(out, tail, strlen(tail));
	return since(out, from);
}

static struct text
put_name(struct json_out *out, const struct parts *parts, struct text copy)
{
	const char *from = out->at;
	struct text name = parts->at[FIELD_NAME];

	if (parts_have(parts, FIELD_NAME))
		json_put_escaped(out, name.at, name.len);
	else
		json_put_literal(out, "db");
	json_put_raw(out, suffix(parts), strlen(suffix(parts)));
	return copy.at ? copy : since(out, from);
}

static struct text
put_uuid(struct json_out *out, const struct uuid *id)
{
	const char *from = out->at;

	if (json_reserve(out, UUID_TEXT_LEN)) {
		uuid_format(id, out->at);
		out->at += UUID_TEXT_LEN;
	}
	return since(out, from);
}

static struct text
put_id(struct json_out *out, const struct parts *parts, enum field_key key,
    const struct uuid *id, struct text copy)
{
	const char *from = out->at;

	if (!parts_have(parts, key))
		return put_uuid(out, id);
	json_put_escaped(out, parts->at[key].at, parts->at[key].len);
	return copy.at ? copy : since(out, from);
}

static void
put_number(struct json_out *out, enum value_type type, const char *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	if (type == VALUE_NS)
		json_put_us(out, value);
	else if (type == VALUE_I64)
		json_put_i64(out, (int64_t)value);
	else
		json_put_u64(out, value);
}

static void
put_value(struct json_out *out, const struct parts *parts, unsigned key)
{
	struct text value = parts->at[key];

	switch (field_facts[key].type) {
	case VALUE_TEXT:
		json_put_string(out, value.at, value.len);
		break;
	case VALUE_PARAMS:
		params_put(&parts->params, out);
		break;
	case VALUE_JSON: /* its place is SELF: put_info_members() */
		break;
	default:
		put_number(out, field_facts[key].type, value.at);
	}
}

static void
put_cut(struct json_out *out, const struct parts *parts, unsigned key)
{
	if (!(parts->cut >> key & 1) || key == FIELD_STATEMENT)
		return;
	json_put_literal(out, ", \"");
	json_put_raw(out, field_facts[key].name, strlen(field_facts[key].name));
	json_put_literal(out, "_cut\": true");
}

/* Put the members of one place; each has `separator` before it. */
static void
put_members(struct json_out *out, const struct parts *parts,
    enum field_place place, const char *separator)
{
	for (unsigned i = 0; i < parts->count; i++) {
		unsigned key = parts->order[i];
		const struct field_fact *fact = &field_facts[key];

		if (fact->place != place)
			continue;
		json_put_raw(out, separator, strlen(separator));
		json_put_raw(out, fact->key, fact->key_len);
		put_value(out, parts, key);
		put_cut(out, parts, key);
		separator = ", ";
	}
}

static void
put_db(struct json_out *out, const struct parts *parts,
    struct message_context *context)
{
	const char *from;

	json_put_literal(out, "\"db\": {");
	from = out->at;
	put_members(out, parts, DB, "");
	if (parts->record.kind == RECORD_START && parts->record.caller) {
		if (out->at != from)
			json_put_literal(out, ", ");
		json_put_literal(out, "\"caller\": ");
		site_put(&context->sites, out, context->name_site,
		    context->site_arg, parts->record.caller);
	}
	json_put_literal(out, "}, ");
}

/* The members of FIELD_INFO but `host`, which is ours and comes last. */
static void
put_info_members(struct json_out *out, struct text info)
{
	struct scan scan = {info.at, info.at + info.len};
	struct text key, value;

	scan_open(&scan);
	while (scan_key(&scan, &key) && scan_value(&scan, &value)) {
		struct text quoted = {key.at - 1, key.len + 2};

		if (text_is(key, "host"))
			continue;
		scan_rewrite(quoted, out);
		json_put_literal(out, ": ");
		scan_rewrite(value, out);
		json_put_literal(out, ", ");
	}
}

static struct text
put_info(struct json_out *out, const struct parts *parts,
    struct message_context *context)
{
	const char *from = out->at;
	const char *members;

	json_put_raw(out, "{", 1);
	if (parts->record.flags & RECORD_DB)
		put_db(out, parts, context);
	if (parts_have(parts, FIELD_INFO))
		put_info_members(out, parts->at[FIELD_INFO]);
	members = out->at;
	put_members(out, parts, INFO, "");
	if (out->at != members)
		json_put_literal(out, ", ");
	json_put_raw(out, context->host_json.at, context->host_json.len);
	return since(out, from);
}

static struct text
copy_if_needed(struct json_out *out, const struct parts *parts,
    enum field_key key, const char *tail)
{
	if (!parts_have(parts, key) || is_plain(parts->at[key]))
		return (struct text){0};
	return plain_copy(out, parts->at[key], tail);
}

static void
put_message(struct json_out *out, const struct parts *parts,
    struct message_context *context, struct message *message)
{
	struct text name = copy_if_needed(
	    out, parts, FIELD_NAME, suffix(parts));
	struct text base = copy_if_needed(out, parts, FIELD_BASE_TEXT, "");
	struct text parent = copy_if_needed(out, parts, FIELD_PARENT_TEXT, "");
	const char *from = out->at;

	json_put_literal(out, "{\"name\": \"");
	message->name = put_name(out, parts, name);
	json_put_literal(out, "\", \"base_id\": \"");
	message->base_id = put_id(
	    out, parts, FIELD_BASE_TEXT, &parts->record.base, base);
	json_put_literal(out, "\", \"trace_id\": \"");
	message->trace_id = put_uuid(out, &parts->record.id);
	json_put_literal(out, "\", \"parent_id\": \"");
	message->parent_id = put_id(
	    out, parts, FIELD_PARENT_TEXT, &parts->record.parent, parent);
	json_put_literal(out, "\", \"timestamp\": \"");
	message->timestamp = message_put_time(
	    out, context, parts->record.time_ns);
	json_put_literal(out, "\", \"info\": ");
	message->info = put_info(out, parts, context);
	json_put_raw(out, context->tail_json.at, context->tail_json.len);
	message->json = since(out, from);
	message->project = context->project;
	message->service = context->service;
	message->host = context->host;
}

enum osprof_error
message_add(struct message_batch *batch, struct message_context *context,
    const void *record, size_t room)
{
	struct parts parts;
	struct json_out out;

	if (!parts_take(&parts, record, room)) {
		batch->malformed++;
		return OSPROF_EINVAL;
	}
	if (!messages_reserve(batch) ||
	    !block_reserve(batch, text_bound(&parts, context), &out))
		return OSPROF_ENOMEM;
	put_message(&out, &parts, context, &batch->messages[batch->count]);
	if (out.failed)
		return OSPROF_ENOMEM;
	batch->blocks->used += (size_t)(out.at - out.start);
	batch->count++;
	return OSPROF_OK;
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

/*
 * The context.
 */

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
	put_plain(out, text);
	return since(out, from);
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
	context->host_json = since(out, from);
	from = out->at;
	json_put_literal(out, ", \"project\": ");
	put_string_or_null(out, context->project);
	json_put_literal(out, ", \"service\": ");
	put_string_or_null(out, context->service);
	json_put_raw(out, "}", 1);
	context->tail_json = since(out, from);
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
