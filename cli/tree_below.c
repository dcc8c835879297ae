/*
 * tree_below.c - what stands below a point in the tree: its parameters, how it
 * ended and its caller, its connection, its error, the records lost before it.
 */
#include "cli/tree.h"

#include <string.h>

#include "cli/json_view.h"

void
tree_begin_below(struct tree *tree, const struct node *node, unsigned depth)
{
	line_format(tree->line, "%*s", 2 * TIME_COLUMNS + 3, "");
	tree_branches(tree, node, depth, false);
	line_plain(tree->line, !node->children    ? "   "
			       : tree->line->utf8 ? "│  "
						  : "|  ");
}

static void
put_json(struct tree *tree, struct text raw)
{
	char *room = tree_scratch(tree, raw.len);

	if (room)
		line_one(
		    tree->line, (struct text){room, json_readable(raw, room)});
}

static void
put_caller(struct tree *tree, struct text raw, const char *before)
{
	char text[4200];

	caller_text(tree->callers, tree_plain(tree, raw), text, sizeof(text));
	line_plain(tree->line, before);
	line_colour(tree->line, DIM);
	line_one(tree->line, (struct text){text, strlen(text)});
	line_colour(tree->line, "");
}

static bool
is_empty(struct text json)
{
	return !json_given(json) || text_is(json, "[]") || text_is(json, "{}");
}

/* Parameters, outcome, caller. */
static void
put_details(struct tree *tree, const struct view *view, unsigned depth)
{
	struct text params = json_member(view->db, "params");
	struct text caller = json_member(view->db, "caller");
	bool any = !is_empty(params);

	tree_begin_below(tree, view->node, depth);
	if (any)
		put_json(tree, params);
	any |= tree_outcome(tree, view, any ? " -> " : "-> ");
	if (!caller.at)
		caller = json_member(view->start, "caller");
	if (json_given(caller))
		put_caller(tree, caller, any ? "  " : "");
	any |= json_given(caller);
	any |= tree_other_connection(tree, view, any ? "  " : "");
	if (any)
		line_end(tree->line);
	else
		line_drop(tree->line);
}

static void
put_error(struct tree *tree, const struct view *view, unsigned depth)
{
	struct text message = json_member(view->stop, "message");
	struct text code = json_member(view->db_end, "code");

	if (!view->node->exception && !json_given(code))
		return;
	tree_begin_below(tree, view->node, depth);
	line_colour(tree->line, RED);
	line_plain(tree->line, "error:");
	tree_value(tree, " ", json_member(view->stop, "etype"));
	if (tree_value(tree, " (code ", code))
		line_plain(tree->line, ")");
	tree_value(tree, ": ", message);
	line_colour(tree->line, "");
	line_end(tree->line);
}

static void
put_lost(struct tree *tree, const struct view *view, unsigned depth)
{
	struct text lost = json_member(view->start, "lost");

	if (!json_given(lost))
		lost = json_member(view->stop, "lost");
	if (!json_given(lost))
		return;
	tree_begin_below(tree, view->node, depth);
	line_colour(tree->line, YELLOW);
	tree_value(tree, "records lost before this one: ", lost);
	line_colour(tree->line, "");
	line_end(tree->line);
}

void
tree_below(struct tree *tree, const struct view *view, unsigned depth)
{
	put_details(tree, view, depth);
	tree_new_connection(tree, view, depth);
	put_error(tree, view, depth);
	put_lost(tree, view, depth);
}
