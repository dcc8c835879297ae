/*
 * report_tree.c - a report for people: one line a point, indented as a tree.
 */
#include "cli/report_tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/caller.h"
#include "cli/json_view.h"
#include "cli/tree.h"

#define DEPTH_SHOWN 24 /* deeper points say how much deeper */

void
duration_text(double us, bool utf8, char out[24])
{
	static const char *const units[] = {"us", "ms", "s"};
	const char *unit = utf8 ? "\u00b5s" : units[0];
	int i = 0;

	if (us < 1000 && us == (double)(int)us) {
		snprintf(out, 24, "%d %s", (int)us, unit);
		return;
	}
	while (us >= 999.5 && i < 2) {
		us /= 1000;
		unit = units[++i];
	}
	snprintf(out, 24, "%.*f %s",
	    us < 9.995   ? 2
	    : us < 99.95 ? 1
			 : 0,
	    us, unit);
}

char *
tree_scratch(struct tree *tree, size_t size)
{
	char *room;

	if (size <= tree->scratch_size)
		return tree->scratch;
	room = realloc(tree->scratch, size);
	if (!room) {
		tree->line->failed = true;
		return NULL;
	}
	tree->scratch = room;
	tree->scratch_size = size;
	return room;
}

struct text
tree_plain(struct tree *tree, struct text raw)
{
	char *room;

	if (!raw.at || !scan_is_string(raw))
		return raw;
	room = tree_scratch(tree, raw.len + 1);
	if (!room)
		return raw;
	return (struct text){room, scan_decode(raw, room)};
}

static struct text
payload_info(const struct node *node, bool stop)
{
	const struct payload *payload = node->payloads;

	while (payload && payload_is_stop(payload) != stop)
		payload = payload->next;
	if (!payload)
		return (struct text){0};
	return payload_read_info(payload);
}

static struct view
view_node(const struct node *node)
{
	struct view view = {
	    .node = node,
	    .start = payload_info(node, false),
	    .stop = payload_info(node, true),
	};

	view.db = json_member(view.start, "db");
	view.db_end = json_member(view.stop, "db");
	return view;
}

void
tree_branches(
    struct tree *tree, const struct node *node, unsigned depth, bool first)
{
	static const char *const ascii[] = {"|  ", "   ", "|- ", "`- "};
	static const char *const utf8[] = {"│  ", "   ", "├─ ", "└─ "};
	const char *const *branch = tree->line->utf8 ? utf8 : ascii;
	const struct node *path[DEPTH_SHOWN];
	unsigned count = 0;

	for (; node->parent && count < DEPTH_SHOWN; node = node->parent)
		path[count++] = node;
	line_colour(tree->line, DIM);
	if (depth > count)
		line_format(tree->line, "+%u ", depth - count);
	while (count-- > 0)
		line_plain(tree->line, branch[(count == 0 && first ? 2 : 0) +
					      !path[count]->sibling]);
	line_colour(tree->line, "");
}

static void
put_column(struct tree *tree, const char *text, unsigned columns)
{
	line_format(tree->line, "%*s%s",
	    columns < TIME_COLUMNS ? (int)(TIME_COLUMNS - columns) : 0, "",
	    text);
}

static void
put_time(struct tree *tree, double us)
{
	char text[24];
	size_t bytes;

	duration_text(us, tree->line->utf8, text);
	bytes = strlen(text);
	put_column(
	    tree, text, (unsigned)bytes - (strchr(text, '\xc2') ? 1 : 0));
}

double
tree_number(struct text raw)
{
	char number[40];

	if (!raw.at || raw.len >= sizeof(number))
		return 0;
	memcpy(number, raw.at, raw.len);
	number[raw.len] = '\0';
	return strtod(number, NULL);
}

/* The library's own measure has parts of microseconds; messages have not. */
static double
took_us(const struct view *view)
{
	struct text elapsed = json_member(view->db_end, "elapsed_us");

	if (elapsed.at)
		return tree_number(elapsed);
	return (double)(view->node->finished_us - view->node->started_us);
}

static void
put_times(struct tree *tree, const struct view *view)
{
	const char *missing = !view->node->has_stop    ? "unfinished"
			      : !view->node->has_start ? "no start"
						       : NULL;

	line_colour(tree->line, DIM);
	put_time(tree, (double)view->node->started_us);
	line_colour(tree->line, "");
	line_plain(tree->line, " ");
	if (missing) {
		line_colour(tree->line, YELLOW);
		put_column(tree, missing, (unsigned)strlen(missing));
		line_colour(tree->line, "");
	} else {
		put_time(tree, took_us(view));
	}
	line_plain(tree->line, "  ");
}

bool
tree_value(struct tree *tree, const char *before, struct text raw)
{
	if (!json_given(raw))
		return false;
	line_plain(tree->line, before);
	line_one(tree->line, tree_plain(tree, raw));
	return true;
}

static struct text
name_text(const struct name *name)
{
	return name ? (struct text){name->text, name->len} : (struct text){0};
}

/* Whether a call only prepares the statement that it shows. */
static bool
is_prepare(struct text call)
{
	static const char *const calls[] = {
	    "\"PQprepare\"",
	    "\"PQsendPrepare\"",
	    "\"mysql_stmt_prepare\"",
	    "\"mysql_stmt_prepare_start\"",
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (text_is(call, calls[i]))
			return true;
	return false;
}

/* A statement, with what prepares it and the name that it has from there. */
static bool
put_statement(struct tree *tree, const struct view *view)
{
	struct text statement = json_member(view->db, "statement");
	struct text name = json_member(view->db, "statement_name");
	struct text call = json_member(view->db, "call");
	bool titled;

	if (!json_given(statement))
		return false;
	titled = is_prepare(call) && tree_value(tree, " ", call);
	if (!text_is(name, "\"\""))
		titled |= tree_value(tree, " ", name);
	if (titled)
		line_plain(tree->line, ":");
	return tree_value(tree, " ", statement);
}

/* What the point does: a statement, a call, a request, a function. */
static void
put_subject(struct tree *tree, const struct view *view)
{
	struct text request = json_member(view->start, "request");
	struct text function = json_member(view->start, "function");

	if (!request.at)
		request = json_member(view->start, "requests");
	if (put_statement(tree, view))
		return;
	if (tree_value(tree, " ", json_member(view->db, "call"))) {
		tree_value(tree, " ", json_member(view->db, "target"));
		tree_value(tree, " ", json_member(view->db, "statement_name"));
		return;
	}
	tree_value(tree, " ", json_member(request, "method"));
	tree_value(tree, " ", json_member(request, "path"));
	tree_value(tree, " ", json_member(function, "name"));
}

/* Where a point comes from, if not from where the one above it does. */
static void
put_origin(struct tree *tree, const struct node *node)
{
	const struct origin *origin = node->origin, *above = tree->origin;

	if (node->parent)
		above = node->parent->origin;
	else
		tree->origin = origin;
	if (above && above->service == origin->service &&
	    above->host == origin->host)
		return;
	line_colour(tree->line, DIM);
	line_plain(tree->line, " [");
	if (origin->service) {
		line_one(tree->line, name_text(origin->service));
		line_plain(tree->line, "@");
	}
	line_one(tree->line, name_text(origin->host));
	line_plain(tree->line, "]");
	line_colour(tree->line, "");
}

static void
put_point(struct tree *tree, const struct view *view, unsigned depth)
{
	bool failed = view->node->exception;

	put_times(tree, view);
	tree_branches(tree, view->node, depth, true);
	line_colour(tree->line, failed ? RED : CYAN);
	line_one(tree->line, name_text(view->node->point));
	line_colour(tree->line, "");
	put_origin(tree, view->node);
	put_subject(tree, view);
	line_end(tree->line);
}

static void
put_node(struct tree *tree, const struct node *node, unsigned depth)
{
	struct view view = view_node(node);

	put_point(tree, &view, depth);
	tree_below(tree, &view, depth);
	tree->shown++;
}

static uint64_t
count_errors(const struct report *report)
{
	uint64_t errors = 0;

	for (const struct node *node = report->nodes; node; node = node->next)
		errors += node->exception != NULL;
	return errors;
}

static void
put_began(struct line *line, int64_t us)
{
	time_t seconds = (time_t)(us / 1000000);
	char text[64];
	struct tm tm;

	if (us == TIME_NONE || !gmtime_r(&seconds, &tm))
		return;
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	line_format(line, "  %s.%06d UTC", text, (int)(us % 1000000));
}

static void
put_head(struct line *line, const struct report *report, const char *base_id)
{
	uint64_t errors = count_errors(report);
	char took[24];

	duration_text((double)(report->finished_us - report->started_us),
	    line->utf8, took);
	line_colour(line, BOLD);
	line_plain(line, "trace ");
	line_text(line, (struct text){base_id, strlen(base_id)});
	line_colour(line, "");
	line_end(line);
	line_format(line, "%zu point%s in %s", report->node_count,
	    report->node_count == 1 ? "" : "s", took);
	if (errors) {
		line_plain(line, ", ");
		line_colour(line, RED);
		line_format(line, "%" PRIu64 " error%s", errors,
		    errors == 1 ? "" : "s");
		line_colour(line, "");
	}
	put_began(line, report->started_us);
	line_end(line);
	line_colour(line, DIM);
	line_format(
	    line, "%*s %*s", TIME_COLUMNS, "start", TIME_COLUMNS, "took");
	line_colour(line, "");
	line_end(line);
}

void
report_tree(struct line *line, const struct report *report, const char *base_id)
{
	struct tree tree = {.line = line, .callers = caller_open()};
	unsigned depth = 0;

	put_head(line, report, base_id);
	for (const struct node *node = report->roots, *next; node;
	     node = next) {
		unsigned next_depth = depth;

		next = report_next(node, &next_depth);
		put_node(&tree, node, depth);
		depth = next_depth;
	}
	if (tree.shown < report->node_count) {
		line_colour(line, YELLOW);
		line_format(line,
		    "%" PRIu64 " points are their own ancestors "
		    "and have no place in the tree",
		    report->node_count - tree.shown);
		line_colour(line, "");
		line_end(line);
	}
	caller_close(tree.callers);
	free(tree.scratch);
}
