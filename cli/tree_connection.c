/*
 * tree_connection.c - which connection to a server a point is of.
 */
#include "cli/tree.h"

#include <string.h>

#include "cli/json_view.h"

static bool
is_same(const struct connection *one, const struct connection *other)
{
	for (int i = 0; i < CONNECTION_MEMBERS; i++) {
		struct text a = one->member[i], b = other->member[i];

		if (a.len != b.len || (a.len && memcmp(a.at, b.at, a.len) != 0))
			return false;
	}
	return true;
}

/* Where the point tells of its connection: one that connects knows it last. */
static struct text
find_told(const struct view *view)
{
	if (json_given(json_member(view->db_end, "host")))
		return view->db_end;
	return view->db;
}

/* Read the point's connection; false: it tells of none. */
static bool
read_connection(const struct view *view, struct connection *ret_connection)
{
	static const char *const keys[] = {
	    [CONNECTION_ID] = "connection_id",
	    [CONNECTION_HOST] = "host",
	    [CONNECTION_PORT] = "port",
	    [CONNECTION_DATABASE] = "database",
	    [CONNECTION_USER] = "user",
	};
	struct text db = find_told(view);

	/* A database without a server is a file, and no connection. */
	if (!json_given(json_member(db, keys[CONNECTION_ID])) &&
	    !json_given(json_member(db, keys[CONNECTION_HOST])))
		return false;
	for (int i = 0; i < CONNECTION_MEMBERS; i++)
		ret_connection->member[i] = json_member(db, keys[i]);
	return true;
}

static bool
was_told(const struct tree *tree, const struct connection *connection)
{
	for (unsigned i = 0; i < CONNECTIONS_TOLD && i < tree->told_count; i++)
		if (is_same(&tree->told[i], connection))
			return true;
	return false;
}

bool
tree_other_connection(
    struct tree *tree, const struct view *view, const char *before)
{
	struct connection connection;

	if (!read_connection(view, &connection) ||
	    is_same(&tree->connection, &connection) ||
	    !was_told(tree, &connection))
		return false;
	tree->connection = connection;
	line_colour(tree->line, DIM);
	line_plain(tree->line, before);
	line_plain(tree->line, "connection");
	tree_value(tree, " ", connection.member[CONNECTION_ID]);
	line_colour(tree->line, "");
	return true;
}

/* Such as 15.3 and 11.4, of "15.3 (Debian)" and "11.4-MariaDB". */
static void
put_version(struct tree *tree, struct text db)
{
	struct text version = tree_plain(
	    tree, json_member(db, "server_version"));
	size_t len = 0;

	if (!version.at)
		return;
	while (len < version.len && version.at[len] != ' ' &&
	       version.at[len] != '-')
		len++;
	version.len = len;
	line_plain(tree->line, " ");
	line_one(tree->line, version);
}

static void
put_connection(struct tree *tree, const struct connection *connection)
{
	const struct text *member = connection->member;

	line_plain(tree->line, "connection");
	tree_value(tree, " ", member[CONNECTION_ID]);
	line_plain(tree->line, ":");
	if (tree_value(tree, " ", member[CONNECTION_USER]))
		line_plain(tree->line, "@");
	else
		line_plain(tree->line, " ");
	tree_value(tree, "", member[CONNECTION_HOST]);
	tree_value(tree, ":", member[CONNECTION_PORT]);
	tree_value(tree, ", database ", member[CONNECTION_DATABASE]);
}

void
tree_new_connection(struct tree *tree, const struct view *view, unsigned depth)
{
	struct connection connection;
	struct text db = find_told(view);

	if (!read_connection(view, &connection) ||
	    is_same(&tree->connection, &connection))
		return;
	tree->connection = connection;
	tree->told[tree->told_count++ % CONNECTIONS_TOLD] = connection;
	tree_begin_below(tree, view->node, depth);
	line_colour(tree->line, DIM);
	put_connection(tree, &connection);
	if (tree_value(tree, ", ", json_member(db, "system")))
		put_version(tree, db);
	line_colour(tree->line, "");
	line_end(tree->line);
}
