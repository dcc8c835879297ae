/*
 * message.c - from a ring's binary record to OSProfiler's message.
 *
 * A record is taken apart whole (parts.c), then written.  Its parts also tell
 * how much room the texts can need at most, so that they are written into one
 * piece of the batch that does not move any more.
 */
#include "collectors/json_scan.h"
#include "collectors/message_inside.h"
#include "collectors/params.h"
#include "collectors/parts.h"
#include "shim/uuid.h"

/* What every message has, beside its fields and the context's texts. */
#define MESSAGE_FIXED 1024

/*
 * What bounds the texts of a record: each byte of it in JSON, and once more in
 * a plain copy.  8 bytes of a field's head and 16 of a parameter's become its
 * keys, quotes and separators.
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

void
message_put_plain(struct json_out *out, struct text text)
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

/* Whether the text looks the same inside a JSON string. */
static bool
is_plain(struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!json_is_clean(text.at[i]))
			return false;
	}
	return true;
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

	message_put_plain(out, text);
	json_put_raw(out, tail, strlen(tail));
	return message_since(out, from);
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
	return copy.at ? copy : message_since(out, from);
}

static struct text
put_uuid(struct json_out *out, const struct uuid *id)
{
	const char *from = out->at;

	if (json_reserve(out, UUID_TEXT_LEN)) {
		uuid_format(id, out->at);
		out->at += UUID_TEXT_LEN;
	}
	return message_since(out, from);
}

static struct text
put_id(struct json_out *out, const struct parts *parts, enum field_key key,
    const struct uuid *id, struct text copy)
{
	const char *from = out->at;

	if (!parts_have(parts, key))
		return put_uuid(out, id);
	json_put_escaped(out, parts->at[key].at, parts->at[key].len);
	return copy.at ? copy : message_since(out, from);
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
	return message_since(out, from);
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
	message->json = message_since(out, from);
	message->project = context->project;
	message->service = context->service;
	message->host = context->host;
}

enum osprof_error
message_add(struct message_batch *batch, struct message_context *context,
    const void *record, size_t room)
{
	struct message *message;
	struct parts parts;
	struct json_out out;

	if (!parts_take(&parts, record, room)) {
		batch->malformed++;
		return OSPROF_EINVAL;
	}
	message = message_batch_room(batch, text_bound(&parts, context), &out);
	if (!message)
		return OSPROF_ENOMEM;
	put_message(&out, &parts, context, message);
	if (out.failed)
		return OSPROF_ENOMEM;
	message_batch_keep(batch, &out);
	return OSPROF_OK;
}
