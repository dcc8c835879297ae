/*
 * names.h - texts kept once each: ids, point names, projects, hosts.
 *
 * Two names are the same text exactly if they are the same pointer.  A name
 * carries what a report knows by it, so that one look-up finds both.
 */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/arena.h"
#include "collectors/collector.h"

struct name {
	struct node *node;     /* the point whose id this is; NULL: none */
	struct stat_row *stat; /* of the points that have this name */
	size_t len;
	bool plain;  /* a JSON string holds it as it is */
	char text[]; /* terminated, for messages; may hold NULs itself */
};

struct names {
	struct names_slot *slots;
	size_t mask; /* slots - 1 */
	size_t count;
	uint64_t seed; /* ids come from others: no one may make them collide */
};

/* The name for `text`, whose `at` is not NULL.  NULL: no memory. */
struct name *names_get(
    struct names *names, struct arena *arena, struct text text);

/* Free the table; the names themselves are the arena's. */
void names_free(struct names *names);

#endif
