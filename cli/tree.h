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

struct tree {
	struct line *line;
	struct caller_cache *callers;
	char *scratch; /* for decoded texts */
	size_t scratch_size;
	const struct origin *origin; /* of the newest point at the top */
	uint64_t shown;
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

/*
 * Put the lines that lead down to a point's ancestors, then the point's own:
 * those of its `first` line or of one below it.
 */
void tree_branches(
    struct tree *tree, const struct node *node, unsigned depth, bool first);

/* Write the lines below a point's first: details, error, losses. */
void tree_below(struct tree *tree, const struct view *view, unsigned depth);

#endif
