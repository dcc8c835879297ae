/*
 * report.h - the tree of a trace's points, made of its messages.
 *
 * Built as OSProfiler's get_report() builds it, so that report_json.c can write
 * what that one writes.  A report of a million messages is a million payloads
 * and half a million small nodes.
 */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cli/arena.h"
#include "cli/names.h"
#include "cli/payload.h"
#include "cli/timestamp.h"
#include "collectors/collector.h"

/* Where points come from; neighbours share one. */
struct origin {
	const struct name *project, *service, *host;
};

/* A trace point.  Names are NULL where the message has null. */
struct node {
	struct node *next;   /* in the order of first messages */
	struct node *parent; /* NULL: at the top */
	struct node *sibling;
	struct node *children, *last_child;
	struct payload *payloads; /* in the order of first arrival */
	const struct name *id;
	const struct name *parent_id;
	struct name *point; /* the name before its first `-` */
	const struct origin *origin;
	int64_t started_us;    /* since the trace's first message, after */
	int64_t finished_us;   /* report_build(); since 1970 before it */
	const char *exception; /* info.etype, raw JSON; NULL: none */
	uint32_t exception_len;
	bool has_start;
	bool has_stop;
};

/* All points of one name. */
struct stat_row {
	struct stat_row *next;
	const struct name *name;
	uint64_t count;
	int64_t duration_ms;
	int64_t duration_us;
};

struct report {
	struct arena arena;
	struct names names;
	const struct name *base_id;
	struct node *nodes, *last_node;
	struct node *roots;
	struct node *last_seen;      /* of the newest message */
	const struct origin *origin; /* of the newest point */
	struct stat_row *stats, *last_stat;
	size_t node_count;
	size_t message_count;
	int64_t started_us; /* since 1970, as the next two */
	int64_t finished_us;
	int64_t last_started_us;
};

enum report_order {
	REPORT_BY_MS, /* the real one's: points of one millisecond as stored */
	REPORT_BY_US,
};

void report_init(struct report *report);

/*
 * Add a message; it is copied.  Of two with the same trace_id and name the
 * later one stays, in the earlier one's place.  False: no memory.
 */
bool report_add(struct report *report, const struct message *message);

/* All are added: put the points under their parents, in order of time. */
bool report_build(struct report *report, enum report_order order);

void report_free(struct report *report);

/*
 * The point after `node` in a walk that visits parents before children, or
 * NULL.  Recursion would let a chain of points overflow the stack.  *depth is
 * kept up: 0 for the top.
 */
struct node *report_next(const struct node *node, unsigned *depth);

#endif
