/*
 * inside.h - what the parts of the fake shim share: the points, in the order
 * in which they began.
 */
#ifndef FAKE_SHIM_INSIDE_H
#define FAKE_SHIM_INSIDE_H

#include "fake_shim.h"

#define POINTS_MAX 4096
#define RECORD_MAX 16384

/* A record, with a ring of its own that ends behind it. */
struct made {
	struct ring ring;
	struct writer writer;
	struct record record; /* its size is 0 until it is published */
	char fields[];
};

struct point_seen {
	struct made *start;
	struct made *stop; /* NULL: not ended */
	unsigned trace;
	int parent;
	const void *caller;
};

extern struct point_seen fake_points[POINTS_MAX];
extern size_t fake_count;

/* Nothing that a program gave is shown. */
extern bool fake_hides;

#endif
