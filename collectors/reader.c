/*
 * reader.c - from stored JSON back to messages, for every driver.
 */
#include "collectors/reader.h"

#include "collectors/json_scan.h"

/* A message's members, in the order in which they are written. */
static const struct {
	const char *key;
	size_t offset;
} members[] = {
    /* clang-format off */
	{ "name",	offsetof(struct message, name) },
	{ "base_id",	offsetof(struct message, base_id) },
	{ "trace_id",	offsetof(struct message, trace_id) },
	{ "parent_id",	offsetof(struct message, parent_id) },
	{ "timestamp",	offsetof(struct message, timestamp) },
	{ "info",	offsetof(struct message, info) },
	{ "project",	offsetof(struct message, project) },
	{ "service",	offsetof(struct message, service) },
    /* clang-format on */
};

#define MEMBER_COUNT (sizeof(members) / sizeof(*members))

/*
 * Find the place for a key; NULL: none of ours.  *next is where to look first:
 * what we wrote comes in order and is found at once.
 */
static struct text *
member_find(struct message *message, struct text key, size_t *next)
{
	for (size_t tries = 0; tries < MEMBER_COUNT; tries++) {
		size_t i = (*next + tries) % MEMBER_COUNT;

		if (text_is(key, members[i].key)) {
			*next = i + 1;
			return (struct text *)(void *)((char *)message +
						       members[i].offset);
		}
	}
	return NULL;
}

/*
 * The plain text of a value.  Ids of any JSON type pass through OSProfiler;
 * a number's text is its spelling.
 */
static struct text
plain(struct text raw, struct json_out *scratch)
{
	struct text text = {raw.at + 1, raw.len - 2};

	if (!scan_is_string(raw))
		return text_is(raw, "null") ? (struct text){0} : raw;
	if (!memchr(text.at, '\\', text.len))
		return text;
	text.at = scratch->at;
	text.len = scan_decode(raw, scratch->at);
	scratch->at += text.len;
	return text;
}

/* Read the object `info` and find its host on the way. */
static bool
read_info(struct scan *scan, struct json_out *scratch, struct message *message)
{
	struct text key, value;

	message->info.at = scan->at;
	if (!scan_open(scan))
		return false;
	while (scan_key(scan, &key)) {
		if (!scan_value(scan, &value))
			return false;
		if (text_is(key, "host"))
			message->host = plain(value, scratch);
	}
	message->info.len = (size_t)(scan->at + 1 - message->info.at);
	return scan_close(scan);
}

static bool
read_member(struct scan *scan, struct text *place, struct json_out *scratch,
    struct message *message)
{
	struct text value;

	scan_at_end(scan); /* steps over white space */
	if (place == &message->info && scan->at < scan->end && *scan->at == '{')
		return read_info(scan, scratch, message);
	if (!scan_value(scan, &value))
		return false;
	if (place)
		*place = plain(value, scratch);
	return true;
}

/* Read an object's members into those of `message`. */
static bool
read_object(struct text json, struct json_out *scratch, struct message *message)
{
	struct scan scan = {json.at, json.at + json.len};
	struct text key;
	size_t next = 0;

	if (!scan_open(&scan))
		return false;
	while (scan_key(&scan, &key)) {
		struct text *place = member_find(message, key, &next);

		if (!read_member(&scan, place, scratch, message))
			return false;
	}
	return scan_close(&scan) && scan_at_end(&scan);
}

bool
reader_message(
    struct text json, struct json_out *scratch, struct message *ret_message)
{
	struct message message = {.json = json};

	/* Once: texts point into it.  No text gets longer when decoded. */
	scratch->at = scratch->start;
	if (!json_reserve(scratch, json.len) ||
	    !read_object(json, scratch, &message))
		return false;
	if (!message.name.at || !message.base_id.at || !message.trace_id.at)
		return false;
	*ret_message = message;
	return true;
}

bool
reader_payload(
    struct text stored, struct json_out *scratch, struct message *message)
{
	struct message payload = {.json = stored};

	scratch->at = scratch->start;
	if (!json_reserve(scratch, 2 * stored.len))
		return false;
	if (stored.len > 0 && stored.at[0] == '"') {
		payload.json.at = scratch->at;
		if (!scan_decode_any(stored, scratch->at, &payload.json.len))
			return false;
		scratch->at += payload.json.len;
	}
	if (!read_object(payload.json, scratch, &payload))
		return false;
	message->json = payload.json;
	message->info = payload.info;
	message->host = payload.host;
	return true;
}

/* OSProfiler takes what does not end in "stop" for a start. */
bool
reader_is_start(struct text name)
{
	return name.len < 4 || memcmp(name.at + name.len - 4, "stop", 4) != 0;
}
