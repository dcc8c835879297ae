/*
 * tree_outcome.c - how a point ended: counts, how else it ended if not with
 * its last row, its place in a pipeline, what its time went to.
 */
#include "cli/tree.h"

#include <string.h>
#include <strings.h>

#include "cli/json_view.h"

/* What follows an arrow, separated by commas. */
struct items {
	struct tree *tree;
	const char *before; /* the next one */
	bool any;
};

static void
has_item(struct items *items)
{
	items->before = ", ";
	items->any = true;
}

static bool
put_item(struct items *items, struct text raw)
{
	if (!tree_value(items->tree, items->before, raw))
		return false;
	has_item(items);
	return true;
}

static void
put_word(struct items *items, const char *word)
{
	line_plain(items->tree->line, items->before);
	line_plain(items->tree->line, word);
	has_item(items);
}

/* A number behind what it counts. */
static void
put_numbered(struct items *items, const char *word, struct text raw)
{
	if (!json_given(raw))
		return;
	put_word(items, word);
	tree_value(items->tree, " ", raw);
}

/* A select changes nothing, an insert has no rows: that need not be said. */
static bool
is_idle(struct text db, const char *key)
{
	const char *other = strcmp(key, "rows") == 0      ? "changes"
			    : strcmp(key, "changes") == 0 ? "rows"
							  : NULL;
	struct text count;

	if (!other || !text_is(json_member(db, key), "0"))
		return false;
	count = json_member(db, other);
	return json_given(count) && (!text_is(count, "0") || *key == 'r');
}

static void
put_counts(struct items *items, struct text db)
{
	static const struct {
		const char *key, *one, *many;
	} counts[] = {
	    {"rows", " row", " rows"},
	    {"changes", " changed", " changed"},
	    {"bytes", " byte", " bytes"},
	    {"pages", " page", " pages"},
	    {"remaining", " page left", " pages left"},
	    {"retries", " busy answer", " busy answers"},
	    {"results", " result", " results"},
	    {"statements", " statement", " statements"},
	    {"warnings", " warning", " warnings"},
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct text raw = json_member(db, counts[i].key);

		if (!is_idle(db, counts[i].key) && put_item(items, raw))
			line_plain(items->tree->line,
			    text_is(raw, "1") ? counts[i].one : counts[i].many);
	}
}

/* Whether a statement begins with its tag, as BEGIN does; both as strings. */
static bool
is_repeated(struct text tag, struct text statement)
{
	return statement.at && tag.len > 2 && statement.len >= tag.len &&
	       strncasecmp(tag.at, statement.at, tag.len - 1) == 0;
}

/*
 * What the library says where nothing was counted.  That a COMMIT was a
 * ROLLBACK is told by its tag alone.
 */
static void
put_verdict(struct items *items, const struct view *view)
{
	struct text tag = json_member(view->db_end, "tag");
	struct text status = json_member(view->db_end, "status");

	if (items->any || view->node->exception ||
	    is_repeated(tag, json_member(view->db, "statement")))
		return;
	if (json_given(tag) && !text_is(tag, "\"\""))
		put_item(items, tag);
	else if (!text_is(status, "\"PGRES_COMMAND_OK\""))
		put_item(items, status);
}

/* Whatever comes next fails too, until it is rolled back. */
static void
put_failed_transaction(struct items *items, struct text db)
{
	if (text_is(json_member(db, "transaction"), "\"failed\""))
		put_word(items, "transaction failed");
}

/* Such as `batch 2: 3/4`, the third of four commands. */
static void
put_batch(struct items *items, struct text db)
{
	struct line *line = items->tree->line;
	struct text batch = json_member(db, "batch");

	if (!json_given(batch))
		return;
	put_numbered(items, "batch", batch);
	tree_value(items->tree, ": ", json_member(db, "batch_position"));
	tree_value(items->tree, "/", json_member(db, "batch_size"));
	if (text_is(json_member(db, "batch_sync"), "\"none\""))
		line_plain(line, ", no sync");
}

/*
 * Of several results that one text or procedure has, the place; it is known
 * from the second on when the point begins, of the first one when it ends.
 */
static void
put_place(struct items *items, const struct view *view)
{
	static const char key[] = "statement_index";
	struct text index = json_member(view->db, key);

	if (!json_given(index))
		index = json_member(view->db_end, key);
	put_numbered(items, "result", index);
}

/* Parts of a point's time; the first one need not be said if it is alone. */
static const struct {
	const char *key, *name;
} parts[] = {
    {"wait_us", "wait "},
    {"send_us", "send "},
    {"copy_us", "copy "},
    {"transfer_us", "transfer "},
    {"application_us", "application "},
    {"idle_us", "idle "},
};

#define PARTS (sizeof(parts) / sizeof(*parts))

/* Less than this share of a point's time is none of its parts. */
#define SHARE 0.1

/* Fill in the parts that are worth telling; false: there is none. */
static bool
find_parts(struct text db, double us[PARTS])
{
	double least = SHARE * tree_number(json_member(db, "elapsed_us"));
	bool any = false;

	for (size_t i = 0; i < PARTS; i++) {
		us[i] = tree_number(json_member(db, parts[i].key));
		if (us[i] < least)
			us[i] = 0;
		any |= i > 0 && us[i] > 0;
	}
	return any;
}

static void
put_parts(struct tree *tree, struct text db)
{
	const char *before = " (";
	double us[PARTS];
	char text[24];

	if (!find_parts(db, us))
		return;
	for (size_t i = 0; i < PARTS; i++) {
		if (us[i] <= 0)
			continue;
		line_plain(tree->line, before);
		line_plain(tree->line, parts[i].name);
		duration_text(us[i], tree->line->utf8, text);
		line_plain(tree->line, text);
		before = ", ";
	}
	line_plain(tree->line, ")");
}

bool
tree_outcome(struct tree *tree, const struct view *view, const char *before)
{
	struct items items = {.tree = tree, .before = before};

	put_numbered(&items, "array of", json_member(view->db, "batch_size"));
	put_counts(&items, view->db_end);
	put_numbered(&items, "id", json_member(view->db_end, "insert_id"));
	put_item(&items, json_member(view->db_end, "outcome"));
	put_verdict(&items, view);
	put_failed_transaction(&items, view->db_end);
	put_batch(&items, view->db_end);
	put_place(&items, view);
	if (items.any)
		put_parts(tree, view->db_end);
	return items.any;
}
