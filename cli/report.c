/*
 * report.c - the tree of a trace's points, made of its messages.
 */
#include "cli/report.h"

#include <string.h>

#include "cli/json_view.h"

void
report_init(struct report *report)
{
	*report = (struct report){
	    .started_us = TIME_NONE,
	    .finished_us = TIME_NONE,
	    .last_started_us = TIME_NONE,
	};
}

void
report_free(struct report *report)
{
	names_free(&report->names);
	arena_free(&report->arena);
}

/* The name for a text that may be null; false: no memory. */
static bool
get_name(struct report *report, struct text text, struct name **ret_name)
{
	*ret_name = NULL;
	if (!text.at)
		return true;
	*ret_name = names_get(&report->names, &report->arena, text);
	return *ret_name;
}

static struct text
before_dash(struct text name)
{
	const char *dash = memchr(name.at, '-', name.len);

	if (dash)
		name.len = (size_t)(dash - name.at);
	return name;
}

static struct text
not_null(struct text text)
{
	return text.at ? text : (struct text){.at = ""};
}

/* Whether a name, NULL for null, is the text's. */
static bool
is_name(const struct name *name, struct text text)
{
	if (!name || !text.at)
		return !name && !text.at;
	return name->len == text.len &&
	       memcmp(name->text, text.at, text.len) == 0;
}

static const struct origin *
make_origin(struct report *report, const struct message *message)
{
	struct name *project, *service, *host;
	struct origin *origin;

	if (!get_name(report, message->project, &project) ||
	    !get_name(report, message->service, &service) ||
	    !get_name(report, message->host, &host))
		return NULL;
	origin = arena_take(&report->arena, sizeof(*origin));
	if (origin)
		*origin = (struct origin){project, service, host};
	return origin;
}

static bool
set_origin(
    struct report *report, struct node *node, const struct message *message)
{
	const struct origin *last = report->origin;

	if (!last || !is_name(last->project, message->project) ||
	    !is_name(last->service, message->service) ||
	    !is_name(last->host, message->host))
		report->origin = make_origin(report, message);
	node->origin = report->origin;
	return node->origin;
}

static bool
name_node(
    struct report *report, struct node *node, const struct message *message)
{
	struct name *parent_id;

	if (!get_name(
		report, before_dash(not_null(message->name)), &node->point) ||
	    !get_name(report, message->parent_id, &parent_id))
		return false;
	node->parent_id = parent_id;
	return set_origin(report, node, message);
}

static struct node *
make_node(struct report *report, struct name *id, const struct message *message)
{
	struct node *node = arena_take(&report->arena, sizeof(*node));

	if (!node)
		return NULL;
	*node = (struct node){
	    .id = id,
	    .started_us = TIME_NONE,
	    .finished_us = TIME_NONE,
	};
	if (!name_node(report, node, message))
		return NULL;
	id->node = node;
	if (report->last_node)
		report->last_node->next = node;
	else
		report->nodes = node;
	report->last_node = node;
	report->node_count++;
	return node;
}

/* The point of that id, made if this is its first message. */
static struct node *
get_node(struct report *report, struct text id, const struct message *message)
{
	struct node *last = report->last_seen;
	struct name *name;

	/* Mostly a stop comes right behind its start. */
	if (last && last->id->len == id.len &&
	    memcmp(last->id->text, id.at, id.len) == 0)
		return last;
	name = names_get(&report->names, &report->arena, id);
	if (!name)
		return NULL;
	report->last_seen = name->node ? name->node
				       : make_node(report, name, message);
	return report->last_seen;
}

/* Put a payload into its place: its own, or that of its double. */
static void
put_payload(struct node *node, struct payload *payload)
{
	struct payload **at = &node->payloads;

	while (*at && (*at)->name != payload->name)
		at = &(*at)->next;
	payload->next = *at ? (*at)->next : NULL;
	*at = payload;
}

/* Find info.etype, in the payload that is kept. */
static struct text
find_etype(const struct payload *payload)
{
	/* Nearly no payload has one: a plain search tells that sooner. */
	if (!memmem(payload->text, payload->len, "\"etype\"", 7))
		return (struct text){0};
	return json_member(payload_read_info(payload), "etype");
}

static void
note_stop(struct node *node, const struct payload *payload, int64_t time_us)
{
	struct text etype = find_etype(payload);

	node->has_stop = true;
	node->finished_us = time_us;
	node->exception = etype.at;
	node->exception_len = (uint32_t)etype.len;
}

static void
note_times(struct report *report, bool start, int64_t time_us)
{
	if (time_us == TIME_NONE)
		return;
	if (start && report->last_started_us < time_us)
		report->last_started_us = time_us;
	if (report->started_us == TIME_NONE || report->started_us > time_us)
		report->started_us = time_us;
	if (report->finished_us < time_us)
		report->finished_us = time_us;
}

static void
note_message(struct report *report, struct node *node,
    const struct payload *payload, const struct message *message)
{
	int64_t time_us = timestamp_us(message->timestamp);
	bool stop = payload_is_stop(payload);

	report->message_count++;
	note_times(report, !stop, time_us);
	if (stop) {
		note_stop(node, payload, time_us);
	} else {
		node->has_start = true;
		node->started_us = time_us;
	}
}

/* All messages of a trace have the first one's. */
static bool
set_base_id(struct report *report, const struct message *message)
{
	struct name *base_id;

	if (report->message_count > 0)
		return true;
	if (!get_name(report, message->base_id, &base_id))
		return false;
	report->base_id = base_id;
	return true;
}

bool
report_add(struct report *report, const struct message *message)
{
	struct payload *payload;
	struct name *name;
	struct node *node;

	if (!get_name(report, not_null(message->name), &name) ||
	    !set_base_id(report, message))
		return false;
	node = get_node(report, not_null(message->trace_id), message);
	if (!node)
		return false;
	payload = payload_make(report, node, name, message);
	if (!payload)
		return false;
	put_payload(node, payload);
	note_message(report, node, payload, message);
	return true;
}

/* A point that lacks an end is taken to have lasted no time. */
static void
fill_times(const struct report *report, struct node *node)
{
	int64_t zero = report->started_us;

	if (node->started_us == TIME_NONE)
		node->started_us = node->finished_us;
	if (node->started_us == TIME_NONE)
		node->started_us = zero == TIME_NONE ? 0 : zero;
	if (node->finished_us == TIME_NONE)
		node->finished_us = node->started_us;
	if (zero != TIME_NONE) {
		node->started_us -= zero;
		node->finished_us -= zero;
	}
}

static struct stat_row *
get_stat(struct report *report, struct name *point)
{
	struct stat_row *stat = point->stat;

	if (stat)
		return stat;
	stat = arena_take(&report->arena, sizeof(*stat));
	if (!stat)
		return NULL;
	*stat = (struct stat_row){.name = point};
	point->stat = stat;
	if (report->last_stat)
		report->last_stat->next = stat;
	else
		report->stats = stat;
	report->last_stat = stat;
	return stat;
}

/* Milliseconds are cut off at both ends, each for itself, as ever. */
static bool
count_node(struct report *report, const struct node *node)
{
	struct stat_row *stat = get_stat(report, node->point);

	if (!stat)
		return false;
	stat->count++;
	stat->duration_ms += node->finished_us / 1000 - node->started_us / 1000;
	stat->duration_us += node->finished_us - node->started_us;
	return true;
}

static void
adopt(struct report *report, struct node *node, struct node **last_root)
{
	struct node *parent = node->parent_id ? node->parent_id->node : NULL;
	struct node **first = parent ? &parent->children : &report->roots;
	struct node **last = parent ? &parent->last_child : last_root;

	node->parent = parent;
	if (*last)
		(*last)->sibling = node;
	else
		*first = node;
	*last = node;
}

static int64_t
sort_key(const struct node *node, enum report_order order)
{
	return order == REPORT_BY_MS ? node->started_us / 1000
				     : node->started_us;
}

static bool
is_sorted(const struct node *list, enum report_order order)
{
	for (; list && list->sibling; list = list->sibling)
		if (sort_key(list, order) > sort_key(list->sibling, order))
			return false;
	return true;
}

static struct node *
merge(struct node *a, struct node *b, enum report_order order)
{
	struct node *list = NULL, **end = &list;

	while (a && b) {
		struct node **least = sort_key(a, order) <= sort_key(b, order)
					  ? &a
					  : &b;

		*end = *least;
		end = &(*end)->sibling;
		*least = *end;
	}
	*end = a ? a : b;
	return list;
}

/*
 * A stable merge sort: part[i] holds 2^i nodes that came before those of the
 * parts below it.
 */
static struct node *
sort_list(struct node *list, enum report_order order)
{
	struct node *part[64] = {0};
	struct node *sorted = NULL;

	if (is_sorted(list, order))
		return list;
	while (list) {
		struct node *carry = list;
		int i = 0;

		list = list->sibling;
		carry->sibling = NULL;
		for (; part[i]; i++) {
			carry = merge(part[i], carry, order);
			part[i] = NULL;
		}
		part[i] = carry;
	}
	for (int i = 0; i < 64; i++)
		sorted = merge(part[i], sorted, order);
	return sorted;
}

bool
report_build(struct report *report, enum report_order order)
{
	struct node *last_root = NULL;

	for (struct node *node = report->nodes; node; node = node->next) {
		fill_times(report, node);
		if (!count_node(report, node))
			return false;
		adopt(report, node, &last_root);
	}
	for (struct node *node = report->nodes; node; node = node->next)
		node->children = sort_list(node->children, order);
	report->roots = sort_list(report->roots, order);
	return true;
}

struct node *
report_next(const struct node *node, unsigned *depth)
{
	if (node->children) {
		++*depth;
		return node->children;
	}
	while (!node->sibling && node->parent) {
		--*depth;
		node = node->parent;
	}
	return node->sibling;
}
