/*
 * report_json.c - a report as the real one prints it.
 *
 * Keys of a node's info stand in the order in which the messages brought them
 * in there: the first message that is no stop brings `started`, the first stop
 * `finished` and `exception`; what no message brought comes at the end.
 */
#include "cli/report_json.h"

#include <stddef.h>
#include <string.h>

#include "cli/json_indent.h"

/* Columns: a node at depth d begins at NODE + 4 * d. */
#define NODE 4

static void
put_name(struct out *out, const struct name *name)
{
	if (!name || !name->plain) {
		json_string(
		    out, name ? name->text : NULL, name ? name->len : 0);
		return;
	}
	out_char(out, '"');
	out_bytes(out, name->text, name->len);
	out_char(out, '"');
}

static inline void
put_key(struct out *out, unsigned columns, const char *key)
{
	json_newline(out, columns);
	out_char(out, '"');
	out_few(out, key, strlen(key));
	out_literal(out, "\": ");
}

static void
put_i64(struct out *out, int64_t number)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	bool negative = number < 0;
	uint64_t rest = negative ? -(uint64_t)number : (uint64_t)number;

	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (negative)
		*--at = '-';
	out_bytes(out, at, (size_t)(digits + sizeof(digits) - at));
}

static inline void
put_number(struct out *out, unsigned columns, const char *key, int64_t number)
{
	put_key(out, columns, key);
	put_i64(out, number);
	out_char(out, ',');
}

static inline void
put_named(
    struct out *out, unsigned columns, const char *key, const struct name *name)
{
	put_key(out, columns, key);
	put_name(out, name);
	out_char(out, ',');
}

/* A message of which the payload has only time and info. */
static void
put_message(struct out *out, unsigned columns, const struct report *report,
    const struct node *node, const struct payload *payload)
{
	struct text info = payload_read_info(payload),
		    time = payload_time(payload);

	out_char(out, '{');
	put_named(out, columns + 2, "name", payload->name);
	put_named(out, columns + 2, "base_id", report->base_id);
	put_named(out, columns + 2, "trace_id", node->id);
	put_named(out, columns + 2, "parent_id", node->parent_id);
	put_key(out, columns + 2, "timestamp");
	json_string(out, time.at, time.len);
	out_char(out, ',');
	put_key(out, columns + 2, "info");
	json_indent(out, info.at, info.len, columns + 2);
	out_char(out, ',');
	put_named(out, columns + 2, "project", node->origin->project);
	put_key(out, columns + 2, "service");
	put_name(out, node->origin->service);
	json_newline(out, columns);
	out_char(out, '}');
}

static void
put_payload(struct out *out, unsigned columns, const struct report *report,
    const struct node *node, const struct payload *payload)
{
	json_newline(out, columns);
	out_literal(out, "\"meta.raw_payload.");
	json_escaped(out, payload->name->text, payload->name->len);
	out_literal(out, "\": ");
	if (payload_is_short(payload))
		put_message(out, columns, report, node, payload);
	else if (payload->len)
		json_indent(out, payload->text, payload->len, columns);
	else
		out_literal(out, "null");
	out_char(out, ',');
}

static void
put_stop(struct out *out, unsigned columns, const struct node *node)
{
	put_number(out, columns, "finished", node->finished_us / 1000);
	put_key(out, columns, "exception");
	if (node->exception)
		json_indent(out, node->exception, node->exception_len, columns);
	else
		out_literal(out, "\"None\"");
	out_char(out, ',');
}

static void
put_payloads(struct out *out, unsigned columns, const struct report *report,
    const struct node *node)
{
	bool started = false, stopped = false;
	const struct payload *payload;

	for (payload = node->payloads; payload; payload = payload->next) {
		put_payload(out, columns, report, node, payload);
		if (payload_is_stop(payload)) {
			if (!stopped)
				put_stop(out, columns, node);
			stopped = true;
		} else {
			if (!started)
				put_number(out, columns, "started",
				    node->started_us / 1000);
			started = true;
		}
	}
	if (!started)
		put_number(out, columns, "started", node->started_us / 1000);
	if (!stopped)
		put_number(out, columns, "finished", node->finished_us / 1000);
}

static void
put_info(struct out *out, unsigned columns, const struct report *report,
    const struct node *node)
{
	put_key(out, columns, "info");
	out_char(out, '{');
	put_named(out, columns + 2, "name", node->point);
	put_named(out, columns + 2, "project", node->origin->project);
	put_named(out, columns + 2, "service", node->origin->service);
	put_named(out, columns + 2, "host", node->origin->host);
	put_payloads(out, columns + 2, report, node);
	put_number(out, columns + 2, "started_us", node->started_us);
	put_key(out, columns + 2, "finished_us");
	put_i64(out, node->finished_us);
	json_newline(out, columns);
	out_literal(out, "},");
}

/* A node up to its children; one without any is closed. */
static void
open_node(struct out *out, const struct report *report, const struct node *node,
    unsigned columns)
{
	json_newline(out, columns);
	out_char(out, '{');
	put_info(out, columns + 2, report, node);
	put_named(out, columns + 2, "trace_id", node->id);
	put_named(out, columns + 2, "parent_id", node->parent_id);
	put_key(out, columns + 2, "children");
	out_char(out, '[');
	if (node->children)
		return;
	out_char(out, ']');
	json_newline(out, columns);
	out_char(out, '}');
}

/* The end of a list of children and of their parent. */
static void
close_parent(struct out *out, unsigned columns)
{
	json_newline(out, columns + 2);
	out_char(out, ']');
	json_newline(out, columns);
	out_char(out, '}');
}

static void
put_tree(struct out *out, const struct report *report)
{
	unsigned depth = 0, next_depth = 0;

	for (const struct node *node = report->roots, *next; node;
	     node = next) {
		open_node(out, report, node, NODE + 4 * depth);
		next = report_next(node, &next_depth);
		while (depth > next_depth)
			close_parent(out, NODE + 4 * --depth);
		if (next && !node->children)
			out_char(out, ',');
		depth = next_depth;
	}
}

/* What has no time at all is null, as in an empty report. */
static void
put_since_start(struct out *out, const struct report *report, const char *key,
    int64_t time_us, int64_t unit)
{
	put_key(out, 4, key);
	if (time_us == TIME_NONE)
		out_literal(out, "null");
	else
		put_i64(out, (time_us - report->started_us) / unit);
}

static void
put_total(struct out *out, const struct report *report)
{
	static const struct {
		const char *key;
		size_t time;
		int64_t unit;
	} member[] = {
	    {"finished", offsetof(struct report, finished_us), 1000},
	    {"last_trace_started", offsetof(struct report, last_started_us),
		1000},
	    {"started_us", offsetof(struct report, started_us), 1},
	    {"finished_us", offsetof(struct report, finished_us), 1},
	    {"last_trace_started_us", offsetof(struct report, last_started_us),
		1},
	};

	put_key(out, 2, "info");
	out_literal(out, "{\n    \"name\": \"total\",\n    \"started\": 0");
	for (size_t i = 0; i < sizeof(member) / sizeof(*member); i++) {
		int64_t time_us;

		memcpy(&time_us, (const char *)report + member[i].time,
		    sizeof(time_us));
		out_char(out, ',');
		put_since_start(
		    out, report, member[i].key, time_us, member[i].unit);
	}
	out_literal(out, "\n  },");
}

static void
put_stats(struct out *out, const struct report *report)
{
	put_key(out, 2, "stats");
	out_char(out, '{');
	for (const struct stat_row *stat = report->stats; stat;
	     stat = stat->next) {
		json_newline(out, 4);
		put_name(out, stat->name);
		out_literal(out, ": {");
		put_number(out, 6, "count", (int64_t)stat->count);
		put_number(out, 6, "duration", stat->duration_ms);
		put_key(out, 6, "duration_us");
		put_i64(out, stat->duration_us);
		json_newline(out, 4);
		out_char(out, '}');
		if (stat->next)
			out_char(out, ',');
	}
	if (report->stats)
		json_newline(out, 2);
	out_char(out, '}');
}

void
report_json(struct out *out, const struct report *report)
{
	out_char(out, '{');
	put_total(out, report);
	put_key(out, 2, "children");
	out_char(out, '[');
	put_tree(out, report);
	if (report->roots)
		json_newline(out, 2);
	out_literal(out, "],");
	put_stats(out, report);
	json_newline(out, 0);
	out_char(out, '}');
}
