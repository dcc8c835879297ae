/*
 * payload.c - a message's text in a report, without what its point knows.
 */
#include "cli/payload.h"

#include <limits.h>

#include "cli/json_view.h"
#include "cli/report.h"

struct text
payload_read_info(const struct payload *payload)
{
	struct text text = {payload->text, payload->len};

	if (!payload_is_short(payload))
		return json_member(text, "info");
	text.at += payload->time_len;
	text.len -= payload->time_len;
	return text;
}

/* Take `wanted` off the beginning of `left`, if it stands there. */
static inline bool
take(struct text *left, const char *wanted, size_t len)
{
	if (left->len < len || memcmp(left->at, wanted, len) != 0)
		return false;
	left->at += len;
	left->len -= len;
	return true;
}

#define take_literal(left, literal) take((left), (literal), sizeof(literal) - 1)

static inline bool
take_string(struct text *left, const struct name *name)
{
	if (!name)
		return take_literal(left, "null");
	return take_literal(left, "\"") && take(left, name->text, name->len) &&
	       take_literal(left, "\"");
}

/*
 * Whether the message's text is what report_json.c makes of its parts.  A name
 * that needs escapes differs from its text, so that the message stays whole.
 */
static bool
is_made_of_parts(const struct report *report, const struct node *node,
    const struct name *name, const struct message *message)
{
	struct text left = message->json;
	struct text time = message->timestamp, info = message->info;

	return time.len > 0 && time.len <= UCHAR_MAX && info.at &&
	       take_literal(&left, "{\"name\": ") && take_string(&left, name) &&
	       take_literal(&left, ", \"base_id\": ") &&
	       take_string(&left, report->base_id) &&
	       take_literal(&left, ", \"trace_id\": ") &&
	       take_string(&left, node->id) &&
	       take_literal(&left, ", \"parent_id\": ") &&
	       take_string(&left, node->parent_id) &&
	       take_literal(&left, ", \"timestamp\": \"") &&
	       take(&left, time.at, time.len) &&
	       take_literal(&left, "\", \"info\": ") &&
	       take(&left, info.at, info.len) &&
	       take_literal(&left, ", \"project\": ") &&
	       take_string(&left, node->origin->project) &&
	       take_literal(&left, ", \"service\": ") &&
	       take_string(&left, node->origin->service) &&
	       take_literal(&left, "}") && left.len == 0;
}

static struct payload *
make(struct report *report, const struct name *name, struct text time,
    struct text rest)
{
	struct payload *payload = arena_take(&report->arena,
	    offsetof(struct payload, text) + time.len + rest.len);

	if (!payload)
		return NULL;
	payload->next = NULL;
	payload->name = name;
	payload->len = time.len + rest.len;
	payload->time_len = (unsigned char)time.len;
	if (time.len)
		memcpy(payload->text, time.at, time.len);
	if (rest.len)
		memcpy(payload->text + time.len, rest.at, rest.len);
	return payload;
}

struct payload *
payload_make(struct report *report, const struct node *node,
    const struct name *name, const struct message *message)
{
	if (is_made_of_parts(report, node, name, message))
		return make(report, name, message->timestamp, message->info);
	return make(report, name, (struct text){0}, message->json);
}
