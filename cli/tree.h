/*
 * tree.h - what the files of the tree's renderer share.
 */
#ifndef CLI_TREE_H
#define CLI_TREE_H

#include "cli/caller.h"
#include "cli/report_tree.h"

#define TIME_COLUMNS 10

#define DIM "2"
#define BOLD "1"
#define RED "31"
#define YELLOW "33"
#define CYAN "36"

/* Where a point's statements go; `at` NULL where that is not known. */
enum connection_member {
	CONNECTION_ID,
	CONNECTION_HOST,
	CONNECTION_PORT,
	CONNECTION_DATABASE,
	CONNECTION_USER,
	CONNECTION_MEMBERS,
};

struct connection {
	struct text member[CONNECTION_MEMBERS]; /* raw JSON */
};

/* How many of the connections told before are remembered. */
#define CONNECTIONS_TOLD 16

struct tree {
	struct line *line;
	struct caller_cache *callers;
	char *scratch; /* for decoded texts */
	size_t scratch_size;
	const struct origin *origin; /* of the newest point at the top */
	uint64_t shown;
	struct connection told[CONNECTIONS_TOLD];
	unsigned told_count;
	struct connection connection; /* of the newest point that has one */
};

/* A point with what its two messages say. */
struct view {
	const struct node *node;
	struct text start; /* info of the first message that is no stop */
	struct text stop;
	struct text db; /* start's info.db */
	struct text db_end;
};

/* Room for `size` bytes until the next call; NULL: the line has failed. */
char *tree_scratch(struct tree *tree, size_t size);

/* The decoded string, or the raw text of what is none. */
struct text tree_plain(struct tree *tree, struct text raw);

/* Put `before` and a value, if one is given. */
bool tree_value(struct tree *tree, const char *before, struct text raw);

/* The number; 0 for what is none. */
double tree_number(struct text raw);

/*
 * Put the lines that lead down to a point's ancestors, then the point's own:
 * those of its `first` line or of one below it.
 */
void tree_branches(
    struct tree *tree, const struct node *node, unsigned depth, bool first);

/* Begin a further line below a point. */
void tree_begin_below(
    struct tree *tree, const struct node *node, unsigned depth);

/* Put how the point ended behind `before`; false: there is nothing to tell. */
bool tree_outcome(
    struct tree *tree, const struct view *view, const char *before);

/*
 * A connection is told in a line of its own, below the first point that it
 * has; later points put its number behind `before` where the one in front was
 * of another.  tree_new_connection() comes second.
 */
bool tree_other_connection(
    struct tree *tree, const struct view *view, const char *before);
void tree_new_connection(
    struct tree *tree, const struct view *view, unsigned depth);

/* Write the lines below a point's first: details, error, losses. */
void tree_below(struct tree *tree, const struct view *view, unsigned depth);

#endif
